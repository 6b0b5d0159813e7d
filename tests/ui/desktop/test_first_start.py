"""From an empty computer to a working list: a real centre, a real store, the window's own lanes, and a pulled cable."""

import json
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coordinator_app.bootstrap import central
from coordinator_app.bootstrap.doors import ComputerDoors, OpenedPanel
from coordinator_app.bootstrap.window import Session
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.storage.local.keys import KeySlots
from coordinator_app.storage.local.safe import OpenProfile
from coordinator_app.sync.exchange import Exchange
from coordinator_app.sync.rounds import Rounds
from coordinator_app.ui.shared.courier import Lane
from coordinator_app.workstation.in_use import InUse
from coordinator_app.workstation.paths import ProfilePaths
from tests.conftest import DatabaseForTests, MakeDatabase
from tests.console.test_a_morning_without_a_window import told
from tests.journeys.tcp_proxy import Cable

Key = Qt.Key
PASSPHRASE = "eleven green lamps"


@pytest.fixture
def centre(fresh_database: MakeDatabase) -> DatabaseForTests:
    made = fresh_database()
    for words in (("migrate",), ("populate", "--people", "60", "--seed", "7"), ("evaluate",)):
        told(central.run, words[0], "--url", made.url, *words[1:])
    return made


@pytest.fixture
def password(centre: DatabaseForTests) -> str:
    panels = told(central.run, "panel", "--url", centre.url, "list")["panels"]
    panel = max((each for each in panels if not each["unassigned"]), key=lambda each: each["members"])
    staff = ("add", "ana", "--name", "Ana Ruiz, RN", "--role", "coordinator", "--panel", panel["id"])
    return str(told(central.run, "staff", "--url", centre.url, *staff)["one_time_password"])


@pytest.fixture
def cable(centre: DatabaseForTests) -> Iterator[Cable]:
    with Cable(centre.server.port) as made:
        yield made


@pytest.fixture
def session(theme, qapp, tmp_path: Path) -> Iterator[Session]:
    made = Session(qapp, theme, ComputerDoors(tmp_path, lang="en"), "en")
    faults: list[BaseException] = []
    made._defect.disconnect()
    made._defect.connect(faults.append)
    yield made
    if made.desktop is not None:
        made.desktop.window.hide()
        made._end_desktop()
    assert faults == []


def wait(qtbot, is_so) -> None:
    qtbot.waitUntil(is_so, timeout=30_000)


@pytest.mark.server
def test_a_nurse_connects_gets_her_panel_works_offline_and_signs_in_again(session, centre, cable, password, qtbot):
    session.sign_in()
    view = session._sign_in
    view.activateWindow()
    wait(qtbot, view.isActiveWindow)
    assert view.currentWidget() is view.nothing
    view.nothing.connect_wished.emit()
    page = view.connect_page
    server = centre.enroll_url.replace(f":{centre.server.port}/", f":{cable.port}/")
    typed = {"server": server, "login": "ana", "password": password, "passphrase": PASSPHRASE, "again": PASSPHRASE}
    for name, words in typed.items():
        page.fields[name].set_words(words)
    page.weaker.setChecked(True)

    with qtbot.waitSignal(session.opened, timeout=30_000):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desktop = session.desktop
    moved = []
    desktop.syncing.moved.connect(lambda done, total: moved.append((done, total)))
    today = desktop.window.stack.widget(0)
    wait(qtbot, lambda: today.list_side.rows.current() is not None)
    wait(qtbot, lambda: desktop.window.status._status.words == "Online")
    assert moved[0][1] > 0
    assert moved[-1] == (0, 0)
    assert desktop.window.windowTitle() == "Coordinator · DEMO"
    members = desktop.desk.status.now().members
    wait(qtbot, lambda: f"Panel {members}" in desktop.window.status._status.parts)

    cable.pull()
    with qtbot.waitSignal(desktop.syncing.reported, timeout=30_000):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_F5)
    status = desktop.window.status._status
    assert status.is_offline
    assert status.words.startswith("Offline since ")
    assert any(part.startswith("Panel as of ") for part in status.parts)
    assert today.list_side.rows.current() is not None

    desktop.other_wished.emit()
    view = session._sign_in
    assert view.currentWidget() is view.passphrase
    view.activateWindow()
    wait(qtbot, view.isActiveWindow)
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    with qtbot.waitSignal(session.opened, timeout=30_000):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert session.desktop.desk.status.now().members == members


def test_the_panel_open_in_one_window_is_refused_to_another(tmp_path):
    held = InUse(ProfilePaths(tmp_path).in_use)
    with pytest.raises(Refusal, match="open in another window"):
        ComputerDoors(tmp_path.parent, lang="en", only=tmp_path).unlock(tmp_path.name, PASSPHRASE)
    held.release()


def test_a_defect_in_a_lane_or_a_slot_is_kept_by_number_and_told(theme, qapp, tmp_path, desk_panel, qtbot):
    session = Session(qapp, theme, ComputerDoors(tmp_path, lang="en"), "en")
    session.take(desk_panel)
    desktop = session.desktop
    desktop.parts.courier.send(Lane.READ, lambda: {}["Canarywood"], to=print)
    place = desktop.window.stack.widget(0).toast_place()
    qtbot.waitUntil(lambda: place.toast is not None and "Incident" in place.toast.words)
    number = place.toast.words.split("Incident ")[1].split(".")[0]
    written = (desk_panel.folder / "incidents.log").read_text(encoding="utf-8")
    assert json.loads(written)["incident"] == number
    assert "Canarywood" not in written + (desk_panel.folder / "coordinator.log").read_text(encoding="utf-8")
    session.leave()


@pytest.fixture
def desk_panel(tmp_path, sample, desk):
    slots = KeySlots(tmp_path / "key-slots.json", lambda: 0.0)
    profile = OpenProfile(sample.store, slots, sample.key)
    folder = tmp_path / "ana"
    folder.mkdir()
    rounds = Rounds(Exchange(Unreachable(), None, desk.clock.instant, monotonic), NobodyWaiting())
    return OpenedPanel(folder, profile, desk, rounds, InUse(folder / "in-use"), is_demo=True)


class Unreachable:
    """A centre nobody answers at."""

    def session(self):
        raise Trouble("offline", "Nobody answers.")


class NobodyWaiting:
    """A desk that has nothing to send."""

    def waiting_count(self):
        return 0

    def panels(self):
        return ()
