"""One invented patient's referral, as the tests of letters vary it."""

from datetime import date, time
from pathlib import Path

import pytest

from coordinator_app.domain.letter import (
    Agreement,
    Coordinator,
    CopyFor,
    EvidenceRow,
    Interpreter,
    LetterFacts,
    LetterMember,
    Phone,
    Physician,
    Recipient,
    Said,
    Sender,
)
from coordinator_app.domain.program_directory import ProgramListing
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.letters.words import LetterWords, read_programs, read_words

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(scope="session")
def fonts() -> Path:
    """The folder with the Inter faces."""
    return RESOURCES / "fonts"


@pytest.fixture(scope="session")
def words() -> dict[str, LetterWords]:
    """The letter in English and Spanish."""
    return read_words(RESOURCES / "letters")


@pytest.fixture(scope="session")
def programs() -> dict[str, ProgramListing]:
    """The directory of programs by id."""
    return {listing.program.id: listing for listing in read_programs(RESOURCES / "letters")}


@pytest.fixture(scope="session")
def education() -> Path:
    """The folder with the lessons."""
    return RESOURCES / "education"


@pytest.fixture
def facts(programs: dict[str, ProgramListing]) -> LetterFacts:
    """A referral to the diabetes program, with one fact of each sensitivity."""
    listing = programs["diabetes"]
    return LetterFacts(
        sender=Sender(
            "Springfield Example Health Partners",
            "Care coordination · 100 Sample Street, Springfield MA 01100",
            "+14135550100",
            "+14135550101",
        ),
        written_on=date(2026, 11, 24),
        copy_for=CopyFor.PROGRAM,
        language="en",
        recipient=listing.recipient,
        member=LetterMember(
            "María José García López",
            date(1945, 7, 14),
            "DEMO 204 118",
            "Example Plan PPO",
            Phone("4135550142", time(9), time(12), may_leave_message=False),
            "es",
            Interpreter.SPOKEN,
            "Mari",
        ),
        program=listing.program,
        agreement=Agreement.YES,
        agreed_on=date(2026, 11, 24),
        why=(
            EvidenceRow("a1c", Said.alike("A1c 7.9 %"), date(2026, 7, 2), "laboratory"),
            EvidenceRow("ed", Said("Two emergency visits", "Dos visitas a urgencias"), date(2026, 10, 19), "claims"),
            EvidenceRow(
                "private",
                Said.alike("Zzconfidential"),
                date(2026, 1, 5),
                "laboratory",
                Said.alike("Zzdetail"),
                sensitivity=Sensitivity.CONFIDENTIAL,
            ),
            EvidenceRow("part2", Said.alike("Zzparttwo"), date(2026, 1, 6), "claims", sensitivity=Sensitivity.PART2),
        ),
        medicines=(
            EvidenceRow(
                "metformin",
                Said.alike("Metformin 1000 mg"),
                date(2026, 8, 15),
                "pharmacy",
                Said("twice a day", "dos veces al día"),
            ),
            EvidenceRow(
                "hidden",
                Said.alike("Zzmedicine"),
                date(2026, 8, 16),
                "pharmacy",
                sensitivity=Sensitivity.CONFIDENTIAL,
            ),
        ),
        pcp=Physician("Dr. Inés Peña", "Forest Park Family Practice", "4135550110"),
        coordinator=Coordinator("Ana Ruiz, RN", "4135550123"),
        reply_by=date(2026, 12, 8),
        copies_to=(CopyFor.PATIENT, CopyFor.PCP),
        is_demo=True,
    )


@pytest.fixture
def home() -> Recipient:
    """Where the patient's own copy goes."""
    return Recipient("María José García López", address=("12 Sample Street, Apt 3", "Springfield MA 01100"))
