"""Letters by reportlab behind the services' port; the engine is loaded when the first letter is made."""

import threading
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_app.domain.letter import LetterFacts
from coordinator_app.domain.program_directory import ProgramListing
from coordinator_app.services.handouts import HandoutSheet
from coordinator_app.services.letter_composing import Made

if TYPE_CHECKING:
    from coordinator_app.letters.words import LetterWords


class LetterMaker:
    """Makes referral letters from the words and fonts in ``resources``."""

    def __init__(self, resources: Path) -> None:
        self._resources = resources
        self._words: dict[str, LetterWords] = {}
        self._programs: tuple[ProgramListing, ...] = ()
        # A preview on a read lane and a print on the write lane share one register of fonts.
        self._one_at_a_time = threading.Lock()

    def programs(self) -> Sequence[ProgramListing]:
        """Return the programs one can refer to."""
        if not self._programs:
            from coordinator_app.letters.words import read_programs

            self._programs = read_programs(self._resources / "letters")
        return self._programs

    def languages(self) -> Collection[str]:
        """Return the languages somebody wrote the letter in."""
        return self._read().keys()

    def is_approved(self, language: str) -> bool:
        """Say whether the words of a language were approved by name."""
        words = self._read()
        return not words.get(language, words["en"]).is_draft

    def make(self, facts: LetterFacts) -> Made:
        """Return one copy as PDF."""
        from coordinator_app.letters.preview import page_count
        from coordinator_app.letters.render import render, version_of

        known = self._read()
        words = known.get(facts.language, known["en"])
        with self._one_at_a_time:
            pdf = render(facts, fonts=self._resources / "fonts", words=words)
        return Made(pdf, page_count(pdf), words.template, version_of(words))

    def handout(self, sheet: HandoutSheet) -> bytes:
        """Return the sheet of a lesson as PDF; without words in its language it speaks English."""
        from coordinator_app.letters.handout import HandoutFacts, render_handout

        known = self._read()
        words = known.get(sheet.language, known["en"])
        facts = HandoutFacts(
            sheet.sender, sheet.coordinator, sheet.patient_language, sheet.is_demo, sheet.is_large_print
        )
        return render_handout(sheet.topic, facts, fonts=self._resources / "fonts", words=words)

    def _read(self) -> "dict[str, LetterWords]":
        if not self._words:
            from coordinator_app.letters.words import read_words

            self._words = read_words(self._resources / "letters")
        return self._words
