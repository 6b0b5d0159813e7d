"""The morning that must pass: two nurses, a supervisor, a pulled cable, a killed window, and every call once."""

import json
import time
from pathlib import Path

import pytest

from tests.journeys.at_work import Window
from tests.journeys.conftest import PANEL, Clinic, discharge

pytestmark = [pytest.mark.journey, pytest.mark.server]

# What she presses after C, and what is written down for it; a conversation takes two identifiers first.
CALLS = (
    (("1", "D", "Z", "Ctrl+Return"), "reached"),
    (("3", "Return"), "no_answer"),
    (("6", "Return"), "wrong_number"),
    (("8", "Return"), "refused"),
    (("7", "Ctrl+Return"), "call_back"),
)
ROUNDS = 5
COMMENT = "Ask about the scale next time."
BEGUN, LOST = "Scale at home, weight 68 kg. ", "x" * 4000


def call_names(window: Window) -> list[str]:
    return next(rows for name, rows in window.seen["lists"].items() if name.startswith("Call today"))


def log_the_calls(window: Window) -> list[str]:
    """Log 25 calls from the top of the list and return their outcomes in order."""
    said = []
    for _ in range(ROUNDS):
        for keys, outcome in CALLS:
            assert window.press("C")["screen"] == "call"
            assert window.press(*keys)["screen"] == "today", (keys, window.seen)
            said.append(outcome)
    return said


def test_the_morning(clinic: Clinic, tmp_path: Path) -> None:
    window = clinic.ana.window()
    window.sync()
    assert len(call_names(window)) >= 25
    clinic.cable.pull()

    began = time.time()
    outcomes = log_the_calls(window)
    ask_for_two_visits(window)
    teach_once(window)
    print_one_letter(window)
    sent_later = window.seen["waiting"]
    assert sent_later >= 25 + 2 + 1 + 1

    # Killed in the middle of a note: what stood there a second before is there again, and so is every call.
    window.press("C", "Ctrl+N")
    window.type(BEGUN)
    time.sleep(1.0)  # the promise is about one second of typing
    window.kill_while_typing(LOST)
    window = clinic.ana.window()
    assert window.seen["waiting"] == sent_later
    (note,) = note_of_the_draft(window)
    assert note.startswith(BEGUN.strip())
    window.press("Escape", "Ctrl+1")

    clinic.cable.plug()
    window.sync()
    assert window.sync()["waiting"] == 0
    assert clinic.sql("SELECT outcome FROM activity.contact ORDER BY occurred_at, id") == outcomes
    assert clinic.sql("SELECT count(*) FROM sync.op WHERE outcome <> 'applied'") == ["0"]
    for table, count in (("visit", 2), ("teaching", 1), ("letter WHERE copy_for = 'program'", 1)):
        assert clinic.sql(f"SELECT count(*) FROM activity.{table}") == [str(count)], table
    called = clinic.sql("SELECT extract(epoch FROM occurred_at) FROM activity.contact ORDER BY occurred_at")
    assert all(began - 1 <= float(each) <= time.time() + 1 for each in called), "a call is not at its true time"

    nurse_two_sees_none_of_hers(clinic)
    returned = supervisor_returns_one(clinic, outcomes)
    window.sync()
    assert any(returned in row for row in returned_to(clinic)), "the comment did not come back"

    number = quiet_person(clinic)
    clinic.central("load", str(discharge(number, tmp_path)), "--format", "fhir-r4", "--source", "demo",
                   "--as-of", "2026-11-24")  # fmt: skip
    clinic.central("evaluate", "--as-of", "2026-11-24")
    window.press("Ctrl+1")
    window.sync()
    first = call_names(window)[0]
    name = clinic.sql(f"SELECT upper(family) || ', ' || given FROM care.member WHERE member_number = '{number}'")[0]
    assert name in first
    assert "Home from hospital yesterday, heart failure; not reached" in first
    window.close()
    both_sides_are_equal(clinic)


def ask_for_two_visits(window: Window) -> None:
    window.press("Ctrl+1")
    for _ in range(2):
        assert window.press("A")["screen"] == "schedule"
        window.press("1", "Ctrl+Return")
        window.press("Ctrl+1", "Down")


def teach_once(window: Window) -> None:
    assert window.press("E")["screen"] == "education"
    window.press("1", "1", "Ctrl+Return")
    window.press("Ctrl+1")


def print_one_letter(window: Window) -> None:
    assert window.press("R")["screen"] == "letter"
    window.press("Return", "A", "Ctrl+S", "Return")
    assert list((window.home / "Documents").glob("*.pdf"))
    window.press("Ctrl+1")


def note_of_the_draft(window: Window) -> list[str]:
    """Open the one call that was left open and return what its note says."""
    rows = call_names(window)
    (place,) = [row for row, words in enumerate(rows) if "draft" in words.lower()]
    window.press("Home", *["Down"] * place)
    return list(window.press("C")["notes"])


def nurse_two_sees_none_of_hers(clinic: Clinic) -> None:
    clinic.bea.ask("sync")
    hers = {each["member_id"] for each in clinic.bea.ask("queue", "--limit", "1000")["items"]}
    mine = set(
        clinic.sql("SELECT m.id FROM care.member m JOIN org.panel p ON p.id = m.panel_id WHERE p.name = 'North'")
    )
    assert hers
    assert not hers & mine
    assert clinic.bea.ask("activity")["items"] == []
    assert clinic.bea.ask("status")["members"] == PANEL


def supervisor_returns_one(clinic: Clinic, outcomes: list[str]) -> str:
    clinic.joan.ask("sync")
    seen = [each for each in clinic.joan.ask("activity")["items"] if each["kind"] == "contact"]
    assert [each["outcome"] for each in reversed(seen)] == outcomes
    window = clinic.joan.window()
    window.press("Ctrl+5", "C")
    window.type(COMMENT)
    window.press("Ctrl+Return")
    assert window.sync()["waiting"] == 0
    window.close()
    return COMMENT


def returned_to(clinic: Clinic) -> list[str]:
    return [json.dumps(each["review"]) for each in clinic.ana.ask("activity")["items"] if each.get("review")]


def quiet_person(clinic: Clinic) -> str:
    """Return the number of a grown person of nurse one's panel who has no reason and was never in hospital."""
    return clinic.sql(
        "SELECT m.member_number FROM care.member m JOIN org.panel p ON p.id = m.panel_id"
        " WHERE p.name = 'North' AND m.held_cause = '' AND m.birth_date < '1980-01-01'"
        " AND NOT EXISTS (SELECT FROM outreach.reason r WHERE r.member_id = m.id)"
        " AND NOT EXISTS (SELECT FROM care.fact f WHERE f.member_id = m.id AND f.class_code = 'IMP')"
        " ORDER BY m.birth_date LIMIT 1"
    )[0]


def both_sides_are_equal(clinic: Clinic) -> None:
    clinic.ana.ask("sync")
    for table in ("contact", "response", "follow_up", "visit", "teaching", "letter", "review"):
        centre = int(clinic.sql(f"SELECT count(*) FROM activity.{table}")[0])
        assert centre > 0, table
