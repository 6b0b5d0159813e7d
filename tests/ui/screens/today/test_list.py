"""The list: in rank order, in words, narrowed without hiding what is urgent, and never silent about who is missing."""

from datetime import timedelta

import pytest

from coordinator_app.domain.activity import Outcome
from coordinator_app.services.call_logging import CallForm
from coordinator_app.services.touched import Touched
from coordinator_app.ui.shared.marks import TierMark, Try
from coordinator_app.ui.shared.tokens import Tone
from tests.ui.screens.sample_people import crowd


def row(shown, name):
    return next(each for each in shown.lists[-1].rows if each.name.startswith(name))


def test_the_list_reads_in_rank_order_with_a_sentence_for_each(model, shown):
    model.refresh()
    state = shown.lists[-1]
    tiers = [each.tier for each in state.rows]
    assert tiers == sorted(tiers)
    garcia = row(shown, "GARCÍA")
    assert garcia.reason == "Home from hospital Sunday, heart failure; tried once"
    assert (garcia.due_words, garcia.due_tone) == ("today 17:00", Tone.URGENT)
    assert (garcia.age_sex, garcia.more, garcia.tries_words) == ("81 F", "+1 more", "1 of 4")
    assert garcia.attempts == (Try.NO_ANSWER, Try.FREE, Try.FREE, Try.FREE)
    assert [chip.words for chip in garcia.chips] == ["Spanish", "Special contact"]


def test_a_row_is_read_out_whole(model, shown):
    model.refresh()
    assert row(shown, "GARCÍA").sentence == (
        "Urgent. GARCÍA LÓPEZ, María José, 81, female. Home from hospital Sunday, heart failure; tried once. "
        "1 more reason. Due today 17:00. 1 of 4 tries. Spanish. Special contact."
    )


def test_a_dangerous_result_asks_for_a_call_today_and_is_never_late(model, shown, desk, sample):
    from tests.ui.screens.sample_people import Person, before

    found = Person("300 002", "Baker", "Anna", "1950-05-05", "female")
    found.phone()
    test = found.fact("observation", "Potassium", before(3), value_number=6.1, value_unit="mmol/L")
    found.reason(
        "worsening", "worsening.potassium_high", "worsening.potassium_high", opens_on=before(3), due_on=before(3),
        evidence=[[test, "Potassium 6.1", before(3).isoformat(), "lab"]], evidence_on=before(3), severity=70,
        arguments={"urgency": "safety", "value": "6.1", "measured_date": before(3).isoformat(), "fresh_days": 7},
    )  # fmt: skip
    sample.fill(desk, [found])
    model.refresh()
    baker = row(shown, "BAKER")
    assert (baker.due_words, baker.due_tone) == ("call today", Tone.URGENT)
    assert "late" not in baker.sentence
    assert "Due call today" not in baker.sentence


def test_no_row_says_overdue_or_skipped(model, shown):
    model.refresh()
    said = " ".join(each.sentence for each in shown.lists[-1].rows).casefold()
    assert not any(word in said for word in ("overdue", "skipped", "non-adherent", "failed"))


def test_a_minor_says_whom_to_call_and_a_namesake_is_marked(model, shown):
    model.refresh()
    assert row(shown, "SANTIAGO").chips[0].words == "Call mother, Rosa Díaz"
    for name in ("O’BRIEN, Patrick", "O’BRIEN, Patrick J."):
        assert "Similar name" in [chip.words for chip in row(shown, name).chips]


def test_a_confidential_reason_says_no_more_than_that(model, shown):
    model.refresh()
    lee = row(shown, "LEE")
    assert lee.reason == "Confidential item"
    assert "dolutegravir" not in repr(shown.lists)
    model.choose(lee.key)
    pane = shown.panes[-1]
    assert [reason.sentence for reason in pane.reasons] == ["Confidential item"]
    assert not pane.reasons[0].named
    assert "dolutegravir" not in repr(pane).casefold()


def test_a_person_who_came_onto_the_list_today_is_new(model, shown, desk, sample):
    from tests.ui.screens.sample_people import TODAY, Person

    late = Person("300 001", "Adams", "Ruth", "1950-05-05", "female")
    late.phone()
    late.home_from_hospital(TODAY, TODAY + timedelta(2), "pneumonia")
    sample.fill(desk, [late])
    model.refresh()
    assert row(shown, "ADAMS").state_mark == "new"
    assert shown.lists[-1].updated == "Updated 10:43, 1 new"


def test_a_filter_keeps_urgent_rows_and_says_so(model, shown):
    model.refresh()
    model.set_filter("language", "vi")
    state = shown.lists[-1]
    assert [filter_.words for filter_ in state.filters] == ["Vietnamese"]
    assert shown.names == ["GARCÍA LÓPEZ, María José", "TRAN, Minh Đức", "SANTIAGO, Luz", "NGUYEN, Thuy"]
    assert state.pinned == "2 urgent rows pinned though they do not fit"
    assert [each.state_mark for each in state.rows] == ["pinned", "", "pinned", ""]
    model.remove_filter("language")
    assert len(shown.lists[-1].rows) == 10


@pytest.mark.parametrize(("name", "value"), [("tier", "5"), ("kind", "refill"), ("tag", "interpreter")])
def test_every_offered_kind_of_filter_narrows(model, shown, name, value):
    model.refresh()
    model.set_filter(name, value)
    assert 0 < len(shown.lists[-1].rows) < 10
    assert all(each.state_mark == "pinned" or each.tier >= TierMark.SAFETY for each in shown.lists[-1].rows)


def test_every_filter_that_is_offered_can_be_asked(model, shown):
    for option in model.filter_options():
        model.remove_filter()
        model.set_filter(option.name, option.value)
        assert shown.lists[-1].filters[0].words == option.words


def test_a_filter_that_hides_all_says_what_would_be_there(model, shown):
    model.show_tab("done_today")
    model.set_filter("language", "pl")
    empty = shown.lists[-1].empty
    assert (empty.sentence, empty.numbers) == ("No rows match Polish", "1 row without the filter")
    assert shown.lists[-1].may_clear_filter


def test_who_is_not_listed_is_named_with_cause_source_and_date(model, shown):
    model.refresh()
    assert shown.lists[-1].not_listed == "Not listed 3"
    model.show_tab("not_listed")
    state = shown.lists[-1]
    assert state.is_not_listed
    assert {(each.name, each.reason, each.due_words) for each in state.rows} == {
        ("MOORE, Albert", "Died, told by claims", "since 4-Nov"),
        ("RIVERA, Carmen", "Asked not to be contacted, told by the patient", "since 25-Sep"),
        ("FITZGERALD, Maeve", "In hospital now, told by hospital list", "since 22-Nov"),
    }
    assert {each.tier for each in state.rows} == {None}


def test_a_call_moves_the_row_to_done_today_and_it_stays_there(model, shown, desk, noticeboard):
    model.refresh()
    tran = shown.key_of("TRAN")
    desk.calls.record(CallForm(tran, Outcome.NO_ANSWER))
    noticeboard.post(Touched.CALLS)
    assert "TRAN, Minh Đức" not in shown.names
    model.show_tab("done_today")
    assert row(shown, "TRAN").reason.startswith("No answer; back on the list ")
    assert row(shown, "TRAN").due_words == "10:43"
    assert shown.lists[-1].sorted_words == "Newest first"


def test_a_draft_is_marked_in_its_row(model, shown, desk, noticeboard):
    model.refresh()
    kept = desk.drafts.keep(shown.key_of("WASHINGTON"), "call", {"note": "INR"})
    noticeboard.post(kept.touched)
    washington = row(shown, "WASHINGTON")
    assert washington.state_mark == "draft"
    assert "Draft" in [chip.words for chip in washington.chips]


def test_the_rows_of_a_long_list_come_two_hundred_at_a_time(model, shown, desk, sample):
    sample.fill(desk, crowd(450))
    model.refresh()
    assert len(shown.lists[-1].rows) == 200
    model.read_more()
    assert len(shown.lists[-1].rows) == 400
    assert len(set(shown.names)) == 400
    model.read_more()
    model.read_more()
    assert len(shown.lists[-1].rows) == 460
    model.refresh()
    assert len(shown.lists[-1].rows) == 460


def test_a_first_copy_says_how_far_it_is_and_the_list_is_already_there(model, shown):
    model.set_progress(412, 1500)
    state = shown.lists[-1]
    assert state.feed == "Your panel is coming: 412 of 1,500 people. You can call those already here."
    assert state.rows
    model.set_progress(0, 0)
    assert shown.lists[-1].feed == ""


def test_a_silent_hospital_puts_a_line_above_the_list_and_changes_no_order(model, shown, sample, desk):
    model.refresh()
    before = shown.names
    sample.tell_source("hospital", "2026-11-17")
    model.refresh()
    assert shown.lists[-1].feed == "No hospital list since 17-Nov: discharges may be missing."
    assert shown.names == before


def test_the_day_so_far_counts_what_was_done_and_names_what_waits(model, shown, desk, noticeboard):
    model.refresh()
    first = shown.days[-1].tallies[0]
    assert (first.title, first.number) == ("Calls tried", "1")
    assert shown.days[-1].waiting == ()
    desk.calls.record(CallForm(shown.key_of("NGUYEN"), Outcome.LEFT_MESSAGE))
    noticeboard.post(Touched.CALLS)
    calls = shown.days[-1].tallies[0]
    assert (calls.number, calls.detail) == ("2", "0 reached, 1 no answer, 1 message, 0 other")
    assert [each.title for each in shown.days[-1].waiting] == ["Left message"]
    assert shown.days[-1].waiting[0].detail.startswith("NGUYEN, Thuy")
