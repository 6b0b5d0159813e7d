"""The parts every letter shares: letterhead, addresses, lists of facts, signature, reply slip, language help."""

from collections.abc import Sequence
from datetime import date

from coordinator_app.domain.letter import EvidenceRow, Interpreter, LetterFacts, LetterMember, Phone, Said
from coordinator_app.letters.blocks import Block, Row, SideBySide, Text, Together
from coordinator_app.letters.ruled import Blank, Boxes, Framed, Line
from coordinator_app.letters.sheet import PAGE_HEIGHT, WIDTH
from coordinator_app.letters.typeface import PETROL, QUIET, Typeface
from coordinator_app.letters.words import LetterWords, say_phone

_IDENTITY_X = 244.0
_IDENTITY_LABEL = 68.0
_ROW_NAME = 172.0
_SPOKEN = {Interpreter.SPOKEN, Interpreter.SIGN, Interpreter.VIDEO_RELAY}


class Parts:
    """Makes the blocks of one letter, in its words and its type."""

    def __init__(self, facts: LetterFacts, face: Typeface, words: LetterWords) -> None:
        self._facts, self._face, self._words = facts, face, words

    def text(self, text: str, role: str = "body", *, space: float = 0.0) -> Text:
        """Return a paragraph."""
        return Text(self._face.paragraph(text, role), space_before=space)

    def letterhead(self) -> list[Block]:
        """Return who writes, over the one colored rule."""
        sender = self._facts.sender
        line = " · ".join(part for part in (sender.address, say_phone(sender.phone)) if part)
        return [
            self.text(sender.name, "letterhead"),
            Text(self._face.paragraph(line, "caption", color=QUIET), space_before=1),
            Line(weight=1.5, color=PETROL, space_before=7),
        ]

    def addresses(self, left: Sequence[str], identity: Sequence[tuple[str, str]]) -> list[Block]:
        """Return the date over the address at the left and the identity block at the right; stacked if large."""
        dated = [self.text(self._words.day(self._facts.written_on))]
        lines = [self.text(line, space=10 if not index else 0) for index, line in enumerate(filter(None, left))]
        rows = [
            Row(
                self._face.paragraph(label, "caption", color=QUIET),
                self._face.paragraph(value, "row_strong"),
                name_width=130.0 if self._face.is_large_print else _IDENTITY_LABEL,
                ruled=False,
                pad=1.0,
            )
            for label, value in identity
        ]
        beside = SideBySide([*dated, *lines], rows, right_x=_IDENTITY_X, space_before=16)
        if not self._face.is_large_print and beside.height(WIDTH) < PAGE_HEIGHT / 3:
            return [beside]
        dated[0].space_before = 18
        rows_below: list[Block] = [*rows]
        if rows_below:
            rows_below[0].space_before = 12
        return [*dated, *lines, *rows_below]

    def heading(self, key: str, first: Block, *, space: float = 11.0) -> Together:
        """Return a heading that never stands alone at the foot of a page."""
        return Together([self.text(self._words.say(key), "heading"), first], space_before=space)

    def listed(self, heading: str, rows: Sequence[tuple[str, str]], *, space: float = 11.0) -> list[Block]:
        """Return a heading and a ruled list of what and its value."""
        blocks = self.rows(rows)
        return [self.heading(heading, blocks[0], space=space), *blocks[1:]] if blocks else []

    def rows(self, rows: Sequence[tuple[str, str]]) -> list[Block]:
        """Return a ruled list without a heading."""
        return [self._row(name, said) for name, said in rows]

    def evidence(self, heading: str, rows: Sequence[EvidenceRow], *, has_note: bool) -> list[Block]:
        """Return the facts, each with its source and its day."""
        if not rows:
            return [self.heading(heading, self.text(self._words.say("no_evidence")))]
        blocks = self.listed(heading, [(row.what.to(self._words.language), self.sourced(row)) for row in rows])
        if has_note:
            note = self._face.paragraph(self._words.say("evidence_note"), "caption", color=QUIET)
            blocks.append(Text(note, space_before=5))
        return blocks

    def sourced(self, row: EvidenceRow) -> str:
        """Say where a fact comes from, when it was so, and what belongs to it."""
        words = self._words
        source = words.source(row.source)
        said = words.say("evidence", source=source, date=words.day(row.on)) if row.on else ""
        said = said or words.say("evidence_undated", source=source)
        detail = row.detail.to(words.language)
        return words.say("evidence_detail", evidence=said, detail=detail) if detail else said

    def signature(self, *, space: float = 16.0) -> Block:
        """Return who writes, with the direct line and who else gets a copy."""
        coordinator = self._facts.coordinator
        said = self._words.say("signature", phone=say_phone(coordinator.direct_line))
        others = [copy for copy in self._facts.copies_to if copy is not self._facts.copy_for]
        if others:
            names = self._and([self._words.say(f"copy_{copy.value}") for copy in others])
            said = f"{said} · {self._words.say('copies', names=names)}"
        name = self.text(coordinator.name, "strong")
        return Together([name, Text(self._face.paragraph(said, "caption", color=QUIET))], space_before=space)

    def slip(self, boxes: Sequence[str], blanks: Sequence[str] = ()) -> Block:
        """Return the reply slip under its line to cut along; it says whom it is about once it is cut off."""
        facts, words = self._facts, self._words
        reply_by = words.day(facts.reply_by)
        title = (
            words.say("slip_fax", fax=say_phone(facts.sender.reply_fax), date=reply_by)
            if facts.sender.reply_fax
            else words.say("slip_phone", phone=say_phone(facts.coordinator.direct_line), date=reply_by)
        )
        about = words.say("slip_about", member_id=facts.member.member_number, date=words.day(facts.written_on))
        labels = [self._face.paragraph(words.say(box), "row") for box in boxes]
        return Together(
            [
                Line(weight=0.8, is_dashed=True),
                self.text(title, "heading", space=6),
                Text(self._face.paragraph(about, "caption", color=QUIET)),
                Boxes(
                    labels,
                    [box in blanks for box in boxes],
                    columns=1 if self._face.is_large_print else 3,
                    space_before=6,
                ),
                Blank(self._face.paragraph(words.say("slip_name"), "caption", color=QUIET), space_before=8),
            ],
            space_before=14,
        )

    def language_help(self, *, is_missing: bool) -> Block:
        """Return the notice of free language help: in the patient's own language, or in all we have."""
        words, own = self._words, self._facts.member.language.split("-")[0]
        phone = say_phone(self._facts.coordinator.direct_line)
        key = "help_missing" if is_missing else "help_part"
        first = words.say(key, language=words.language_name(self._facts.member.language), phone=phone)
        heading = self.text(words.say("heading_help"), "heading")
        if own in words.taglines:
            tagline = self.text(words.taglines[own].format(phone=phone), "row")
            return Framed([heading, tagline, self.text(first, "caption", space=3)], space_before=16)
        lines = [self.text(line.format(phone=phone), "caption", space=2) for line in words.taglines.values()]
        return Framed([heading, self.text(first, "row"), *lines], space_before=16)

    def phone(self, phone: Phone | None) -> str:
        """Say the safe number with its hours and whether a message may be left."""
        words = self._words
        if phone is None:
            return words.say("phone_none")
        messages = {True: "message_yes", False: "message_no", None: "message_not_asked"}
        kind = words.texts.get(f"phone_kind_{phone.kind}", f" ({phone.kind})")
        slots = {
            "number": say_phone(phone.number),
            "kind": kind,
            "message": words.say(messages[phone.may_leave_message]),
        }
        hours = self.hours(phone)
        return words.say("phone_line", hours=hours, **slots) if hours else words.say("phone_line_no_hours", **slots)

    def hours(self, phone: Phone) -> str:
        """Say the safe hours, or nothing where they are not known."""
        if phone.safe_from is None or phone.safe_until is None:
            return phone.safe_words
        return self._words.say("hours", start=self._words.hour(phone.safe_from), end=self._words.hour(phone.safe_until))

    def language(self, member: LetterMember) -> str:
        """Say the language and the interpreter it takes."""
        name = self._words.language_name(member.language)
        return self._words.say(f"interpreter_{member.interpreter.value}", language=name)

    def needs_interpreter(self) -> bool:
        """Say whether the patient needs an interpreter."""
        return self._facts.member.interpreter in _SPOKEN

    def pcp(self) -> str:
        """Say the primary-care physician with practice and number."""
        pcp = self._facts.pcp
        if pcp is None:
            return self._words.say("not_known")
        return "\n".join(part for part in (pcp.name, pcp.practice, say_phone(pcp.phone)) if part)

    def dated(self, key: str, day: date | None, **slots: str) -> str:
        """Return a text with its day, or its undated form."""
        if day is None:
            return self._words.say(f"{key}_undated", **slots)
        return self._words.say(key, date=self._words.day(day), **slots)

    def is_all_in_own_words(self, texts: Sequence[Said]) -> bool:
        """Say whether every text exists in the language of the sheet."""
        return all(text.speaks(self._words.language) for text in texts)

    def strong_text(self, text: str, *, space: float = 0.0) -> Text:
        """Return a paragraph in semibold."""
        return self.text(text, "strong", space=space)

    def _row(self, name: str, said: str) -> Row:
        return Row(
            self._face.paragraph(name, "row_strong"),
            self._face.paragraph(said, "row"),
            name_width=_ROW_NAME,
            is_stacked=self._face.is_large_print,
        )

    def _and(self, names: Sequence[str]) -> str:
        if len(names) < 2:
            return "".join(names)
        return self._words.say("list_and", first=", ".join(names[:-1]), last=names[-1])
