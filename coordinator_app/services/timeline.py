"""One line of time for a person: what sources told and what the team did, newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from coordinator_app.domain.activity import (
    Act,
    Contact,
    LetterPrinted,
    MedicineTold,
    Note,
    RedFlag,
    Retraction,
    Teaching,
    Visit,
)
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.ids import ActivityId
from coordinator_app.domain.rules.case import is_void
from coordinator_app.domain.rules.stays import is_emergency, is_inpatient
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.services.act_words import ActWords, kind_of
from coordinator_app.services.directory import name_of

_ACTS: Final = (Contact, Teaching, Visit, LetterPrinted, Note, RedFlag, MedicineTold)
_FACTS: Final = frozenset(
    {FactKind.ENCOUNTER, FactKind.PROCEDURE, FactKind.IMMUNIZATION, FactKind.ADVERSE_EVENT, FactKind.REPORT}
)

TABS: Final[Mapping[str, frozenset[str]]] = {
    "calls": frozenset({"contact"}),
    "visits": frozenset({"visit", "stay", "emergency", "encounter"}),
    "letters": frozenset({"letter"}),
    "teaching": frozenset({"teaching"}),
}
"""The kinds each tab of the timeline shows; ``all`` shows everything."""


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One line; ``at`` is None where the source gave only a day. ``id`` is the act's or the fact's."""

    id: str
    kind: str
    on: date
    at: datetime | None
    what: str
    who: str
    source: str
    is_waiting: bool
    sensitivity: Sensitivity
    retraction: Retraction | None = None


def timeline_of(
    facts: Iterable[Fact],
    acts: Iterable[Act],
    *,
    words: ActWords,
    now: Moment,
    staff: dict[str, dict[str, str]],
    waiting: set[ActivityId],
) -> tuple[TimelineItem, ...]:
    """Return facts and acts as one line of time, newest first."""
    items = [_of_fact(fact, words) for fact in facts if fact.kind in _FACTS and not is_void(fact) and _day(fact)]
    items += [_of_act(act, words, now, staff, waiting) for act in acts if isinstance(act, _ACTS)]
    return tuple(sorted(items, key=_place, reverse=True))


def _place(item: TimelineItem) -> tuple[date, str, str]:
    return item.on, "" if item.at is None else item.at.isoformat(), item.id


def _of_fact(fact: Fact, words: ActWords) -> TimelineItem:
    kind = fact.kind.value
    if fact.kind is FactKind.ENCOUNTER:
        kind = "stay" if is_inpatient(fact) else "emergency" if is_emergency(fact) else kind
    return TimelineItem(
        id=fact.id,
        kind=kind,
        on=_day(fact) or date.min,
        at=None,
        what=words.fact(fact),
        who="",
        source=fact.source,
        is_waiting=False,
        sensitivity=fact.sensitivity,
    )


def _of_act(
    act: Act, words: ActWords, now: Moment, staff: dict[str, dict[str, str]], waiting: set[ActivityId]
) -> TimelineItem:
    starts_at = act.starts_at if isinstance(act, Visit) else None
    return TimelineItem(
        id=act.id,
        kind=kind_of(type(act)),
        on=now.day_of(act.occurred_at),
        at=act.occurred_at,
        what=words.of(act, None if starts_at is None else now.calendar.day_of(starts_at)),
        who=name_of(staff, act.author_id),
        source="coordinator",
        is_waiting=act.id in waiting,
        sensitivity=act.sensitivity,
    )


def _day(fact: Fact) -> date | None:
    return fact.ends_on if is_inpatient(fact) and fact.ends_on else fact.starts_on or fact.authored_on
