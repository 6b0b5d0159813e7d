"""What was there, ordered or refused at one of some visits, and what went on after it."""

from collections.abc import Iterator, Sequence

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.measures.days import PREVALENT, abated, end_of, onset, overlaps
from coordinator_app.domain.measures.instants import is_before, lies_during, start_of
from coordinator_app.domain.measures.statuses import FINAL, ORDER, ORDERED
from coordinator_app.domain.measures.view import View

AT_A_VISIT = "encounter-diagnosis"
"""Category of a diagnosis made at a visit; all others, and those that do not say, count as the list of problems."""

CONTINUOUS = "continuous"
"""Class of an order that tells when its course begins, and no end."""

_SLOW = 50.0


def is_sure(condition: Fact) -> bool:
    """Say whether a condition is active and confirmed."""
    return condition.status in PREVALENT and condition.verification == "confirmed"


def problems(view: View, *words: str) -> Iterator[Fact]:
    """Yield conditions of the list of problems, whoever doubts them."""
    return (known for known in view.of(FactKind.CONDITION, *words) if known.category != AT_A_VISIT)


def touches(condition: Fact, visit: Fact) -> bool:
    """Say whether a person had a condition on a day of a visit."""
    last = end_of(visit)
    return (
        visit.starts_on is not None
        and last is not None
        and onset(condition) <= last
        and visit.starts_on <= abated(condition)
    )


def outlasts(condition: Fact, visit: Fact) -> bool:
    """Say whether a condition was there by the last day of a visit and went on after it."""
    last = end_of(visit)
    return last is not None and onset(condition) <= last < abated(condition)


def has(view: View, seen: Sequence[Fact], *words: str) -> bool:
    """Say whether a sure problem was there on a day of one of the visits."""
    return any(touches(known, visit) for known in problems(view, *words) if is_sure(known) for visit in seen)


def keeps(view: View, seen: Sequence[Fact], *words: str) -> bool:
    """Say whether a sure problem outlasted one of the visits."""
    return any(outlasts(known, visit) for known in problems(view, *words) if is_sure(known) for visit in seen)


def is_still_allergic(allergy: Fact, seen: Sequence[Fact]) -> bool:
    """Say whether an allergy was there by one of the visits, and its last reaction, where told, came after it."""
    for visit in seen:
        last = end_of(visit)
        if last is not None and onset(allergy) <= last and not "" < allergy.value_text <= last.isoformat():
            return True
    return False


def was_ordered(view: View, drug: str, seen: Sequence[Fact]) -> bool:
    """Say whether a drug was ordered on a day of one of the visits, or was to be taken beyond it."""
    return any(
        was_written_during(order, visit) or _goes_beyond(order, visit)
        for order in view.of(FactKind.DRUG_ORDER, drug, status=ORDERED)
        if order.intent in ORDER
        for visit in seen
    )


def was_refused(view: View, drug: str, seen: Sequence[Fact], *reasons: str) -> bool:
    """Say whether a drug was expressly not ordered on a day of one of the visits, for one of the reasons."""
    return any(
        was_written_during(order, visit)
        for order in view.refused(FactKind.DRUG_ORDER, drug)
        if order.intent in ORDER and order.status in ORDERED and view.is_for(order, *reasons)
        for visit in seen
    )


def was_written_during(record: Fact, visit: Fact) -> bool:
    """Say whether an order was written, or a record made, on a day of a visit."""
    return record.authored_on is not None and overlaps(visit, record.authored_on, record.authored_on)


def had_slow_heart_twice(
    view: View, seen: Sequence[Fact], *, is_final: bool = True, first_is_final: bool = False
) -> bool:
    """Say whether two heart rates in a row during one visit were under 50, the second or both of them final."""
    for visit in seen:
        during = [rate for rate in view.of(FactKind.OBSERVATION, "heart rate") if lies_during(rate, visit)]
        for rate in during:
            if _is_slow(rate) and (not is_final or rate.status in FINAL):
                before = _last_before(rate, during, is_final=first_is_final)
                if before is not None and _is_slow(before):
                    return True
    return False


def _goes_beyond(order: Fact, visit: Fact) -> bool:
    """Say whether a drug was to be taken by the last day of a visit and after it; an order need not tell a course."""
    last = end_of(visit)
    if order.starts_on is None or last is None or last < order.starts_on:
        return False
    return order.class_code == CONTINUOUS if order.ends_on is None else last < order.ends_on


def _last_before(rate: Fact, during: Sequence[Fact], *, is_final: bool) -> Fact | None:
    began = start_of(rate)
    last: Fact | None = None
    for other in during:
        earlier = start_of(other)
        if (
            began is None
            or earlier is None
            or (is_final and other.status not in FINAL)
            or not is_before(earlier, began)
        ):
            continue
        latest = start_of(last) if last is not None else None
        if latest is None or not is_before(earlier, latest):
            last = other
    return last


def _is_slow(rate: Fact) -> bool:
    return rate.value_number is not None and rate.value_number < _SLOW
