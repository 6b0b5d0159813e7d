"""What may be printed now, and which facts may be on it."""

import json
from dataclasses import replace
from datetime import date

import pytest

from coordinator_app.domain.letter import CopyFor, Delivery, LetterFacts, as_record, without_rows
from coordinator_app.domain.letter_leaving import LetterStanding, leave_out_sensitive, may_print, names_program
from coordinator_app.domain.sensitivity import Sensitivity

FINE = LetterStanding(is_template_approved=True)


def refused(
    standing: LetterStanding, copy_for: CopyFor, delivery: Delivery = Delivery.MAIL, *, safety: bool = False
) -> str:
    refusal = may_print(standing, copy_for, delivery, is_safety_matter=safety)
    return "" if refusal is None else refusal.code


@pytest.mark.parametrize("copy_for", list(CopyFor))
@pytest.mark.parametrize("delivery", list(Delivery))
def test_nothing_stands_in_the_way_of_an_ordinary_letter(copy_for: CopyFor, delivery: Delivery) -> None:
    assert refused(FINE, copy_for, delivery) == ""


@pytest.mark.parametrize("copy_for", list(CopyFor))
@pytest.mark.parametrize("delivery", list(Delivery))
def test_nothing_is_printed_about_the_dead(copy_for: CopyFor, delivery: Delivery) -> None:
    dead = replace(FINE, is_deceased=True, opted_out=True)
    assert refused(dead, copy_for, delivery, safety=True) == "deceased"


def test_who_opted_out_gets_no_letter_but_the_physician_hears_of_danger() -> None:
    out = replace(FINE, opted_out=True)
    assert [refused(out, copy_for) for copy_for in CopyFor] == ["opted_out"] * 3
    assert refused(out, CopyFor.PCP, safety=True) == ""
    assert refused(out, CopyFor.PROGRAM, safety=True) == "opted_out"
    assert refused(out, CopyFor.PATIENT, safety=True) == "opted_out"


def test_no_letters_means_none_to_the_patient() -> None:
    without = replace(FINE, no_letters=True)
    assert refused(without, CopyFor.PATIENT, Delivery.HANDED_OVER) == "no_letters"
    assert refused(without, CopyFor.PROGRAM) == ""


def test_where_home_is_not_safe_only_the_safe_address_or_a_hand_will_do() -> None:
    unsafe = replace(FINE, needs_safe_address=True)
    assert refused(unsafe, CopyFor.PATIENT, Delivery.MAIL) == "no_safe_address"
    assert refused(unsafe, CopyFor.PATIENT, Delivery.HANDED_OVER) == ""
    assert refused(unsafe, CopyFor.PROGRAM, Delivery.FAX) == ""
    assert refused(replace(unsafe, has_safe_address=True), CopyFor.PATIENT, Delivery.MAIL) == ""


def test_a_childs_letter_goes_to_the_guardian() -> None:
    minor = replace(FINE, needs_guardian=True)
    assert refused(minor, CopyFor.PATIENT) == "to_guardian"
    assert refused(replace(minor, goes_to_guardian=True), CopyFor.PATIENT) == ""


def test_a_draft_is_printed_in_the_demo_only() -> None:
    draft = LetterStanding()
    assert refused(draft, CopyFor.PROGRAM) == "not_approved"
    assert refused(replace(draft, may_use_drafts=True), CopyFor.PROGRAM) == ""


def test_a_refusal_has_a_sentence_without_a_name() -> None:
    refusal = may_print(replace(FINE, is_deceased=True), CopyFor.PROGRAM, Delivery.FAX)
    assert refusal is not None
    assert refusal.sentence.endswith(".")


def keys(facts: LetterFacts) -> set[str]:
    return {row.key for row in (*facts.why, *facts.medicines)}


def test_only_ordinary_facts_leave_by_themselves(facts: LetterFacts) -> None:
    left = leave_out_sensitive(facts)
    assert keys(left) == {"a1c", "ed", "metformin"}
    assert leave_out_sensitive(left) == left


def marked(facts: LetterFacts, *, is_needed: bool, is_kept: bool) -> LetterFacts:
    rows = tuple(
        row if row.sensitivity is Sensitivity.ORDINARY else replace(row, is_needed=is_needed, is_kept=is_kept)
        for row in facts.why
    )
    return replace(facts, why=rows)


def test_a_confidential_fact_leaves_only_where_needed_and_chosen(facts: LetterFacts) -> None:
    assert "private" not in keys(leave_out_sensitive(marked(facts, is_needed=True, is_kept=False)))
    assert "private" not in keys(leave_out_sensitive(marked(facts, is_needed=False, is_kept=True)))
    chosen = marked(facts, is_needed=True, is_kept=True)
    assert "private" in keys(leave_out_sensitive(chosen))
    assert "private" not in keys(leave_out_sensitive(replace(chosen, copy_for=CopyFor.PATIENT)))
    assert "private" not in keys(leave_out_sensitive(replace(chosen, copy_for=CopyFor.PCP)))


def test_a_part_2_fact_also_needs_written_consent(facts: LetterFacts) -> None:
    chosen = marked(facts, is_needed=True, is_kept=True)
    assert "part2" not in keys(leave_out_sensitive(chosen))
    assert "part2" in keys(leave_out_sensitive(replace(chosen, part2_consent_on=date(2026, 11, 1))))


def test_each_row_can_be_taken_out(facts: LetterFacts) -> None:
    assert keys(without_rows(facts, frozenset({"ed", "metformin"}))) == {"a1c", "private", "part2", "hidden"}


def test_a_confidential_program_is_named_to_itself_only(facts: LetterFacts) -> None:
    quiet = replace(facts, program=replace(facts.program, sensitivity=Sensitivity.CONFIDENTIAL))
    assert names_program(quiet)
    assert not names_program(replace(quiet, copy_for=CopyFor.PATIENT))
    assert names_program(replace(facts, copy_for=CopyFor.PATIENT))


def test_the_record_holds_what_the_letter_rests_on_and_a_repr_holds_no_patient(facts: LetterFacts) -> None:
    record = json.loads(json.dumps(as_record(leave_out_sensitive(facts))))
    assert record["member"]["birth_date"] == "1945-07-14"
    assert record["member"]["phone"]["safe_from"] == "09:00:00"
    assert record["copy_for"] == "program"
    assert [row["key"] for row in record["why"]] == ["a1c", "ed"]
    shown = repr(facts)
    assert not any(secret in shown for secret in ("García", "204 118", "1945", "5550142", "A1c"))
