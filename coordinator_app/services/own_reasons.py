"""Reasons that rest on what the team did and not on data: an open red flag, a visit no practice has answered."""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from coordinator_app.domain.activity import Act, RedFlag, Visit
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.red_flag import flag_reason, open_flag
from coordinator_app.domain.visit_waiting import unanswered, visit_reason
from coordinator_app.services.ports import Shelves

A = TypeVar("A", bound=Act)


def own_reasons(shelves: Shelves, ids: Collection[MemberId] | None, points: int, now: Moment) \
        -> dict[MemberId, list[Reason]]:  # fmt: skip
    """Return them by person; ``points`` are those of a visit that waits. Most people have none."""
    found: dict[MemberId, list[Reason]] = {}
    for member_id, steps in _by_member(shelves.acts.of_all(RedFlag, ids)).items():
        flag = open_flag(steps)
        if flag is not None:
            found.setdefault(member_id, []).append(flag_reason(flag, now))
    for member_id, revisions in _by_member(shelves.acts.of_all(Visit, ids)).items():
        visit = unanswered(revisions)
        if visit is not None:
            found.setdefault(member_id, []).append(visit_reason(visit, points, now))
    return found


def is_own(reason: Reason) -> bool:
    """Say whether a reason is one of these, or a promise: nothing can be answered to it."""
    return not reason.rule_version


def _by_member(acts: Iterable[A]) -> Mapping[MemberId, list[A]]:
    found: dict[MemberId, list[A]] = {}
    for each in acts:
        found.setdefault(each.member_id, []).append(each)
    return found
