"""The word `patient`: everything known of one person."""

import argparse
from typing import Any

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.desk_commands import (
    Catalogue,
    OpenDesk,
    add_member,
    add_profile,
    moment_of,
    told,
    told_day,
)
from coordinator_app.console.options import Subparsers
from coordinator_app.console.reason_answers import reason_record, reason_sentence
from coordinator_app.console.typed_words import day
from coordinator_app.domain.access import Looked
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.services.chart import PatientPage
from coordinator_app.services.lab_trends import LabTrend
from coordinator_app.services.medicine_list import Medicine


def register(subparsers: Subparsers, open_desk: OpenDesk) -> None:
    """Add the command."""
    parser = subparsers.add_parser("patient", help="everything known of one person")
    add_profile(parser)
    add_member(parser)
    parser.add_argument("--as-of", type=day, metavar="DATE", help="as on that day")
    parser.set_defaults(run=lambda given: _patient(given, open_desk))


def _patient(given: argparse.Namespace, open_desk: OpenDesk) -> int:
    with open_desk(given.profile) as desk:
        moment = moment_of(desk, given.as_of)
        now = moment or desk.clock.moment()
        page = desk.chart.open(given.member_id, moment)
        desk.access.note(Looked.CHART_OPENED, given.member_id)
        answer(_text(page, desk.catalogue, now), page_record(page, desk.catalogue, now), as_json=given.json)
    return Exit.OK


def page_record(page: PatientPage, words: Catalogue, now: Moment) -> dict[str, Any]:
    """Return the page as one JSON object; what is confidential is only said to be there."""
    member = page.member
    hidden = words.say("acts.confidential")
    tries = 0 if page.last_contact is None else 1
    return {
        "member_id": member.id,
        "member_number": member.member_number,
        "name": member.name,
        "birth_date": told_day(member.birth_date),
        "age": page.age,
        "sex": member.sex,
        "language": member.language_spoken,
        "phones": [
            {
                "kind": each.point.kind,
                "number": each.point.value,
                "may_call": "no" if each.is_wrong_since else each.point.may_call,
                "may_leave_message": each.point.may_leave_message,
                "wrong_since": told_day(each.is_wrong_since),
            }
            for each in page.numbers
        ],
        "special_contact": page.reach.profile.special_contact,
        "instructions": page.reach.profile.instructions,
        "guardian": None
        if page.guardian is None
        else {"name": page.guardian.name, "relation": page.guardian.relation, "phone": page.guardian.phone},
        "clinician": next((each.name for each in page.care_team if each.role == "pcp"), None),
        "payer": member.payer,
        "plan": member.plan,
        "held": None
        if page.held is None
        else {"cause": page.held.cause.value, "source": page.held.source, "on": told_day(page.held.since)},
        "reasons": [reason_record(each, words, now, tries=tries) for each in page.reasons],
        "timeline": [
            {
                "at": told(item.at, now) or told_day(item.on),
                "kind": item.kind,
                "what": item.what,
                "source": item.source,
                "who": item.who,
                "waiting": item.is_waiting,
            }
            for item in page.timeline
        ],
        "medicines": [_medicine(each, hidden) for each in page.medicines],
        "labs": [_lab(each, hidden) for each in page.labs],
        "care_team": [
            {"role": each.role, "name": each.name, "phone": each.phone, "note": each.note} for each in page.care_team
        ],
        "next_steps": [
            {"kind": each.kind, "what": each.what, "due_on": told_day(each.due_on), "due_at": told(each.due_at, now)}
            for each in page.next_steps
        ],
        "data_as_of": told(page.data_as_of, now),
    }


def _medicine(each: Medicine, hidden: str) -> dict[str, Any]:
    is_open = each.sensitivity is Sensitivity.ORDINARY
    return {
        "name": each.name if is_open else hidden,
        "last_fill": told_day(each.last_fill_on),
        "days_supply": each.days_supply,
        "run_out": told_day(each.run_out_on),
        "days_left": each.days_left,
        "source": each.source,
        "told": each.told,
        "told_on": told_day(each.told_on),
    }


def _lab(trend: LabTrend, hidden: str) -> dict[str, Any]:
    is_open = all(each.sensitivity is Sensitivity.ORDINARY for each in trend.values)
    values = trend.values if is_open else ()
    return {
        "name": trend.name if is_open else hidden,
        "values": [
            {"on": told_day(each.on), "value": each.value, "unit": each.unit, "source": each.source} for each in values
        ],
    }


def _text(page: PatientPage, words: Catalogue, now: Moment) -> str:
    member = page.member
    lines = [f"{member.name}  born {told_day(member.birth_date)} ({page.age} y)  {member.sex}  {member.member_number}"]
    if page.reach.profile.special_contact:
        lines.append(f"Special contact instructions: {page.reach.profile.instructions}")
    lines += [f"  {reason_sentence(each, words, now.today)}" for each in page.reasons]
    lines += [f"  {told_day(item.on)}  {item.what}  {item.source}" for item in page.timeline[:20]]
    return "\n".join(lines)
