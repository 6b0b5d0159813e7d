"""A lesson as a sheet to take home: plain words, large enough, with the questions to say it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coordinator_app.domain.letter import Coordinator, Sender
from coordinator_app.domain.teaching_topic import Topic
from coordinator_app.letters.blocks import Block, Numbered, SideBySide, Space, Text, Together
from coordinator_app.letters.ruled import Framed, Line
from coordinator_app.letters.sheet import Furniture, Paper, Sheet
from coordinator_app.letters.typeface import PETROL, QUIET, Typeface
from coordinator_app.letters.words import LetterWords, say_phone

_CALL_X = 250.0


@dataclass(frozen=True, slots=True)
class HandoutFacts:
    """What a handout says besides the lesson: who gives it. It never says who got it.

    ``patient_language`` is what the patient reads; where the lesson does not exist in it, the sheet is English
    and offers free language help.
    """

    sender: Sender
    coordinator: Coordinator
    patient_language: str
    is_demo: bool = False
    is_large_print: bool = False


def render_handout(topic: Topic, facts: HandoutFacts, *, fonts: Path, words: LetterWords) -> bytes:
    """Return the lesson as PDF in the language of ``words``; equal input gives equal bytes."""
    face = Typeface(fonts, is_large_print=facts.is_large_print)
    text = topic.text(words.language)
    sheet = Sheet(face, _furniture(topic, facts, face, words))
    sheet.lay(_Handout(topic, facts, face, words).blocks())
    title = words.say("handout_pdf_title", topic=text.title)
    paper = Paper(title=title, author=facts.sender.name, language=words.pdf_language)
    sheet.draw(paper.canvas)
    return paper.finish()


class _Handout:
    def __init__(self, topic: Topic, facts: HandoutFacts, face: Typeface, words: LetterWords) -> None:
        self._text, self._facts, self._face, self._words = topic.text(words.language), facts, face, words

    def blocks(self) -> list[Block]:
        text, words, sender = self._text, self._words, self._facts.sender
        coordinator = self._facts.coordinator
        contact = words.say("handout_contact", name=coordinator.name, phone=say_phone(coordinator.direct_line))
        say_back = [point.ask for point in text.teach_back]
        return [
            self._set(sender.name, "letterhead"),
            Line(weight=1.5, color=PETROL, space_before=7),
            self._set(text.title, "title", space=18),
            self._set(text.lead, "body", space=5),
            *self._language_help(),
            *(block for part in text.parts for block in self._listed(part.heading, part.lines)),
            *self._when_to_call(),
            self._set(contact, "strong", space=8),
            *self._numbered(words.say("handout_say_back"), words.say("handout_say_back_lead"), say_back),
            Text(self._face.paragraph(words.say("handout_general"), "caption", color=QUIET), space_before=10),
        ]

    def _when_to_call(self) -> list[Block]:
        emergency = self._listed(self._words.say("handout_now"), self._text.emergency, space=0)
        call = self._listed(self._words.say("handout_call"), self._text.call, space=0)
        framed = Framed(emergency, pad=10, space_before=14)
        if self._face.is_large_print:
            return [framed, Together(call, space_before=13)]
        call[0].space_before = 0
        inset = Together([Space(10), *call])
        return [SideBySide([framed], [inset], right_x=_CALL_X, space_before=14)]

    def _set(self, text: str, role: str, *, space: float = 0.0) -> Text:
        return Text(self._face.paragraph(text, role), space_before=space)

    def _listed(self, heading: str, lines: Sequence[str], *, space: float = 11.0) -> list[Block]:
        return self._marked(heading, [("•", line) for line in lines], space=space)

    def _numbered(self, heading: str, lead: str, lines: Sequence[str]) -> list[Block]:
        marked = self._marked("", [(f"{number}.", line) for number, line in enumerate(lines, start=1)])
        return [Together([self._set(heading, "heading"), self._set(lead, "sheet"), *marked], space_before=11)]

    def _marked(self, heading: str, lines: Sequence[tuple[str, str]], *, space: float = 11.0) -> list[Block]:
        indent = 25.0 if self._face.is_large_print else 16.0
        points: list[Block] = [
            Numbered(
                self._face.paragraph(mark, "sheet"), self._face.paragraph(line, "sheet"), indent=indent, space_before=0
            )
            for mark, line in lines
        ]
        if not heading:
            return points
        return [Together([self._set(heading, "heading"), *points[:1]], space_before=space), *points[1:]]

    def _language_help(self) -> list[Block]:
        words, own = self._words, self._facts.patient_language.split("-", maxsplit=1)[0]
        if own in {"", words.language}:
            return []
        phone = say_phone(self._facts.coordinator.direct_line)
        missing = words.say("help_missing_sheet", language=words.language_name(own), phone=phone)
        lines = [words.taglines[own].format(phone=phone)] if own in words.taglines else []
        return [Framed([self._set(line, "row", space=2) for line in [*lines, missing]], space_before=12)]


def _furniture(topic: Topic, facts: HandoutFacts, face: Typeface, words: LetterWords) -> Furniture:
    marks = [words.say("mark_demo_sheet")] if facts.is_demo else []
    marks += [words.say("mark_draft")] if topic.is_draft else []
    source = f"{topic.source.name}, {topic.source.year}"
    return Furniture(
        marks="  ·  ".join(marks),
        foot_left=face.plain(words.say("handout_foot", source=source)),
        foot_right=words.say(
            "handout_foot_right",
            topic=topic.id,
            version=topic.version,
            state=words.say("foot_draft") if topic.is_draft else "",
        ),
        running_head=face.plain(topic.text(words.language).title),
    )
