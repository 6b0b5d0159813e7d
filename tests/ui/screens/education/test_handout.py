"""The sheet to take home: shown, printed on the usual printer, noted in the plan; drafts only where one tries out."""

import pytest
from PySide6.QtCore import Qt

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.trouble import Refusal
from tests.ui.screens.education.conftest import CONTROL, SAVE
from tests.ui.screens.framing import settled
from tests.ui.screens.sample_people import made

SHEET = (Qt.Key.Key_P, CONTROL)


def test_the_sheet_is_shown_in_the_patients_language_and_then_printed(lesson, paper, picture):
    lesson.teach("204 118")
    lesson.press("2", "1", SHEET)
    settled(lesson.window, 1360, 850)
    picture(lesson.window, "education-sheet", 1360, 850)
    assert "Coma con menos sal" in lesson.view.desk.accessibleDescription()
    assert lesson.view.desk.isVisible()
    lesson.press(SHEET)
    assert paper.printed == [("Front desk", 1)]
    assert not lesson.view.desk.isVisible()
    lesson.press(SAVE)
    assert [each.plan for each in lesson.lessons("204 118")] == ["Sheet printed, Spanish."]


def test_the_sheet_never_says_who_got_it(lesson):
    lesson.teach("204 118")
    lesson.press("2", SHEET)
    text = lesson.view.desk.accessibleDescription()
    assert "Garc" not in text
    assert "204 118" not in text


def test_escape_takes_the_sheet_away_first(lesson):
    lesson.teach("204 118")
    lesson.press("2", SHEET, Qt.Key.Key_Escape)
    assert not lesson.view.desk.isVisible()
    assert lesson.parts.ways.gone == []


def test_another_topic_takes_the_sheet_away(lesson):
    lesson.teach("204 118")
    lesson.press("2", SHEET, (Qt.Key.Key_T, CONTROL), "1")
    assert not lesson.view.desk.isVisible()


def test_without_a_printer_one_is_told(lesson, paper):
    paper.printers = ()
    lesson.teach("204 118")
    lesson.press("2", SHEET, SHEET)
    assert lesson.view._bar.words.text() == "This computer knows no printer."
    assert paper.printed == []


def test_a_draft_is_not_printed_at_a_site_of_its_own(everybody, tmp_path):
    sample = everybody.copy_to(tmp_path)
    with pytest.raises(Refusal) as refused:
        sample.desk().handouts.make(MemberId(made("member", "204 118")), "salt", "es")
    sample.close()
    assert refused.value.code == "not_approved"
