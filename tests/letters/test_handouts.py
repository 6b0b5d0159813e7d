"""The teaching library: short, plain, in two languages, and printable."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from coordinator_app.domain.letter import LetterFacts
from coordinator_app.domain.teaching_topic import Topic, TopicText, topic_from
from coordinator_app.letters.handout import HandoutFacts, render_handout
from coordinator_app.letters.preview import extract_text, page_count
from coordinator_app.letters.words import LetterWords

Words = Mapping[str, LetterWords]
FILES = sorted((Path(__file__).resolve().parents[2] / "resources" / "education").glob("*.json"))
EXPECTED = {
    "a1c",
    "after-hospital",
    "blood-pressure",
    "colorectal",
    "daily-weight",
    "falls",
    "inhaler",
    "low-sugar",
    "medicines-list",
    "refills",
    "salt",
    "stress",
    "tobacco",
}


def load(path: Path) -> Topic:
    return topic_from(json.loads(path.read_text(encoding="utf-8")))


def read(pdf: bytes) -> str:
    return " ".join("\n".join(extract_text(pdf)).split())


def lines(text: TopicText) -> list[str]:
    said = [text.title, text.lead, *text.call, *text.emergency]
    for part in text.parts:
        said += [part.heading, *part.lines]
    return said + [point.ask for point in text.teach_back]


def syllables(word: str, *, language: str) -> int:
    if language == "es":
        word = re.sub(r"qu|gu(?=[eéií])", "k", word)
        return max(1, len(re.findall(r"[ií](?![aeouáéó])|[uú](?![aeoiáéó])|[aeoáéóü]", word)))
    word = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def counted(text: TopicText, language: str) -> tuple[int, int, int]:
    sentences = [part for line in lines(text) for part in re.split(r"[.:?¿!]+\s*", line) if part.strip()]
    words = [word for part in sentences for word in re.findall(r"[^\W\d_]+", part.lower())]
    return len(sentences), len(words), sum(syllables(word, language=language) for word in words)


def test_the_library_holds_the_lessons_promised() -> None:
    assert {path.stem for path in FILES} == EXPECTED


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_lesson_is_complete_in_both_languages_and_a_draft(path: Path) -> None:
    topic = load(path)
    assert topic.id == path.stem
    assert topic.is_draft
    assert set(topic.languages) == {"en", "es"}
    assert topic.source.name
    assert topic.source.tag in {"V", "2", "K", "D"}
    english, spanish = topic.text("en"), topic.text("es")
    for text in (english, spanish):
        assert len(text.teach_back) == 5
        assert text.call
        assert text.emergency
    assert all(part.lines for part in english.parts)
    assert len(english.parts) == len(spanish.parts)
    assert (len(english.call), len(english.emergency)) == (len(spanish.call), len(spanish.emergency))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_english_reads_at_sixth_grade_or_below(path: Path) -> None:
    sentences, words, said = counted(load(path).text("en"), "en")
    grade = 0.39 * words / sentences + 11.8 * said / words - 15.59
    assert grade <= 6.0, f"Flesch-Kincaid {grade:.1f}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_spanish_reads_easily(path: Path) -> None:
    sentences, words, said = counted(load(path).text("es"), "es")
    ease = 206.84 - 60 * said / words - 1.02 * words / sentences
    assert ease >= 80, f"Fernández Huerta {ease:.1f}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_lesson_tells_anybody_to_stop_a_medicine(path: Path) -> None:
    for line in lines(load(path).text("en")):
        assert not re.search(
            r"^(?:stop|skip|change|double|increase|lower) (?:your|the) (?:medicine|dose|pill)", line, re.I
        )
        assert "overdue" not in line.lower()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_handout_is_one_page_with_every_line_of_the_lesson(
    path: Path, language: str, facts: LetterFacts, words: Words, fonts: Path
) -> None:
    topic = load(path)
    giver = HandoutFacts(facts.sender, facts.coordinator, language, is_demo=True)
    pdf = render_handout(topic, giver, fonts=fonts, words=words[language])
    said = read(pdf)
    assert page_count(pdf) == 1
    for line in lines(topic.text(language)):
        assert line in said
    for needed in ("Ana Ruiz, RN, (413) 555-0123", "DEMO", "DRAFT", "911", f"{topic.id} 1"):
        assert needed in said
    assert render_handout(topic, giver, fonts=fonts, words=words[language]) == pdf


def test_a_large_print_handout_loses_nothing(facts: LetterFacts, words: Words, fonts: Path) -> None:
    for path in FILES:
        topic = load(path)
        giver = HandoutFacts(facts.sender, facts.coordinator, "es", is_large_print=True)
        said = read(render_handout(topic, giver, fonts=fonts, words=words["es"]))
        assert all(line in said for line in lines(topic.text("es")))


def test_a_reader_of_another_language_is_offered_an_interpreter(facts: LetterFacts, words: Words, fonts: Path) -> None:
    giver = HandoutFacts(facts.sender, facts.coordinator, "vi")
    said = read(render_handout(load(FILES[0]), giver, fonts=fonts, words=words["en"]))
    assert "We do not have this sheet in Vietnamese" in said
    assert "CHÚ Ý" in said
