"""The word `load` of coordinator-central."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.options import Subparsers, add_common, add_initiative

FORMATS = ("fhir-r4", "fhir-stu3", "synthea-csv", "desynpuf", "valuesets")


class Report(Protocol):
    """What a load did."""

    @property
    def has_findings(self) -> bool:
        """Whether a record was set aside."""

    @property
    def is_unreadable(self) -> bool:
        """Whether nothing could be used, so that nothing was kept."""

    def as_facts(self) -> Mapping[str, Any]:
        """Return everything, for programs."""

    def as_text(self) -> str:
        """Return lines for people."""


class Loading(Protocol):
    """Loads files into one initiative; Refusal or Trouble says what is in the way, and then nothing was kept."""

    def run(
        self,
        paths: Sequence[Path],
        *,
        file_format: str,
        source: str,
        initiative: str | None,
        as_of: date | None,
        known_at: datetime | None,
    ) -> Report:
        """Load everything and say what became of each record."""


def register(subparsers: Subparsers, loading: Callable[[str], Loading]) -> None:
    """Add the command; ``loading`` makes the act for a URL."""
    parser = subparsers.add_parser("load", help="load files of payers, hospitals and practices")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files, or folders of such files")
    parser.add_argument("--format", required=True, choices=FORMATS, metavar="FORMAT", help=", ".join(FORMATS))
    parser.add_argument("--source", required=True, type=_source, metavar="NAME", help="who the data comes from")
    add_initiative(parser)
    parser.add_argument("--as-of", type=day, metavar="DATE", help="the day the data speaks of")
    parser.add_argument("--known-at", type=instant, metavar="TIME", help="when we learned it (ISO 8601 with offset)")
    add_common(parser)

    def run(given: argparse.Namespace) -> int:
        report = loading(given.url).run(
            given.paths,
            file_format=given.format,
            source=given.source,
            initiative=given.initiative,
            as_of=given.as_of,
            known_at=given.known_at,
        )
        answer(report.as_text(), report.as_facts(), as_json=given.json)
        if report.is_unreadable:
            return Exit.TROUBLE
        return Exit.FINDINGS if report.has_findings else Exit.OK

    parser.set_defaults(run=run)


def day(text: str) -> date:
    """Read a day of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day is written YYYY-MM-DD") from None


def instant(text: str) -> datetime:
    """Read an instant of the command line, in UTC."""
    try:
        known = datetime.fromisoformat(text)
    except ValueError:
        known = None
    if known is None or known.tzinfo is None:
        raise argparse.ArgumentTypeError("a time is written in ISO 8601 with its offset, 2026-11-17T09:30-05:00")
    return known.astimezone(UTC)


def _source(text: str) -> str:
    if not text.strip() or len(text) > 80:
        raise argparse.ArgumentTypeError("a source has a name of 1 to 80 characters")
    return text.strip()
