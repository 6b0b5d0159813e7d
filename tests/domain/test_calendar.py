"""Days, deadlines, and what day it is."""

from datetime import UTC, date, datetime, time, timedelta
from runpy import run_path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_app.domain.calendar import UnknownYear, age_on, birthday, calendar_from, moment, years_after
from tests.domain.charts import RESOURCES, bundle, calendar, day


@pytest.mark.parametrize(
    ("discharged", "due"),
    [
        ("2026-02-13", "2026-02-18"),
        ("2026-11-25", "2026-11-30"),
        ("2026-07-04", "2026-07-07"),
        ("2026-07-02", "2026-07-07"),
        ("2026-11-20", "2026-11-24"),
        ("2026-04-17", "2026-04-21"),
        ("2028-02-28", "2028-03-01"),
    ],
)
def test_contact_is_due_two_business_days_after_the_discharge(discharged, due):
    assert calendar().business_days_after(day(discharged), 2) == day(due)


def test_patriots_day_counts_for_the_deadline_but_the_office_is_closed():
    patriots = day("2026-04-20")
    assert calendar().is_business_day(patriots)
    assert not calendar().is_office_day(patriots)
    assert calendar().next_office_day(day("2026-04-17")) == day("2026-04-21")


@given(st.dates(date(2020, 1, 1), date(2039, 1, 1)), st.integers(1, 10))
def test_the_days_left_to_a_deadline_count_back_to_the_start(start, days):
    due = calendar().business_days_after(start, days)
    assert calendar().is_business_day(due)
    assert calendar().business_days_left(start, due) == days
    assert calendar().business_days_left(due, start) <= 0


def test_the_file_is_what_the_holidays_package_says_to_2040():
    written = run_path(str(RESOURCES.parent / "scripts" / "make_calendar"))["calendar"]()
    assert bundle()["calendar-us-ma"] == written
    federal = holidays.country_holidays("US", years=range(2005, 2042))
    for named, year in ((day(text), int(text[:4])) for text in written["holidays"]):
        assert named in federal
        assert year <= 2040


def test_a_year_without_holidays_is_refused():
    with pytest.raises(UnknownYear):
        calendar().business_days_after(day("2040-12-31"), 2)


@pytest.mark.parametrize(
    ("on", "offset"),
    [("2026-03-08", -4), ("2026-11-01", -5), ("2026-07-01", -4), ("2026-01-31", -5), ("2028-02-29", -5)],
)
def test_a_day_ends_a_second_before_midnight_on_its_own_clock(on, offset):
    end = calendar().end_of_day(day(on))
    assert end.replace(tzinfo=None).time() == time(23, 59, 59)
    assert end.utcoffset().total_seconds() == offset * 3600
    assert calendar().day_of(end) == day(on)
    assert calendar().day_of(datetime.fromtimestamp(end.timestamp() + 1, UTC)) > day(on)


def test_the_day_the_clocks_go_back_is_25_hours_long():
    long = day("2026-11-01")
    spent = calendar().end_of_day(long).timestamp() - calendar().start_of_day(long).timestamp()
    assert spent == 25 * 3600 - 1


def test_late_evening_in_springfield_is_the_same_day_although_it_is_tomorrow_in_utc():
    assert calendar().day_of(datetime(2026, 11, 25, 3, 30, tzinfo=UTC)) == day("2026-11-24")


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="zone"):
        calendar().day_of(datetime(2026, 11, 25, 3, 30))  # noqa: DTZ001


def test_on_a_frozen_initiative_now_is_the_frozen_day_at_the_clocks_time_of_day():
    clock = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
    frozen = moment(calendar(), clock, day("2021-07-01"))
    assert frozen.today == day("2021-07-01")
    assert frozen.at == datetime(2021, 7, 1, 14, 30, tzinfo=UTC)
    assert frozen.day_of(clock) == day("2021-07-01")
    assert frozen.day_of(datetime(2021, 6, 3, 12, tzinfo=UTC)) == day("2021-06-03")
    assert moment(calendar(), clock).day_of(clock) == day("2026-11-24")


def test_an_initiative_brings_its_own_zone_and_hours():
    own = calendar_from(bundle()["calendar-us-ma"], "America/Chicago", "07:30-16:00")
    assert own.at(day("2026-11-24"), own.closes).isoformat() == "2026-11-24T16:00:00-06:00"
    with pytest.raises(ValueError, match="office hours"):
        calendar_from(bundle()["calendar-us-ma"], office="all day")


def test_who_is_born_on_29_february_has_the_birthday_on_1_march_in_a_common_year():
    leap = day("1960-02-29")
    assert age_on(leap, day("2026-02-28")) == 65
    assert age_on(leap, day("2026-03-01")) == 66
    assert birthday(leap, 66) == day("2026-03-01")
    assert birthday(leap, 68) == day("2028-02-29")
    assert years_after(day("2024-02-29"), 1) == day("2025-03-01")


@given(st.dates(date(1920, 1, 1), date(2020, 1, 1)), st.integers(0, 100))
def test_a_person_is_as_old_as_the_birthday_says_from_that_day_on(born, age):
    turned = birthday(born, age)
    assert age_on(born, turned) == age
    assert age_on(born, date.fromordinal(turned.toordinal() - 1)) == age - 1


def test_work_is_shown_at_its_own_time_of_day_on_the_day_it_counts_for():
    clock = datetime(2026, 11, 21, 22, 28, tzinfo=UTC)
    frozen = moment(calendar(), clock, day("2026-11-24"))
    assert f"{frozen.counted(clock):%Y-%m-%d %H:%M}" == "2026-11-24 17:28"
    assert f"{moment(calendar(), clock).counted(clock):%Y-%m-%d %H:%M}" == "2026-11-21 17:28"


FEDERAL = frozenset(
    day(f"{year}-{on}")
    for year, days in {
        2026: ("01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11", "11-26", "12-25"),
        2027: (
            "01-01",
            "01-18",
            "02-15",
            "05-31",
            "06-18",
            "07-05",
            "09-06",
            "10-11",
            "11-11",
            "11-25",
            "12-24",
            "12-31",
        ),
    }.items()
    for on in days
)
"""The days off of 5 USC 6103 as they are observed: Friday for a Saturday, Monday for a Sunday."""


def test_two_business_days_come_out_for_every_discharge_of_two_years():
    first = day("2026-01-01")
    for number in range(727):
        home = first + timedelta(number)
        due, left = home, 2
        while left:
            due += timedelta(1)
            left -= due.weekday() < 5 and due not in FEDERAL
        assert calendar().business_days_after(home, 2) == due, home
