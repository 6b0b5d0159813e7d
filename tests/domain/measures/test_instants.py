"""Comparing moments as closely as they were told."""

from datetime import UTC, date, datetime

import pytest

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.measures.instants import (
    Moment,
    began_before_end,
    is_before,
    is_during,
    is_not_after,
    prevailed_during,
    years_earlier,
)
from tests.domain.measures.small_charts import condition, fact, visit

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 3)
EIGHT, NINE = (datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (8, 9))


@pytest.mark.parametrize(
    ("one", "other", "before", "not_after"),
    [
        (Moment(DAY, EIGHT), Moment(DAY, NINE), True, True),
        (Moment(DAY, NINE), Moment(DAY, NINE), False, True),
        (Moment(DAY, NINE), Moment(DAY, EIGHT), False, False),
        (Moment(DAY), Moment(DAY), False, True),
        (Moment(DAY), Moment(DAY, NINE), False, False),
        (Moment(DAY, NINE), Moment(NEXT), True, True),
    ],
)
def test_what_is_not_sure_is_not_so(one, other, before, not_after):
    assert is_before(one, other) is before
    assert is_not_after(one, other) is not_after


def test_a_visit_that_has_not_ended_goes_on():
    open_visit = fact(FactKind.ENCOUNTER, "x", "2026-03-02", starts_at=EIGHT)
    assert is_during(Moment(date(2027, 1, 1)), open_visit)
    assert not is_during(Moment(date(2026, 3, 1)), open_visit)
    assert not is_during(None, open_visit)


def test_a_condition_of_the_same_minute_was_there_and_one_a_minute_later_was_not():
    seen = visit("x", "2026-03-02", starts_at=EIGHT, ends_at=NINE)
    assert prevailed_during(condition("y", "2026-03-02", starts_at=NINE), seen)
    assert not prevailed_during(condition("y", "2026-03-02", starts_at=NINE.replace(minute=1)), seen)
    assert prevailed_during(condition("y"), seen)
    assert not prevailed_during(condition("y", "2026-03-01", status="resolved"), seen)
    assert prevailed_during(condition("y", "2026-03-02", starts_at=EIGHT, status=""), seen)
    assert not prevailed_during(condition("y", "2020-01-01", ends_on=date(2026, 3, 1)), seen)


def test_a_finding_without_a_date_never_began_but_a_condition_was_always_there():
    seen = visit("x", "2026-03-02")
    assert began_before_end(condition("y"), seen)
    assert not began_before_end(fact(FactKind.OBSERVATION, "y"), seen)


def test_a_year_earlier_is_the_same_hour_of_the_same_day():
    assert years_earlier(Moment(DAY, EIGHT), 1) == Moment(date(2025, 3, 2), datetime(2025, 3, 2, 8, tzinfo=UTC))
    assert years_earlier(Moment(date(2028, 2, 29)), 1) == Moment(date(2027, 2, 28))
