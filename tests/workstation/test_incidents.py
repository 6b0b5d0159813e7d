"""What is kept of our own defects: enough to find them, not a word of a patient."""

import json
from datetime import UTC, datetime
from pathlib import Path

from coordinator_app.workstation.incidents import Incidents

AT = datetime(2026, 11, 24, 15, 43, tzinfo=UTC)


def broken(name: str) -> ValueError:
    try:
        try:
            {}[name]
        except KeyError as cause:
            raise ValueError(f"no such person: {name}") from cause
    except ValueError as error:
        return error


def test_an_incident_has_a_number_types_and_places_and_no_words(tmp_path: Path) -> None:
    file = tmp_path / "incidents.log"
    number = Incidents(file, lambda: AT).note(broken("Canarywood"))
    text = file.read_text(encoding="utf-8")
    report = json.loads(text)
    assert number.startswith("1124-1543-")
    assert report["incident"] == number
    assert [each["type"] for each in report["errors"]] == ["ValueError", "KeyError"]
    assert all(place.startswith("test_incidents.py:") for each in report["errors"] for place in each["places"])
    assert "Canarywood" not in text
    assert file.stat().st_mode & 0o077 == 0


def test_each_incident_is_a_line_of_its_own(tmp_path: Path) -> None:
    incidents = Incidents(tmp_path / "incidents.log", lambda: AT)
    numbers = {incidents.note(broken("a")), incidents.note(broken("b"))}
    lines = (tmp_path / "incidents.log").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["incident"] for line in lines} == numbers


def test_an_incident_that_cannot_be_written_still_has_its_number(tmp_path: Path) -> None:
    assert Incidents(tmp_path / "gone" / "incidents.log", lambda: AT).note(broken("a")).startswith("1124-1543-")
