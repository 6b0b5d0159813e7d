"""The preview shows the very bytes that will be printed, from memory."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from coordinator_app.domain.letter import LetterFacts
from coordinator_app.letters.preview import extract_text, page_count, page_image, page_images
from coordinator_app.letters.render import render
from coordinator_app.letters.words import LetterWords


def test_a_page_becomes_packed_red_green_blue(facts: LetterFacts, words: dict[str, LetterWords], fonts: Path) -> None:
    pdf = render(facts, fonts=fonts, words=words["en"])
    for dots_per_inch in (72.0, 97.0, 192.0):
        image = page_image(pdf, dots_per_inch=dots_per_inch)
        assert abs(image.width - 8.5 * dots_per_inch) <= 1
        assert abs(image.height - 11 * dots_per_inch) <= 1
        assert len(image.rgb) == image.width * image.height * 3
    assert image.rgb[:3] == b"\xff\xff\xff"


def test_the_marks_are_red_and_not_blue(facts: LetterFacts, words: dict[str, LetterWords], fonts: Path) -> None:
    image = page_image(render(facts, fonts=fonts, words=words["en"]), dots_per_inch=144)
    right, top = image.width - (64 * 2), (38 * 2)
    pixels = [
        image.rgb[(y * image.width + x) * 3 : (y * image.width + x) * 3 + 3]
        for y in range(top - 14, top + 2)
        for x in range(right - 200, right)
    ]
    assert min(pixels, key=lambda pixel: pixel[1])[:1] > b"\x80"
    assert min(pixels, key=lambda pixel: pixel[1])[2:] < b"\x40"


def test_every_page_is_pictured_and_can_be_read_aloud(
    facts: LetterFacts, words: dict[str, LetterWords], fonts: Path
) -> None:
    long = render(replace(facts, question="A long question. " * 300), fonts=fonts, words=words["en"])
    assert len(page_images(long, dots_per_inch=40)) == page_count(long) == len(extract_text(long)) > 1
    first = extract_text(long)[0]
    assert first.index("Springfield Example") < first.index("Why now") < first.index("Not an authorization")


def test_nothing_is_left_in_the_temporary_folder(
    facts: LetterFacts,
    words: dict[str, LetterWords],
    fonts: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    pdf = render(facts, fonts=fonts, words=words["en"])
    page_images(pdf)
    extract_text(pdf)
    assert list(tmp_path.iterdir()) == []
