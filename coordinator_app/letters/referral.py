"""What each copy of a referral letter says, from the letterhead to the reply slip (practice 28)."""

from coordinator_app.domain.letter import Agreement, CopyFor, LetterFacts
from coordinator_app.domain.letter_leaving import names_program
from coordinator_app.letters.blocks import Block, Numbered, Text, Together
from coordinator_app.letters.parts import Parts
from coordinator_app.letters.typeface import QUIET, Typeface
from coordinator_app.letters.words import LetterWords, say_phone

_PROGRAM_BOXES = (
    "slip_enrolled",
    "slip_not_suitable",
    "slip_could_not_reach",
    "slip_said_no",
    "slip_not_covered",
    "slip_call_us",
)
_PCP_BOXES = ("slip_agree", "slip_disagree", "slip_call_me")


class Referral:
    """One copy of a referral letter as blocks."""

    def __init__(self, facts: LetterFacts, face: Typeface, words: LetterWords) -> None:
        self._facts, self._face, self._words = facts, face, words
        self._parts = Parts(facts, face, words)

    def for_program(self) -> list[Block]:
        """Return the copy a program's intake nurse can act on."""
        facts, words, parts = self._facts, self._words, self._parts
        said_no = facts.agreement is Agreement.NO
        intro = words.say(
            "intro_program_no" if said_no else "intro_program", program=self._program(), patient=self._patient()
        )
        return [
            *self._head(words.say("subject_program", purpose=facts.program.purpose.to(words.language))),
            parts.text(f"{intro} {self._agreed()}", space=7),
            *parts.evidence("heading_why", facts.why, has_note=True),
            *self._medicines(),
            *self._ask(),
            *self._part2(),
            parts.signature(),
            *([] if said_no else [parts.slip(_PROGRAM_BOXES, blanks=("slip_enrolled",))]),
        ]

    def for_pcp(self) -> list[Block]:
        """Return the copy for the patient's physician: what was asked, on what ground, and how to object."""
        facts, words, parts = self._facts, self._words, self._parts
        named = names_program(facts)
        subject = (
            words.say("subject_pcp", purpose=facts.program.purpose.to(words.language))
            if named
            else words.say("subject_pcp_neutral")
        )
        intro = (
            words.say("intro_pcp", program=self._program(), patient=self._patient())
            if named
            else words.say("intro_pcp_neutral", patient=self._patient())
        )
        ask = parts.text(words.say("ask_pcp", date=words.day(facts.reply_by)))
        return [
            *self._head(subject),
            parts.text(f"{intro} {self._agreed()}", space=7),
            *parts.evidence("heading_why", facts.why, has_note=True),
            *self._medicines(),
            parts.heading("heading_ask", ask),
            parts.signature(),
            parts.slip(_PCP_BOXES),
        ]

    def for_patient(self) -> list[Block]:
        """Return the patient's own copy, in plain words and without what an envelope should not carry."""
        facts, words, parts = self._facts, self._words, self._parts
        named = names_program(facts)
        subject = (
            words.say("subject_patient", purpose=facts.program.purpose.to(words.language))
            if named
            else words.say("subject_patient_neutral")
        )
        identity = [
            (words.say("label_coordinator"), facts.coordinator.name),
            (words.say("label_direct_line"), say_phone(facts.coordinator.direct_line)),
        ]
        direct_line = say_phone(facts.coordinator.direct_line)
        questions = parts.text(words.say("questions", name=facts.coordinator.name, phone=direct_line))
        return [
            *parts.letterhead(),
            *parts.addresses((facts.recipient.name, *facts.recipient.address), identity),
            *self._help(),
            parts.text(subject, "subject", space=15),
            parts.text(words.say("dear", name=self._addressed()), space=8),
            *self._guardian(),
            parts.text(self._told(), space=6),
            *self._points("heading_next", self._next_steps()),
            *self._points("heading_choice", ("choice_voluntary", "choice_doctor")),
            *self._shared(),
            Together([parts.heading("heading_questions", questions), parts.signature(space=10)], space_before=11),
        ]

    def _head(self, subject: str) -> list[Block]:
        facts, words, parts = self._facts, self._words, self._parts
        recipient, member = facts.recipient, facts.member
        address = (
            recipient.name,
            words.say("attention", name=recipient.attention) if recipient.attention else "",
            *recipient.address,
            words.say("fax", number=say_phone(recipient.fax)) if recipient.fax else "",
            words.say("phone", number=say_phone(recipient.phone)) if recipient.phone and not recipient.fax else "",
        )
        called = (
            words.say("name_to_use", name=member.name, name_to_use=member.name_to_use)
            if member.name_to_use
            else member.name
        )
        identity = (
            (words.say("label_patient"), called),
            (words.say("label_born"), words.day(member.birth_date)),
            (words.say("label_member_id"), member.member_number),
            (words.say("label_plan"), member.plan or words.say("not_known")),
            (words.say("label_language"), parts.language(member)),
            *(((words.say("label_pcp"), parts.pcp()),) if facts.copy_for is CopyFor.PROGRAM else ()),
        )
        return [
            *parts.letterhead(),
            *parts.addresses(address, identity),
            parts.text(subject, "subject", space=15),
        ]

    def _patient(self) -> str:
        return self._facts.member.name

    def _program(self) -> str:
        if names_program(self._facts):
            return self._facts.program.name.to(self._words.language)
        return self._words.say("neutral_program_patient")

    def _agreed(self) -> str:
        facts = self._facts
        if facts.agreement is Agreement.NOT_ASKED:
            return self._words.say("agreed_not_asked")
        return self._parts.dated(f"agreed_{facts.agreement.value}", facts.agreed_on)

    def _medicines(self) -> list[Block]:
        medicines = self._facts.medicines
        return self._parts.evidence("heading_medicines", medicines, has_note=False) if medicines else []

    def _ask(self) -> list[Block]:
        facts, words, parts = self._facts, self._words, self._parts
        question = facts.question.strip() or facts.program.question.to(words.language)
        reply = words.say("ask_reply", date=words.day(facts.reply_by))
        phone = parts.strong_text(parts.phone(facts.member.phone))
        match facts.agreement:
            case Agreement.NO:
                return [parts.heading("heading_ask", parts.strong_text(words.say("ask_no_contact")))]
            case Agreement.NOT_ASKED:
                first = parts.strong_text(words.say("ask_first"))
                return [parts.heading("heading_ask", first), phone, parts.text(f"{question} {reply}")]
            case Agreement.YES:
                return [parts.heading("heading_ask", phone), parts.text(f"{question} {reply}")]

    def _part2(self) -> list[Block]:
        if self._facts.part2_consent_on is None:
            return []
        return [self._parts.strong_text(self._words.say("part2_notice"), space=10)]

    def _addressed(self) -> str:
        member, recipient = self._facts.member, self._facts.recipient
        return (member.name_to_use or member.name) if recipient.name in {"", member.name} else recipient.name

    def _guardian(self) -> list[Block]:
        if self._facts.recipient.name in {"", self._facts.member.name}:
            return []
        return [self._parts.text(self._words.say("guardian", patient=self._patient()), space=6)]

    def _told(self) -> str:
        facts = self._facts
        if facts.agreement is Agreement.NOT_ASKED:
            return self._words.say("patient_not_asked", program=self._program())
        return self._parts.dated(f"patient_{facts.agreement.value}", facts.agreed_on, program=self._program())

    def _next_steps(self) -> tuple[str, ...]:
        if self._facts.agreement is Agreement.NO:
            return ()
        interpreter = ("next_interpreter",) if self._parts.needs_interpreter() else ()
        return ("next_call", *interpreter, "next_benefit")

    def _points(self, heading: str, keys: tuple[str, ...]) -> list[Block]:
        indent = 14.0 * (1.5 if self._face.is_large_print else 1)
        points = [
            Numbered(
                self._face.paragraph("•", "body"),
                self._face.paragraph(self._point(key), "body"),
                indent=indent,
                space_before=2,
            )
            for key in keys
        ]
        return [self._parts.heading(heading, points[0]), *points[1:]] if points else []

    def _point(self, key: str) -> str:
        words, phone = self._words, self._facts.member.phone
        if key == "next_interpreter":
            return words.say(key, language=words.language_name(self._facts.member.language))
        if key != "next_call":
            return words.say(key)
        if phone is None:
            return words.say("next_no_phone")
        hours, number = self._parts.hours(phone), say_phone(phone.number)
        return words.say("next_call_hours", phone=number, hours=hours) if hours else words.say(key, phone=number)

    def _shared(self) -> list[Block]:
        facts, parts = self._facts, self._parts
        more = Text(self._face.paragraph(self._words.say("shared_more"), "caption", color=QUIET), space_before=5)
        shared = (*facts.why, *facts.medicines)
        if facts.agreement is Agreement.NO or not shared:
            return []
        return [*parts.evidence("heading_shared", shared, has_note=False), more]

    def _help(self) -> list[Block]:
        facts = self._facts
        said = [text for row in (*facts.why, *facts.medicines) for text in (row.what, row.detail)]
        said += [facts.program.name, facts.program.purpose]
        is_missing = facts.member.language.split("-")[0] not in {"", self._words.language}
        if not is_missing and self._parts.is_all_in_own_words(said):
            return []
        return [self._parts.language_help(is_missing=is_missing)]
