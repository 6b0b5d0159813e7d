"""One load: rows come in by COPY and are merged in small commits; nothing is written twice."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import Engine

from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.storage.central import merging
from coordinator_app.storage.central.directory import Directory
from coordinator_app.storage.central.loading_session import MOVED_MEANWHILE, LoadingSession

ROWS_A_COMMIT = 5_000
_ROWS_WITHOUT_INDEX = 20_000
_TRIES = 4
_CONDITIONS_END = 1 << 40
_LAST = (1 << 62) - 1


@dataclass(frozen=True, slots=True)
class OpenBatch:
    """One load under way."""

    id: str
    initiative_id: str
    initiative: str
    source: str
    namespace: UUID
    as_of: date | None
    known_at: datetime | None
    unassigned: str

    @property
    def values(self) -> dict[str, Any]:
        """What every statement is told."""
        return {
            "initiative": self.initiative_id,
            "source": self.source,
            "batch": self.id,
            "known_at": self.known_at,
            "unassigned": self.unassigned,
        }


@dataclass(frozen=True, slots=True)
class MergedRows:
    """What became of records of one file; ``lines`` are those about nobody we know."""

    file_no: int
    verdict: str
    records: int
    lines: Sequence[int] = ()


class Loader:
    """Opens a batch, stages its rows, merges them and closes the batch; close the loader when done.

    Any method may raise Trouble where the server fails; the driver's words, which may quote a value, stay behind.
    """

    def __init__(self, engine: Engine) -> None:
        self._session = LoadingSession(engine)
        self._filled: dict[str, int] = {}

    def __enter__(self) -> "Loader":
        return self

    def __exit__(self, *_told: object) -> None:
        self.close()

    def close(self) -> None:
        """End the session; what was staged and not merged is gone with it."""
        self._session.close()

    def begin(
        self, initiative: str | None, source: str, file_format: str, as_of: date | None, known_at: datetime | None
    ) -> OpenBatch:
        """Open a batch in the named initiative, or in the only one there is.

        Where an initiative is held on a day and the data's own day is not said, it is that day (ruling 5).
        """
        with self._session.speaking() as session:
            own_id, name, unassigned, frozen_on = self._initiative(session, initiative)
            as_of = as_of or frozen_on
            session.execute(merging.staged_tables().encode(), prepare=False)
            session.execute(b"SELECT sync.keep_partitions()")
            made = session.execute(
                "INSERT INTO load.batch (initiative_id, source, format, data_as_of, known_at)"
                " VALUES (%s, %s, %s, %s, %s) RETURNING id",
                (own_id, source, file_format, as_of, known_at),
            ).fetchone()
            secret = session.execute("SELECT load.namespace()").fetchone()
        assert made is not None and secret is not None  # noqa: S101, PT018
        return OpenBatch(str(made[0]), own_id, name, source, secret[0], as_of, known_at, unassigned)

    def copy(self, shape: str, columns: Sequence[str], rows: bytes) -> None:
        """Stage whole lines of COPY text."""
        if shape not in merging.SHAPES:
            raise ValueError("no such shape")
        with self._session.speaking() as session, session.cursor() as cursor:
            statement = f"COPY pg_temp.staged_{shape} ({', '.join(columns)}) FROM STDIN"
            with cursor.copy(statement.encode()) as copy:
                copy.write(rows)
        self._filled[shape] = self._filled.get(shape, 0) + rows.count(b"\n")

    def merge(self, batch: OpenBatch) -> Iterator[MergedRows]:
        """Merge everything staged, people first, then the directory, then conditions, then every other fact."""
        if {"entry", "medication"} & self._filled.keys():
            with self._session.speaking() as session:
                entries = Directory(session).keep(batch.initiative_id)
            yield from (MergedRows(*entry) for entry in entries)
        self._index_many()
        for after, upto in self._chunks("person", 0, _LAST):
            yield from self._patiently(self._merge_people, {**batch.values, "after": after, "upto": upto})
        for after, upto in self._chunks("side", 0, _LAST):
            self._patiently(self._merge_sides, {**batch.values, "after": after, "upto": upto})
        for low, high in ((0, _CONDITIONS_END), (_CONDITIONS_END, _LAST)):
            for after, upto in self._chunks("fact", low, high):
                yield from self._patiently(self._merge_facts, {**batch.values, "after": after, "upto": upto})
        self._clear()

    def keep_value_sets(self, batch: OpenBatch, sets: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
        """Keep value sets by OID under the batch's source; yield new, changed or unchanged for each."""
        with self._session.speaking() as session:
            for oid, one in sets:
                told = {**batch.values, **one, "oid": oid, "codes": json.dumps(one["codes"])}
                done = session.execute(_KEEP_VALUE_SET, told).fetchone()
                yield "unchanged" if done is None else "new" if done[0] else "changed"

    def finish(self, batch: OpenBatch, counts: Mapping[str, Any], files: Sequence[str], flaws: Sequence[Any]) -> None:
        """Close the batch, note what was set aside, and remember how old the source's data is."""
        told = {**batch.values, "as_of": batch.as_of, "counts": json.dumps(counts), "files": json.dumps(list(files))}
        with self._session.speaking() as session, session.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO load.rejected (initiative_id, batch_id, file, line, cause, what, way_out)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                [(batch.initiative_id, batch.id, f.file, f.line, str(f.cause), f.what, f.way_out) for f in flaws],
            )
            cursor.execute(
                "UPDATE load.batch SET counts = %(counts)s, files = %(files)s, state = 'done', finished_at = now()"
                " WHERE id = %(batch)s",
                told,
            )
            cursor.execute(_REMEMBER_SOURCE, told)

    def discard(self, batch: OpenBatch) -> None:
        """Note that nothing of a batch was kept."""
        if not self._session.is_open:
            return
        with self._session.speaking() as session:
            session.execute("UPDATE load.batch SET state = 'discarded', finished_at = now() WHERE id = %s", (batch.id,))
        self._clear()

    def last_counts(self, batch: OpenBatch) -> Mapping[str, Any] | None:
        """Return what the last finished batch of the same source counted, or None where there was none."""
        with self._session.speaking() as session:
            row = session.execute(
                "SELECT counts FROM load.batch WHERE initiative_id = %s AND source = %s AND format = ("
                " SELECT format FROM load.batch WHERE id = %s) AND state = 'done' ORDER BY finished_at DESC LIMIT 1",
                (batch.initiative_id, batch.source, batch.id),
            ).fetchone()
        return row[0] if row else None

    def freeze(self, batch: OpenBatch, day: date) -> None:
        """Hold the initiative's day still."""
        with self._session.speaking() as session:
            session.execute("SELECT sec.freeze_initiative(%s, %s)", (batch.initiative_id, day))

    @staticmethod
    def _initiative(session: psycopg.Connection[Any], name: str | None) -> tuple[str, str, str, date | None]:
        rows = session.execute(
            "SELECT i.id::text, i.name, p.id::text, i.frozen_on FROM org.initiative AS i JOIN org.panel AS p"
            " ON p.initiative_id = i.id AND p.is_unassigned"
            " WHERE %(name)s::text IS NULL OR %(name)s IN (i.name, i.id::text)",
            {"name": name},
        ).fetchall()
        if len(rows) == 1:
            return rows[0]  # type: ignore[no-any-return]
        if not rows:
            raise Refusal("no_such_initiative", "There is no such initiative; `initiative create NAME` makes one.")
        raise Refusal("which_initiative", "There are several initiatives; name one with --initiative.")

    def _chunks(self, shape: str, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Yield ranges of at most a commit's rows, in order."""
        after = low
        while shape in self._filled:
            with self._session.speaking() as session:
                row = session.execute(
                    f"SELECT max(seq) FROM (SELECT seq FROM pg_temp.staged_{shape} WHERE seq > %s AND seq <= %s"
                    f" ORDER BY seq LIMIT {ROWS_A_COMMIT}) AS next".encode(),
                    (after, high),
                ).fetchone()
            upto = row[0] if row else None
            if upto is None:
                return
            yield after, upto
            after = upto

    def _index_many(self) -> None:
        """Index what would otherwise be read over and over; a few rows are read whole as quickly."""
        for shape, rows in self._filled.items():
            if rows > _ROWS_WITHOUT_INDEX:
                with self._session.speaking() as session:
                    name = f"staged_{shape}_seq".encode()
                    session.execute(b"CREATE INDEX IF NOT EXISTS " + name + b" ON pg_temp." + name[:-4] + b" (seq)")
                    session.execute(b"ANALYZE pg_temp." + name[:-4])

    def _merge_people(self, told: Mapping[str, Any]) -> list[MergedRows]:
        with self._session.speaking() as session:
            session.execute(merging.IDENTIFY.encode(), told)
            return self._rows(session, merging.merge_people(), told)

    def _merge_sides(self, told: Mapping[str, Any]) -> list[MergedRows]:
        with self._session.speaking() as session:
            present = {row[0] for row in session.execute(merging.TARGETS.encode(), told)}
            for table in merging.SIDES:
                if table.name in present:
                    session.execute(merging.merge_side(table).encode(), told)
        return []

    def _merge_facts(self, told: Mapping[str, Any]) -> list[MergedRows]:
        with self._session.speaking() as session:
            return self._rows(session, merging.merge_facts(), told)

    @staticmethod
    def _patiently(work: Callable[[Mapping[str, Any]], list[MergedRows]], told: Mapping[str, Any]) -> list[MergedRows]:
        """Do a chunk's work again where a person was moved to another panel in the middle of it."""
        for _ in range(_TRIES - 1):
            try:
                return work(told)
            except Trouble as trouble:
                if trouble.code != MOVED_MEANWHILE:
                    raise
        return work(told)

    @staticmethod
    def _rows(session: psycopg.Connection[Any], statement: str, told: Mapping[str, Any]) -> list[MergedRows]:
        rows = session.execute(statement.encode(), told).fetchall()
        return [MergedRows(file_no, verdict, count, lines or ()) for file_no, verdict, count, lines in rows]

    def _clear(self) -> None:
        if self._filled:
            tables = ", ".join(f"pg_temp.staged_{shape}" for shape in sorted(self._filled))
            with self._session.speaking() as session:
                session.execute(f"TRUNCATE {tables}".encode())
        self._filled.clear()


_KEEP_VALUE_SET = """
INSERT INTO load.value_set AS t (initiative_id, source, oid, name, version, complete, codes)
VALUES (%(initiative)s, %(source)s, %(oid)s, %(name)s, %(version)s, %(complete)s, %(codes)s)
    ON CONFLICT (initiative_id, source, oid) DO UPDATE SET name = excluded.name, version = excluded.version,
       complete = excluded.complete, codes = excluded.codes
 WHERE (t.name, t.version, t.complete, t.codes)
       IS DISTINCT FROM (excluded.name, excluded.version, excluded.complete, excluded.codes)
RETURNING t.xmax = 0
"""

_REMEMBER_SOURCE = """
INSERT INTO org.source AS t (initiative_id, source, label, data_as_of, loaded_at)
VALUES (%(initiative)s, %(source)s, %(source)s, %(as_of)s, now())
    ON CONFLICT (initiative_id, source) DO UPDATE
   SET data_as_of = greatest(t.data_as_of, excluded.data_as_of), loaded_at = excluded.loaded_at
"""
