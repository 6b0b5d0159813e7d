"""Times as people type them."""

from datetime import date, time

import pytest

from coordinator_app.domain.typed_time import typed_moment

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "day", "clock"),
    [
        ("14:30", TUESDAY, time(14, 30)),
        ("2:30 pm", TUESDAY, time(14, 30)),
        ("12 am", TUESDAY, time(0)),
        ("12pm", TUESDAY, time(12)),
        ("wed 14", date(2026, 11, 25), time(14)),
        ("Tue", date(2026, 12, 1), None),
        ("mié 9:00", date(2026, 11, 25), time(9)),
        ("martes 10", date(2026, 12, 1), time(10)),
        ("mañana 10", date(2026, 11, 25), time(10)),
        ("tomorrow", date(2026, 11, 25), None),
        ("27-Nov 9:00", date(2026, 11, 27), time(9)),
        ("9:00 27nov2026", date(2026, 11, 27), time(9)),
        ("4-ene 8", date(2027, 1, 4), time(8)),
        ("11/25 9 a.m.", date(2026, 11, 25), time(9)),
        ("1/5/27, 10:15", date(2027, 1, 5), time(10, 15)),
        ("2026-12-01 16:00", date(2026, 12, 1), time(16)),
    ],
)
def test_a_time_is_read_as_it_was_meant(typed, day, clock):
    assert typed_moment(typed, TUESDAY) == (day, clock)


@pytest.mark.parametrize("typed", ["", "soon", "25:00", "13 pm", "31-Feb", "27-Nov 28-Nov", "9 10", "0 am", "14:75"])
def test_what_cannot_be_read_in_one_way_is_not_guessed(typed):
    assert typed_moment(typed, TUESDAY) is None
