"""The pages of a letter as pictures, from memory; what leaves, kept before it leaves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtGui import QImage

from coordinator_app.domain.letter import CopyFor
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.services.correspondence import Correspondence, Printed
from coordinator_app.services.letter_composing import Composed, LetterForm
from coordinator_app.ui.screens.letter.chosen import Chosen
from coordinator_app.ui.shared.pages import PRINT_DOTS, Engine, Press, images_of

_FILE_WORDS = {CopyFor.PROGRAM: "program", CopyFor.PATIENT: "patient", CopyFor.PCP: "physician"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One copy: what it says, whether it is to leave, its pages as pictures and as text."""

    form: LetterForm
    composed: Composed
    leaves: bool
    pages: tuple[QImage, ...] = ()
    text: str = field(default="", repr=False)

    @property
    def has_cover(self) -> bool:
        """Whether its first page is the cover of a fax."""
        return self.form.has_fax_cover and self.form.copy_for is not CopyFor.PATIENT


@dataclass(frozen=True, slots=True)
class Proof:
    """All sheets of a letter, the letter itself first; only those that leave have pages."""

    chosen: Chosen
    sheets: tuple[Sheet, ...]

    @property
    def main(self) -> Sheet:
        """The letter itself."""
        return self.sheets[0]

    @property
    def leaving(self) -> tuple[Sheet, ...]:
        """The sheets that leave."""
        return tuple(sheet for sheet in self.sheets if sheet.leaves)


@dataclass(frozen=True, slots=True)
class Gone:
    """What left, and which copies stayed with the reason why."""

    printed: tuple[Printed, ...]
    stayed: tuple[tuple[CopyFor, Refusal], ...] = ()


def proof_of(letters: Correspondence, engine: Engine, chosen: Chosen, dots: float, *, is_first: bool) -> Proof:
    """Compose all sheets and paint those that leave; at ``is_first`` the letter itself alone, to be there sooner."""
    sheets = []
    for form in chosen.forms():
        composed = letters.compose(form)
        is_main = form.copy_for is chosen.kind
        leaves = chosen.is_wanted(form) and (is_main or composed.refused is None)
        if not leaves or (is_first and not is_main):
            sheets.append(Sheet(form, composed, leaves))
            continue
        pdf = letters.preview(form).pdf
        pages = images_of(engine, pdf, dots)
        sheets.append(Sheet(form, composed, leaves, pages, "\n".join(engine.text(pdf))))
    return Proof(chosen, tuple(sheets))


def keep_printed(letters: Correspondence, chosen: Chosen) -> Gone:
    """Keep every sheet that leaves; the letter's own refusal is raised, a copy's is told."""
    return _leave(chosen, letters.print)


def keep_saved(letters: Correspondence, chosen: Chosen, path: Path) -> Gone:
    """Keep and write every sheet, copies beside the letter. Trouble: ``file_there``, ``file_not_written``."""
    places = {
        form.copy_for: path if form.copy_for is chosen.kind else _beside(path, form.copy_for)
        for form in chosen.forms()
        if chosen.is_wanted(form)
    }
    if any(place.exists() for place in places.values()):
        raise Trouble("file_there", "There is a file of this name already. Choose another name.")
    return _leave(chosen, lambda form: letters.save(form, places[form.copy_for]))


def put_on_paper(engine: Engine, press: Press, gone: Gone, printer: str) -> Gone:
    """Print what was kept, each letter beginning on a sheet of its own."""
    for each in gone.printed:
        press.put(images_of(engine, each.pdf, PRINT_DOTS), printer)
    return gone


def _beside(path: Path, copy_for: CopyFor) -> Path:
    return path.with_stem(f"{path.stem}-{_FILE_WORDS[copy_for]}")


def _leave(chosen: Chosen, leave: Callable[[LetterForm], Printed]) -> Gone:
    printed, stayed = [], []
    for form in chosen.forms():
        if not chosen.is_wanted(form):
            continue
        try:
            printed.append(leave(form))
        except Refusal as refusal:
            if form.copy_for is chosen.kind:
                raise
            stayed.append((form.copy_for, refusal))
    return Gone(tuple(printed), tuple(stayed))
