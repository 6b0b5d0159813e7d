"""Which program a letter is about: those with facts on record first, none chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coordinator_app.ui.shared.headings import Heading, Level
from coordinator_app.ui.shared.layout import Column, Line
from coordinator_app.ui.shared.pair_row import PairPainter, PairRow, pair_model
from coordinator_app.ui.shared.row_list import RowList
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words


class ProgramPicker(QWidget):
    """A list of programs; Enter takes the marked one.

    Signals:
        picked(str): the id of the program that was taken.
    """

    picked = Signal(str)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self.rows: RowList[PairRow] = RowList(theme, pair_model(), PairPainter(theme), words.say("pick.title"))
        down = Column(theme, self)
        head = Column(theme, margins=(20, 12, 20, 10), spacing=2)
        head.addWidget(Heading(theme, words.say("pick.title"), Level.TITLE))
        head.addWidget(Text(theme, words.say("pick.hint"), Type.SMALL, Tone.SECOND, wraps=True))
        top = Line(theme)
        top.addLayout(head)
        down.addLayout(top)
        down.addWidget(self.rows, 1)
        self.setFocusProxy(self.rows)
        self.rows.opened.connect(lambda row: self.picked.emit(row.key))

    def show_programs(self, programs: tuple[PairRow, ...]) -> None:
        """Show other programs, the first marked."""
        self.rows.show_rows(programs)
        self.rows.choose_first()
