"""The one table model and the one list model, against Qt's own model tester."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from coordinator_app.ui.shared.table import ROW, Column, ListModel, TableModel


@dataclass(frozen=True, slots=True)
class Medicine:
    name: str
    days: int


COLUMNS: tuple[Column[Medicine], ...] = (
    Column("Medicine", text=lambda row: row.name),
    Column("Days left", text=lambda row: str(row.days), is_figure=True),
)
ROWS = (Medicine("Furosemide 40 mg", 28), Medicine("Metformin 1000 mg", 4))


def test_a_table_answers_its_columns_and_reads_a_row_as_one_sentence(qtmodeltester):
    model = TableModel(COLUMNS, lambda row: f"{row.name}, {row.days} days left.")
    model.set_rows(ROWS)
    qtmodeltester.check(model)
    assert model.index(1, 0).data() == "Metformin 1000 mg"
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Metformin 1000 mg, 4 days left."
    assert model.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole) is None
    assert model.index(1, 1).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.index(0, 1).data(ROW) is ROWS[0]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Days left"


def test_a_list_keeps_the_place_of_a_row_by_its_key(qtmodeltester):
    model = ListModel(lambda row: row.name, key=lambda row: row.name)
    model.set_rows(ROWS)
    qtmodeltester.check(model)
    model.set_rows((Medicine("Lisinopril 20 mg", -11), *ROWS))
    assert model.place_of("Metformin 1000 mg").row() == 2
    assert not model.place_of("Warfarin").isValid()


def test_new_faces_of_the_same_rows_do_not_reset_a_list(qtbot):
    model = ListModel(lambda row: row.name, key=lambda row: row.name)
    model.set_rows(ROWS)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_rows((Medicine("Furosemide 40 mg", 27), Medicine("Metformin 1000 mg", 3)))
    assert model.row_at(model.index(0)) == Medicine("Furosemide 40 mg", 27)
