"""Pregnancies as codes tell them: when each began, when it was over, and by birth or by loss."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.rules.case import Case, day_of
from coordinator_app.domain.terminology import ICD10CM

PREGNANCY, BIRTH, LOSS = "pregnancy", "birth", "pregnancy_loss"

_LONGEST = timedelta(300)
_AFTERWARDS = timedelta(60)
"""Codes of pregnancy in the weeks after its end still speak of it [D]."""
_OVER = "over"
_ORDER = {PREGNANCY: 0, BIRTH: 1, LOSS: 2, _OVER: 3}


@dataclass(frozen=True, slots=True)
class Pregnancy:
    """One pregnancy; ``ended_by`` is birth, loss, or nothing where only its end is on record.

    A loss told on any day of it is graver than a birth.
    """

    begins_on: date
    fact: Fact
    ends_on: date | None = None
    ended_by: str = ""
    end_fact: Fact | None = None


def pregnancies_of(case: Case) -> tuple[Pregnancy, ...]:
    """Return the pregnancies in order; a later code within 300 days of the first is the same one."""
    found: list[Pregnancy] = []
    for day, name, fact in sorted(_told(case), key=lambda one: (one[0], _ORDER[one[1]], one[2].id)):
        last = found[-1] if found else None
        if name == PREGNANCY:
            if last is None or (_is_over(last, day) and day > (last.ends_on or last.begins_on) + _AFTERWARDS):
                found.append(Pregnancy(day, fact))
        elif name == _OVER:
            # The same day's visit may have told of it first; what counts is that the condition lies in this pregnancy.
            if last is not None and last.ends_on is None and day_of(fact) >= last.begins_on:
                found[-1] = Pregnancy(last.begins_on, last.fact, day, "", fact)
        elif last is not None and not last.ended_by and (last.ends_on == day or not _is_over(last, day)):
            found[-1] = Pregnancy(last.begins_on, last.fact, day, name, fact)
        elif last is None or last.ends_on is None or day > last.ends_on + _AFTERWARDS:
            found.append(Pregnancy(day, fact, day, name, fact))
        elif name == LOSS and last.ended_by == BIRTH:
            found[-1] = Pregnancy(last.begins_on, last.fact, last.ends_on, LOSS, fact)
    return tuple(found)


def _is_over(one: Pregnancy, day: date) -> bool:
    return one.ends_on is not None or day > one.begins_on + _LONGEST


def _told(case: Case) -> Iterator[tuple[date, str, Fact]]:
    index, site = case.data.illnesses, case.data.site_illnesses
    for kind in (FactKind.CONDITION, FactKind.ENCOUNTER):
        for fact in case.chart.of(kind):
            for coding in fact.codings if kind is FactKind.CONDITION else fact.reasons:
                names = index.names(coding.code) if coding.system == ICD10CM else site.get(coding, ())
                known = [name for name in (LOSS, BIRTH, PREGNANCY) if name in names]
                if known and day_of(fact) > date.min:
                    yield day_of(fact), known[0], fact
                    # A diagnosis of a claim begins and ends with its visit and says nothing of the end.
                    is_span = fact.ends_on is not None and fact.ends_on > day_of(fact)
                    if known[0] == PREGNANCY and is_span and fact.ends_on and kind is FactKind.CONDITION:
                        yield fact.ends_on, _OVER, fact
