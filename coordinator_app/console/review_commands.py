"""The word `review`: a supervisor's word on a contact."""

import argparse

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.desk_commands import OpenDesk, add_profile, identifier
from coordinator_app.console.options import Subparsers
from coordinator_app.domain.ids import ActivityId
from coordinator_app.services.reviewing import RESULTS


def register(subparsers: Subparsers, open_desk: OpenDesk) -> None:
    """Add the command."""
    parser = subparsers.add_parser("review", help="mark a contact reviewed, or return it with a comment")
    add_profile(parser)
    parser.add_argument("contact_id", metavar="CONTACT_ID", type=identifier)
    parser.add_argument("--result", required=True, choices=RESULTS)
    parser.add_argument("--comment", default="", metavar="TEXT")
    parser.set_defaults(run=lambda given: _review(given, open_desk))


def _review(given: argparse.Namespace, open_desk: OpenDesk) -> int:
    with open_desk(given.profile) as desk:
        review = desk.reviewing.review(ActivityId(given.contact_id), given.result, given.comment).review
        facts = {"review_id": review.id, "contact_id": review.contact_id, "result": review.result}
        answer(f"Saved: {review.result}.", facts, as_json=given.json)
    return Exit.OK
