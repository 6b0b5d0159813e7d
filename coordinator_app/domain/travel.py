"""The values that travel between the centre and a workstation; both ends and the loop between them know these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel as hello names it; ``members`` is how many the centre counts in it now."""

    id: str
    initiative_id: str
    name: str
    depth: str
    members: int


@dataclass(frozen=True, slots=True)
class Initiative:
    """An initiative as hello names it; ``bundle`` is the version of its reference bundle."""

    id: str
    name: str
    zone: str
    calendar: str
    office: str
    frozen_on: date | None
    bundle: str


@dataclass(frozen=True, slots=True)
class AboutMe:
    """Who a login is at the centre; ``must_change`` while the password is the one-time one."""

    person: str
    name: str
    role: str
    must_change: bool


@dataclass(frozen=True, slots=True)
class Hello:
    """What the centre says first: who we are to it, what we may hold, and which history its snapshots belong to."""

    epoch: str
    server_time: datetime
    proto: int
    person: str
    name: str
    role: str
    panels: tuple[Panel, ...]
    initiatives: tuple[Initiative, ...]
    device_state: str = "active"
    lease_until: datetime | None = None
    # Until when this program may receive, and whether it still may; it may always send (sync 4.13).
    pull_until: date | None = None
    may_pull: bool = True
    # How far the centre's log reaches: it never grows shorter within one history.
    log_end: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """How far one panel was read (sync 4.3); ``to_copy`` counts what a first copy still owes."""

    panel_id: str
    epoch: str
    s_old: str | None
    s_target: str | None
    pos: str | None
    is_complete: bool
    total: int
    to_copy: int
    depth: str = "full"
    verified_at: datetime | None = None
    # Tables a newer program has to fetch for everybody held here, and whether that was begun (sync 4.13).
    tables: tuple[str, ...] = ()
    is_filling: bool = False

    @property
    def only(self) -> tuple[str, ...]:
        """The tables the next page is of; none means all."""
        return self.tables if self.is_filling else ()


@dataclass(frozen=True, slots=True)
class PanelState:
    """A panel as this workstation holds it; ``as_of`` is the centre's time of what is held."""

    panel_id: str
    name: str
    members: int
    is_complete: bool
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Op:
    """One act as it waits to be sent; ``payload`` travels byte for byte as it was hashed."""

    op_id: str
    device_id: str
    device_seq: int
    kind: str
    member_id: str | None
    payload: str
    authored_at: datetime
    skew_ms: int
    proto: int
    depends_on: str | None
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class OpResult:
    """What became of an op: ``applied``, ``duplicate``, ``merged``, ``conflict`` or ``quarantined``, and why.

    ``later`` is none of these: the centre did not take the op today, and it waits where it is.
    """

    op_id: str
    outcome: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an outcome means here: the op's ``state`` (acked or quarantined), and what is asked of a person, if any."""

    op_id: str
    outcome: str
    state: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    needs_you: str = ""
    sentence: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """People were deleted from a workstation: how many, and a number over who, without a name."""

    members: int
    digest: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The members of a panel in the order in which they should come, as of one snapshot."""

    snapshot: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A row this program cannot take in, as the centre wrote it; ``raw`` is a patient's and is never logged."""

    table: str
    row_id: str
    member_id: str
    raw: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """Some members' rows, read in one snapshot of the centre.

    ``asked`` are the members the page speaks of, ``present`` those that are in the panel; what was asked and is not
    present has left. ``rows`` is the store's business. ``target`` and ``last`` are the feed's: the snapshot the round
    reads up to, and the last member of the page (None where the feed had nothing more). ``unread`` are rows that
    could not be read; they are kept raw, and hold nobody up.
    """

    asked: tuple[str, ...]
    present: frozenset[str]
    rows: Mapping[str, Sequence[tuple[Any, ...]]]
    dropped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    target: str | None = None
    last: str | None = None
    unread: tuple[Unread, ...] = ()

    @property
    def row_count(self) -> int:
        """How many rows travelled."""
        return sum(len(rows) for rows in self.rows.values())
