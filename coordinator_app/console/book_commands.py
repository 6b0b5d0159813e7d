"""The word `book`: a visit that is wanted, asked for or confirmed."""

import argparse
from typing import Any

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.desk_commands import OpenDesk, add_member, add_profile, told, told_day
from coordinator_app.console.options import Subparsers
from coordinator_app.console.typed_words import instant
from coordinator_app.domain.activity import VisitState
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.visit_chain import STARTS, VISIT_TYPES
from coordinator_app.services.booking import Booked, VisitForm


def register(subparsers: Subparsers, open_desk: OpenDesk) -> None:
    """Add the command."""
    parser = subparsers.add_parser("book", help="ask for a visit")
    add_profile(parser)
    add_member(parser)
    states = [state.value for state in VisitState if state in STARTS]
    parser.add_argument("--with", dest="clinician", required=True, metavar="CLINICIAN", help="an id or a name")
    parser.add_argument("--at", required=True, type=instant, metavar="TIME")
    parser.add_argument("--type", required=True, choices=VISIT_TYPES, metavar="TYPE", help=", ".join(VISIT_TYPES))
    parser.add_argument("--state", default="wanted", choices=states, help="wanted when not given")
    parser.add_argument("--confirmed-by", default="", metavar="NAME", help="who confirmed it, for --state confirmed")
    parser.add_argument("--how", default="", metavar="TEXT", help="how the practice was asked")
    parser.add_argument("--note", default="", metavar="TEXT")
    parser.set_defaults(run=lambda given: _book(given, open_desk))


def _book(given: argparse.Namespace, open_desk: OpenDesk) -> int:
    with open_desk(given.profile) as desk:
        clinician = desk.booking.clinician(given.clinician)
        booked = desk.booking.ask(
            VisitForm(
                member_id=given.member_id,
                visit_type=given.type,
                state=VisitState(given.state),
                clinician_id=clinician.id or None,
                starts_at=given.at,
                place=clinician.practice or clinician.name,
                how_asked=given.how,
                confirmed_by=given.confirmed_by,
                note=given.note,
            )
        )
        now = desk.clock.moment()
        said = desk.words.of(booked.visit, now.calendar.day_of(given.at))
        remarks = [
            text
            for text, is_so in ((" It clashes with another visit.", booked.clashes), (" It is late.", booked.is_late))
            if is_so
        ]
        answer(f"Saved: {said}.{''.join(remarks)}", visit_record(booked, clinician.name, now), as_json=given.json)
    return Exit.OK


def visit_record(booked: Booked, clinician: str, now: Moment) -> dict[str, Any]:
    """Return what was saved as one JSON object."""
    visit = booked.visit
    return {
        "visit_id": visit.visit_id,
        "member_id": visit.member_id,
        "state": visit.state.value,
        "at": told(visit.starts_at, now),
        "with": clinician,
        "clash": bool(booked.clashes),
        "clashes": [{"visit_id": each.visit_id, "at": told(each.starts_at, now)} for each in booked.clashes],
        "late": booked.is_late,
        "deadline": told_day(visit.deadline_on),
        "closed_for": booked.closed_for,
    }
