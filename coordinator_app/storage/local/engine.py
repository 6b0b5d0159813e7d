"""The encrypted file: how it is opened, and who may write it when (sync 4.11, ruling 16)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool
from sqlcipher3 import dbapi2

from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.local.lane import WriteLane
from coordinator_app.storage.tables import LOCAL_SCHEMAS

KEY_BYTES = 32
CACHE_KIB = 65536
BUSY_MS = 10_000

FULL = "The disk is full. Nothing was saved; free some space and save again."

OpenDriver = Callable[[], Any]

# Without an adapter the driver looks for one at every NULL, by two failing look-ups: a microsecond each, thirty a fact.
dbapi2.register_adapter(type(None), lambda nothing: nothing)


class Store:
    """One person's store: a nurse's saves, pages of the centre, and as many readers as screens.

    ``reading`` never waits for a writer (WAL). ``saving`` is on the disk when it ends and goes before the next page;
    ``receiving`` may lose its last page to a power cut, never half of one, and the centre still has it.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._readers = _engine(lambda: connect(path, key, is_reader=True), begin="BEGIN", pooled=4)
        self._saves = _engine(lambda: connect(path, key), begin="BEGIN IMMEDIATE")
        self._pages = _engine(lambda: connect(path, key, synchronous="NORMAL"), begin="BEGIN IMMEDIATE")
        self._lane = WriteLane()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the store and can write nothing."""
        with _full_disk_told(), self._readers.connect() as connection:
            yield connection

    @contextmanager
    def saving(self) -> Iterator[Connection]:
        """Give the one connection a nurse's act is written on; what is not committed by the caller is undone."""
        with self._lane.turn(first=True), _full_disk_told(), self._saves.connect() as connection:
            yield connection

    @contextmanager
    def receiving(self) -> Iterator[Connection]:
        """Give the one connection pages are written on; waits for every save that is under way or asked for."""
        with self._lane.turn(first=False), _full_disk_told(), self._pages.connect() as connection:
            yield connection

    def scrub(self) -> None:
        """Take what was purged out of the write-ahead log too."""
        with self._lane.turn(first=False):
            raw = self._pages.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                raw.close()

    def close(self) -> None:
        """Close every connection; the key is in memory no longer than they are."""
        for engine in (self._readers, self._saves, self._pages):
            engine.dispose()


def connect(path: Path, key: bytes, *, synchronous: str = "FULL", is_reader: bool = False) -> Any:
    """Open the file with its raw key; Trouble where the key is not its own or SQLite cannot encrypt."""
    if len(key) != KEY_BYTES:
        raise ValueError("a store's key has 32 bytes")
    driver = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
    try:
        _prepare(driver, key, synchronous, is_reader=is_reader)
    except BaseException:
        driver.close()
        raise
    return driver


def _prepare(driver: Any, key: bytes, synchronous: str, *, is_reader: bool) -> None:
    # A plain SQLite would take the key, say nothing, and write clear text.
    if not driver.execute("PRAGMA cipher_version").fetchone():
        raise Trouble("no_cipher", "This SQLite cannot encrypt; the store is not opened with it.")
    driver.execute("PRAGMA cipher_log_level = NONE")
    driver.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        driver.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as fault:
        # A full disk refuses even the index of the log, and is no reason to think of another key or of damage.
        if _is_full(fault):
            raise Trouble("disk_full", FULL) from None
        raise Trouble("wrong_key", "The store does not open with this key, or its first page is damaged.") from None
    for pragma in (
        "journal_mode = WAL",
        f"synchronous = {synchronous}",
        f"cache_size = -{CACHE_KIB if not is_reader else CACHE_KIB // 4}",
        "temp_store = MEMORY",
        "secure_delete = ON",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "mmap_size = 0",
        f"query_only = {'ON' if is_reader else 'OFF'}",
    ):
        driver.execute(f"PRAGMA {pragma}").fetchall()


def _engine(creator: OpenDriver, *, begin: str, pooled: int = 1) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=creator,
        poolclass=QueuePool,
        pool_size=pooled,
        max_overflow=0 if pooled == 1 else pooled,
        hide_parameters=True,
        execution_options={"schema_translate_map": LOCAL_SCHEMAS},
    )

    # The driver would begin on its own, and only before some statements; a transaction starts where we say.
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def single_engine(path: Path, key: bytes) -> Engine:
    """Return an engine of one unpooled connection for an upgrade: foreign keys off, transactions by hand."""

    def unguarded() -> Any:
        driver = connect(path, key)
        driver.execute("PRAGMA foreign_keys = OFF")
        return driver

    return create_engine(
        "sqlite://",
        module=dbapi2,
        creator=unguarded,
        poolclass=NullPool,
        hide_parameters=True,
        execution_options={"schema_translate_map": LOCAL_SCHEMAS},
    )


@contextmanager
def _full_disk_told() -> Iterator[None]:
    try:
        yield
    except (dbapi2.DatabaseError, DBAPIError) as fault:
        cause = fault.orig if isinstance(fault, DBAPIError) else fault
        if _is_full(cause):
            raise Trouble("disk_full", FULL) from None
        raise


def _is_full(fault: BaseException | None) -> bool:
    # A quota that is used up, or a file that may not grow, is an I/O error to SQLite.
    return any(words in str(fault) for words in ("disk is full", "disk I/O error"))
