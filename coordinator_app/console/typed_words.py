"""What is typed on the command line, as values: days, instants with their offset, lists of fixed words."""

import argparse
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime


def day(typed: str) -> date:
    """Read ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{typed!r} is no day; write YYYY-MM-DD") from None


def instant(typed: str) -> datetime:
    """Read an ISO 8601 time with its offset, and return it in UTC; without an offset nobody knows which hour it is."""
    try:
        read = datetime.fromisoformat(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{typed!r} is no time; write 2026-11-24T10:47:00-05:00") from None
    if read.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{typed!r} has no offset; write 2026-11-24T10:47:00-05:00")
    return read.astimezone(UTC)


def some_of(known: Iterable[str]) -> Callable[[str], tuple[str, ...]]:
    """Return a reader of comma-separated words that must be among ``known``."""
    words = tuple(known)

    def read(typed: str) -> tuple[str, ...]:
        given = tuple(word.strip() for word in typed.split(",") if word.strip())
        strange = [word for word in given if word not in words]
        if strange:
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(strange)}; known are {', '.join(words)}")
        return given

    return read


def count(typed: str) -> int:
    """Read a number of rows, zero or more."""
    if not typed.isdecimal():
        raise argparse.ArgumentTypeError(f"{typed!r} is no number of rows")
    return int(typed)
