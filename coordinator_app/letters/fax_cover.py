"""The sheet that goes ahead of a fax: the number to read back, and nothing about a patient."""

import re

from coordinator_app.domain.letter import LetterFacts
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.letters.blocks import Block, Text, Together
from coordinator_app.letters.parts import Parts
from coordinator_app.letters.ruled import Blank, Framed
from coordinator_app.letters.typeface import QUIET, Typeface
from coordinator_app.letters.words import LetterWords, say_phone


def fax_cover(facts: LetterFacts, face: Typeface, words: LetterWords, *, pages: int) -> list[Block]:
    """Return the cover; ``pages`` counts the whole fax. A confidential program is not named on it."""
    parts = Parts(facts, face, words)
    is_plain = facts.program.sensitivity is Sensitivity.ORDINARY
    number = say_phone(facts.recipient.fax)
    read_back: list[Block] = [Text(face.paragraph(words.say("cover_number"), "caption", color=QUIET))]
    if number:
        spaced = " – ".join(" ".join(group) for group in re.findall(r"\d+", number))
        read_back += [
            parts.text(number, "huge"),
            parts.text(f"{words.say('cover_read_back')}: {spaced}", space=4),
        ]
    else:
        read_back += [parts.text(words.say("cover_no_number")), Blank(face.paragraph("", "huge"))]
    read_back.append(Blank(face.paragraph(words.say("cover_checked"), "caption", color=QUIET), space_before=16))
    to = facts.recipient.name if is_plain else words.say("cover_neutral_to")
    if facts.recipient.attention and is_plain:
        to += "\n" + words.say("attention", name=facts.recipient.attention)
    rows = [
        (words.say("cover_to"), to),
        (words.say("cover_from"), f"{facts.coordinator.name}, {facts.sender.name}"),
        (words.say("cover_phone"), say_phone(facts.coordinator.direct_line)),
        (words.say("cover_date"), words.day(facts.written_on)),
        (words.say("cover_pages"), str(pages)),
    ]
    return [
        *parts.letterhead(),
        parts.text(words.say("cover_title"), "title", space=30),
        Together(parts.rows(rows), space_before=8),
        Framed(read_back, pad=16, space_before=24),
        parts.text(words.say("cover_notice", phone=say_phone(facts.coordinator.direct_line)), space=24),
    ]
