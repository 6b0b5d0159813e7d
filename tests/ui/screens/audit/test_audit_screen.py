"""The auditor's screen: a number, two days, who saw that person; a list that can leave, and what it warns of."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coordinator_app.domain.oversight import Named, Sighting
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.ui.screens.audit.rows import AuditState, as_csv, as_page
from coordinator_app.ui.screens.audit.view import AuditView
from coordinator_app.ui.screens.audit.view_model import AuditServices, AuditViewModel
from coordinator_app.ui.screens.audit.wording import AuditWording
from coordinator_app.ui.shared.wording import Words

PERSON = Named("0b0b0b0b-0000-7000-8000-00000000000b", "204 118", "Alpha", "America/New_York")
TODAY = date(2026, 11, 21)


def at(day, hour):
    return datetime(2026, 11, day, hour, tzinfo=UTC)


SEEN = (
    Sighting("could_see", "boss", "Ines Ortega, RN", "supervisor", "", None, at(1, 5), at(22, 5), 1),
    Sighting("held", "ana", "Ana Ruiz, RN", "coordinator", "North", None, at(1, 5), None, 1),
    Sighting("chart_opened", "ana", "=1+1", "coordinator", "North", "d-1", at(3, 15), at(19, 21), 7),
    Sighting("confidential_opened", "ana", "Ana Ruiz, RN", "coordinator", "North", "d-1", at(3, 15), at(3, 15), 1),
    Sighting("not_known_yet", "loader", "", "", "", None, at(4, 3), at(4, 3), 2),
)


class Center:
    """What the center answers; asked questions are kept."""

    def __init__(self):
        self.asked, self.seen = [], SEEN

    def meant_by(self, said):
        if said != PERSON.member_number:
            raise Refusal("number_unknown", "Nobody of your initiatives has this number or id.")
        return PERSON

    def who_saw(self, member, first, last, zone):
        self.asked.append((member, first, last, zone))
        return self.seen


class Printer:
    def __init__(self):
        self.pages, self.is_there = [], True

    def put(self, page):
        if not self.is_there:
            raise Trouble("not_printed", "This computer has no usual printer.")
        self.pages.append(page)


@pytest.fixture
def center():
    return Center()


@pytest.fixture
def printer():
    return Printer()


@pytest.fixture
def model(center, printer, courier, catalogue, tmp_path):
    services = AuditServices(center, printer, lambda: tmp_path, Path.write_bytes, lambda: TODAY)
    return AuditViewModel(services, courier, AuditWording(Words(catalogue, "audit")))


@pytest.fixture
def view(qtbot, theme, catalogue, model):
    view = AuditView(theme, Words(catalogue, "audit"), model, "Pat Moss")
    qtbot.addWidget(view)
    view.resize(1188, 766)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.take_focus()
    return view


def asked(view, person="204 118", first="2026-11-01"):
    QTest.keyClicks(view.fields["person"].line, person)
    QTest.keyClick(view.fields["person"].line, Qt.Key.Key_Tab)
    QTest.keyClicks(view.fields["first"].line, first)
    QTest.keyClick(view.fields["first"].line, Qt.Key.Key_Return)


def test_a_number_and_a_day_are_enough_to_see_who_saw_a_person(view, center):
    asked(view)
    assert center.asked == [(PERSON.member_id, date(2026, 11, 1), TODAY, PERSON.zone)]
    assert [(row.title, row.second) for row in view.rows.model().rows] == [
        ("Ines Ortega, RN", "Could see every panel · Supervisor"),
        ("Ana Ruiz, RN", "Held the panel · Coordinator, North"),
        ("=1+1", "Opened the chart, 7 times · Coordinator, North"),
        ("Ana Ruiz, RN", "Opened a confidential item, once · Coordinator, North"),
        ("loader", "Another entry of the audit, 2 times"),
    ]
    assert "204 118, Alpha" in view.said.text()
    assert view.rows.hasFocus()


def test_times_are_those_of_the_initiatives_zone(view):
    asked(view)
    assert view.rows.model().rows[3].aside == "3-Nov-2026 10:00"


def test_wrong_days_and_an_empty_number_are_said_at_their_fields_and_nothing_is_asked(view, center):
    asked(view, person="", first="1.11.2026")
    assert center.asked == []
    wrong = {name: form._error.isVisible() for name, form in view.forms.items()}
    assert wrong == {"person": True, "first": True, "last": False}
    view.fields["last"].set_words("2026-10-01")
    for name in ("person", "first"):
        view.fields[name].set_words("")
    asked(view)
    assert center.asked == []
    assert view.forms["last"]._error.isVisible()


def test_a_number_nobody_has_is_said_and_no_old_list_stays(view):
    asked(view)
    view.fields["person"].set_words("")
    view.fields["first"].set_words("")
    asked(view, "999")
    assert view.said.text() == "Nobody of your initiatives has this number or id."
    assert view.rows.model().rows == ()
    assert not view._save.isEnabled()


def test_nobody_is_an_answer(view, center):
    center.seen = ()
    asked(view)
    assert view._empty.accessibleName().startswith("Nobody held")


def test_the_table_is_saved_with_all_columns_and_no_cell_that_a_spreadsheet_would_run(view, tmp_path):
    asked(view)
    QTest.keyClick(view.rows, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (file,) = tmp_path.glob("*.csv")
    heading, *rows = csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig")))
    assert heading == ["What", "Name", "Login", "Role", "Panel", "First", "Last", "Times", "Workstation"]
    assert rows[2][:2] == ["Opened the chart", "'=1+1"]
    assert rows[2][5:] == ["2026-11-03 10:00-05:00", "2026-11-19 16:00-05:00", "7", "d-1"]
    assert str(file) in view.said.text()


def test_the_list_is_printed_with_its_warning_and_a_missing_printer_is_said(view, printer):
    asked(view)
    QTest.keyClick(view.rows, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    (page,) = printer.pages
    assert "only you can read it" in page
    assert "Ana Ruiz" in page
    printer.is_there = False
    QTest.keyClick(view.rows, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert view.said.text() == "The printer did not take the letter."
    assert len(view.rows.model().rows) == 5


def test_nothing_can_leave_before_something_was_asked(view, tmp_path, printer):
    for key in (Qt.Key.Key_S, Qt.Key.Key_P):
        QTest.keyClick(view.fields["person"].line, key, Qt.KeyboardModifier.ControlModifier)
    assert list(tmp_path.iterdir()) == []
    assert printer.pages == []


def test_a_name_on_the_page_is_text_and_no_markup():
    state = AuditState(headings=("Name",), cells=(("<b>Eve</b>",),))
    assert "<b>" not in as_page(state, "t", "w").replace("<h2>", "")
    assert b"<b>Eve</b>" in as_csv(state)
