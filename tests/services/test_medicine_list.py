"""The medicines on the patient's page: fills merged with what a nurse was told, at once and without the centre."""

from datetime import date, timedelta
from typing import Any

import pytest

from coordinator_app.domain.activity import MedicineHow, MedicineTold, Outcome, ResponseKind
from coordinator_app.domain.call import Answer
from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.ids import FactId, ReasonId
from coordinator_app.domain.ranked import Tab
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.answering import Answering
from coordinator_app.services.call_logging import CallForm, CallLogging
from coordinator_app.services.chart import Chart
from coordinator_app.services.medicine_list import Medicine
from coordinator_app.services.medicine_noting import MedicineNoting, Told
from coordinator_app.services.undoing import Undoing
from tests.services.fakes import ROSA, FakeDesk, Someone, member, refill

TODAY = date(2026, 11, 24)
SPOKEN = {"outcome": Outcome.REACHED, "identity": ("birth_date", "zip")}
PAIR = ReasonId("pair-rosa")


def fill(name: str, day: date, days: int = 30) -> Fact:
    return Fact(
        FactId(name), FactKind.DISPENSE, (Coding("rxnorm", "861007"),), "metformin 500 MG", "completed",
        starts_on=day, days_supply=days, source="claims",
    )  # fmt: skip


def late(**more: object) -> Reason:
    told = {"drug": "metformin", "rxcui": "6809", "drug_class": "diabetes", "run_out_on": "2026-11-05"}
    return refill(subject="rxnorm:6809", evidence_on=date(2026, 10, 7), arguments=told, **more)


def pair() -> Reason:
    return refill(
        id=PAIR,
        kind=ReasonKind.MEDICATION,
        rule="medication.pair",
        subject="pair:6809+1",
        sentence="medication.pair",
        evidence_on=date(2026, 10, 7),
        arguments={
            "rxcui": "1",
            "drug": "x",
            "other_rxcui": "6809",
            "other": "metformin",
            "drug_class": "medication_serious",
        },
    )


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.world.add(member(), late(), pair())
    made.world.facts[ROSA] = (fill("fill", date(2026, 10, 7)),)
    made.rank_all()
    return made


def answer(desk: FakeDesk, response: ResponseKind, until: date | None = None) -> None:
    calls = CallLogging(desk.open_book, desk.open_shelves, desk.clock, Someone(), desk.ledger)
    calls.record(CallForm(ROSA, answers={ReasonId("refill-rosa"): Answer(response, until=until)}, **SPOKEN))


def metformin(desk: FakeDesk) -> Medicine:
    [found] = Chart(desk.open_shelves, desk.clock, desk.ledger, desk.words).open(ROSA).medicines
    return found


def open_rules(desk: FakeDesk) -> set[str]:
    with desk.open_shelves() as shelves:
        return {reason.rule for reason, _ in desk.ledger.open_reasons(shelves, ROSA)}


def test_paid_cash_settles_the_days_it_covers_before_anything_is_sent(desk: FakeDesk) -> None:
    assert metformin(desk).days_left == -18
    answer(desk, ResponseKind.PAID_CASH)
    told = metformin(desk)
    assert (told.days_left, told.told, told.told_on, told.source) == (30, "paid_cash", TODAY, "nurse")
    assert "refill.late" not in open_rules(desk)


def test_a_word_with_its_own_end_covers_up_to_that_day(desk: FakeDesk) -> None:
    answer(desk, ResponseKind.HAS_IT, TODAY + timedelta(9))
    assert (metformin(desk).days_left, metformin(desk).told) == (9, "has_it")


def test_what_was_told_runs_out_too(desk: FakeDesk) -> None:
    answer(desk, ResponseKind.SAMPLES)
    desk.clock.at += timedelta(32)
    assert metformin(desk).days_left == -2
    assert "refill.late" in open_rules(desk)


def test_a_stopped_medicine_has_no_supply_and_ends_every_row_that_names_it(desk: FakeDesk) -> None:
    assert open_rules(desk) == {"refill.late", "medication.pair"}
    answer(desk, ResponseKind.STOPPED)
    told = metformin(desk)
    assert (told.is_stopped, told.days_left, told.run_out_on) == (True, None, None)
    assert open_rules(desk) == set()
    assert desk.world.rank[ROSA].tab is Tab.DONE_TODAY


def test_a_new_fill_wakes_what_was_stopped(desk: FakeDesk) -> None:
    answer(desk, ResponseKind.STOPPED)
    again = TODAY + timedelta(3)
    desk.clock.at += timedelta(4)
    desk.world.facts[ROSA] += (fill("again", again),)
    desk.world.reasons = [
        late(),
        refill(**{**_told(pair()), "id": ReasonId("pair-again"), "evidence_on": again, "opens_on": again}),
    ]
    assert (metformin(desk).is_stopped, metformin(desk).days_left) == (False, 29)
    assert open_rules(desk) == {"medication.pair"}


def test_a_stop_said_to_a_pair_is_about_both_or_neither_and_quiets_that_row_alone(desk: FakeDesk) -> None:
    Answering(desk.open_book, desk.clock, Someone(), desk.ledger).answer(ROSA, PAIR, ResponseKind.STOPPED)
    assert not metformin(desk).is_stopped
    assert open_rules(desk) == {"refill.late"}


def test_a_stop_said_to_a_pair_that_names_the_drug_stops_that_drug(desk: FakeDesk) -> None:
    Answering(desk.open_book, desk.clock, Someone(), desk.ledger).answer(ROSA, PAIR, ResponseKind.STOPPED, "6809")
    assert metformin(desk).is_stopped
    assert open_rules(desk) == set()


def _told(reason: Reason) -> dict[str, object]:
    names = ("kind", "rule", "subject", "sentence", "arguments")
    return {name: getattr(reason, name) for name in names}


def note(desk: FakeDesk, how: MedicineHow, name: str, **more: Any) -> MedicineTold:
    noting = MedicineNoting(desk.open_book, desk.clock, Someone(), desk.rule_book)
    return noting.note(Told(ROSA, how, name, **more)).medicine


def lines(desk: FakeDesk) -> dict[str, Medicine]:
    page = Chart(desk.open_shelves, desk.clock, desk.ledger, desk.words).open(ROSA)
    return {each.name: each for each in page.medicines}


def test_what_no_pharmacy_reports_is_listed_with_its_source_and_found_by_its_name(desk: FakeDesk) -> None:
    told = note(desk, MedicineHow.OTC, "Ibuprofen", dose="two a day")
    assert told.rxcui == "5640"
    note(desk, MedicineHow.HERBAL, "valerian")
    found = lines(desk)
    assert (found["Ibuprofen"].told, found["Ibuprofen"].source, found["Ibuprofen"].dose) == (
        "otc",
        "nurse",
        "two a day",
    )
    assert (found["valerian"].told, found["valerian"].days_left) == ("herbal", None)


def test_a_told_supply_and_a_told_dose_stand_on_the_line_of_the_fills(desk: FakeDesk) -> None:
    note(desk, MedicineHow.PAID_CASH, "metformin", days_supply=60)
    assert (lines(desk)["metformin 500 MG"].days_left, lines(desk)["metformin 500 MG"].told) == (60, "paid_cash")
    desk.clock.at += timedelta(minutes=1)
    note(desk, MedicineHow.DOSE, "metformin", dose="half a tablet")
    assert (lines(desk)["metformin 500 MG"].dose, lines(desk)["metformin 500 MG"].told) == ("half a tablet", "dose")


def test_a_stop_noted_without_a_call_quiets_every_row_of_the_drug_and_undo_brings_them_back(desk: FakeDesk) -> None:
    stop = note(desk, MedicineHow.STOPPED, "metformin")
    assert open_rules(desk) == set()
    Undoing(desk.open_book, desk.clock, Someone()).take_back("medicine", stop.id)
    assert open_rules(desk) == {"refill.late", "medication.pair"}


def test_a_confidential_drug_makes_a_confidential_line(desk: FakeDesk) -> None:
    assert note(desk, MedicineHow.OTC, "buprenorphine").sensitivity is not Sensitivity.ORDINARY


@pytest.mark.parametrize(
    ("name", "days", "code"), [(" ", None, "name_needed"), ("x", 0, "bad_supply"), ("x", 366, "bad_supply")]
)
def test_nothing_is_kept_without_a_name_or_with_an_impossible_supply(
    desk: FakeDesk, name: str, days: int | None, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        note(desk, MedicineHow.OTC, name, days_supply=days)
    assert refused.value.code == code


def test_another_dose_says_which(desk: FakeDesk) -> None:
    with pytest.raises(Refusal) as refused:
        note(desk, MedicineHow.DOSE, "metformin", dose=" ")
    assert refused.value.code == "dose_needed"


@pytest.mark.parametrize(
    ("name", "rxcui"),
    [
        ("Metformin 1000 mg", "6809"),
        ("metformin 500 MG / glipizide 5 MG", ""),
        ("metformin 500 mg-glipizide 5 mg", ""),
        ("5 metformin", ""),
    ],
)
def test_a_name_with_its_strength_is_found_and_one_of_two_drugs_is_not_the_first(
    desk: FakeDesk, name: str, rxcui: str
) -> None:
    assert note(desk, MedicineHow.STOPPED, name).rxcui == rxcui
