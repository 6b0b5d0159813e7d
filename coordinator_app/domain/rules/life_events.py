"""Life events: a loss is told with care and ends what was for a child; after a birth, blood pressure and mood."""

from collections.abc import Iterator
from datetime import date, timedelta

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.case import Case
from coordinator_app.domain.rules.exclusions import hospice_since
from coordinator_app.domain.rules.life_terms import AfterBirth
from coordinator_app.domain.rules.pregnancies import BIRTH, LOSS, Pregnancy, pregnancies_of
from coordinator_app.domain.sensitivity import Sensitivity

_MEASURED = (FactKind.OBSERVATION, FactKind.REPORT)


def life_reasons(case: Case) -> Iterator[Reason]:
    """Yield what a loss or a birth asks for; all of it confidential, a loss instead of everything owed to a mother."""
    terms = case.data.life
    if not terms.loss_days or case.person.sex == "male":
        return
    longest = max([terms.loss_days, *(one.until_days for one in terms.after_birth)])
    for one in pregnancies_of(case):
        if one.ends_on is None or one.ends_on + timedelta(longest + case.data.horizon_days) < case.today:
            continue
        if one.ended_by == LOSS:
            yield from _loss(case, one, one.ends_on)
        elif one.ended_by == BIRTH:
            for owed in terms.after_birth:
                yield from _owed(case, one, one.ends_on, owed)


def _loss(case: Case, one: Pregnancy, on: date) -> Iterator[Reason]:
    terms = case.data.life
    opens_on, ends_on = max(on, _known(case, one) or on), on + timedelta(terms.loss_days)
    if opens_on < ends_on:
        yield case.reason(
            ReasonKind.FOLLOW_UP,
            "life.loss",
            "loss",
            on.isoformat(),
            sentence="life.loss",
            opens_on=opens_on,
            ends_on=ends_on,
            end_cause="old",
            points={"loss": terms.loss_points},
            arguments={"told_date": on.isoformat()},
            facts=_facts(one),
            evidence_on=on,
            actions=("call", "teach"),
            sensitivity=Sensitivity.CONFIDENTIAL,
        )


def _owed(case: Case, one: Pregnancy, on: date, owed: AfterBirth) -> Iterator[Reason]:
    done = min((day for name in owed.done_by for day, _ in case.events(_MEASURED, name) if day > on), default=None)
    ends = [(on + timedelta(owed.until_days), "window_over")]
    ends += [(done, "done")] if done else []
    hospice = hospice_since(case)
    ends += [(hospice, "hospice")] if hospice else []
    ends_on, cause = min(ends)
    opens_on = max(on + timedelta(owed.from_days), _known(case, one) or on)
    if opens_on < ends_on:
        yield case.reason(
            ReasonKind.SCREENING,
            f"life.{owed.name}",
            "birth",
            on.isoformat(),
            sentence=f"life.{owed.name}",
            opens_on=opens_on,
            due_on=on + timedelta(owed.due_days),
            ends_on=ends_on,
            end_cause=cause,
            points={owed.name: owed.points},
            arguments={"told_date": on.isoformat(), "screening": owed.name},
            facts=_facts(one),
            evidence_on=on,
            actions=("call", "book", "screen"),
            sensitivity=Sensitivity.CONFIDENTIAL,
        )


def _facts(one: Pregnancy) -> list[Fact]:
    return [fact for fact in (one.end_fact,) if fact is not None]


def _known(case: Case, one: Pregnancy) -> date | None:
    fact = one.end_fact
    return case.calendar.day_of(fact.known_at) if fact is not None and fact.known_at else None
