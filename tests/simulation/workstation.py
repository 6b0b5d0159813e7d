"""One workstation of a seed: the real store and the real loop of sync, a clock of its own, and ways to break both."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coordinator_app.domain.ids import new_id
from coordinator_app.domain.travel import Page, Place
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.storage.central.address import Address
from coordinator_app.storage.local import profile
from coordinator_app.storage.local.arrival import Arrival
from coordinator_app.storage.local.book import Bookkeeping, nothing_derived
from coordinator_app.storage.local.desk import StoreDesk
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.tables import ACTS
from coordinator_app.sync.exchange import Exchange
from tests.simulation.cast import Cast
from tests.simulation.driver import Crash, Fuse
from tests.simulation.line import Line


class SmallSteps(StoreDesk):
    """A desk whose first copies come in small pages, so that a small panel has many."""

    page_limit = 50

    def next_to_copy(self, panel_id: str, limit: int) -> Sequence[str]:
        return super().next_to_copy(panel_id, min(limit, self.page_limit))


class Workstation:
    """``now`` is the true time; ``skew`` is how wrong this computer's clock is."""

    def __init__(
        self, cast: Cast, address: Address, number: int, path: Path, *, fuse: Fuse, now: Callable[[], datetime]
    ) -> None:
        self.person = person = cast.people[number % len(cast.people)]
        self.number, self._cast, self._path, self._true_now = number, cast, path, now
        self.fuse, self.skew = fuse, timedelta()
        self.image: bytes | None = None
        self.page_limit = 50
        path.write_bytes(cast.store)
        self._address = address
        self.line = Line(address, person.login, person.password)
        store = Store(path, cast.key)
        with store.saving() as connection:
            facts = {profile.PERSON: person.id, profile.DEVICE: new_id(), profile.LOGIN: person.login}
            profile.write(connection, facts)
            connection.commit()
        store.close()
        self.start()

    def start(self) -> None:
        """Open the store and everything that works on it."""
        self._store = Store(self._path, self._cast.key)
        self.desk = SmallSteps(self._store, Arrival(nothing_derived, lambda _: None), self.now)
        self.desk.page_limit = self.page_limit
        self.exchange = Exchange(self.line, self.desk, self.now, lambda: 0.0)

    def now(self) -> datetime:
        """What this computer's clock shows."""
        return self._true_now() + self.skew

    def act(
        self, kind: str, rows: Mapping[str, Sequence[Mapping[str, object]]], member: str, rests_on: str | None
    ) -> str:
        """Save one act; a crash is a crash."""
        with Bookkeeping(self._store, self.now, nothing_derived).open_book() as book:
            for table, several in rows.items():
                book.add_all(table, several)
            book.send(kind, member, depends_on=rests_on)
            book.commit()
            return book.op_id

    def sync(self) -> str:
        """Do a round and say in a word how it ended."""
        self.line.page_limit = self.desk.page_limit = self.page_limit
        try:
            got = self.exchange.round()
        except (Trouble, Refusal) as trouble:
            return trouble.code
        outcomes = ",".join(f"{name}{count}" for name, count in sorted(got.outcomes.items()))
        return f"m{got.members} l{got.left} p{got.purged} [{outcomes}]"

    def survive(self, work: Callable[[], str], at: int, *, is_after: bool) -> str:
        """Do ``work`` with a crash at the n-th statement, and start again if it came."""
        self.fuse.arm(at, is_after=is_after)
        try:
            return work()
        except Crash:
            self.fuse.disarm()
            self.line.cut()
            self._store.close()
            self.start()
            return "crash"
        finally:
            self.fuse.disarm()

    @property
    def path(self) -> Path:
        """Where the store lies."""
        return self._path

    @property
    def key(self) -> bytes:
        """The store's key."""
        return self._cast.key

    def image_now(self) -> bytes:
        """Return the whole store as it is."""
        self._store.close()
        image = self._path.read_bytes()
        self.start()
        return image

    def become(self, image: bytes) -> None:
        """Go on as another store was."""
        self._store.close()
        for end in ("-wal", "-shm"):
            self._path.with_name(f"{self._path.name}{end}").unlink(missing_ok=True)
        self._path.write_bytes(image)
        self.start()

    def keep_image(self) -> None:
        """Keep the whole computer as it is."""
        self.image = self.image_now()

    def roll_back(self) -> set[str]:
        """Go on from the kept image and return the ops that are no longer known here."""
        assert self.image is not None
        before = set(self.outbox())
        self.become(self.image)
        return before - set(self.outbox())

    def stale_page(self) -> tuple[Place, Page] | None:
        """Read a page of the feed and do not apply it."""
        place = next((each for each in self.desk.places() if each.is_complete), None)
        if place is None:
            return None
        try:
            with self.line.session() as session:
                if session.hello(self.desk.device_id()).epoch != place.epoch:
                    return None
                return place, session.feed_page(place, 50, self.desk.unknown)
        except (Trouble, Refusal):
            return None

    def take_late(self, place: Place, page: Page) -> str:
        """Apply a page that was read long ago."""
        try:
            self.desk.take_feed(place, page, datetime.now(UTC))
        except Trouble as trouble:
            return trouble.code
        return "taken"

    def sql(self, question: str, *values: object) -> list[tuple[object, ...]]:
        """Read from the store."""
        with self._store.reading() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(question, values)]

    def held(self) -> set[str]:
        """Return whom this store has any row of."""
        return {str(row[0]) for row in self.sql("SELECT id FROM member ORDER BY id")}

    def offered(self) -> list[str]:
        """Return whom the nurse can choose from: held and not leaving."""
        asked = "SELECT id FROM member WHERE id NOT IN (SELECT member_id FROM leaving) ORDER BY id"
        return [str(row[0]) for row in self.sql(asked)]

    def outbox(self) -> dict[str, tuple[str, str]]:
        """Return state and payload of every op here."""
        return {
            str(op): (str(state), str(payload))
            for op, state, payload in self.sql("SELECT op_id, state, payload FROM outbox")
        }

    def unseen(self) -> dict[str, str]:
        """Return the op of every row the center has not confirmed, by the row's id."""
        return {
            str(row): str(op)
            for table in ACTS
            if table.name != "letter_file"
            for row, op in self.sql(f"SELECT id, op_id FROM {table.name} WHERE row_version = 0")
        }

    def digests(self) -> dict[str, dict[str, int]]:
        """Return the number of every member, panel by panel."""
        return {place.panel_id: dict(self.desk.digests(place.panel_id, place.depth)) for place in self.desk.places()}

    def close(self) -> None:
        """Turn the computer off."""
        self.line.cut()
        self._store.close()


def rows_of(payload: str) -> dict[str, list[str]]:
    """Return the ids of an op's rows."""
    return {table: [row["id"] for row in rows] for table, rows in json.loads(payload)["rows"].items()}
