"""A day and a time as somebody types them: "wed 14", "25-nov 2:30 pm", "11/25 9:00", "mañana 10"."""

import re
from datetime import date, time, timedelta
from typing import Final

_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d\d))?(am|pm|a|p)?")
_WRITTEN = re.compile(r"(\d{1,2})[-. ]?([a-zé]{3,})[-. ]?(\d{4})?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d\d))?")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTHS: Final = (
    ("jan", "ene"), ("feb",), ("mar",), ("apr", "abr"), ("may",), ("jun",), ("jul",), ("aug", "ago"), ("sep",),
    ("oct",), ("nov",), ("dec", "dic"),
)  # fmt: skip
_WEEKDAYS: Final = (
    ("mon", "lun"), ("tue", "mar"), ("wed", "mie", "mié"), ("thu", "jue"), ("fri", "vie"), ("sat", "sab", "sáb"),
    ("sun", "dom"),
)  # fmt: skip
_NEAR: Final = {"today": 0, "hoy": 0, "tomorrow": 1, "mañana": 1, "manana": 1}
_HALVES = re.compile(r"(\d)\s+([ap]m?)\b")


def typed_moment(text: str, today: date) -> tuple[date, time | None] | None:
    """Return the day and, where one was typed, the time; None where it cannot be read in one way.

    A time alone means today. A day without a year is the next such day, a weekday the next one after today. Dates with
    slashes are read as month/day. The reader must show the result in full before it is used.
    """
    day: date | None = None
    clock: time | None = None
    for token in _HALVES.sub(r"\1\2", text.strip().casefold().replace("a.m.", "am").replace("p.m.", "pm")).split():
        as_day = _day(token.strip(","), today)
        as_clock = _clock(token) if as_day is None else None
        if (as_day is None and as_clock is None) or (as_day and day) or (as_clock and clock):
            return None
        day, clock = as_day or day, as_clock or clock
    if day is None and clock is None:
        return None
    return day or today, clock


def _day(token: str, today: date) -> date | None:
    if token in _NEAR:
        return today + timedelta(_NEAR[token])
    if token.isalpha():
        return _weekday(token, today)
    if found := _ISO.fullmatch(token):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _SLASHED.fullmatch(token):
        return _dated(int(found[1]), int(found[2]), found[3], today)
    if found := _WRITTEN.fullmatch(token):
        month = next((place for place, names in enumerate(_MONTHS, start=1) if found[2].startswith(names)), 0)
        return _dated(month, int(found[1]), found[3], today)
    return None


def _weekday(token: str, today: date) -> date | None:
    for place, names in enumerate(_WEEKDAYS):
        if token.startswith(names):
            return today + timedelta((place - today.weekday() - 1) % 7 + 1)
    return None


def _dated(month: int, day: int, year: str | None, today: date) -> date | None:
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this_year = _date(today.year, month, day)
    if this_year is not None and this_year < today:
        return _date(today.year + 1, month, day)
    return this_year


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(token: str) -> time | None:
    found = _CLOCK.fullmatch(token)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
