"""Days stay as they were written; instants are in UTC; what cannot be is refused."""

from datetime import UTC, date, datetime

import pytest

from coordinator_app.central.feeds.moments import moment
from coordinator_app.central.feeds.verdicts import Cause, UnusableError


@pytest.mark.parametrize(
    ("written", "day", "at", "precision"),
    [
        ("2021", date(2021, 1, 1), None, "year"),
        ("2021-03", date(2021, 3, 1), None, "month"),
        ("2020-02-29", date(2020, 2, 29), None, "day"),
        ("2021-03-31T23:59:05-05:00", date(2021, 3, 31), datetime(2021, 4, 1, 4, 59, 5, tzinfo=UTC), "second"),
        ("2021-03-31T00:30:00.881+02:00", date(2021, 3, 31), datetime(2021, 3, 30, 22, 30, 0, 881000, UTC), "second"),
        ("2021-03-31T10:05Z", date(2021, 3, 31), datetime(2021, 3, 31, 10, 5, tzinfo=UTC), "minute"),
        ("2021-03-31T24:00:00Z", date(2021, 3, 31), datetime(2021, 4, 1, tzinfo=UTC), "second"),
    ],
)  # fmt: skip
def test_a_written_date_keeps_its_day(written, day, at, precision):
    assert moment(written, "it") == (day, at, precision)


@pytest.mark.parametrize(
    "written",
    ["2021-02-29", "2021-13-01", "31.3.2021", "2021-03-31T25:00:00Z", "0001-01-01", "9999-01-01", 20210331, "now"],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused(written):
    with pytest.raises(UnusableError) as told:
        moment(written, "it")
    assert told.value.cause is Cause.BAD_DATE


def test_nothing_written_is_nothing():
    assert moment(None, "it") is None
    assert moment("", "it") is None
