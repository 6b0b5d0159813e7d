"""Decks: one test patient a line, with the counts the measure's steward expects (docs/conformance.md)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from coordinator_app.central.feeds.lines import Flaw
from coordinator_app.central.feeds.records import Record, ndjson
from coordinator_app.domain.measures.view import Period
from coordinator_app.domain.trouble import Trouble

Counts = Mapping[str, Mapping[str, int]]

_ENDINGS = re.compile(r"\.(ndjson|jsonl|json)(\.gz)?$")
_MEASURE = re.compile(r"CMS\d+")


@dataclass(frozen=True, slots=True)
class Case:
    """One test patient: whose records, for which period, and what the steward expects."""

    patient: str
    title: str
    period: Period
    expected: Counts
    resources: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A line of a deck that holds no case."""

    line: int
    what: str


def deck_name(path: Path) -> str:
    """Return the deck's name: that of its file without its endings."""
    return _ENDINGS.sub("", path.name)


def measure_of(deck: str) -> str:
    """Return the measure a deck is named by, as CMS125 of CMS125-mp2025; the whole name where it names none."""
    found = _MEASURE.match(deck)
    return found.group() if found else deck


def cases_in(path: Path) -> Iterator[Case | Spoiled]:
    """Yield the cases of a deck, gzipped or not, one at a time; Trouble where the file cannot be read at all."""
    try:
        with path.open("rb") as stream:
            for found in ndjson(stream, path.name, None):
                yield Spoiled(found.number, found.what) if isinstance(found, Flaw) else _case(found)
    except OSError as error:
        raise Trouble("no_deck", f"The deck {path} cannot be read: {error.strerror}.") from error


def _case(record: Record) -> Case | Spoiled:
    one = record.resource
    try:
        return Case(
            patient=str(one["patient"]),
            title=str(one.get("title") or ""),
            period=Period(date.fromisoformat(one["period"]["start"]), date.fromisoformat(one["period"]["end"])),
            expected={
                str(group): {str(name): int(count) for name, count in counts.items()}
                for group, counts in one["expected"].items()
            },
            resources=tuple(each for each in one["resources"] if isinstance(each, dict)),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return Spoiled(record.line, "the line is no test case")
