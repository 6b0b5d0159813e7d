"""The word `queue`: whom to call next and why."""

import argparse
from typing import Any

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.desk_commands import Catalogue, Desk, OpenDesk, add_profile, moment_of, told, told_day
from coordinator_app.console.options import Subparsers
from coordinator_app.console.reason_answers import TIER_WORDS, reason_record, reason_sentence
from coordinator_app.console.typed_words import count, day
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.ranked import Ranked
from coordinator_app.services.work_queue import QueuePerson, WholeQueue


def register(subparsers: Subparsers, open_desk: OpenDesk) -> None:
    """Add the command."""
    parser = subparsers.add_parser("queue", help="whom to call next and why")
    add_profile(parser)
    parser.add_argument("--limit", type=count, metavar="N", help="print the first N rows only")
    parser.add_argument("--as-of", type=day, metavar="DATE", help="rank as on that day, without keeping it")
    parser.set_defaults(run=lambda given: _queue(given, open_desk))


def _queue(given: argparse.Namespace, open_desk: OpenDesk) -> int:
    with open_desk(given.profile) as desk:
        moment = moment_of(desk, given.as_of)
        if moment is None:
            desk.queue.freshen()
        queue = desk.queue.whole(given.limit, moment)
        now = moment or desk.clock.moment()
        answer(_text(queue, desk, now), queue_record(queue, desk.catalogue, now), as_json=given.json)
    return Exit.OK


def queue_record(queue: WholeQueue, words: Catalogue, now: Moment) -> dict[str, Any]:
    """Return the list as one JSON object."""
    return {
        "as_of": told(queue.as_of, now),
        "computed_for": told_day(queue.computed_for),
        "total": queue.total,
        "items": [_item(person, rank, words, now) for rank, person in enumerate(queue.people, start=1)],
        "not_listed": {"count": len(queue.not_listed), "people": [_kept_out(each) for each in queue.not_listed]},
        "sources": [{"source": each.source, "data_as_of": told_day(each.data_as_of)} for each in queue.sources],
    }


def _item(person: QueuePerson, rank: int, words: Catalogue, now: Moment) -> dict[str, Any]:
    row = person.ranked
    tries = len(row.shown.tries)
    return {
        "rank": rank,
        "tier": int(row.tier),
        "tier_word": TIER_WORDS[row.tier],
        "member_id": row.member_id,
        "member_number": row.shown.member_number,
        "name": row.shown.name,
        "score": row.points,
        "due_at": told(None if row.due_on is None else now.calendar.end_of_day(row.due_on), now),
        "state": row.tab.value,
        "reasons": [reason_record(reason, words, now, tries=tries) for reason in person.reasons],
    }


def _kept_out(row: Ranked) -> dict[str, Any]:
    return {
        "member_id": row.member_id,
        "member_number": row.shown.member_number,
        "cause": row.shown.cause,
        "source": row.shown.source,
        "on": told_day(row.shown.on),
    }


def _text(queue: WholeQueue, desk: Desk, now: Moment) -> str:
    lines = [_line(person, rank, desk, now) for rank, person in enumerate(queue.people, start=1)]
    left = queue.total - len(queue.people)
    lines += [f"and {left} more"] if left else []
    lines.append(f"Not listed: {len(queue.not_listed)}.")
    return "\n".join(lines)


def _line(person: QueuePerson, rank: int, desk: Desk, now: Moment) -> str:
    row = person.ranked
    why = (
        reason_sentence(person.reasons[0], desk.catalogue, now.today, tries=len(row.shown.tries))
        if person.reasons
        else ""
    )
    due = f"  due {row.due_on.isoformat()}" if row.due_on else ""
    return f"{rank:4}. {TIER_WORDS[row.tier]:28}{row.shown.name}  {why}{due}  [{row.tab.value}]"
