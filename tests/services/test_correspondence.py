"""A letter says only what its reader needs, is checked when it leaves, and can be printed again to the byte."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from coordinator_app.domain.activity import LetterPrinted, Outcome
from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.ids import FactId
from coordinator_app.domain.letter import Agreement, CopyFor, Delivery, LetterFacts
from coordinator_app.domain.person import ContactProfile, Reach
from coordinator_app.domain.program_directory import ProgramListing, program_from
from coordinator_app.domain.program_evidence import program_evidence
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.services.call_logging import CallForm, CallLogging
from coordinator_app.services.correspondence import Correspondence
from coordinator_app.services.letter_composing import LetterComposing, LetterForm, Made
from tests.services.fakes import PENA, RESOURCES, ROSA, FakeDesk, Someone, member

LETTERS = RESOURCES / "letters"
PROGRAMS = tuple(
    program_from(each) for each in json.loads((LETTERS / "programs.json").read_text(encoding="utf-8"))["programs"]
)
EVIDENCE = program_evidence(json.loads((LETTERS / "program-evidence.json").read_text(encoding="utf-8")))


class PlainMaker:
    """Makes a letter that is its facts in words."""

    def programs(self) -> tuple[ProgramListing, ...]:
        return PROGRAMS

    def languages(self) -> tuple[str, ...]:
        return ("en", "es")

    def is_approved(self, language: str) -> bool:
        return language == "en"

    def make(self, facts: LetterFacts) -> Made:
        rows = (*facts.why, *facts.medicines)
        said = [
            facts.recipient.name,
            facts.member.name,
            *(row.what.en for row in rows),
            *(row.detail.en for row in rows),
        ]
        return Made("\n".join(said).encode(), 1, "referral", "referral 1 (en, draft)")


def fact(name: str, kind: FactKind, system: str, code: str, display: str, **more: object) -> Fact:
    told = {"starts_on": date(2026, 10, 1), "source": "claims", **more}
    return Fact(id=FactId(name), kind=kind, codings=(Coding(system, code),), display=display, **told)  # type: ignore[arg-type]


CHART = (
    fact("dm", FactKind.CONDITION, "icd10cm", "E11.9", "Type 2 diabetes"),
    fact("old", FactKind.CONDITION, "icd10cm", "E10.1", "Past diabetes", status="resolved"),
    fact("hiv", FactKind.CONDITION, "icd10cm", "B20", "HIV disease", sensitivity=Sensitivity.CONFIDENTIAL),
    fact("knee", FactKind.CONDITION, "icd10cm", "M17.0", "Knee arthrosis"),
    fact("a1", FactKind.OBSERVATION, "loinc", "4548-4", "Hemoglobin A1c", value_number=7.1, value_unit="%",
         starts_on=date(2026, 1, 5)),
    fact("a2", FactKind.OBSERVATION, "loinc", "4548-4", "Hemoglobin A1c", value_number=7.9, value_unit="%",
         starts_on=date(2026, 7, 2)),
    fact("met", FactKind.DISPENSE, "rxnorm", "861007", "metformin 1000 MG", days_supply=90, starts_on=date(2026, 9, 1)),
    fact("art", FactKind.DISPENSE, "rxnorm", "1147334", "antiretroviral", days_supply=30, starts_on=date(2026, 11, 1),
         sensitivity=Sensitivity.CONFIDENTIAL),
)  # fmt: skip


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.world.add(member(clinician_id=PENA))
    made.world.facts[ROSA] = CHART
    made.world.reference["clinician"] = {PENA: {"name": "Dr. Inés Peña", "practice": "Springfield North"}}
    made.world.reference["staff"] = {"ana": {"name": "Ana Ruiz, RN", "phone": "+14135550100"}}
    return made


MakeLetters = Callable[..., Correspondence]


@pytest.fixture
def letters(desk: FakeDesk) -> MakeLetters:
    def make(*, may_use_drafts: bool = True) -> Correspondence:
        return Correspondence(
            desk.open_book,
            desk.open_shelves,
            desk.clock,
            Someone(),
            composing=LetterComposing(desk.clock, Someone(), PlainMaker(), EVIDENCE, may_use_drafts=may_use_drafts),
            write_file=lambda path, content: path.write_bytes(content) and None,
        )

    return make


def said(facts: LetterFacts) -> list[str]:
    return [row.what.en for row in (*facts.why, *facts.medicines)]


def test_a_diabetes_letter_shows_dated_evidence_for_diabetes_and_nothing_else(letters: MakeLetters) -> None:
    facts = letters().compose(LetterForm(ROSA, "diabetes")).facts
    assert said(facts) == ["Type 2 diabetes", "A1c 7.9 %", "Metformin 1000 mg"]
    assert [row.on for row in facts.why][1] == date(2026, 7, 2)


def test_the_letterhead_and_the_coordinators_line_are_the_initiatives_own(desk: FakeDesk, letters: MakeLetters) -> None:
    home = desk.world.members[ROSA].initiative_id
    bare = letters().compose(LetterForm(ROSA, "diabetes")).facts
    assert (bare.sender.address, bare.coordinator.direct_line) == ("", "+14135550100")
    head = {"name": "Example Partners", "address": "100 Sample Street", "direct_line": "+14135550123"}
    desk.world.reference["letterhead"] = {home: head}
    desk.world.reference["staff"] = {"ana": {"name": "Ana Ruiz, RN", "phone": ""}}
    facts = letters().compose(LetterForm(ROSA, "diabetes")).facts
    assert (facts.sender.name, facts.sender.address) == ("Example Partners", "100 Sample Street")
    assert (facts.coordinator.name, facts.coordinator.direct_line) == ("Ana Ruiz, RN", "+14135550123")


def test_what_is_confidential_stays_out_also_of_the_stored_facts_and_bytes(
    desk: FakeDesk, letters: MakeLetters
) -> None:
    printed = letters().print(LetterForm(ROSA, "diabetes"))
    kept = json.dumps(desk.world.beside[printed.letter.id])
    for word in ("HIV", "antiretroviral"):
        assert word not in kept
        assert word.encode() not in printed.pdf


def test_a_row_the_coordinator_took_out_is_not_in_the_letter(letters: MakeLetters) -> None:
    facts = letters().compose(LetterForm(ROSA, "diabetes", left_out=frozenset({"a2"}))).facts
    assert "A1c 7.9 %" not in said(facts)


def test_the_patients_agreement_is_what_was_pressed(letters: MakeLetters) -> None:
    assert letters().compose(LetterForm(ROSA, "diabetes")).facts.agreement is Agreement.NOT_ASKED
    printed = letters().print(LetterForm(ROSA, "diabetes", agreement=Agreement.YES))
    assert printed.letter.agreement == "yes"


def test_a_reprint_gives_the_same_bytes_after_the_chart_changed(desk: FakeDesk, letters: MakeLetters) -> None:
    printed = letters().print(LetterForm(ROSA, "diabetes"))
    desk.world.facts[ROSA] = ()
    assert letters().reprint(printed.letter.id) == printed.pdf


def test_a_stored_letter_that_is_not_what_left_is_told_apart(desk: FakeDesk, letters: MakeLetters) -> None:
    printed = letters().print(LetterForm(ROSA, "diabetes"))
    desk.world.acts[:] = [
        replace(act, pdf_sha256="0" * 64) if isinstance(act, LetterPrinted) else act for act in desk.world.acts
    ]
    with pytest.raises(Trouble) as trouble:
        letters().reprint(printed.letter.id)
    assert trouble.value.code == "letter_damaged"


def test_a_letter_whose_pages_are_elsewhere_says_so(desk: FakeDesk, letters: MakeLetters) -> None:
    printed = letters().print(LetterForm(ROSA, "diabetes"))
    desk.world.files.clear()
    with pytest.raises(Refusal) as refused:
        letters().reprint(printed.letter.id)
    assert refused.value.code == "not_here"


def test_a_preview_keeps_nothing(desk: FakeDesk, letters: MakeLetters) -> None:
    assert letters().preview(LetterForm(ROSA, "diabetes")).pdf
    assert (desk.world.acts, desk.world.ops) == ([], [])


def test_whether_a_letter_may_leave_is_asked_at_the_moment_it_leaves(desk: FakeDesk, letters: MakeLetters) -> None:
    form = LetterForm(ROSA, "diabetes")
    assert letters().compose(form).refused is None
    calls = CallLogging(desk.open_book, desk.open_shelves, desk.clock, Someone(), desk.ledger)
    calls.record(CallForm(ROSA, Outcome.DECEASED))
    with pytest.raises(Refusal) as refused:
        letters().print(form)
    assert refused.value.code == "deceased"
    assert not [act for act in desk.world.acts if isinstance(act, LetterPrinted)]


def test_the_feeds_address_is_never_used_while_a_safe_one_is_needed(desk: FakeDesk, letters: MakeLetters) -> None:
    desk.world.reaches[ROSA] = Reach(profile=ContactProfile(special_contact=True))
    form = LetterForm(ROSA, "diabetes", copy_for=CopyFor.PATIENT, delivery=Delivery.MAIL)
    with pytest.raises(Refusal) as refused:
        letters().print(form)
    assert refused.value.code == "no_safe_address"


def test_a_draft_is_printed_for_trying_out_only(letters: MakeLetters) -> None:
    with pytest.raises(Refusal) as refused:
        letters(may_use_drafts=False).print(LetterForm(ROSA, "diabetes", language="es"))
    assert refused.value.code == "not_approved"
    assert letters(may_use_drafts=False).print(LetterForm(ROSA, "diabetes")).letter.language == "en"


def test_the_physicians_copy_goes_to_the_practice(letters: MakeLetters) -> None:
    facts = letters().compose(LetterForm(ROSA, "diabetes", copy_for=CopyFor.PCP)).facts
    assert (facts.recipient.name, facts.recipient.attention) == ("Springfield North", "Dr. Inés Peña")


def test_a_saved_letter_is_in_the_file_and_in_the_store(tmp_path: Path, letters: MakeLetters) -> None:
    printed = letters().save(LetterForm(ROSA, "diabetes"), tmp_path / "letter.pdf")
    assert (tmp_path / "letter.pdf").read_bytes() == printed.pdf == letters().reprint(printed.letter.id)
    assert [letter.id for letter in letters().of(ROSA)] == [printed.letter.id]


def test_a_file_that_cannot_be_written_is_a_letter_that_did_not_leave(
    desk: FakeDesk, tmp_path: Path, letters: MakeLetters
) -> None:
    with pytest.raises(OSError, match="No such file"):
        letters().save(LetterForm(ROSA, "diabetes"), tmp_path / "nowhere" / "letter.pdf")
    assert desk.world.acts == []


def test_a_program_nobody_has_is_refused(letters: MakeLetters) -> None:
    with pytest.raises(Refusal) as refused:
        letters().compose(LetterForm(ROSA, "golf"))
    assert refused.value.code == "unknown_program"


@pytest.mark.parametrize("listing", PROGRAMS, ids=lambda listing: listing.program.id)
def test_every_program_has_evidence_to_look_for(listing: ProgramListing) -> None:
    assert listing.program.id in EVIDENCE


def test_the_program_most_facts_speak_for_is_suggested_first_and_a_confidential_one_never(
    desk: FakeDesk, letters: MakeLetters
) -> None:
    sad = fact("sad", FactKind.CONDITION, "icd10cm", "F32.1", "Depression", sensitivity=Sensitivity.CONFIDENTIAL)
    lungs = fact("lungs", FactKind.CONDITION, "icd10cm", "J44.9", "COPD")
    desk.world.facts[ROSA] = (*CHART, sad, lungs)
    first, second, *others = letters().suggested(ROSA)
    assert (first.listing.program.id, [row.key for row in first.why]) == ("diabetes", ["dm", "a2"])
    assert (second.listing.program.id, [row.key for row in second.why]) == ("copd", ["lungs"])
    assert len(others) == len(PROGRAMS) - 2
    assert all(each.why == () for each in others)


def test_what_was_taken_out_can_be_put_back(letters: MakeLetters) -> None:
    composed = letters().compose(LetterForm(ROSA, "diabetes", left_out=frozenset({"dm", "met"})))
    assert said(composed.facts) == ["A1c 7.9 %"]
    assert {"dm", "met"} <= {row.key for row in (*composed.offered.why, *composed.offered.medicines)}


def test_pages_that_are_elsewhere_are_fetched_and_must_be_the_ones_that_left(desk: FakeDesk) -> None:
    asked: list[str] = []
    centre: dict[str, bytes] = {}

    def fetch(letter_id: str) -> bytes | None:
        asked.append(letter_id)
        return centre.get(letter_id)

    letters = Correspondence(
        desk.open_book,
        desk.open_shelves,
        desk.clock,
        Someone(),
        composing=LetterComposing(desk.clock, Someone(), PlainMaker(), EVIDENCE, may_use_drafts=True),
        write_file=lambda path, content: None,
        fetch=fetch,
    )
    printed = letters.print(LetterForm(ROSA, "diabetes"))
    centre.update(desk.world.files)
    desk.world.files.clear()
    assert letters.reprint(printed.letter.id) == printed.pdf
    assert asked == [printed.letter.id]
