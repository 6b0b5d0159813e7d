"""The last step of a letter: asked once more, kept, then on paper or in a file."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from coordinator_app.domain.access import Looked
from coordinator_app.ui.screens.letter.chosen import Chosen
from coordinator_app.ui.screens.letter.proof import Gone, Proof, keep_printed, keep_saved, put_on_paper
from coordinator_app.ui.screens.letter.rows import LeavingState
from coordinator_app.ui.screens.letter.wording import LetterWording, Opened
from coordinator_app.ui.screens.letter.work import LetterServices
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.failure_words import KNOWN, failure_words
from coordinator_app.ui.shared.fields import Option
from coordinator_app.ui.shared.noticeboard import Noticeboard
from coordinator_app.ui.shared.wording import Words


class Leaving(QObject):
    """Prints or saves the sheets of one letter.

    A letter is kept before it is printed: where the printer fails it stays kept, and the very same bytes are tried
    again.

    Signals:
        asked(LeavingState or None): show the last question, or none.
        told(str): what was done, in a sentence.
        left(): the letter is on its way.
        gone(Looked, str, int): so many sheets about this member went to a printer or into files.
    """

    asked = Signal(object)
    told = Signal(str)
    left = Signal()
    gone = Signal(object, str, int)

    def __init__(
        self,
        services: LetterServices,
        courier: Errands,
        noticeboard: Noticeboard,
        words: Words,
        wording: LetterWording,
        *,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services, self._courier, self._noticeboard = services, courier, noticeboard
        self._words, self._wording = words, wording
        self._state: LeavingState | None = None
        self._opened: Opened | None = None
        self._chosen: Chosen | None = None
        self._kept: Gone | None = None

    @property
    def is_open(self) -> bool:
        """Whether the last question stands."""
        return self._state is not None

    def ask(self, opened: Opened, chosen: Chosen, proof: Proof | None, *, is_print: bool) -> None:
        """Ask once more: these sheets, in these ways."""
        self._opened, self._chosen, self._kept = opened, chosen, None
        lines = self._wording.leaving_lines(opened, chosen, proof)
        title = self._words.say("print.title" if is_print else "save.title", count=len(lines))
        if is_print:
            self._show(LeavingState(is_print, title, lines))
            self._courier.send(Lane.READ, self._services.press.names, to=self._take_names)
            return
        name = f"{self._words.say('save.file')}-{opened.page.today.isoformat()}.pdf"
        path = str(self._services.documents() / name)
        self._show(LeavingState(is_print, title, lines, path=path, warning=self._words.say("save.warning")))

    def cancel(self) -> None:
        """Take the question away; what is already being kept is kept."""
        self._show(None)

    def print_on(self, printer: str) -> None:
        """Keep the letter and print it; tried again, the kept bytes are printed and nothing is kept twice."""
        if self._state is None or self._state.is_busy or self._chosen is None:
            return
        if not printer:
            self._refuse(self._words.say("print.none"))
            return
        self._show(replace(self._state, is_busy=True, error=""))
        if self._kept is not None:
            self._put(printer, self._kept)
            return
        job = partial(keep_printed, self._services.letters, self._chosen)
        self._courier.send(Lane.WRITE, job, to=partial(self._put, printer), failed=self._fail, asker=self)

    def save_to(self, path: str) -> None:
        """Keep the letter and write it as a plain file."""
        if self._state is None or self._state.is_busy or self._chosen is None:
            return
        if not path.strip():
            self._refuse(self._words.say("save.no_name"))
            return
        place = Path(path.strip()).expanduser()
        place = place if place.suffix.lower() == ".pdf" else place.with_name(f"{place.name}.pdf")
        self._show(replace(self._state, is_busy=True, error=""))
        job = partial(keep_saved, self._services.letters, self._chosen, place)
        self._courier.send(Lane.WRITE, job, to=partial(self._saved, place), failed=self._fail, asker=self)

    def _take_names(self, names: tuple[str, ...]) -> None:
        if self._state is not None and self._state.is_print:
            printers = tuple(Option(name, name) for name in names)
            error = "" if names else self._words.say("print.none")
            self._show(replace(self._state, printers=printers, error=error))

    def _put(self, printer: str, gone: Gone) -> None:
        if self._kept is None:
            self._kept = gone
            self._post(gone)
        job = partial(put_on_paper, self._services.engine, self._services.press, gone, printer)
        # Not the write lane: a slow printer must not hold up the next save.
        self._courier.send(Lane.READ, job, to=self._printed, failed=self._fail, asker=self)

    def _printed(self, gone: Gone) -> None:
        self._tell_gone(Looked.PRINTED, gone)
        self._end(self._words.say("print.done", count=len(gone.printed)), gone)

    def _saved(self, place: Path, gone: Gone) -> None:
        self._post(gone)
        self._tell_gone(Looked.EXPORTED, gone)
        self._end(self._words.say("save.done", count=len(gone.printed), file=place.name), gone)

    def _end(self, sentence: str, gone: Gone) -> None:
        self._show(None)
        stayed = [
            self._words.say(
                "stayed",
                copy=self._wording.copy_for(self._opened, copy_for),
                why=failure_words(self._words.catalogue, refusal),
            )
            for copy_for, refusal in gone.stayed
            if self._opened is not None
        ]
        self.told.emit(" ".join([sentence, *stayed]))
        self.left.emit()

    def _tell_gone(self, what: Looked, gone: Gone) -> None:
        self.gone.emit(what, gone.printed[0].letter.member_id, sum(each.letter.pages for each in gone.printed))

    def _post(self, gone: Gone) -> None:
        for each in gone.printed:
            self._noticeboard.post(each.touched)

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, KNOWN):
            raise error
        sentence = failure_words(self._words.catalogue, error)
        self._refuse(f"{sentence} {self._words.say('print.kept')}" if self._kept is not None else sentence)

    def _refuse(self, sentence: str) -> None:
        if self._state is not None:
            self._show(replace(self._state, error=sentence, is_busy=False))

    def _show(self, state: LeavingState | None) -> None:
        self._state = state
        self.asked.emit(state)
