"""The word `teach`: a lesson and what came back."""

import argparse

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.desk_commands import OpenDesk, add_member, add_profile
from coordinator_app.console.options import Subparsers
from coordinator_app.domain.activity import TeachBack
from coordinator_app.services.teaching import Lesson


def register(subparsers: Subparsers, open_desk: OpenDesk) -> None:
    """Add the command."""
    parser = subparsers.add_parser("teach", help="write down a lesson and what came back")
    add_profile(parser)
    add_member(parser)
    results = [result.value for result in TeachBack]
    parser.add_argument("--topic", required=True, metavar="TOPIC", help="a topic of the library")
    parser.add_argument("--result", required=True, choices=results, metavar="RESULT", help=", ".join(results))
    parser.add_argument("--lang", default="en", metavar="LANG", help="the language spoken")
    parser.add_argument("--plan", default="", metavar="TEXT")
    parser.set_defaults(run=lambda given: _teach(given, open_desk))


def _teach(given: argparse.Namespace, open_desk: OpenDesk) -> int:
    lesson = Lesson(given.member_id, given.topic, TeachBack(given.result), given.lang, plan=given.plan)
    with open_desk(given.profile) as desk:
        taught = desk.teaching.record(lesson)
        facts = {
            "teaching_id": taught.teaching.id,
            "member_id": taught.teaching.member_id,
            "topic": taught.teaching.topic,
            "result": taught.teaching.result.value,
        }
        answer(f"Saved: {desk.words.of(taught.teaching)}.", facts, as_json=given.json)
    return Exit.OK
