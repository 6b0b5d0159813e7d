"""The medicines a person has, and how long they reach: fills and orders merged with what was told (practice 23)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from coordinator_app.domain.facts import TOLD, Fact, FactKind
from coordinator_app.domain.ids import FactId
from coordinator_app.domain.medicine_words import MedicineWord
from coordinator_app.domain.rules.case import is_void
from coordinator_app.domain.sensitivity import Sensitivity, strictest

SHOWN_FOR = timedelta(days=365)
_STOPPED: Final = frozenset({"stopped", "cancelled", "completed", "entered-in-error", "ended"})


@dataclass(frozen=True, slots=True)
class Medicine:
    """One medicine. ``run_out_on`` is the day after the last day covered, counting supply kept from earlier fills.

    ``days_left`` is below zero when the supply may have run out; None where no fill told a supply. ``told`` is what was
    said of it last (has_it, paid_cash, samples, stopped and so on), on the day ``told_on``, while that is newer than
    the last fill; a stopped medicine has no supply until it is filled again.
    """

    name: str
    last_fill_on: date | None
    days_supply: int | None
    run_out_on: date | None
    days_left: int | None
    source: str
    fact_ids: tuple[FactId, ...]
    is_order_only: bool = False
    dose: str = ""
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    told: str = ""
    told_on: date | None = None

    @property
    def is_stopped(self) -> bool:
        """Say whether it was told that it is not taken any more."""
        return self.told == "stopped"


def medicines_of(facts: Iterable[Fact], today: date, words: Collection[MedicineWord] = ()) -> tuple[Medicine, ...]:
    """Return the medicines of the last year, soonest to run out first, orders without fills and stopped ones last.

    Fills of one product follow each other: what was left from the one before is used up first. What was told settles
    the days it covers; it is about the medicine whose fills the answered reason rested on, or whose ingredient it is.
    """
    known = [fact for fact in facts if not is_void(fact)]
    fills = _grouped(fact for fact in known if fact.kind is FactKind.DISPENSE and _day(fact))
    filled = [_filled(some, today) for some in fills.values()]
    orders = _grouped(fact for fact in known if fact.kind is FactKind.DRUG_ORDER and fact.status not in _STOPPED)
    ordered = [_ordered(some) for name, some in orders.items() if name not in fills]
    recent = [
        each for each in (*filled, *ordered) if each.last_fill_on is None or today - each.last_fill_on <= SHOWN_FOR
    ]
    codes = {fact.id: fact.code for fact in known}
    told = [_told(each, words, codes, today) for each in recent]
    told += _told_alone(words, told, today)
    return tuple(
        sorted(told, key=lambda each: (each.is_stopped, each.days_left is None, each.days_left or 0, each.name))
    )


def _told_alone(words: Collection[MedicineWord], listed: Collection[Medicine], today: date) -> list[Medicine]:
    """Return the medicines nobody reported and somebody told of, by the newest word on each."""
    names = {_name(each.name) for each in listed}
    newest: dict[str, MedicineWord] = {}
    for word in words:
        if not word.fills and _name(word.name) not in names:
            newest[word.rxcui or word.name.casefold()] = word
    return [
        Medicine(
            name=word.name,
            last_fill_on=None,
            days_supply=None,
            run_out_on=None if word.is_stop else word.until,
            days_left=None if word.is_stop or word.until is None else (word.until - today).days,
            source=TOLD,
            fact_ids=(FactId(word.id),),
            dose=word.dose,
            sensitivity=word.sensitivity,
            told=word.how,
            told_on=word.on,
        )
        for word in newest.values()
        if today - word.on <= SHOWN_FOR
    ]


def _name(written: str) -> str:
    """Return the first word of a medicine's name, which its strengths share."""
    return written.casefold().split(" ", maxsplit=1)[0]


def _told(medicine: Medicine, words: Collection[MedicineWord], codes: dict[FactId, str], today: date) -> Medicine:
    """Return the medicine with the newest word on it, where no fill came after that word."""
    ids, own = set(medicine.fact_ids), {codes[each] for each in medicine.fact_ids}
    about = [
        word
        for word in words
        if not ids.isdisjoint(word.fills)
        or word.rxcui in own
        or (not word.fills and _name(word.name) == _name(medicine.name))
    ]
    since = medicine.last_fill_on or date.min
    last = next((word for word in reversed(about) if word.on > since), None)
    if last is None:
        return medicine
    told = replace(
        medicine,
        told=last.how,
        told_on=last.on,
        dose=last.dose or medicine.dose,
        source=TOLD,
        sensitivity=max(medicine.sensitivity, last.sensitivity),
    )
    if last.is_stop:
        return replace(told, run_out_on=None, days_left=None)
    if not last.is_supply or last.until is None:
        return told
    run_out = max(last.until, medicine.run_out_on or last.until)
    return replace(told, run_out_on=run_out, days_left=(run_out - today).days)


def _filled(fills: list[Fact], today: date) -> Medicine:
    last = fills[-1]
    run_out: date | None = None
    for fill in fills:
        day = _day(fill)
        if day is None or not fill.days_supply:
            continue
        run_out = max(run_out or day, day) + timedelta(fill.days_supply)
    return Medicine(
        name=last.display,
        last_fill_on=_day(last),
        days_supply=last.days_supply,
        run_out_on=run_out,
        days_left=None if run_out is None else (run_out - today).days,
        source=last.source,
        fact_ids=tuple(fill.id for fill in fills),
        dose=last.dose_text,
        sensitivity=strictest(fill.sensitivity for fill in fills),
    )


def _ordered(orders: list[Fact]) -> Medicine:
    last = orders[-1]
    return Medicine(
        name=last.display,
        last_fill_on=None,
        days_supply=last.days_supply,
        run_out_on=None,
        days_left=None,
        source=last.source,
        fact_ids=tuple(order.id for order in orders),
        is_order_only=True,
        dose=last.dose_text,
        sensitivity=strictest(order.sensitivity for order in orders),
    )


def _grouped(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda each: (_day(each) or date.min, each.id)):
        found.setdefault(fact.code or fact.display.casefold(), []).append(fact)
    return found


def _day(fact: Fact) -> date | None:
    return fact.starts_on or fact.authored_on
