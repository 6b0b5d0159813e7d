"""The words `needs` and `settle`: what needs a person's word, and the word."""

import argparse

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.desk_commands import OpenDesk, add_profile, identifier
from coordinator_app.console.options import Subparsers
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.set_aside import ACCEPT, AGAIN, AS_NOTE, MINE, REFUSE, SEEN, THEIRS, Asked

CHOICES = (SEEN, MINE, THEIRS, AGAIN, AS_NOTE, ACCEPT, REFUSE)


def register(subparsers: Subparsers, open_desk: OpenDesk) -> None:
    """Add the commands."""
    parser = subparsers.add_parser("needs", help="list what the center could not simply take, and what waits for you")
    add_profile(parser)
    parser.set_defaults(run=lambda given: _needs(given, open_desk))
    parser = subparsers.add_parser("settle", help="settle one of them")
    add_profile(parser)
    parser.add_argument("item_id", metavar="ITEM_ID", type=identifier)
    parser.add_argument("--choice", required=True, choices=CHOICES)
    parser.add_argument("--words", default="", metavar="TEXT", help="the corrected words, the note, or the comment")
    parser.set_defaults(run=lambda given: _settle(given, open_desk))


def _needs(given: argparse.Namespace, open_desk: OpenDesk) -> int:
    with open_desk(given.profile) as desk:
        items = desk.set_aside.open()
    lines = [f"{each.item.id}  {each.item.kind}  {each.item.act}  {', '.join(each.choices) or SEEN}" for each in items]
    answer("\n".join(lines) or "Nothing needs you.", {"items": [_facts(each) for each in items]}, as_json=given.json)
    return Exit.OK


def _settle(given: argparse.Namespace, open_desk: OpenDesk) -> int:
    with open_desk(given.profile) as desk:
        asked = next((each for each in desk.set_aside.open() if each.item.id == given.item_id), None)
        if asked is None:
            raise Refusal("unknown_item", "This item is not open on this computer.")
        desk.set_aside.settle(asked, given.choice, given.words)
    answer(f"Settled: {given.choice}.", {"id": given.item_id, "choice": given.choice}, as_json=given.json)
    return Exit.OK


def _facts(asked: Asked) -> dict[str, object]:
    item = asked.item
    return {
        "id": item.id,
        "kind": item.kind,
        "act": item.act,
        "cause": str(item.arguments.get("cause") or item.answer.get("cause") or ""),
        "member_id": item.member_id,
        "opened_at": item.opened_at.isoformat(),
        "written_at": None if item.written_at is None else item.written_at.isoformat(),
        "choices": [SEEN, *asked.choices],
    }
