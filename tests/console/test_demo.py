"""The demo on real parts: made once, made anew where another version made it, and a note that outlives a kill."""

import json
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from coordinator_app.bootstrap import demo, workstation
from coordinator_app.bootstrap.demo_kill import kill_in_mid_note
from coordinator_app.bootstrap.desk import build_desk

WISH = demo.Wish(40, date(2026, 11, 24))
NOTE = "Paid for his tablets himself in October."


@pytest.fixture(scope="module")
def folder(servers_home: Path) -> Iterator[Path]:
    place = servers_home / uuid.uuid4().hex
    yield place
    demo.clear(place)


def test_a_demo_is_made_once_and_anew_where_another_version_made_it(folder: Path, run_as: str | None) -> None:
    said: list[str] = []
    demo.clear(folder)
    demo.prepare(folder, WISH, said.append, run_as=run_as)
    assert said[0] == "Making 40 invented people of 2026-11-24..."
    said.clear()
    demo.prepare(folder, WISH, said.append, run_as=run_as)
    assert said == []
    note = folder / "demo.json"
    note.write_text(json.dumps({**json.loads(note.read_text()), "made_with": "another version"}))
    demo.prepare(folder, WISH, said.append, run_as=run_as)
    assert said[0].endswith("was made by another version of this program. Making it anew...")
    assert json.loads(note.read_text())["made_with"] != "another version"


def test_a_note_outlives_a_window_that_is_killed(
    folder: Path, run_as: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    place = demo.prepare(folder, WISH, lambda _words: None, run_as=run_as)
    nurse = place.profile(demo.NURSE)
    assert kill_in_mid_note(nurse, place.passphrase, "en", "000003", NOTE) > 0
    with closing(workstation.unlock(nurse, place.passphrase)) as opened:
        drafts = build_desk(opened.store).drafts.unfinished()
    assert [(each.kind, each.content["note"]) for each in drafts] == [("call", NOTE)]
