"""Invented people and a frame, for the pictures of the parts."""

import pytest
from PySide6.QtWidgets import QWidget

from coordinator_app.ui.shared.chips import Chip, ChipKind
from coordinator_app.ui.shared.identity import Identity
from coordinator_app.ui.shared.ledger import PointLine, ReasonLine
from coordinator_app.ui.shared.marks import TierMark, Try
from coordinator_app.ui.shared.queue_row import QueueRow
from coordinator_app.ui.shared.status_bar import Status
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.window import FrameWords, MainWindow

FRAME = FrameWords(
    "Coordinator",
    "Find a patient or a command",
    "Find a patient or a command",
    "Screens",
    "Ana Ruiz, RN",
    "Lock, Ctrl+L",
    "DEMO",
    "Fictional people",
)
WHO = Identity(
    "GARCÍA LÓPEZ, María José", "Born 14-Jul-1945 (81 y)", "Female", "ID DEMO 204 118", "“Mari”", "Speaks Spanish"
)
REASONS = (
    ReasonLine(
        "a",
        TierMark.URGENT,
        "Urgent",
        "Home from hospital, heart failure",
        "Left 22-Nov · hospital list of 24-Nov 06:10",
        "50",
        (
            PointLine("Discharge clock, call by today 17:00", "30"),
            PointLine("LACE 12, high band", "15"),
            PointLine("No contact yet", "5"),
        ),
    ),
    ReasonLine(
        "b", TierMark.HIGH, "High", "Lisinopril may have run out", "Last fill 15-Aug, 90 days · claims to 20-Nov", "20"
    ),
    ReasonLine(
        "c", TierMark.ROUTINE, "Routine", "Two emergency visits in 90 days", "4-Sep, 19-Oct · hospital list", "15"
    ),
)
FULL, FREE, HALF = Try.NO_ANSWER, Try.FREE, Try.MESSAGE
TIER_WORDS = {1: "Safety", 2: "Urgent", 3: "High", 4: "Routine", 5: "Low"}
ONE, TWO = {"more": "+1 more", "more_short": "+1"}, {"more": "+2 more", "more_short": "+2"}
SHIELD = Chip("Special contact", ChipKind.QUIET, "shield", keeps=True)
CALLING = Chip("Luis is calling her, 10:40", ChipKind.QUIET, "call", keeps=True)
SIMILAR = Chip("Similar name", ChipKind.CAUTION, "patient", keeps=True)
MOTHER = Chip("Call mother, Rosa Díaz", ChipKind.QUIET, "team", keeps=True)
DRAFT = Chip("Draft", ChipKind.ACCENT, "note")


def queue_row(tier, name, reason, due, tone=Tone.SECOND, **more):
    """One row of the queue; the name carries age and sex after a bar."""
    shown, age_sex = name.split("|")
    word = TIER_WORDS[tier]
    sentence = f"{word}. {shown}, {age_sex}. {reason}. Due {due}."
    return QueueRow(shown, TierMark(tier), word, shown, age_sex, reason, due, sentence, tone, **more)


def tried(*tries, words):
    return {"attempts": tries, "tries_words": words}


ROWS = (
    queue_row(
        1,
        "OKAFOR, Grace|58 F",
        "Potassium 6.1 on 23-Nov; takes lisinopril and spironolactone",
        "today 12:00",
        Tone.URGENT,
        gone=0.75,
        is_claimed=True,
        chips=(CALLING,),
    ),
    queue_row(
        2,
        "GARCÍA LÓPEZ, María José|81 F",
        "Home from hospital Sunday, heart failure; not reached",
        "today 17:00",
        Tone.URGENT,
        gone=0.75,
        chips=(Chip("Spanish"), SHIELD),
        **TWO,
        **tried(FULL, FREE, FREE, FREE, words="1 of 4"),
    ),
    queue_row(
        2,
        "TRAN, Minh Đức|66 M",
        "Home from hospital yesterday, pneumonia; discharge list says no phone",
        "Wed 25-Nov",
        Tone.HIGH,
        gone=0.5,
        state_mark="new",
        chips=(Chip("Vietnamese"), Chip("Interpreter")),
        **ONE,
    ),
    queue_row(
        3,
        "WASHINGTON, Denise|72 F",
        "Warfarin fills end today; no INR on record since 2-Oct",
        "Wed 25-Nov",
        Tone.HIGH,
        gone=0.5,
        state_mark="draft",
        chips=(DRAFT,),
        **ONE,
        **tried(HALF, FULL, FREE, FREE, words="2 of 4"),
    ),
    queue_row(
        3,
        "KOWALCZYK, Łukasz|49 M",
        "Two emergency visits in 30 days, asthma; one controller fill since July",
        "Fri 27-Nov",
        gone=0.2,
        state_mark="changed",
    ),
    queue_row(
        4,
        "NGUYEN, Thuy|67 F",
        "No record of an A1c test since July (claims to 2-Oct)",
        "Mon 30-Nov",
        gone=0.25,
        chips=(Chip("Vietnamese"),),
        **ONE,
        **tried(FULL, FREE, FREE, FREE, words="1 of 3"),
    ),
    queue_row(
        4,
        "O’BRIEN, Patrick|74 M",
        "No record of an eye examination, diabetes (claims to 2-Oct)",
        "Mon 30-Nov",
        gone=0.1,
        chips=(SIMILAR,),
    ),
    queue_row(
        4,
        "SANTIAGO, Luz|16 F",
        "Asthma visit asked of the practice 3 working days ago; no answer yet",
        "4-Dec",
        gone=0.05,
        chips=(MOTHER,),
    ),
    queue_row(
        5, "BROWN, Walter|70 M", "New on your panel 1-Nov: welcome call; history before then is not known", "18-Dec"
    ),
)


@pytest.fixture
def rows():
    return ROWS


@pytest.fixture
def who():
    return WHO


@pytest.fixture
def reasons():
    return REASONS


@pytest.fixture
def frame_words():
    return FRAME


@pytest.fixture
def framed(qtbot):
    """Put a screen into the frame and return the window."""

    def frame(theme, key, screen):
        window = MainWindow(theme, FRAME)
        qtbot.addWidget(window)
        for digit, (name, title, icon) in enumerate(
            [
                ("today", "Today", "today"),
                ("patient", "Patient", "patient"),
                ("call", "Call", "call"),
                ("schedule", "Schedule", "schedule"),
                ("review", "Review", "review"),
                ("score", "Scorecard", "score"),
            ],
            start=1,
        ):
            window.add_screen(name, title, icon, screen if name == key else QWidget(), digit=digit)
        window.add_screen("needs", "Needs you", "needs", QWidget(), at_foot=True)
        window.set_count("needs", 2)
        window.show_screen(key)
        window.show_status(
            Status("Online", ("Synced 10:42", "3 waiting to send", "Panel 412"), "Tue 24-Nov-2026  10:43")
        )
        return window

    return frame
