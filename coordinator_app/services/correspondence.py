"""Referral letters: composed from the chart, checked again when they are printed, kept as they left (ruling 21)."""

import hashlib
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final, Protocol

from coordinator_app.domain.activity import Contact, LetterPrinted, Outcome, Response
from coordinator_app.domain.facts import Fact
from coordinator_app.domain.ids import ActivityId, MemberId, new_id
from coordinator_app.domain.letter import (
    Agreement,
    CopyFor,
    Delivery,
    EvidenceRow,
    LetterFacts,
    as_record,
    without_rows,
)
from coordinator_app.domain.letter_leaving import leave_out_sensitive, may_print
from coordinator_app.domain.letter_person import home_of, letter_member, standing_of
from coordinator_app.domain.medicine_words import words_of
from coordinator_app.domain.person import Member, Reach
from coordinator_app.domain.program_directory import ProgramListing
from coordinator_app.domain.program_evidence import ProgramEvidence, evidence_rows
from coordinator_app.domain.sensitivity import Sensitivity, strictest
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.services.call_logging import known
from coordinator_app.services.letter_parts import coordinator_of, medicine_rows, pcp_of, recipient_of, sender_of
from coordinator_app.services.ports import Clock, Me, OpenBook, OpenShelves, Shelves
from coordinator_app.services.touched import Touched

ANSWER_IN_BUSINESS_DAYS: Final = 10


@dataclass(frozen=True, slots=True)
class Made:
    """A letter as bytes; ``template`` and ``version`` name the words it was made of."""

    pdf: bytes
    pages: int
    template: str
    version: str


class LetterMaker(Protocol):
    """Makes letters; the same facts give the same bytes."""

    def programs(self) -> Sequence[ProgramListing]:
        """Return the programs one can refer to."""
        ...

    def languages(self) -> Collection[str]:
        """Return the languages somebody wrote the letter in."""
        ...

    def is_approved(self, language: str) -> bool:
        """Say whether the words of a language were approved by name."""
        ...

    def make(self, facts: LetterFacts) -> Made:
        """Return one copy as PDF."""
        ...


class FetchLetter(Protocol):
    """Fetches the compressed bytes of a letter from the centre; nothing where it has none."""

    def __call__(self, letter_id: str) -> bytes | None: ...  # noqa: D102


class WriteFile(Protocol):
    """Writes a file that only its owner may read; Trouble where it cannot."""

    def __call__(self, path: Path, content: bytes) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class LetterForm:
    """What the coordinator chose; ``agreement`` is pressed, never assumed.

    ``left_out`` are keys of rows she took out; ``kept`` are keys of confidential rows she keeps for the program.
    """

    member_id: MemberId
    program: str
    copy_for: CopyFor = CopyFor.PROGRAM
    language: str = "en"
    agreement: Agreement = Agreement.NOT_ASKED
    agreed_on: date | None = None
    question: str = field(default="", repr=False)
    left_out: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    copies_to: tuple[CopyFor, ...] = ()
    delivery: Delivery = Delivery.FAX
    has_fax_cover: bool = False
    part2_consent_on: date | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """What the letter would say; ``refused`` says why it may not leave now.

    ``offered`` has every row one could choose, those taken out and those that are not ordinary included.
    """

    facts: LetterFacts
    offered: LetterFacts
    refused: Refusal | None
    speaks_language: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A program with the dated rows that speak for it; none where nothing does, or where it would tell too much."""

    listing: ProgramListing
    why: tuple[EvidenceRow, ...] = ()


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
        maker: LetterMaker,
        evidence: Mapping[str, ProgramEvidence],
        write_file: WriteFile,
        may_use_drafts: bool,
        fetch: FetchLetter | None = None,
        open_for_export: OpenShelves | None = None,
    ) -> None:
        self._open_book, self._open_shelves = open_book, open_shelves
        self._open_for_export = open_for_export or open_shelves
        self._clock, self._me = clock, me
        self._maker, self._evidence, self._write_file = maker, evidence, write_file
        self._may_use_drafts, self._fetch = may_use_drafts, fetch

    def programs(self) -> Sequence[ProgramListing]:
        """Return the programs one can refer to."""
        return self._maker.programs()

    def languages(self) -> tuple[str, ...]:
        """Return the languages somebody wrote the letter in, in order."""
        return tuple(sorted(self._maker.languages()))

    def suggested(self, member_id: MemberId) -> tuple[Suggestion, ...]:
        """Return all programs, those first for which most dated facts speak. Refusal: ``unknown_member``.

        A confidential program and a confidential fact suggest nothing: a list that is open on a desk infers nothing
        of the kind (practice 13).
        """
        with self._open_shelves() as shelves:
            facts = shelves.facts.of(known(shelves, member_id).id)
        today = self._clock.moment().today
        found = [Suggestion(each, self._speaking_for(each, facts, today)) for each in self._maker.programs()]
        return tuple(sorted(found, key=lambda each: -len(each.why)))

    def compose(self, form: LetterForm) -> Composed:
        """Return what the letter would say now. Refusal: ``unknown_member``, ``unknown_program``."""
        with self._open_shelves() as shelves:
            return self._compose(shelves, form)

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
        pdf = zlib.decompress(content)
        if hashlib.sha256(pdf).hexdigest() != letter.pdf_sha256:
            raise Trouble("letter_damaged", "The stored letter is not the one that was printed.")
        return pdf

    def _speaking_for(self, listing: ProgramListing, facts: Sequence[Fact], today: date) -> tuple[EvidenceRow, ...]:
        wanted = self._evidence.get(listing.program.id)
        if wanted is None or listing.program.sensitivity is not Sensitivity.ORDINARY:
            return ()
        rows = evidence_rows(wanted, facts, today)
        return tuple(row for row in rows if row.is_needed and row.sensitivity is Sensitivity.ORDINARY)

    def _leave(self, form: LetterForm, how: str, path: Path | None) -> Printed:
        with self._open_book() as book:
            composed = self._compose(book.shelves, form)
            if composed.refused is not None:
                raise composed.refused
            made = self._maker.make(composed.facts)
            letter = self._letter(form, composed.facts, made, how)
            book.add(letter, {"facts": as_record(composed.facts)})
            book.add_letter_file(letter, zlib.compress(made.pdf, 9))
            book.drop_draft(form.member_id, "letter")
            if path is not None:
                # Before the commit: a letter whose file could not be written did not leave.
                self._write_file(path, made.pdf)
            book.commit("letter", form.member_id)
        return Printed(letter, made.pdf, path)

    def _compose(self, shelves: Shelves, form: LetterForm) -> Composed:
        member = known(shelves, form.member_id)
        listing = next((each for each in self._maker.programs() if each.program.id == form.program), None)
        if listing is None:
            raise Refusal("unknown_program", "There is no such program in the directory.")
        reach = shelves.people.reach(member.id)
        facts = self._facts(shelves, form, member, reach, listing)
        kept = leave_out_sensitive(without_rows(facts, form.left_out))
        standing = standing_of(
            member,
            reach,
            today=self._clock.moment().today,
            is_template_approved=self._maker.is_approved(form.language),
            may_use_drafts=self._may_use_drafts,
        )
        told_dead = any(each.outcome is Outcome.DECEASED for each in shelves.acts.of(Contact, member.id))
        if told_dead:
            standing = replace(standing, is_deceased=True)
        refused = may_print(standing, form.copy_for, form.delivery)
        return Composed(kept, facts, refused, form.language in self._maker.languages())

    def _facts(
        self, shelves: Shelves, form: LetterForm, member: Member, reach: Reach, listing: ProgramListing
    ) -> LetterFacts:
        now = self._clock.moment()
        known_facts = shelves.facts.of(member.id)
        told = words_of(shelves.reasons.of(member.id), shelves.acts.of(Response, member.id), now)
        wanted = self._evidence.get(form.program)
        why = () if wanted is None else evidence_rows(wanted, known_facts, now.today)
        return LetterFacts(
            sender=sender_of(shelves, member),
            written_on=now.today,
            copy_for=form.copy_for,
            language=form.language,
            recipient=recipient_of(
                form.copy_for, listing, pcp_of(shelves, member), home_of(member, reach, today=now.today)
            ),
            member=letter_member(member, reach, today=now.today),
            program=listing.program,
            agreement=form.agreement,
            agreed_on=form.agreed_on,
            why=tuple(replace(row, is_kept=row.key in form.kept) for row in why),
            pcp=pcp_of(shelves, member),
            coordinator=coordinator_of(shelves, member, self._me.staff_id),
            reply_by=now.calendar.business_days_after(now.today, ANSWER_IN_BUSINESS_DAYS),
            question=form.question,
            medicines=medicine_rows(known_facts, now.today, told),
            copies_to=form.copies_to,
            part2_consent_on=form.part2_consent_on,
            is_demo=member.source == "demo",
            is_large_print=reach.profile.large_print and form.copy_for is CopyFor.PATIENT,
            has_fax_cover=form.has_fax_cover,
        )

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
