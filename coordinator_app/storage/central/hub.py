"""The centre as a workstation speaks to it: hello, bundle, listing, pages, push. Bulk goes through the driver alone."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from coordinator_app.domain.travel import (
    Hello,
    Initiative,
    Listing,
    Op,
    OpResult,
    Page,
    Panel,
    Place,
    Receipt,
    Unread,
)
from coordinator_app.storage.central.address import Address
from coordinator_app.storage.central.conversation import (
    PAGE_SECONDS,
    SILENT_SECONDS,
    Driver,
    check_answer,
    connected,
    new_challenge,
    patience,
)
from coordinator_app.storage.central.reading import Rows, all_at_once, one_by_one
from coordinator_app.storage.central.standby import Standby
from coordinator_app.storage.tables.wire import NUMBERS, tables_of

PROTO = 1
Credentials = Callable[[], tuple[str, str]]
"""Gives login and password when they are needed; they are kept nowhere else."""


class CentralHub:
    """The centre at one address; ``app`` and ``schema_rev`` say which program and which store speak to it."""

    def __init__(self, address: Address, credentials: Credentials, *, app: str, schema_rev: str) -> None:
        self._address, self._credentials = address, credentials
        self._app, self._schema_rev = app, schema_rev

    @contextmanager
    def session(self) -> Iterator["CentralSession"]:
        """Connect; Trouble("offline") where nobody answers."""
        login, password = self._credentials()
        with ExitStack() as stack:
            driver = stack.enter_context(connected(self._address, login, password))
            session = self._conversation(driver)
            beside = self._address.at_standby()
            if beside is not None:
                session.offer(Standby(beside, login, password, stack))
            yield session

    def _conversation(self, driver: Driver) -> "CentralSession":
        return CentralSession(driver, self._address, self._app, self._schema_rev)

    def letter_file(self, letter_id: str) -> bytes | None:
        """Fetch the pages of a letter as they were printed; None where the centre has none."""
        login, password = self._credentials()
        with connected(self._address, login, password) as driver, patience(driver, PAGE_SECONDS):
            row = driver.execute("SELECT sync_v1.letter_file(%s)", (letter_id,)).fetchone()
        return None if row is None or row[0] is None else bytes(row[0])

    def decide(self, device_id: str, op_id: str, comment: str, *, accept: bool) -> OpResult:
        """Say a supervisor's word on an act that waits, and return what became of it."""
        with self.session() as session:
            session.hello(device_id)
            return session.decide(op_id, comment, accept=accept)


class CentralSession:
    """One conversation."""

    def __init__(self, driver: Driver, address: Address, app: str, schema_rev: str) -> None:
        self._driver, self._address, self._app, self._schema_rev = driver, address, app, schema_rev
        self._device: str | None = None
        self._standby: Standby | None = None
        # Pages are read here: the standby, where it has caught up, else the primary.
        self._reader = driver

    def offer(self, standby: Standby) -> None:
        """Name a standby from which pages may be read after hello."""
        self._standby = standby

    def hello(self, device_id: str) -> Hello:
        """Say who we are and hear what we may hold; nothing is believed before the centre proved itself."""
        challenge = new_challenge()
        with patience(self._driver, SILENT_SECONDS):
            row = self._driver.execute(
                "SELECT sync_v1.hello(%s, %s, %s, %s, %s, %s)",
                (self._app, PROTO, PROTO, self._schema_rev, device_id, challenge),
            ).fetchone()
        said: Mapping[str, Any] = row[0] if row is not None else {}
        check_answer(self._address, challenge, bytes.fromhex(said.get("answer") or ""))
        self._device = device_id
        if self._standby is not None:
            self._reader = self._standby.caught_up(device_id, said["seen_at"]) or self._driver
        return _hello(said)

    def reference(self, initiative_id: str) -> Sequence[tuple[Any, ...]]:
        """Return the whole reference bundle as (kind, key, content)."""
        with patience(self._driver, PAGE_SECONDS):
            return self._driver.execute("SELECT * FROM sync_v1.reference(%s)", (initiative_id,)).fetchall()

    def push(self, device_id: str, ops: Sequence[Op]) -> Sequence[OpResult]:
        """Send ops and return what became of each, in their order."""
        sent = [_op(op) for op in ops]
        with patience(self._driver, PAGE_SECONDS):
            row = self._driver.execute("SELECT sync_v1.push(%s, %s)", (device_id, Jsonb(sent))).fetchone()
        said: Sequence[Mapping[str, Any]] = row[0] if row is not None else ()
        return tuple(OpResult(each["op_id"], each["outcome"], each["facts"]) for each in said)

    def outcomes(self, ops: Sequence[str]) -> Sequence[OpResult]:
        """Return how acts stand by now that the centre had set aside."""
        with patience(self._driver, SILENT_SECONDS):
            row = self._driver.execute("SELECT sync_v1.outcomes(%s::uuid[])", (list(ops),)).fetchone()
        said: Sequence[Mapping[str, Any]] = row[0] if row is not None else ()
        return tuple(OpResult(each["op_id"], each["outcome"], each["facts"]) for each in said)

    def waiting(self) -> Sequence[Mapping[str, Any]]:
        """Return what waits for this supervisor's word."""
        with patience(self._driver, SILENT_SECONDS):
            row = self._driver.execute("SELECT sync_v1.waiting()").fetchone()
        return row[0] if row is not None else ()

    def decide(self, op_id: str, comment: str, *, accept: bool) -> OpResult:
        """Say a supervisor's word on an act that waits, and return what became of it."""
        with patience(self._driver, SILENT_SECONDS):
            row = self._driver.execute("SELECT sync_v1.decide(%s, %s, %s)", (op_id, accept, comment)).fetchone()
        said: Mapping[str, Any] = row[0] if row is not None else {}
        return OpResult(op_id, said["outcome"], {key: each for key, each in said.items() if key != "outcome"})

    def purged(self, receipt: Receipt) -> None:
        """Tell the centre that people were deleted here."""
        with patience(self._driver, SILENT_SECONDS):
            self._driver.execute("SELECT sync_v1.purged(%s, %s, %s)", (self._device, receipt.members, receipt.digest))

    def listing(self, panel_id: str) -> Listing:
        """Return whom a first copy must bring, those to be called first in front."""
        with patience(self._reader, PAGE_SECONDS):
            row = self._reader.execute(
                "SELECT snapshot, members::text[] FROM sync_v1.listing(%s)", (panel_id,)
            ).fetchone()
        assert row is not None  # noqa: S101 (the function returns one row, or refuses)
        return Listing(row[0], tuple(row[1]))

    def copy_page(self, panel_id: str, depth: str, members: Sequence[str], tables: Sequence[str] = ()) -> Page:
        """Return all rows of some members, of these tables alone where any are named.

        One that cannot be read keeps the others from nobody.
        """
        with patience(self._reader, PAGE_SECONDS):
            try:
                return self._copy_page(panel_id, depth, members, tables, is_careful=False)
            except psycopg.DataError:
                return self._copy_page(panel_id, depth, members, tables, is_careful=True)

    def feed_page(self, place: Place, limit: int, unknown: Callable[[Iterable[str]], set[str]]) -> Page:
        """Return the next members that changed; all rows of those who entered or are ``unknown``."""
        with patience(self._reader, PAGE_SECONDS):
            try:
                return self._feed_page(place, limit, unknown, is_careful=False)
            except psycopg.DataError:
                return self._feed_page(place, limit, unknown, is_careful=True)

    def digests(self, panel_id: str, depth: str) -> Mapping[str, int]:
        """Return one number per member over ids and versions of all rows."""
        with patience(self._reader, PAGE_SECONDS):
            return dict(
                self._reader.execute(
                    "SELECT member_id::text, digest FROM sync_v1.digests(%s, %s)", (panel_id, depth == "full")
                ).fetchall()
            )

    def _copy_page(
        self, panel_id: str, depth: str, members: Sequence[str], tables: Sequence[str], *, is_careful: bool
    ) -> Page:
        asked = list(members)
        with self._reader.transaction():
            row = self._reader.execute(
                "SELECT sync_v1.copied(%s, %s::uuid[], %s)::text[]", (panel_id, asked, self._device)
            ).fetchone()
            present = list(row[0]) if row is not None else []
            wanted = {table.name: present for table in tables_of(depth) if not tables or table.name in tables}
            rows, unread = self._rows(panel_id, depth, wanted, is_careful=is_careful)
        self._note("copy", panel_id, present)
        return Page(tuple(asked), frozenset(present), rows, unread=unread)

    def _note(self, what: str, panel_id: str, members: Sequence[str]) -> None:
        """Have the primary note what was read from a standby, which can note nothing itself."""
        if self._reader is not self._driver:
            digest = hashlib.sha256(",".join(members).encode()).hexdigest()
            told = (what, panel_id, self._device, len(members), digest[:32])
            self._driver.execute("SELECT sync_v1.note_read(%s, %s, %s, %s, %s)", told)

    def _feed_page(
        self, place: Place, limit: int, unknown: Callable[[Iterable[str]], set[str]], *, is_careful: bool
    ) -> Page:
        with self._reader.transaction():
            row = self._reader.execute(
                "SELECT target, members FROM sync_v1.changed(%s, %s, %s, %s, %s, %s)",
                (place.panel_id, place.s_old, place.s_target, place.pos, limit, self._device),
            ).fetchone()
            assert row is not None  # noqa: S101 (the function returns one row, or refuses)
            target, found = row
            asked = tuple(each[0] for each in found)
            if not asked:
                return Page((), frozenset(), {}, target=target)
            present = frozenset(each[0] for each in found if each[1])
            wanted, dropped = _wanted(found, present, unknown(present), place.depth)
            rows, unread = self._rows(place.panel_id, place.depth, wanted, is_careful=is_careful)
        self._note("pull", place.panel_id, asked)
        last = asked[-1] if len(asked) >= limit else None
        return Page(asked, present, rows, dropped, target, last, unread)

    def _rows(
        self, panel_id: str, depth: str, wanted: Mapping[str, Sequence[str]], *, is_careful: bool
    ) -> tuple[Rows, tuple[Unread, ...]]:
        if is_careful:
            return one_by_one(self._reader, panel_id, depth, wanted)
        return all_at_once(self._reader, panel_id, depth, wanted), ()


def _wanted(
    found: Sequence[Sequence[Any]], present: frozenset[str], unknown: set[str], depth: str
) -> tuple[dict[str, list[str]], dict[str, tuple[str, ...]]]:
    """Return whose rows of which table are wanted, and whose rows of which table are replaced whole."""
    wanted: dict[str, list[str]] = {}
    dropped: dict[str, tuple[str, ...]] = {}
    here = [each for each in found if each[0] in present]
    for table in tables_of(depth):
        number = NUMBERS[table.name]
        wanted[table.name] = [each[0] for each in here if each[2] or each[0] in unknown or number in each[3]]
        # Of somebody who comes back another panel's feed may have told of rows removed; table 0 is the person's own.
        gone = tuple(each[0] for each in here if number in each[4] or (each[2] and number and each[0] not in unknown))
        if gone:
            dropped[table.name] = gone
    return wanted, dropped


def _hello(said: Mapping[str, Any]) -> Hello:
    staff = said["staff"]
    return Hello(
        epoch=said["epoch"],
        server_time=datetime.fromisoformat(said["server_time"]),
        proto=said["proto"],
        person=staff["id"],
        name=staff["name"],
        role=staff["role"],
        panels=tuple(Panel(**each) for each in said["panels"]),
        initiatives=tuple(
            Initiative(**{**each, "frozen_on": date.fromisoformat(each["frozen_on"]) if each["frozen_on"] else None})
            for each in said["initiatives"]
        ),
        device_state=said["device_state"],
        lease_until=datetime.fromisoformat(said["lease_until"]),
        pull_until=date.fromisoformat(said["pull_until"]) if said.get("pull_until") else None,
        may_pull=said.get("may_pull", True),
        log_end=int(said.get("log_end") or 0),
    )


def _op(op: Op) -> dict[str, Any]:
    return {
        "op_id": op.op_id,
        "device_seq": op.device_seq,
        "kind": op.kind,
        "member_id": op.member_id,
        "payload": op.payload,
        "authored_at": op.authored_at.isoformat(),
        "skew_ms": op.skew_ms,
        "proto": op.proto,
        "depends_on": op.depends_on,
        "prev_hash": op.prev_hash,
        "hash": op.hash,
    }
