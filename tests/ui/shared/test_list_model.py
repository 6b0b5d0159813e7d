"""The one list model, against Qt's own model tester."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from coordinator_app.ui.shared.list_model import ROW, ListModel


@dataclass(frozen=True, slots=True)
class Medicine:
    name: str
    days: int


ROWS = (Medicine("Furosemide 40 mg", 28), Medicine("Metformin 1000 mg", 4))


def test_a_list_keeps_the_place_of_a_row_by_its_key(qtmodeltester):
    model = ListModel(lambda row: row.name, key=lambda row: row.name)
    model.set_rows(ROWS)
    qtmodeltester.check(model)
    model.set_rows((Medicine("Lisinopril 20 mg", -11), *ROWS))
    assert model.place_of("Metformin 1000 mg").row() == 2
    assert not model.place_of("Warfarin").isValid()
    assert model.index(1).data(ROW) is ROWS[0]
    assert model.index(2).data(Qt.ItemDataRole.AccessibleTextRole) == "Metformin 1000 mg"


def test_new_faces_of_the_same_rows_do_not_reset_a_list(qtbot):
    model = ListModel(lambda row: row.name, key=lambda row: row.name)
    model.set_rows(ROWS)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_rows((Medicine("Furosemide 40 mg", 27), Medicine("Metformin 1000 mg", 3)))
    assert model.row_at(model.index(0)) == Medicine("Furosemide 40 mg", 27)
