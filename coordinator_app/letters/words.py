"""The reviewed sentences of a letter in one language, and how dates, hours and numbers are said in it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from coordinator_app.domain.program_directory import ProgramListing, program_from

_APPROVED = "approved"
_US_NUMBER = re.compile(r"^(?:\+?1)?(\d{3})(\d{3})(\d{4})$")


@dataclass(frozen=True, slots=True)
class LetterWords:
    """One language of the letter template: its version, who reviewed it, and its texts by key.

    ``taglines`` say "free language help" in the languages the site has them in, by language code.
    """

    language: str
    pdf_language: str
    template: str
    version: str
    status: str
    reviewed_by: str
    months: tuple[str, ...]
    texts: Mapping[str, str]
    sources: Mapping[str, str]
    languages: Mapping[str, str]
    taglines: Mapping[str, str]

    @property
    def is_draft(self) -> bool:
        """True until a named reviewer approved this version."""
        return self.status != _APPROVED or not self.reviewed_by

    def say(self, key: str, **slots: str) -> str:
        """Return the text of ``key`` with its slots filled; a key nobody wrote is a KeyError."""
        return self.texts[key].format(**slots)

    def day(self, day: date) -> str:
        """Say a date in full: November 24, 2026."""
        return self.say("date", month=self.months[day.month - 1], day=str(day.day), year=str(day.year))

    def hour(self, at: time) -> str:
        """Say a time of day: 9 a.m., 4:30 p.m., noon."""
        if at.minute == 0 and at.hour in {0, 12}:
            return self.say("noon" if at.hour else "midnight")
        clock = str(at.hour % 12 or 12) + (f":{at.minute:02d}" if at.minute else "")
        return self.say("am" if at.hour < 12 else "pm", hour=clock)

    def source(self, code: str) -> str:
        """Say where a fact came from; a source without a word of its own is named as it is."""
        return self.sources.get(code, code)

    def language_name(self, code: str) -> str:
        """Say a language by its name; an unknown code is shown as it is."""
        return self.languages.get(code.split("-", maxsplit=1)[0].lower(), code) if code else self.say("not_known")


def say_phone(number: str) -> str:
    """Return a United States number as (413) 555-0123, any other text unchanged."""
    found = _US_NUMBER.match(re.sub(r"[\s().-]", "", number))
    return f"({found[1]}) {found[2]}-{found[3]}" if found else number


def words_from(record: Mapping[str, Any], taglines: Mapping[str, str]) -> LetterWords:
    """Return one language from its record; a missing part is a KeyError."""
    return LetterWords(
        language=record["language"],
        pdf_language=record["pdf_language"],
        template=record["template"],
        version=str(record["version"]),
        status=record["status"],
        reviewed_by=record["reviewed_by"] or "",
        months=tuple(record["months"]),
        texts=record["texts"],
        sources=record["sources"],
        languages=record["languages"],
        taglines=taglines,
    )


def read_words(folder: Path) -> dict[str, LetterWords]:
    """Return the letter's languages found in ``folder`` (resources/letters), by language code."""
    help_lines = json.loads((folder / "language-help.json").read_text(encoding="utf-8"))["taglines"]
    records = (json.loads((folder / f"{code}.json").read_text(encoding="utf-8")) for code in ("en", "es"))
    return {record["language"]: words_from(record, help_lines) for record in records}


def read_programs(folder: Path) -> tuple[ProgramListing, ...]:
    """Return the programs one can refer to, in the order of the file in ``folder`` (resources/letters)."""
    directory = json.loads((folder / "programs.json").read_text(encoding="utf-8"))
    return tuple(program_from(record) for record in directory["programs"])
