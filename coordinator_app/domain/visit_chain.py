"""A visit as the chain of its revisions: which step may follow which (practice 18)."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from coordinator_app.domain.activity import Visit, VisitState

VISIT_TYPES: Final = ("pcp_after_hospital", "pcp", "specialist", "lab", "screening", "vaccine", "other")

_S = VisitState
NEXT: Final[Mapping[VisitState, frozenset[VisitState]]] = {
    _S.WANTED: frozenset({_S.ASKED, _S.CONFIRMED, _S.CANCELLED}),
    _S.ASKED: frozenset({_S.ASKED, _S.CONFIRMED, _S.WANTED, _S.CANCELLED}),
    _S.CONFIRMED: frozenset({_S.CONFIRMED, _S.TOLD, _S.KEPT, _S.NO_SHOW, _S.CANCELLED}),
    _S.TOLD: frozenset({_S.CONFIRMED, _S.KEPT, _S.NO_SHOW, _S.CANCELLED}),
    _S.NO_SHOW: frozenset({_S.WANTED, _S.ASKED, _S.CONFIRMED}),
    _S.CANCELLED: frozenset({_S.WANTED}),
    _S.KEPT: frozenset(),
}
"""What may follow each state; a missed visit returns to the queue and is wanted again."""

STARTS: Final = frozenset({_S.WANTED, _S.ASKED, _S.CONFIRMED})
"""The states a new visit may be written down in."""

IS_OVER: Final = frozenset({_S.KEPT, _S.NO_SHOW, _S.CANCELLED})


def latest(revisions: Iterable[Visit]) -> tuple[Visit, ...]:
    """Return the last revision of each visit, in the order of their times.

    The last is the one no other follows; of two that follow the same one (written apart, offline) the later recorded.
    """
    every = sorted(revisions, key=lambda visit: (visit.recorded_at, visit.id))
    followed = {visit.base_id for visit in every if visit.base_id is not None}
    last = {visit.visit_id: visit for visit in every if visit.id not in followed}
    return tuple(
        sorted(last.values(), key=lambda visit: (visit.starts_at is None, visit.starts_at or visit.recorded_at))
    )


def led_to(visit: Visit, revisions: Iterable[Visit]) -> tuple[Visit, ...]:
    """Return every revision that led to this one, the first first, and this one last."""
    before = {each.id: each for each in revisions}
    found = [visit]
    while found[0].base_id is not None and (earlier := before.pop(found[0].base_id, None)) is not None:
        found.insert(0, earlier)
    return tuple(found)


def clashes(visit: Visit, others: Iterable[Visit]) -> tuple[Visit, ...]:
    """Return the visits of the same clinician or the same patient that overlap this one."""
    return tuple(other for other in others if _overlap(visit, other) and _same_person(visit, other))


def _same_person(one: Visit, other: Visit) -> bool:
    is_same_clinician = one.clinician_id is not None and one.clinician_id == other.clinician_id
    return one.member_id == other.member_id or is_same_clinician


def _overlap(one: Visit, other: Visit) -> bool:
    if one.visit_id == other.visit_id or other.state in IS_OVER:
        return False
    if one.starts_at is None or other.starts_at is None:
        return False
    ends, other_ends = (each.starts_at + timedelta(minutes=each.minutes) for each in (one, other) if each.starts_at)
    return one.starts_at < other_ends and other.starts_at < ends
