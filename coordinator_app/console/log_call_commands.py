"""The word `log-call`: a call that happened."""

import argparse
from datetime import datetime
from typing import Any

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.desk_commands import OpenDesk, add_member, add_profile, told
from coordinator_app.console.options import Subparsers
from coordinator_app.console.typed_words import count, instant, some_of
from coordinator_app.domain.activity import Identifier, Outcome
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.call import TOPICS
from coordinator_app.services.call_logging import CallForm, Recorded


def register(subparsers: Subparsers, open_desk: OpenDesk) -> None:
    """Add the command."""
    parser = subparsers.add_parser("log-call", help="write down a call that happened")
    add_profile(parser)
    add_member(parser)
    outcomes = [outcome.value for outcome in Outcome]
    identifiers = [identifier.value for identifier in Identifier]
    parser.add_argument("--outcome", required=True, choices=outcomes, metavar="OUTCOME", help=", ".join(outcomes))
    parser.add_argument("--note", default="", metavar="TEXT")
    parser.add_argument("--at", type=instant, metavar="TIME", help="when the call began; now when not given")
    parser.add_argument(
        "--identity", type=some_of(identifiers), metavar="LIST", help=f"two of {', '.join(identifiers)}"
    )
    parser.add_argument("--call-back", type=instant, metavar="TIME", help="when the person asked to be called")
    parser.add_argument("--topics", type=some_of(TOPICS), default=(), metavar="LIST", help=", ".join(TOPICS))
    parser.add_argument("--number", default="", metavar="NUMBER", help="the number that was called")
    parser.add_argument("--seconds", type=count, default=0, metavar="N", help="how long the call was")
    parser.set_defaults(run=lambda given: _log_call(given, open_desk))


def _log_call(given: argparse.Namespace, open_desk: OpenDesk) -> int:
    form = CallForm(
        member_id=given.member_id,
        outcome=Outcome(given.outcome),
        identity=None if given.identity is None else tuple(Identifier(word) for word in given.identity),
        number=given.number,
        topics=given.topics,
        note=given.note,
        seconds=given.seconds,
        started_at=given.at,
        call_back_at=given.call_back,
    )
    with open_desk(given.profile) as desk:
        recorded = desk.calls.record(form)
        now = desk.clock.moment()
        step = desk.words.say(f"step.{recorded.next_step.what}")
        due = _due(recorded.next_step.due_at, now)
        said = f"Saved: {desk.words.say(f'outcome.{recorded.contact.outcome}')}. {step}{due}."
        answer(said, call_record(recorded, now), as_json=given.json)
    return Exit.OK


def call_record(recorded: Recorded, now: Moment) -> dict[str, Any]:
    """Return what was saved as one JSON object."""
    contact, step = recorded.contact, recorded.next_step
    return {
        "contact_id": contact.id,
        "member_id": contact.member_id,
        "outcome": contact.outcome.value,
        "at": told(contact.occurred_at, now),
        "next_step": {"what": step.what.value, "due_at": told(step.due_at, now), "rule": step.rule},
        "responses": [
            {"reason_id": reason_id, "response": response.value} for reason_id, response in recorded.responses.items()
        ],
        "left_open": list(recorded.left_open),
        "waiting": True,
    }


def _due(at: datetime | None, now: Moment) -> str:
    return "" if at is None else f", {now.calendar.local(at):%Y-%m-%d %H:%M}"
