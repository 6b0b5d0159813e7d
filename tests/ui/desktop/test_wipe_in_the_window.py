"""A wipe as it is ordered and as it comes: typed by the administrator, met by an open window, and nothing is left."""

import json
from pathlib import Path

import pytest

from coordinator_app.bootstrap import central as commands
from coordinator_app.bootstrap.doors import ComputerDoors
from coordinator_app.domain.ids import MemberId
from coordinator_app.ui.screens.sign_in.view_model import Joining
from tests.console.test_a_morning_without_a_window import told
from tests.ui.desktop.test_first_start import PASSPHRASE, centre, password, session

__all__ = ["centre", "password", "session"]


@pytest.fixture
def at_work(session, centre, password, tmp_path, qtbot):
    """Her window on her own panel, after the first copy."""
    joining = Joining(centre.enroll_url, "ana", password, "", PASSPHRASE, PASSPHRASE, accepts_weaker=True)
    panel = ComputerDoors(tmp_path, lang="en").join(joining)
    session.take(panel)
    courier = session.desktop.parts.courier
    qtbot.waitUntil(lambda: panel.desk.status.now().as_of is not None, timeout=60_000)
    qtbot.waitUntil(lambda: courier.is_idle, timeout=30_000)
    return panel


@pytest.mark.server
def test_an_open_window_sends_what_it_has_empties_itself_and_says_so(
    session, at_work, centre, tmp_path: Path, qtbot
) -> None:
    private, desk = tmp_path / "seal.pem", at_work.desk
    told(commands.run, "device", "--url", centre.url, "seal-key", "--private", str(private))
    device = told(commands.run, "device", "--url", centre.url, "list")["devices"][0]["id"]
    with at_work.profile.store.reading() as connection:
        member = MemberId(connection.exec_driver_sql("SELECT id FROM member ORDER BY id LIMIT 1").scalar_one())
    desk.notes.keep(member, "She moves to her daughter in May.")
    desk.drafts.keep(member, "call", {"note": "half a sen"})
    assert told(commands.run, "device", "--url", centre.url, "wipe", device)["login"] == "ana"

    session.desktop.syncing.sync_now()
    qtbot.waitUntil(lambda: session.desktop is None, timeout=30_000)
    sealed = tmp_path / "ana" / f"outbox-{device}.sealed"
    assert {file.name for file in (tmp_path / "ana").iterdir()} == {"in-use", sealed.name}
    page = session._sign_in.nothing
    assert session._sign_in.currentWidget() is page
    assert page.said.text().startswith("The clinic had the panel removed from this computer. 1 entry")
    assert centre.sql("SELECT text FROM activity.note") == "She moves to her daughter in May."
    assert told(commands.run, "device", "--url", centre.url, "list")["devices"][0]["state"] == "wiped"

    out = tmp_path / "drafts.json"
    bring = ("import-sealed", str(sealed), "--private", str(private), "--drafts", str(out))
    facts = told(commands.run, "device", "--url", centre.url, *bring)
    assert (facts["login"], facts["ops"], facts["drafts"]) == ("ana", 0, 1)
    assert json.loads(out.read_text(encoding="utf-8"))[0]["content"] == {"note": "half a sen"}
    session._close_sign_in()
