"""What a load did, for people and for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from coordinator_app.central.feeds.verdicts import Cause, Rejected

LISTED_AT_MOST = 10_000
"""More records set aside than this are counted, not listed."""


@dataclass(slots=True)
class FileCount:
    """How many records of one file came to what."""

    file: str
    read: int = 0
    loaded: int = 0
    unchanged: int = 0
    rejected: int = 0
    not_kept: int = 0

    def as_facts(self) -> dict[str, Any]:
        """Return the keys docs/cli.md names."""
        names = ("file", "read", "loaded", "unchanged", "rejected", "not_kept")
        return {name: getattr(self, name) for name in names}


@dataclass(slots=True)
class LoadReport:
    """Everything ``load`` says at its end."""

    source: str
    format: str
    data_as_of: date | None
    files: list[FileCount] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    rejected_total: int = 0

    def reject(self, file_no: int, line: int, cause: Cause, what: str) -> None:
        """Note a record set aside."""
        self.files[file_no].rejected += 1
        self.rejected_total += 1
        if len(self.rejected) < LISTED_AT_MOST:
            self.rejected.append(Rejected(self.files[file_no].file, line, cause, what))

    def took(self, file_no: int, verdict: str, records: int) -> None:
        """Note records that were merged."""
        count = self.files[file_no]
        if verdict == "unchanged":
            count.unchanged += records
            self.unchanged += records
        else:
            count.loaded += records
            setattr(self, verdict, getattr(self, verdict) + records)

    @property
    def has_findings(self) -> bool:
        """Say whether anything was set aside."""
        return self.rejected_total > 0

    @property
    def is_unreadable(self) -> bool:
        """Say whether there was input and nothing in it could be used: then nothing is kept."""
        return self.has_findings and not (self.new or self.changed or self.unchanged or self._left_out)

    @property
    def _left_out(self) -> int:
        return sum(one.not_kept for one in self.files)

    def as_facts(self) -> Mapping[str, Any]:
        """Return the keys docs/cli.md names."""
        return {
            "source": self.source,
            "format": self.format,
            "files": [one.as_facts() for one in self.files],
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": [one.as_facts() for one in self.rejected],
            "rejected_total": self.rejected_total,
            "data_as_of": self.data_as_of.isoformat() if self.data_as_of else None,
        }

    def as_text(self) -> str:
        """Return lines for a person: each file, what was set aside and why, and the sum."""
        lines = [_file_line(one) for one in self.files]
        lines += [
            f"{one.file}, line {one.line}: {one.cause} ({one.what}); {one.way_out}" for one in _first(self.rejected)
        ]
        if self.rejected_total > len(_first(self.rejected)):
            lines.append(f"and {self.rejected_total - len(_first(self.rejected))} more; --json lists them")
        lines.append(
            f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged, {self.rejected_total} set aside"
        )
        if self.is_unreadable:
            lines.append("Nothing in it could be used; nothing was kept.")
        return "\n".join(lines)


def _first(rejected: Sequence[Rejected]) -> Sequence[Rejected]:
    return rejected[:50]


def _file_line(one: FileCount) -> str:
    said = f"{one.file}: {one.read} read, {one.loaded} loaded, {one.unchanged} unchanged, {one.rejected} set aside"
    return f"{said}, {one.not_kept} not kept" if one.not_kept else said
