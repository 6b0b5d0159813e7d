"""An auditor signs in where a nurse would, gets one screen, and leaves nothing on the computer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coordinator_app.bootstrap import central
from coordinator_app.bootstrap.doors import ComputerDoors
from coordinator_app.bootstrap.window import Session
from coordinator_app.domain.trouble import Refusal
from coordinator_app.ui.screens.sign_in.view_model import Joining
from tests.conftest import DatabaseForTests, MakeDatabase
from tests.console.test_a_morning_without_a_window import told

PASSWORD, PASSPHRASE = "sixteen grey owls", "eleven green lamps"

pytestmark = pytest.mark.server


@pytest.fixture
def centre(fresh_database: MakeDatabase) -> DatabaseForTests:
    made = fresh_database()
    for words in (("migrate",), ("populate", "--people", "20", "--seed", "7")):
        told(central.run, words[0], "--url", made.url, *words[1:])
    return made


@pytest.fixture
def joining(centre: DatabaseForTests) -> Joining:
    staff = ("add", "pat", "--name", "Pat Moss", "--role", "auditor")
    once = str(told(central.run, "staff", "--url", centre.url, *staff)["one_time_password"])
    return Joining(centre.enroll_url, "pat", once, PASSWORD, PASSPHRASE, PASSPHRASE, accepts_weaker=True)


@pytest.fixture
def session(theme, qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    made = Session(qapp, theme, ComputerDoors(tmp_path, lang="en"), "en")
    faults: list[BaseException] = []
    made._defect.disconnect()
    made._defect.connect(faults.append)
    yield made
    made._end_audit()
    made._drop_sign_in()
    assert faults == []


def joined(session: Session, joining: Joining, qtbot) -> None:
    session.sign_in()
    with qtbot.waitSignal(session.opened, timeout=20_000):
        session._sign_in.connect_page.join_wished.emit(joining)


def test_an_auditor_sees_who_saw_a_person_and_nothing_else(session, joining, centre, tmp_path, qtbot) -> None:
    joined(session, joining, qtbot)
    assert session.desktop is None
    view = session.audit.view
    number = centre.sql("SELECT member_number FROM care.member ORDER BY id LIMIT 1")
    QTest.keyClicks(view.fields["person"].line, number)
    view.fields["first"].set_words("2026-01-01")
    view.fields["last"].set_words("2099-12-31")
    QTest.keyClick(view.fields["last"].line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.rows.model().rowCount() > 0)
    assert "Asked this question, once · Auditor" in [row.second for row in view.rows.model().rows]
    assert list(tmp_path.iterdir()) == [], "nothing of an auditor is kept here"
    session.audit.idled.emit()
    assert session.audit is None
    assert session._sign_in.isVisible()


def test_an_auditor_with_a_one_time_password_chooses_another(joining, tmp_path) -> None:
    doors = ComputerDoors(tmp_path, lang="en")
    unchosen = Joining(
        joining.server, "pat", joining.password, "", joining.passphrase, joining.again, accepts_weaker=True
    )
    with pytest.raises(Refusal) as refused:
        doors.join(unchosen)
    assert refused.value.code == "choose_password"
    assert doors.join(joining).person == "Pat Moss"
    again = Joining(joining.server, "pat", PASSWORD, "", PASSPHRASE, PASSPHRASE, accepts_weaker=True)
    assert doors.join(again).person == "Pat Moss"
