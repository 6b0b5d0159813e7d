"""The word `letter`: a referral letter as a plain PDF."""

import argparse
from pathlib import Path

from coordinator_app.console.answers import Exit, answer, complain
from coordinator_app.console.desk_commands import OpenDesk, add_member, add_profile
from coordinator_app.console.options import Subparsers
from coordinator_app.domain.access import Looked
from coordinator_app.domain.letter import Agreement, CopyFor
from coordinator_app.services.letter_composing import LetterForm

WARNING = "This plain file holds health information: keep it where only you can read it, and delete it after use."


def register(subparsers: Subparsers, open_desk: OpenDesk) -> None:
    """Add the command."""
    parser = subparsers.add_parser("letter", help="write a referral letter as PDF")
    add_profile(parser)
    add_member(parser)
    agreements = [agreement.value for agreement in Agreement]
    copies = [copy.value for copy in CopyFor]
    parser.add_argument("--program", required=True, metavar="PROGRAM", help="a program of the directory")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")
    parser.add_argument("--lang", default="en", choices=["en", "es"])
    parser.add_argument("--agreement", default="not_asked", choices=agreements, help="what the patient said")
    parser.add_argument("--copy-for", default="program", choices=copies)
    parser.set_defaults(run=lambda given: _letter(given, open_desk))


def _letter(given: argparse.Namespace, open_desk: OpenDesk) -> int:
    form = LetterForm(
        member_id=given.member_id,
        program=given.program,
        copy_for=CopyFor(given.copy_for),
        language=given.lang,
        agreement=Agreement(given.agreement),
    )
    with open_desk(given.profile) as desk:
        printed = desk.letters.save(form, given.out)
        desk.access.note(Looked.EXPORTED, given.member_id, printed.letter.pages)
        letter = printed.letter
        facts = {
            "letter_id": letter.id,
            "member_id": letter.member_id,
            "program": letter.program,
            "file": str(given.out),
            "sha256": letter.pdf_sha256,
            "pages": letter.pages,
            "language": letter.language,
        }
        complain(WARNING)
        answer(f"Saved: {given.out}, {letter.pages} pages.", facts, as_json=given.json)
    return Exit.OK
