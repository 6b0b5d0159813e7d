"""What a nurse was told of medicines, merged with what pharmacies and orders report (practice 23).

The centre's rules and the workstation's list use the same words: answers to reasons, sent or not, and what was noted.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from coordinator_app.domain.activity import Act, MedicineHow, MedicineTold, Response, ResponseKind
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.facts import TOLD, Chart, Coding, Fact, FactKind
from coordinator_app.domain.ids import FactId
from coordinator_app.domain.outreach.ledger import Answer, LedgerRow, answer
from coordinator_app.domain.outreach.standing import quiet_until
from coordinator_app.domain.outreach.terms import StandingTerms
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.terminology import RXNORM

SAME_FILL: Final = timedelta(7)
"""A fill on record this near to what was told is the one that was told of [D]."""

_SUPPLY: Final = frozenset({"has_it", "paid_cash", "samples"})
_TAKEN: Final = frozenset({MedicineHow.OTC.value, MedicineHow.HERBAL.value})
_STOPPED: Final = "stopped"
_RXNORM: Final = "rxnorm:"
_PLACES: Final = ("rxcui", "other_rxcui", "third_rxcui")


@dataclass(frozen=True, slots=True)
class MedicineWord:
    """One thing that was told of one medicine.

    ``how`` is a ``MedicineHow``; ``rxcui`` the RxNorm ingredient, empty where none is known.
    ``on`` is the initiative's day; ``until`` the first day that is not covered any more; ``fills`` the facts that the
    answered reason rested on.
    """

    id: str
    how: str
    rxcui: str
    name: str
    on: date
    at: datetime
    until: date | None = None
    dose: str = ""
    fills: frozenset[FactId] = frozenset()
    sensitivity: Sensitivity = Sensitivity.ORDINARY

    @property
    def is_supply(self) -> bool:
        """Say whether it tells of medicine at hand."""
        return self.how in _SUPPLY

    @property
    def is_taken(self) -> bool:
        """Say whether it tells of something that no pharmacy reports: over the counter, herbal."""
        return self.how in _TAKEN

    @property
    def is_stop(self) -> bool:
        """Say whether it tells that the medicine is not taken any more."""
        return self.how == _STOPPED


def words_of(
    reasons: Iterable[Reason], acts: Iterable[Act], now: Moment, terms: StandingTerms | None = None
) -> tuple[MedicineWord, ...]:
    """Return what stands of medicines, the oldest first; ``acts`` are those nobody took back.

    Without ``terms`` it is not known how long a supply lasts.

    A word about a refill is about its drug. A word about a question to the prescriber is about a drug only where the
    question is about that one alone, or the cause names which: else it is an answer to that row and to nothing else.
    """
    known, acts = {reason.id: reason for reason in reasons}, tuple(acts)
    found = [
        word
        for act in acts
        if isinstance(act, Response)
        and (reason := known.get(act.reason_id)) is not None
        and (word := _answered(act, reason, answer(act, now), terms)) is not None
    ]
    found += [_noted(act, now, terms) for act in acts if isinstance(act, MedicineTold)]
    return tuple(sorted(found, key=lambda word: (word.at, word.id)))


def stops(words: Iterable[MedicineWord]) -> dict[str, date]:
    """Return since when a drug is not taken, by RxCUI; a later word that it is at hand takes it back."""
    found: dict[str, date] = {}
    for word in words:
        if word.is_stop and word.rxcui:
            found[word.rxcui] = word.on
        elif word.is_supply or word.is_taken:
            found.pop(word.rxcui, None)
    return found


def answers_to(
    words: Iterable[MedicineWord], rows: Iterable[LedgerRow], given: Collection[Answer] = ()
) -> tuple[Answer, ...]:
    """Return what the words mean for rows they were not an answer to: a stopped drug quiets every row that names it.

    The newest word on a drug counts. A row with evidence after the word, such as a new fill, is not quiet.
    """
    newest = stops(words)
    told = {word.rxcui: word for word in words if word.is_stop and newest.get(word.rxcui) == word.on}
    if not told:
        return ()
    own = {(each.reason_id, each.response) for each in given}
    return tuple(
        Answer(row.id, ResponseKind.STOPPED, word.on, word.at)
        for row in rows
        for drug in row.drugs
        if (word := told.get(drug)) is not None and (row.id, ResponseKind.STOPPED) not in own
    )


def merged(chart: Chart, words: Iterable[MedicineWord], ingredients: Callable[[Fact], Iterable[str]]) -> Chart:
    """Return the chart with the words as facts whose source is ``TOLD``; the chart itself where nothing was told.

    Medicine at hand is a fill, unless a fill of that drug is on record about that day; what no pharmacy
    reports is an order that stands. A told dose changes no fact: it is words. A stop is a stopped order: the
    supply before it counts up to that day. ``ingredients`` tells the RxCUIs of what was filled.
    """
    known = tuple(words)
    if not known:
        return chart
    filled: dict[str, set[date]] = {}
    for fact in chart.of(FactKind.DISPENSE):
        if fact.starts_on is not None:
            for rxcui in ingredients(fact):
                filled.setdefault(rxcui, set()).add(fact.starts_on)
    more = []
    for word in known:
        if not word.rxcui:
            continue
        if word.is_stop:
            more.append(_fact(word, FactKind.DRUG_ORDER, "stopped"))
        elif word.is_taken:
            days = (word.until - word.on).days if word.until is not None else None
            more.append(replace(_fact(word, FactKind.DRUG_ORDER, "active"), days_supply=days))
        elif word.is_supply and not any(abs(day - word.on) <= SAME_FILL for day in filled.get(word.rxcui, ())):
            days = (word.until - word.on).days if word.until is not None else None
            more.append(replace(_fact(word, FactKind.DISPENSE, "completed"), days_supply=days))
    return Chart(chart.person, (*chart.facts, *more)) if more else chart


def _answered(act: Response, reason: Reason, told: Answer, terms: StandingTerms | None) -> MedicineWord | None:
    how = act.response.value
    if how != _STOPPED and (how not in _SUPPLY or reason.kind is not ReasonKind.REFILL):
        return None
    if reason.kind is ReasonKind.REFILL:
        place = "rxcui"
        rxcui = reason.subject.removeprefix(_RXNORM) if reason.subject.startswith(_RXNORM) else ""
    elif reason.kind is ReasonKind.MEDICATION:
        named = {str(reason.arguments[place]): place for place in _PLACES if reason.arguments.get(place)}
        rxcui = act.cause if act.cause in named else next(iter(named)) if len(named) == 1 else ""
        place = named.get(rxcui, "")
    else:
        return None
    if not place:
        return None
    return MedicineWord(
        id=act.id,
        how=how,
        rxcui=rxcui,
        name=str(reason.arguments.get("drug" if place == "rxcui" else place.removesuffix("_rxcui"), "")),
        on=told.on,
        at=act.occurred_at,
        until=None if how == _STOPPED or terms is None else quiet_until(told, terms),
        fills=frozenset(each.fact_id for each in reason.evidence),
        sensitivity=max(act.sensitivity, reason.sensitivity),
    )


def _noted(act: MedicineTold, now: Moment, terms: StandingTerms | None) -> MedicineWord:
    on = now.day_of(act.occurred_at)
    days = act.days_supply
    if days is None and terms is not None and act.how.value in _SUPPLY:
        days = terms.quiet_days.get(ResponseKind(act.how.value))
    return MedicineWord(
        id=act.id,
        how=act.how.value,
        rxcui=act.rxcui,
        name=act.name,
        on=on,
        at=act.occurred_at,
        until=None if days is None or act.how is MedicineHow.STOPPED else on + timedelta(days),
        dose=act.dose,
        sensitivity=act.sensitivity,
    )


def _fact(word: MedicineWord, kind: FactKind, status: str) -> Fact:
    return Fact(
        id=FactId(word.id),
        kind=kind,
        codings=(Coding(RXNORM, word.rxcui),),
        display=word.name,
        status=status,
        starts_on=word.on,
        dose_text=word.dose,
        source=TOLD,
        sensitivity=word.sensitivity,
    )
