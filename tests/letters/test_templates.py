"""The two languages of the letter, and the directory of programs."""

import re
import string
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time

import pytest

from coordinator_app.domain.program_directory import ProgramListing
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.letters.words import LetterWords, say_phone

Words = Mapping[str, LetterWords]


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_spanish_says_everything_english_says_with_the_same_slots(words: Words) -> None:
    english, spanish = words["en"], words["es"]
    assert set(english.texts) == set(spanish.texts)
    assert set(english.languages) == set(spanish.languages)
    assert set(english.sources) == set(spanish.sources)
    for key, text in english.texts.items():
        assert slots(text) == slots(spanish.texts[key]), key


def test_no_letter_blames_the_patient(words: Words) -> None:
    for language in words.values():
        for text in language.texts.values():
            assert not re.search(r"overdue|skipped|non-?adherent|failed|atrasad|incumpl|!", text, re.IGNORECASE), text


def test_both_texts_are_drafts_until_a_named_person_approves(words: Words) -> None:
    for language in words.values():
        assert language.is_draft
        assert replace(language, status="approved").is_draft
        assert not replace(language, status="approved", reviewed_by="M. Example, RN").is_draft


@pytest.mark.parametrize(
    ("at", "english", "spanish"),
    [
        (time(9), "9 a.m.", "9 a. m."),
        (time(12), "noon", "mediodía"),
        (time(0), "midnight", "medianoche"),
        (time(16, 30), "4:30 p.m.", "4:30 p. m."),
        (time(0, 15), "12:15 a.m.", "12:15 a. m."),
    ],
)
def test_hours_are_said_as_people_say_them(at: time, english: str, spanish: str, words: Words) -> None:
    assert words["en"].hour(at) == english
    assert words["es"].hour(at) == spanish


def test_dates_are_written_out(words: Words) -> None:
    assert words["en"].day(date(2028, 2, 29)).replace("\u00a0", " ") == "February 29, 2028"
    assert words["es"].day(date(2028, 2, 29)).replace("\u00a0", " ") == "29 de febrero de 2028"


@pytest.mark.parametrize("typed", ["+14135550142", "413-555-0142", "(413) 555-0142", "1 413 555 0142", "4135550142"])
def test_a_number_is_written_one_way(typed: str) -> None:
    assert say_phone(typed) == "(413) 555-0142"


def test_a_number_of_another_shape_stays_as_it_is() -> None:
    assert say_phone("+48 22 555 01 42") == "+48 22 555 01 42"


def test_the_programs_the_initiative_announced_are_all_there(programs: Mapping[str, ProgramListing]) -> None:
    assert {"diabetes", "heart", "copd", "asthma", "kidney", "back_pain"} <= set(programs)
    assert {"tobacco", "weight", "stress", "maternity", "cancer", "case_management"} <= set(programs)
    confidential = {key for key, each in programs.items() if each.program.sensitivity is not Sensitivity.ORDINARY}
    assert confidential == {"maternity", "depression"}


def test_every_number_in_the_directory_is_invented_and_unconfirmed(programs: Mapping[str, ProgramListing]) -> None:
    for listing in programs.values():
        assert not listing.is_confirmed
        for number in (listing.recipient.fax, listing.recipient.phone):
            assert re.fullmatch(r"\+1\d{3}55501\d{2}", number)
        for text in (listing.program.name, listing.program.purpose, listing.program.question):
            assert text.en
            assert text.es
