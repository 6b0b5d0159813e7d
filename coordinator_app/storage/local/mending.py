"""A damaged store is replaced by a fresh one with everything that could be read; people come again from the centre."""

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from coordinator_app.domain.ids import new_id
from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.local import outbox, profile
from coordinator_app.storage.local.book import PROTO, chain
from coordinator_app.storage.local.engine import Store, connect
from coordinator_app.storage.local.pages import PAGE, damaged_pages, sign_anew
from coordinator_app.storage.local.salvage import Rebuilt, Row, Salvaged, salvage
from coordinator_app.storage.local.upgrade import bring_up_to_date
from coordinator_app.storage.local.write_ahead import is_broken, write_back
from coordinator_app.storage.tables import local

WEEK_MICROSECONDS: Final = 7 * 24 * 3600 * 1_000_000
CHECKED_AT: Final = "checked_at"
KIND: Final = "store_mended"

# What the fresh store must not believe of the old one: none of it is in it.
_OF_THE_OLD: Final = (profile.BUNDLES, profile.NAMES_CHANGED, CHECKED_AT)


@dataclass(frozen=True, slots=True)
class Mended:
    """What a mending saved: acts and drafts; ``rebuilt`` acts were put together again, ``lost`` ones could not be."""

    acts: int
    drafts: int
    rebuilt: int
    lost: int


class Integrity:
    """One store's soundness. ``now`` is this computer's clock and only says when a week is over."""

    def __init__(self, path: Path, migrations: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._path, self._migrations, self._now = path, migrations, now

    @property
    def was_left_open(self) -> bool:
        """Whether the last program that had it did not close it, or said that something cannot be read in it."""
        log = self._beside("-wal")
        return self._beside(".suspect").exists() or (log.exists() and log.stat().st_size > 0)

    @property
    def has_broken_log(self) -> bool:
        """Whether acts lie behind a break of the log; asked before anybody opens the store, who would cut it there."""
        return is_broken(self._beside("-wal"))

    def suspect(self) -> None:
        """Have the next start look at every page."""
        mark_suspect(self._path)

    def look(self, key: bytes, *, was_left_open: bool) -> bool:
        """Say whether every page is as it was written, where it is time to look: after a crash, and once a week.

        While another program has the store open nobody looks: the next start will.
        """
        driver = connect(self._path, key)
        try:
            if not was_left_open and not self._is_a_week_over(driver):
                return True
            if not _alone(driver):
                return True
            bad = damaged_pages(self._path, key)
            driver.execute("ROLLBACK")
            driver.execute("PRAGMA journal_mode = WAL").fetchall()
            if bad:
                return False
            self._note_sound(driver, key)
        except dbapi2.DatabaseError as fault:
            if is_damage(fault):
                return False
            raise
        finally:
            driver.close()
        return True

    def confirms(self, fault: BaseException, key: bytes) -> bool:
        """Say whether an error means damage: a store that is only busy must not be replaced."""
        if isinstance(fault, Trouble):
            return fault.code == "wrong_key" and 1 in damaged_pages(self._path, key)
        return is_damage(fault)

    def mend(self, key: bytes) -> Mended:
        """Put a fresh store in the place of a damaged one, with all that could be read of it.

        The damaged one is kept beside it, encrypted as it was, where anything was lost. A mending that was cut short
        begins again from the same copy.
        """
        self.suspect()
        copy, head = self._keep_damaged(), self._beside(".head")
        write_back(copy.with_name(f"{copy.name}-wal"), copy)
        sign_anew(copy, key, head.read_bytes() if head.exists() else None)
        saved = salvage(copy, key)
        fresh = self._beside(".fresh")
        _unlink(fresh)
        bring_up_to_date(fresh, key, self._migrations)
        mended = self._fill(fresh, key, saved)
        for leftover in ("-wal", "-shm"):
            self._beside(leftover).unlink(missing_ok=True)
        fresh.replace(self._path)
        if not mended.lost and saved.rows["profile"]:
            _unlink(copy)
        self.tidy()
        return mended

    def tidy(self) -> None:
        """Put away the copy of a mending that came to its end; the next one must not begin from it."""
        copy = self._beside(".damaged")
        if copy.exists():
            _unlink(self._beside(".kept"))
        for end in ("-wal", ""):
            if (left := copy.with_name(f"{copy.name}{end}")).exists():
                left.replace(self._beside(f".kept{end}"))
        self._beside(".suspect").unlink(missing_ok=True)

    def _fill(self, fresh: Path, key: bytes, saved: Salvaged) -> Mended:
        store = Store(fresh, key)
        try:
            with store.saving() as connection:
                _put_back(connection, saved.rows)
                profile.forget(connection, _OF_THE_OLD)
                if saved.lost or not saved.rows["outbox"]:
                    # Numbers may have been given out that nobody knows of any more; none is given out twice.
                    profile.write(connection, {profile.DEVICE: new_id()})
                self._rebuild(connection, saved.rebuilt)
                self._tell(connection, saved)
                connection.commit()
            store.scrub()
        finally:
            store.close()
        acts, drafts = (len(saved.rows[name]) for name in ("outbox", "draft"))
        return Mended(acts, drafts, len(saved.rebuilt), len(saved.lost) - len(saved.rebuilt))

    def _rebuild(self, connection: Connection, acts: Mapping[str, Rebuilt]) -> None:
        device, prev_hash, now = profile.read(connection, profile.DEVICE), "", self._now()
        for seq, act in enumerate(acts.values(), 1):
            op_id, payload = new_id(), json.dumps({"kind": act.kind, "rows": act.rows}, ensure_ascii=False)
            row = {
                "op_id": op_id, "device_id": device, "device_seq": seq, "kind": act.kind, "member_id": act.member_id,
                "payload": payload, "authored_at": now, "proto": PROTO, "prev_hash": prev_hash,
                "hash": chain(prev_hash, op_id, seq, payload),
            }  # fmt: skip
            connection.execute(local.outbox.insert(), row)
            prev_hash = str(row["hash"])

    def _tell(self, connection: Connection, saved: Salvaged) -> None:
        now = self._now()
        sentence = "needs.store_mended" if saved.rows["profile"] else "needs.store_mended_all"
        outbox.need_you(connection, KIND, sentence, now)
        for op_id in sorted(saved.lost - set(saved.rebuilt)):
            outbox.need_you(connection, KIND, "needs.store_mended_lost", now, op_id=op_id)

    def _keep_damaged(self) -> Path:
        copy = self._beside(".damaged")
        if not copy.exists():
            for end in ("-wal", ""):
                source = self._beside(end)
                if source.exists():
                    shutil.copyfile(source, taken := copy.with_name(f"{copy.name}.taken"))
                    taken.chmod(0o600)
                    taken.replace(copy.with_name(f"{copy.name}{end}"))
        return copy

    def _is_a_week_over(self, driver: Any) -> bool:
        row = driver.execute("SELECT value FROM profile WHERE key = ?", (CHECKED_AT,)).fetchone()
        return row is None or abs(_microseconds(self._now()) - int(row[0])) > WEEK_MICROSECONDS

    def _note_sound(self, driver: Any, key: bytes) -> None:
        driver.execute(
            "INSERT OR REPLACE INTO profile (key, value) VALUES (?, ?)", (CHECKED_AT, str(_microseconds(self._now())))
        )
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        # The first page leads to all others. Its copy is as encrypted as it is.
        head = self._beside(".head.new")
        with self._path.open("rb") as file:
            head.write_bytes(file.read(PAGE))
        head.chmod(0o600)
        head.replace(self._beside(".head"))
        self._beside(".suspect").unlink(missing_ok=True)

    def _beside(self, end: str) -> Path:
        return self._path.with_name(f"{self._path.name}{end}")


def mark_suspect(store: Path) -> None:
    """Have the next start look at every page of a store."""
    store.with_name(f"{store.name}.suspect").touch(mode=0o600)


def is_damage(fault: BaseException | None) -> bool:
    """Say whether an error of the store means that a page of it cannot be read."""
    cause = getattr(fault, "orig", fault)
    return isinstance(cause, dbapi2.DatabaseError) and any(
        words in str(cause) for words in ("malformed", "not a database", "decode to UTF-8")
    )


def _alone(driver: Any) -> bool:
    """Take the store for this program alone, its log written back; False where another has it open."""
    driver.execute("PRAGMA busy_timeout = 0").fetchall()
    try:
        if driver.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            return False
        driver.execute("BEGIN EXCLUSIVE")
    except dbapi2.OperationalError as fault:
        if is_damage(fault):
            raise
        return False
    return True


def _put_back(connection: Connection, rows: Mapping[str, Sequence[Row]]) -> None:
    for name, each in rows.items():
        for row in each:
            columns, places = ", ".join(f'"{column}"' for column in row), ", ".join("?" * len(row))
            connection.exec_driver_sql(
                f"INSERT OR REPLACE INTO {name} ({columns}) VALUES ({places})", tuple(row.values())
            )


def _unlink(file: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        file.with_name(f"{file.name}{end}").unlink(missing_ok=True)


def _microseconds(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000)
