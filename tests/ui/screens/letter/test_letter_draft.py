"""A letter begun is a draft on the disk: it is there after a stop, and gone once the letter has left."""

from PySide6.QtCore import Qt

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.letter import Agreement, CopyFor
from coordinator_app.ui.screens.letter.view_model import KIND
from tests.ui.screens.letter.test_letter_screen import CTRL, MARIA, press


def draft(desk):
    return desk.drafts.of(MemberId(MARIA), KIND)


def test_a_letter_only_looked_at_leaves_no_draft(view, model, desk):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    assert draft(desk) is None


def test_what_was_chosen_is_there_when_the_letter_is_opened_again(view, model, desk):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    model.set_agreement(Agreement.YES)
    model.set_question("Can she join in December?")
    model.take_along(CopyFor.PCP, on=False)
    assert draft(desk) is not None
    before = model._chosen
    model.close()
    model.open_for(MARIA)
    assert model._chosen == before


def test_taking_everything_back_takes_the_draft_back(view, model, desk):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    model.set_agreement(Agreement.NO)
    assert draft(desk) is not None
    model.set_agreement(None)
    assert draft(desk) is None


def test_a_letter_that_left_is_no_draft_any_more(view, model, desk):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    model.set_agreement(Agreement.YES)
    press(Qt.Key.Key_P, CTRL)
    press(Qt.Key.Key_Return)
    assert draft(desk) is None


def test_a_confidential_fact_let_in_once_is_not_let_in_again_by_the_draft(view, model, desk):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    model.open_confidential()
    opened = sorted(model._opens)
    assert opened
    model.tick(opened[0], on=True)
    model.set_agreement(Agreement.YES)
    assert opened[0] in model._chosen.kept
    model.open_for(MARIA)
    assert not model._chosen.kept
