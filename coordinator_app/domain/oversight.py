"""What those who watch over the centre are told: who saw a person, whether the audit is whole, what a server lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Sighting:
    """One way in which somebody held, received, read or changed a person; ``what`` is a word of docs/cli.md."""

    what: str
    login: str
    name: str
    role: str
    panel: str
    device: str | None
    first_at: datetime | None
    last_at: datetime | None
    times: int


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that does not fit together in what a workstation sent; ``kind`` is a word of docs/operations.md."""

    at: datetime
    kind: str
    login: str
    name: str
    device: str | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """A person as an auditor may mean one: by number, without a name; days are counted in ``zone``."""

    member_id: str
    member_number: str
    initiative: str
    zone: str


@dataclass(frozen=True, slots=True)
class Seal:
    """A block of sealed audit rows; its head stands for all blocks up to it."""

    number: int
    head: str
    events: int
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class SealFault:
    """A block that is not as it was sealed: ``events``, ``chain``, or ``head`` against a copy kept elsewhere."""

    number: int
    fault: str


@dataclass(frozen=True, slots=True)
class SealState:
    """How far the sealing came; ``head`` is "" before the first block."""

    blocks: int
    head: str
    sealed_at: datetime | None
    unsealed: int
    oldest_unsealed: datetime | None


@dataclass(frozen=True, slots=True)
class Workstation:
    """A workstation the centre knows."""

    id: str
    login: str
    name: str
    state: str
    app_version: str
    last_seq: int
    enrolled_at: datetime
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Outlived:
    """A month of rows that is older than its term."""

    kind: str
    months: int
    part: str


@dataclass(frozen=True, slots=True)
class Emergency:
    """A panel that was opened to a person for some hours, with the reason given."""

    login: str
    name: str
    panel: str
    since: datetime
    until: datetime
    why: str
    opened_by: str


class Health(StrEnum):
    """How a look at one thing ended."""

    OK = "ok"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a look at a server found; ``way_out`` says what to do and is "" where nothing is."""

    name: str
    health: Health
    said: str
    way_out: str = ""
