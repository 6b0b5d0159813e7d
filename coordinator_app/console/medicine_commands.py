"""The word `medicine`: what a nurse was told of a medicine."""

import argparse

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.desk_commands import OpenDesk, add_member, add_profile
from coordinator_app.console.options import Subparsers
from coordinator_app.domain.activity import MedicineHow
from coordinator_app.services.medicine_noting import Told

TELLERS = ("patient", "caregiver", "practice", "pharmacy")


def register(subparsers: Subparsers, open_desk: OpenDesk) -> None:
    """Add the command."""
    parser = subparsers.add_parser("medicine", help="write down what was told of a medicine")
    add_profile(parser)
    add_member(parser)
    hows = [how.value for how in MedicineHow]
    parser.add_argument("--name", required=True, metavar="NAME", help="the drug as the list of medicines writes it")
    parser.add_argument("--how", required=True, choices=hows, metavar="HOW", help=", ".join(hows))
    parser.add_argument("--dose", default="", metavar="TEXT")
    parser.add_argument("--days", type=int, metavar="N", help="how many days what is at hand lasts")
    parser.add_argument("--told-by", default="patient", choices=TELLERS, metavar="WHO", help=", ".join(TELLERS))
    parser.set_defaults(run=lambda given: _medicine(given, open_desk))


def _medicine(given: argparse.Namespace, open_desk: OpenDesk) -> int:
    told = Told(given.member_id, MedicineHow(given.how), given.name, given.dose, given.days, given.told_by)
    with open_desk(given.profile) as desk:
        kept = desk.medicines.note(told).medicine
        facts = {
            "medicine_id": kept.id,
            "member_id": kept.member_id,
            "name": kept.name,
            "how": kept.how.value,
            "rxcui": kept.rxcui,
        }
        answer(f"Saved: {desk.words.of(kept)}.", facts, as_json=given.json)
    return Exit.OK
