"""Programs worth offering: why now, by what evidence, and with the benefit still to be checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator_app.domain.calendar import birthday
from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.case import Case
from coordinator_app.domain.rules.exclusions import hospice_since, treated_since
from coordinator_app.domain.rules.pregnancies import pregnancies_of
from coordinator_app.domain.rules.program_terms import ProgramTerms
from coordinator_app.domain.rules.program_triggers import spoken

_ACTIONS = ("refer", "letter", "teach")
_YEAR = timedelta(365)
_BEST = {"no": 0, "check": 1, "yes": 2}


def program_reasons(case: Case) -> Iterator[Reason]:
    """Yield each program for which something new speaks; at most one row a program, named by its first evidence.

    A response quiets it (declined: a year), a printed referral for as long as the reason stands: both are judged where
    the list is shown, for they are a nurse's work and no facts.
    """
    if not case.chart.facts:
        return
    hospice = hospice_since(case)
    for terms in case.data.programs.programs:
        voices = list(spoken(case, terms))
        if not voices or any(name in case.held for name in terms.not_with):
            continue
        newest = max(voices, key=lambda each: (each.on, each.why))
        ends = [(max(each.until for each in voices), "old")]
        if terms.of_pregnancy:
            ends += [(one.ends_on, "ended") for one in pregnancies_of(case)[-1:] if one.ends_on is not None]
        if hospice is not None:
            ends.append((hospice, "hospice"))
        ends_on, cause = min(ends)
        opens_on = newest.on
        if terms.from_age:
            opens_on = max(opens_on, birthday(case.person.birth_date, terms.from_age))
        opens_on = max([opens_on, *_quiet_until(case, terms)])
        if opens_on >= ends_on:
            continue
        benefit = _benefit(case, terms.name)
        if benefit.says == "no":
            continue
        yield case.reason(
            ReasonKind.PROGRAM,
            f"program.{terms.name}",
            terms.name,
            newest.on.isoformat(),
            sentence=f"program.{newest.why}",
            opens_on=opens_on,
            ends_on=ends_on,
            end_cause=cause,
            points={f"program_{terms.name}": terms.points},
            arguments={
                "program": terms.name,
                "why": newest.why,
                "value": newest.value,
                "told_date": newest.on.isoformat(),
                "payer": benefit.payer,
                "plan": benefit.plan,
                "benefit": benefit.says,
            },
            facts=[fact for each in voices for fact in each.facts],
            evidence_on=newest.on,
            actions=_ACTIONS,
            sensitivity=terms.sensitivity,
        )


def _quiet_until(case: Case, terms: ProgramTerms) -> Iterator[date]:
    """Yield the days before which the program is not offered: a year after an illness was told, and in treatment."""
    for name in terms.not_lately:
        if name in case.held:
            yield case.held[name][0] + _YEAR + timedelta(1)
    treated = treated_since(case) if terms.not_in_treatment else None
    if treated is not None:
        yield treated + timedelta(case.data.life.treatment_days + 1)


@dataclass(frozen=True, slots=True)
class _Benefit:
    """What is known of a program's benefit: ``check`` where no site's table names the payer's plan."""

    payer: str = ""
    plan: str = ""
    says: str = "check"


def _benefit(case: Case, program: str) -> _Benefit:
    """Return the best of the coverages in force, the latest of equals: with two payers one of them may have it."""
    told = [f for f in case.chart.of(FactKind.COVERAGE) if f.ends_on is None or f.ends_on >= case.today]
    told.sort(key=lambda fact: (fact.starts_on or date.min, fact.id))
    found = [_of_plan(case, fact, program) for fact in told]
    return max(reversed(found), key=lambda one: _BEST[one.says], default=_Benefit())


def _of_plan(case: Case, fact: Fact, program: str) -> _Benefit:
    payer, plan = fact.place or fact.display, fact.display if fact.place else ""
    table = case.data.programs.benefits.get(payer)
    if table is None:
        return _Benefit(payer, plan)
    says = table.plans.get(plan, {}).get(program) or table.programs.get(program, "check")
    return _Benefit(payer, plan, says if says in _BEST else "check")
