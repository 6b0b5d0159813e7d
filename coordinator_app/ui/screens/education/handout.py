"""The sheet a patient takes home: shown as it will be printed, then printed; made in memory, never on the disk."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from coordinator_app.domain.ids import MemberId
from coordinator_app.services.handouts import Handouts
from coordinator_app.ui.screens.education.wording import EducationWords
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.failure_words import KNOWN, failure_words
from coordinator_app.ui.shared.pages import PRINT_DOTS, Engine, Press, images_of

SCREEN_DOTS = 110.0


@dataclass(frozen=True, slots=True)
class HandoutWork:
    """What makes a sheet and what prints it."""

    handouts: Handouts
    engine: Engine
    press: Press


@dataclass(frozen=True, slots=True)
class HandoutPages:
    """A sheet on the screen; ``foot`` says how many pages and where it would be printed."""

    pdf: bytes
    pages: tuple[QImage, ...]
    text: str
    foot: str


class HandoutModel(QObject):
    """Shows one sheet at a time and prints what is shown.

    Signals:
        shown(HandoutPages), hidden(): the sheet on the desk.
        printed(str): it went to a printer; the words say in which language, for the plan.
        refused(str): why there is no sheet, in words.
    """

    shown = Signal(object)
    hidden = Signal()
    printed = Signal(str)
    refused = Signal(str)

    def __init__(self, work: HandoutWork, courier: Errands, say: EducationWords) -> None:
        super().__init__()
        self._of, self._courier, self._say = work, courier, say
        self._asked: tuple[MemberId, str, str] | None = None
        self._sheet: HandoutPages | None = None
        self._language = ""

    @property
    def is_shown(self) -> bool:
        """Whether a sheet lies on the desk."""
        return self._sheet is not None

    def show(self, member_id: MemberId, topic: str, language: str) -> None:
        """Make the sheet of a lesson and lay it on the desk."""
        self._asked, self._language = (member_id, topic, language), language
        job = partial(self._made, *self._asked)
        self._courier.send(Lane.READ, job, to=self._lay, failed=self._failed)

    def hide(self) -> None:
        """Take the sheet away."""
        self._asked = None
        if self._sheet is not None:
            self._sheet = None
            self.hidden.emit()

    def print(self) -> None:
        """Print the sheet on the usual printer."""
        sheet, printers = self._sheet, self._of.press.names()
        if sheet is None:
            return
        if not printers:
            self.refused.emit(self._say.words.say("handout.no_printer"))
            return
        pages = images_of(self._of.engine, sheet.pdf, PRINT_DOTS)
        try:
            # Qt's printers belong to the thread of the window.
            self._of.press.put(pages, printers[0])
        except KNOWN as error:
            self.refused.emit(failure_words(self._say.words.catalogue, error))
            return
        self.hide()
        language = self._say.people.language(self._language)
        self.printed.emit(self._say.words.say("handout.printed", language=language))

    def _made(self, member_id: MemberId, topic: str, language: str) -> tuple[MemberId, str, HandoutPages]:
        pdf = self._of.handouts.make(member_id, topic, language)
        pages = images_of(self._of.engine, pdf, SCREEN_DOTS)
        text = "\n".join(self._of.engine.text(pdf))
        return member_id, topic, HandoutPages(pdf, pages, text, "")

    def _lay(self, made: tuple[MemberId, str, HandoutPages]) -> None:
        member_id, topic, sheet = made
        if self._asked is None or self._asked[:2] != (member_id, topic):
            return
        printers = self._of.press.names()
        where = printers[0] if printers else self._say.words.say("handout.nowhere")
        foot = self._say.words.say("handout.foot", count=len(sheet.pages), printer=where)
        self._sheet = HandoutPages(sheet.pdf, sheet.pages, sheet.text, foot)
        self.shown.emit(self._sheet)

    def _failed(self, error: BaseException) -> None:
        self._asked = None
        if not isinstance(error, KNOWN):
            raise error
        self.refused.emit(failure_words(self._say.words.catalogue, error))
