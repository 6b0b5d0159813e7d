"""Referral letters: previewed, checked again when they are printed, kept as they left (ruling 21)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from coordinator_app.domain.activity import LetterPrinted
from coordinator_app.domain.ids import ActivityId, MemberId, new_id
from coordinator_app.domain.letter import LetterFacts, as_record
from coordinator_app.domain.program_directory import ProgramListing
from coordinator_app.domain.sensitivity import strictest
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.services.letter_composing import Composed, LetterComposing, LetterForm, Made, Suggestion
from coordinator_app.services.ports import Clock, Me, OpenBook, OpenShelves
from coordinator_app.services.touched import Touched


class FetchLetter(Protocol):
    """Fetches the pages of a letter from the centre, as they were printed; nothing where it has none."""

    def __call__(self, letter_id: str) -> bytes | None: ...  # noqa: D102


class WriteFile(Protocol):
    """Writes a file that only its owner may read; Trouble where it cannot."""

    def __call__(self, path: Path, content: bytes) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Printed:
    """A letter that left: the record and the very bytes."""

    letter: LetterPrinted
    pdf: bytes
    path: Path | None = None
    touched: Touched = Touched.LETTERS | Touched.DRAFTS


class Correspondence:
    """Composes, previews, prints, saves and reprints letters."""

    def __init__(
        self,
        open_book: OpenBook,
        open_shelves: OpenShelves,
        clock: Clock,
        me: Me,
        *,
        composing: LetterComposing,
        write_file: WriteFile,
        fetch: FetchLetter | None = None,
        open_for_export: OpenShelves | None = None,
    ) -> None:
        self._open_book, self._open_shelves = open_book, open_shelves
        self._open_for_export = open_for_export or open_shelves
        self._clock, self._me = clock, me
        self._composing, self._maker = composing, composing.maker
        self._write_file, self._fetch = write_file, fetch

    def programs(self) -> Sequence[ProgramListing]:
        """Return the programs one can refer to."""
        return self._maker.programs()

    def languages(self) -> tuple[str, ...]:
        """Return the languages somebody wrote the letter in, in order."""
        return tuple(sorted(self._maker.languages()))

    def suggested(self, member_id: MemberId) -> tuple[Suggestion, ...]:
        """Return all programs, those first for which most dated facts speak. Refusal: ``unknown_member``."""
        with self._open_shelves() as shelves:
            return self._composing.suggested(shelves, member_id)

    def compose(self, form: LetterForm) -> Composed:
        """Return what the letter would say now. Refusal: ``unknown_member``, ``unknown_program``."""
        with self._open_shelves() as shelves:
            return self._composing.compose(shelves, form)

    def preview(self, form: LetterForm) -> Made:
        """Return the letter as it would be printed; nothing is stored."""
        return self._maker.make(self.compose(form).facts)

    def print(self, form: LetterForm, how: str = "printed") -> Printed:
        """Keep the letter and return its bytes for the printer.

        Whether it may leave is asked again here, of the store as it is now. Refusal: ``unknown_member``,
        ``unknown_program``, and the codes of ``RefusalCode``.
        """
        return self._leave(form, how, None)

    def save(self, form: LetterForm, path: Path) -> Printed:
        """Keep the letter and write it as a plain file at ``path``, readable by its owner only (ruling 21)."""
        return self._leave(form, "saved", path)

    def of(self, member_id: MemberId) -> tuple[LetterPrinted, ...]:
        """Return the letters about a person, the last first."""
        with self._open_shelves() as shelves:
            return shelves.acts.of(LetterPrinted, member_id)[::-1]

    def reprint(self, letter_id: ActivityId) -> bytes:
        """Return the very bytes that left; what is not on this computer is fetched from the centre.

        Refusal: ``unknown_letter``, ``not_here``; Trouble: ``letter_damaged``, ``offline``.
        """
        with self._open_for_export() as shelves:
            letter = shelves.acts.one(LetterPrinted, letter_id)
            if letter is None:
                raise Refusal("unknown_letter", "There is no such letter on this computer.")
            content = shelves.acts.letter_content(letter)
        if content is None and self._fetch is not None:
            content = self._fetch(letter.id)
        if content is None:
            raise Refusal("not_here", "The letter's pages are not on this computer.")
        if hashlib.sha256(content).hexdigest() != letter.pdf_sha256:
            raise Trouble("letter_damaged", "The stored letter is not the one that was printed.")
        return content

    def _leave(self, form: LetterForm, how: str, path: Path | None) -> Printed:
        with self._open_book() as book:
            composed = self._composing.compose(book.shelves, form)
            if composed.refused is not None:
                raise composed.refused
            made = self._maker.make(composed.facts)
            letter = self._letter(form, composed.facts, made, how)
            book.add(letter, {"facts": as_record(composed.facts)})
            book.add_letter_file(letter, made.pdf)
            book.drop_draft(form.member_id, "letter")
            if path is not None:
                # Before the commit: a letter whose file could not be written did not leave.
                self._write_file(path, made.pdf)
            book.commit("letter", form.member_id)
        return Printed(letter, made.pdf, path)

    def _letter(self, form: LetterForm, facts: LetterFacts, made: Made, how: str) -> LetterPrinted:
        now = self._clock.instant()
        rows = (*facts.why, *facts.medicines)
        return LetterPrinted(
            id=ActivityId(new_id()),
            member_id=form.member_id,
            author_id=self._me.staff_id,
            occurred_at=now,
            recorded_at=now,
            sensitivity=strictest([facts.program.sensitivity, *(row.sensitivity for row in rows)]),
            program=form.program,
            recipient=facts.recipient.name,
            copy_for=form.copy_for.value,
            language=form.language,
            template=made.template,
            template_version=made.version,
            pdf_sha256=hashlib.sha256(made.pdf).hexdigest(),
            pages=made.pages,
            agreement=form.agreement.value,
            how=how,
        )
