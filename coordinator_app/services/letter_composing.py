"""What a letter would say: composed from the chart as the store has it now, with why it may not leave."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Protocol

from coordinator_app.domain.activity import Contact, MedicineTold, Outcome, Response
from coordinator_app.domain.facts import Fact
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.letter import Agreement, CopyFor, Delivery, EvidenceRow, LetterFacts, without_rows
from coordinator_app.domain.letter_leaving import leave_out_sensitive, may_print
from coordinator_app.domain.letter_person import home_of, letter_member, standing_of
from coordinator_app.domain.medicine_words import words_of
from coordinator_app.domain.person import Member, Reach
from coordinator_app.domain.program_directory import ProgramListing
from coordinator_app.domain.program_evidence import ProgramEvidence, evidence_rows
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.letter_parts import coordinator_of, medicine_rows, pcp_of, recipient_of, sender_of
from coordinator_app.services.members import known
from coordinator_app.services.ports import Clock, Me, Shelves

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


class LetterComposing:
    """Turns what the coordinator chose, and the chart, into the facts of a letter; nothing is stored."""

    def __init__(
        self,
        clock: Clock,
        me: Me,
        maker: LetterMaker,
        evidence: Mapping[str, ProgramEvidence],
        *,
        may_use_drafts: bool,
    ) -> None:
        self._clock, self._me = clock, me
        self.maker, self._evidence, self._may_use_drafts = maker, evidence, may_use_drafts

    def suggested(self, shelves: Shelves, member_id: MemberId) -> tuple[Suggestion, ...]:
        """Return all programs, those first for which most dated facts speak. Refusal: ``unknown_member``.

        A confidential program and a confidential fact suggest nothing: a list that is open on a desk infers nothing
        of the kind (practice 13).
        """
        facts, today = shelves.facts.of(known(shelves, member_id).id), self._clock.moment().today
        found = [Suggestion(each, self._speaking_for(each, facts, today)) for each in self.maker.programs()]
        return tuple(sorted(found, key=lambda each: -len(each.why)))

    def compose(self, shelves: Shelves, form: LetterForm) -> Composed:
        """Return what the letter would say now. Refusal: ``unknown_member``, ``unknown_program``."""
        member = known(shelves, form.member_id)
        listing = next((each for each in self.maker.programs() if each.program.id == form.program), None)
        if listing is None:
            raise Refusal("unknown_program", "There is no such program in the directory.")
        reach = shelves.people.reach(member.id)
        facts = self._facts(shelves, form, member, reach, listing)
        kept = leave_out_sensitive(without_rows(facts, form.left_out))
        standing = standing_of(
            member,
            reach,
            today=self._clock.moment().today,
            is_template_approved=self.maker.is_approved(form.language),
            may_use_drafts=self._may_use_drafts,
        )
        told_dead = any(each.outcome is Outcome.DECEASED for each in shelves.acts.of(Contact, member.id))
        if told_dead:
            standing = replace(standing, is_deceased=True)
        refused = may_print(standing, form.copy_for, form.delivery)
        return Composed(kept, facts, refused, form.language in self.maker.languages())

    def _facts(
        self, shelves: Shelves, form: LetterForm, member: Member, reach: Reach, listing: ProgramListing
    ) -> LetterFacts:
        now = self._clock.moment()
        known_facts = shelves.facts.of(member.id)
        said = (*shelves.acts.of(Response, member.id), *shelves.acts.of(MedicineTold, member.id))
        told = words_of(shelves.reasons.of(member.id), said, now)
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

    def _speaking_for(self, listing: ProgramListing, facts: Sequence[Fact], today: date) -> tuple[EvidenceRow, ...]:
        wanted = self._evidence.get(listing.program.id)
        if wanted is None or listing.program.sensitivity is not Sensitivity.ORDINARY:
            return ()
        rows = evidence_rows(wanted, facts, today)
        return tuple(row for row in rows if row.is_needed and row.sensitivity is Sensitivity.ORDINARY)
