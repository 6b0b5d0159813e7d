"""The word `activity`: what was done, newest first."""

import argparse
from typing import Any

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.desk_commands import Desk, OpenDesk, add_profile, told, told_day
from coordinator_app.console.options import Subparsers
from coordinator_app.console.typed_words import day
from coordinator_app.domain.activity import Contact
from coordinator_app.domain.calendar import Moment, in_utc
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.services.reviewing import Entry, Wanted

ALL = 1_000_000


def register(subparsers: Subparsers, open_desk: OpenDesk) -> None:
    """Add the command."""
    parser = subparsers.add_parser("activity", help="what was done, newest first")
    add_profile(parser)
    parser.add_argument("--since", type=day, metavar="DATE", help="from that day on")
    parser.set_defaults(run=lambda given: _activity(given, open_desk))


def _activity(given: argparse.Namespace, open_desk: OpenDesk) -> int:
    with open_desk(given.profile) as desk:
        now = desk.clock.moment()
        since = None if given.since is None else in_utc(now.calendar.start_of_day(given.since))
        entries = desk.reviewing.activity(Wanted(since=since, limit=ALL))
        facts = {"since": told_day(given.since), "items": [entry_record(each, desk, now) for each in entries]}
        lines = [_line(each, desk, now) for each in entries]
        answer("\n".join(lines) or "Nothing yet.", facts, as_json=given.json)
    return Exit.OK


def entry_record(entry: Entry, desk: Desk, now: Moment) -> dict[str, Any]:
    """Return one act as JSON."""
    act = entry.act
    is_open = act.sensitivity is Sensitivity.ORDINARY
    return {
        "id": act.id,
        "kind": entry.kind,
        "member_id": act.member_id,
        "member_number": entry.member_number,
        "author": entry.author,
        "at": told(act.occurred_at, now),
        "what": desk.words.of(act),
        "outcome": act.outcome.value if isinstance(act, Contact) else None,
        "waiting": entry.is_waiting,
        "retracted": entry.is_struck,
        "review": None
        if entry.review is None
        else {
            "result": entry.review.result,
            "comment": entry.review.comment if is_open else desk.words.say("confidential"),
            "by": entry.reviewer,
        },
    }


def _line(entry: Entry, desk: Desk, now: Moment) -> str:
    struck = "  (taken back)" if entry.is_struck else ""
    waiting = "  (waiting to send)" if entry.is_waiting else ""
    at = now.calendar.local(entry.act.occurred_at)
    return f"{at:%Y-%m-%d %H:%M}  {entry.author}  {entry.member_name}  {desk.words.of(entry.act)}{struck}{waiting}"
