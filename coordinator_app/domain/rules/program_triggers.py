"""What speaks for a program: a diagnosis, a result, a visit, stays, or a pregnancy, each new and with its facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.rules.case import Case, diagnosis_codes
from coordinator_app.domain.rules.lace import Band, lace_of
from coordinator_app.domain.rules.pregnancies import pregnancies_of
from coordinator_app.domain.rules.program_terms import LabTrigger, ProgramTerms
from coordinator_app.domain.rules.readings import PREFIX, readings_of
from coordinator_app.domain.rules.stays import is_emergency, is_inpatient


@dataclass(frozen=True, slots=True)
class Speaks:
    """What speaks for a program: why in a word, since when, until when by itself, and the facts."""

    why: str
    on: date
    until: date
    facts: tuple[Fact, ...]
    value: str = ""


def spoken(case: Case, terms: ProgramTerms) -> Iterator[Speaks]:
    """Yield everything that speaks for a program, each with its own end."""
    if terms.of_pregnancy:
        for one in pregnancies_of(case):
            yield Speaks("diagnosis", one.begins_on, one.begins_on + timedelta(terms.new_days), (one.fact,))
        return
    held = [case.held[name] for name in terms.needs if name in case.held]
    if held and terms.new_days:
        on, fact = min(held, key=lambda each: (each[0], each[1].id))
        yield Speaks("diagnosis", on, on + timedelta(terms.new_days), (fact,))
    is_ill = any(name in case.held for name in terms.ill_needs)
    for trigger, speaks in ((terms.lab, bool(held)), (terms.or_lab, True), (terms.ill_lab, is_ill)):
        if trigger is not None and speaks:
            yield from _result(case, trigger)
    if held and terms.visit_illnesses:
        yield from _visits(case, terms)
    yield from _stays(case, terms)


def _stays(case: Case, terms: ProgramTerms) -> Iterator[Speaks]:
    keep, stays = timedelta(case.data.programs.keep_days), case.stays
    if terms.high_risk:
        yield from _high_risk(case, keep)
    for place in range(terms.stays - 1, len(stays)) if terms.stays else ():
        first, last = stays[place - terms.stays + 1], stays[place]
        if (last.admitted_on - first.admitted_on).days <= terms.stay_days:
            until = min(first.admitted_on + timedelta(terms.stay_days + 1), last.admitted_on + keep)
            yield Speaks("stays", last.admitted_on, until, (*first.encounters, *last.encounters))


def _high_risk(case: Case, keep: timedelta) -> Iterator[Speaks]:
    """Yield the last stay where its risk of coming back is high; an unknown risk speaks for nothing by itself."""
    for stay in case.stays[-1:]:
        if stay.discharged_on is None:
            return
        lace = lace_of(case, stay, case.stays)
        if lace.band is Band.HIGH:
            facts = (*stay.encounters, *lace.facts)
            yield Speaks("risk", stay.discharged_on, stay.discharged_on + keep, facts, str(lace.score))


def _visits(case: Case, terms: ProgramTerms) -> Iterator[Speaks]:
    for fact in case.chart.of(FactKind.ENCOUNTER):
        if fact.starts_on is None or not (is_inpatient(fact) or is_emergency(fact)):
            continue
        names = {name for code in diagnosis_codes(fact.reasons) for name in case.data.illnesses.names(code)}
        if names & set(terms.visit_illnesses):
            yield Speaks("visit", fact.starts_on, fact.starts_on + timedelta(terms.visit_days), (fact,))


def _result(case: Case, trigger: LabTrigger) -> Iterator[Speaks]:
    """Yield the newest result where it is beyond the limit; a better one later takes the word back."""
    if PREFIX + trigger.name not in case.meant:
        return
    lab = next((each for each in case.data.worsening.labs if each.name == trigger.name), None)
    readings = readings_of(case, lab) if lab is not None else ()
    if not readings:
        return
    newest = readings[-1]
    is_high = trigger.least is not None and newest.value >= trigger.least
    if is_high or (trigger.most is not None and newest.value <= trigger.most):
        until = newest.on + timedelta(trigger.days)
        yield Speaks(f"result_{trigger.name}", newest.on, until, (newest.fact,), f"{newest.value:g}")
