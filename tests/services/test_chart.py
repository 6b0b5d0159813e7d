"""The patient's page: facts and acts as one line of time, supply on hand, trends, who may be told what."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from coordinator_app.domain.activity import Outcome
from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.ids import FactId
from coordinator_app.domain.person import ContactPoint, ContactProfile, Permission, Reach, RelatedPerson
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.call_logging import CallForm, CallLogging
from coordinator_app.services.chart import Chart
from coordinator_app.services.lab_trends import labs_of
from coordinator_app.services.medicine_list import medicines_of
from tests.services.fakes import PEDRO, PENA, ROSA, TUESDAY_MORNING, FakeDesk, Someone, discharge, member, refill

TODAY = date(2026, 11, 24)
MOBILE, HOME = "+14135550142", "+14135550143"


def fact(name: str, kind: FactKind, code: str = "", **more: Any) -> Fact:
    codings = (Coding("x", code),) if code else ()
    return Fact(id=FactId(name), kind=kind, codings=codings, source="claims", **more)


STAY = fact("stay", FactKind.ENCOUNTER, class_code="IMP", status="finished", display="heart failure",
            starts_on=date(2026, 11, 18), ends_on=date(2026, 11, 22))  # fmt: skip


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    reach = Reach(
        points=(
            ContactPoint("p1", "mobile", MOBILE, may_call="yes"),
            ContactPoint("p2", "home", HOME),
            ContactPoint("p3", "work", "+14135550144", valid_until=date(2026, 1, 1)),
        ),
        profile=ContactProfile(instructions="Mobile only.", special_contact=True),
        related=(RelatedPerson("d", "Lucía Pérez", "daughter"), RelatedPerson("s", "Juan Pérez", "son")),
        permissions=(Permission("d", ("all",)), Permission("s", ("all",), withdrawn_on=date(2026, 11, 1))),
    )
    made.world.add(member(clinician_id=PENA), discharge(), refill(), reach=reach)
    made.world.reference["clinician"] = {PENA: {"name": "Dr. Inés Peña", "practice": "Springfield North"}}
    made.world.reference["staff"] = {"ana": {"name": "Ana Ruiz"}}
    made.world.facts[ROSA] = (STAY,)
    made.rank_all()
    return made


@pytest.fixture
def chart(desk: FakeDesk) -> Chart:
    return Chart(desk.open_shelves, desk.clock, desk.ledger, desk.words)


def log(desk: FakeDesk, outcome: Outcome, **more: Any) -> None:
    calls = CallLogging(desk.open_book, desk.open_shelves, desk.clock, Someone(), desk.ledger)
    calls.record(CallForm(ROSA, outcome, **more))


def test_facts_and_acts_stand_on_one_line_of_time_newest_first(desk: FakeDesk, chart: Chart) -> None:
    log(desk, Outcome.NO_ANSWER)
    items = chart.open(ROSA).timeline
    assert [(item.kind, item.what, item.on) for item in items] == [
        ("contact", "No answer", TODAY),
        ("stay", "Left hospital: heart failure, 4 d", date(2026, 11, 22)),
    ]
    assert [item.is_waiting for item in items] == [True, False]
    assert (items[0].who, items[1].source) == ("Ana Ruiz", "claims")


def test_what_was_sent_waits_no_longer(desk: FakeDesk, chart: Chart) -> None:
    log(desk, Outcome.NO_ANSWER)
    desk.world.sent.update(act.id for act in desk.world.acts)
    assert not any(item.is_waiting for item in chart.open(ROSA).timeline)


def test_a_confidential_act_is_said_to_be_one_and_nothing_more(desk: FakeDesk, chart: Chart) -> None:
    log(desk, Outcome.NO_ANSWER, note="secret", sensitivity=Sensitivity.CONFIDENTIAL)
    assert chart.open(ROSA).timeline[0].what == "Confidential item"


def test_a_wrong_number_is_marked_with_its_day(desk: FakeDesk, chart: Chart) -> None:
    log(desk, Outcome.WRONG_NUMBER, number=HOME)
    numbers = {each.point.value: each.is_wrong_since for each in chart.open(ROSA).numbers}
    assert numbers == {MOBILE: None, HOME: TODAY}


def test_the_care_team_says_who_may_be_told(chart: Chart) -> None:
    team = {each.name: each.note for each in chart.open(ROSA).care_team}
    assert team == {"Dr. Inés Peña": "Springfield North", "Lucía Pérez": "may_be_told", "Juan Pérez": "no_permission"}


def test_a_minor_has_somebody_to_call_instead(desk: FakeDesk, chart: Chart) -> None:
    guardian = RelatedPerson("m", "Ana Ruiz", "mother", is_guardian=True)
    desk.world.add(member(PEDRO, birth_date=date(2015, 5, 5)), reach=Reach(related=(guardian,)))
    page = chart.open(PEDRO)
    assert (page.is_minor, page.age, page.guardian) == (True, 11, guardian)


def test_reasons_come_with_points_that_add_up_and_the_next_step_stands(desk: FakeDesk, chart: Chart) -> None:
    log(desk, Outcome.NO_ANSWER)
    page = chart.open(ROSA)
    assert [each.reason.id for each in page.reasons] == [discharge().id, refill().id]
    assert all(each.total == sum(point.points for point in each.points) for each in page.reasons)
    assert [(step.kind, step.what) for step in page.next_steps] == [("call", "Call again")]


def test_a_later_contact_settles_what_an_earlier_one_promised(desk: FakeDesk, chart: Chart) -> None:
    log(desk, Outcome.NO_ANSWER)
    desk.clock.at += timedelta(hours=3)
    log(desk, Outcome.REFUSED)
    assert chart.open(ROSA).next_steps == ()


def test_another_days_view_knows_nothing_later(desk: FakeDesk, chart: Chart) -> None:
    desk.clock.frozen_on = date(2026, 11, 20)
    told = [(item.kind, item.what) for item in chart.open(ROSA, desk.clock.moment()).timeline]
    assert told == [("stay", "Admitted to hospital: heart failure")]
    desk.clock.frozen_on = date(2026, 11, 17)
    assert chart.open(ROSA, desk.clock.moment()).timeline == ()


def test_somebody_not_on_this_computer_has_no_page(chart: Chart) -> None:
    with pytest.raises(Refusal) as refused:
        chart.open(PEDRO)
    assert refused.value.code == "unknown_member"


def fill(name: str, day: date, days: int | None = 30, code: str = "314076", **more: Any) -> Fact:
    return fact(name, FactKind.DISPENSE, code, display="lisinopril", starts_on=day, days_supply=days, **more)


def test_supply_kept_from_an_earlier_fill_is_used_up_first() -> None:
    [medicine] = medicines_of((fill("a", date(2026, 10, 1)), fill("b", date(2026, 10, 21))), TODAY)
    assert (medicine.last_fill_on, medicine.run_out_on, medicine.days_left) == (
        date(2026, 10, 21),
        date(2026, 11, 30),
        6,
    )


def test_a_gap_between_fills_is_not_made_up_for() -> None:
    [medicine] = medicines_of((fill("a", date(2026, 7, 1)), fill("b", date(2026, 10, 14))), TODAY)
    assert (medicine.run_out_on, medicine.days_left) == (date(2026, 11, 13), -11)


def test_a_fill_without_a_supply_has_no_run_out_and_stands_after_those_that_have() -> None:
    found = medicines_of((fill("a", date(2026, 11, 1), None, "1"), fill("b", date(2026, 11, 1), 90, "2")), TODAY)
    assert [each.days_left for each in found] == [67, None]


def test_what_nobody_filled_for_a_year_and_what_was_stopped_is_not_listed() -> None:
    old = fill("a", date(2025, 11, 1), code="1")
    stopped = fact("o", FactKind.DRUG_ORDER, "2", display="x", status="stopped", authored_on=date(2026, 11, 1))
    assert medicines_of((old, stopped), TODAY) == ()


def test_an_order_without_a_fill_is_listed_as_one() -> None:
    order = fact("o", FactKind.DRUG_ORDER, "2", display="apixaban", status="active", authored_on=date(2026, 11, 1))
    assert [(each.name, each.is_order_only) for each in medicines_of((order,), TODAY)] == [("apixaban", True)]


def lab(name: str, day: date, value: float, **more: Any) -> Fact:
    told = {"category": "laboratory", "value_unit": "mmol/L", "display": "Potassium", **more}
    return fact(name, FactKind.OBSERVATION, "2823-3", starts_on=day, value_number=value, **told)


def test_a_trend_runs_from_old_to_new_and_says_its_age() -> None:
    [trend] = labs_of((lab("b", date(2026, 11, 18), 4.9), lab("a", date(2026, 8, 1), 4.2)), TODAY)
    assert ([each.value for each in trend.values], trend.last.value, trend.days_old) == ([4.2, 4.9], 4.9, 6)


def test_values_of_two_units_are_two_trends_and_a_survey_is_none() -> None:
    day = date(2026, 11, 18)
    found = labs_of(
        (lab("a", day, 4.9), lab("b", day, 19.1, value_unit="mg/dL"), lab("c", day, 3, category="survey")), TODAY
    )
    assert sorted(trend.last.unit for trend in found) == ["mg/dL", "mmol/L"]


def test_the_last_contact_is_told_with_who_and_when(desk: FakeDesk, chart: Chart) -> None:
    log(desk, Outcome.LEFT_MESSAGE)
    last = chart.open(ROSA).last_contact
    assert last is not None
    assert (last.at, last.what, last.who) == (TUESDAY_MORNING, "Left message", "Ana Ruiz")
    assert last.at.tzinfo is UTC or last.at.utcoffset() == timedelta(0)
    assert isinstance(last.at, datetime)
