"""The load: people first whatever the order of the files; all is staged, then merged; bad records never stop good."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Generic

from coordinator_app.central.feeds import staging_text, value_sets
from coordinator_app.central.feeds.fhir_r4 import BEFORE_FACTS
from coordinator_app.central.feeds.files import files_of
from coordinator_app.central.feeds.formats import FORMATS, VALUE_SETS, Format
from coordinator_app.central.feeds.lines import Flaw
from coordinator_app.central.feeds.ports import B, Staging
from coordinator_app.central.feeds.reading import Reading
from coordinator_app.central.feeds.records import Record
from coordinator_app.central.feeds.report import FileCount, LoadReport
from coordinator_app.central.feeds.sensitive import SensitiveCodes
from coordinator_app.central.feeds.told import EntryTold, FactTold, MedicationTold, NotKept, PersonTold, SourceIds, Told
from coordinator_app.central.feeds.verdicts import Cause, UnusableError
from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.ids import new_id
from coordinator_app.domain.trouble import Trouble

_ROWS_A_COPY = 2_000
_AFTER_CONDITIONS = 1 << 40
"""Conditions are merged first: others name them as their reasons."""


@dataclass(frozen=True, slots=True)
class LoadOrder:
    """What is to be loaded, as the command line says it."""

    paths: Sequence[Path]
    format: str
    source: str
    initiative: str | None
    as_of: date | None
    known_at: datetime | None


class Loading(Generic[B]):
    """Loads files of any of our formats into one initiative."""

    def __init__(self, store: Staging[B], sensitive: SensitiveCodes, today: Callable[[], date]) -> None:
        self._store, self._sensitive, self._today = store, sensitive, today

    def run(
        self,
        paths: Sequence[Path],
        *,
        file_format: str,
        source: str,
        initiative: str | None = None,
        as_of: date | None = None,
        known_at: datetime | None = None,
    ) -> LoadReport:
        """Load everything; the report says what became of each record.

        Where there was input and none of it could be used, nothing is kept and the report says so.
        """
        try:
            return self._load(LoadOrder(paths, file_format, source, initiative, as_of, known_at))
        finally:
            self._store.close()

    def _load(self, order: LoadOrder) -> LoadReport:
        endings = value_sets.ENDINGS if order.format == VALUE_SETS else FORMATS[order.format].endings
        files = files_of(order.paths, endings)
        report = LoadReport(order.source, order.format, order.as_of, [FileCount(path.name) for path in files])
        batch = self._store.begin(order.initiative, order.source, order.format, order.as_of, order.known_at)
        report.data_as_of = batch.as_of
        try:
            if order.format == VALUE_SETS:
                self._load_value_sets(files, batch, report)
            else:
                self._stage(files, order, batch, report)
                self._merge(batch, report)
        except BaseException:
            self._store.discard(batch)
            raise
        if report.is_unreadable:
            self._store.discard(batch)
        else:
            counts = {key: value for key, value in report.as_facts().items() if key != "rejected"}
            self._store.finish(batch, counts, [path.name for path in files], report.rejected)
        return report

    def _stage(self, files: Sequence[Path], order: LoadOrder, batch: B, report: LoadReport) -> None:
        form = FORMATS[order.format]
        last_day = batch.as_of or self._today()
        reading = Reading(SourceIds(batch.namespace, order.source, batch.initiative_id), self._sensitive, last_day)
        desk = _Desk(self._store, reading.ids)
        for kinds in (BEFORE_FACTS, None):
            for file_no, path in enumerate(files):
                for record in _records(path, form, kinds, report, file_no):
                    if kinds is None:
                        report.files[file_no].read += 1
                        if record.resource.get("resourceType") in BEFORE_FACTS:
                            continue
                    try:
                        # All of a record or nothing of it: no part is staged before the last could be read.
                        rows = desk.rows(form.read(record.resource, reading), file_no, record.line)
                    except UnusableError as unusable:
                        report.reject(file_no, record.line, unusable.cause, unusable.what)
                        continue
                    report.files[file_no].not_kept += not rows
                    for shape, row in rows:
                        desk.put(shape, row)
            desk.flush()

    def _merge(self, batch: B, report: LoadReport) -> None:
        for merged in self._store.merge(batch):
            if merged.verdict == Cause.UNKNOWN_MEMBER:
                for line in merged.lines:
                    report.reject(merged.file_no, line, Cause.UNKNOWN_MEMBER, "the record is about nobody we know")
            else:
                report.took(merged.file_no, merged.verdict, merged.records)

    def _load_value_sets(self, files: Sequence[Path], batch: B, report: LoadReport) -> None:
        for file_no, path in enumerate(files):
            try:
                sets = list(value_sets.read(path))
            except UnusableError as unusable:
                report.reject(file_no, 1, unusable.cause, unusable.what)
                continue
            report.files[file_no].read = len(sets)
            for verdict in self._store.keep_value_sets(batch, sets):
                report.took(file_no, verdict, 1)


def _records(
    path: Path, form: Format, kinds: Collection[str] | None, report: LoadReport, file_no: int
) -> Iterator[Record]:
    try:
        with path.open("rb") as stream:
            for found in form.records(stream, path.name, kinds):
                if isinstance(found, Flaw):
                    report.reject(file_no, found.number, found.cause, found.what)
                else:
                    yield found
    except OSError as error:
        raise Trouble("unreadable_file", f"The file {path} cannot be read.") from error


@dataclass(slots=True)
class _Desk:
    """Collects rows by shape and hands them to the store in blocks."""

    store: Staging[Any]
    ids: SourceIds
    _waiting: dict[str, list[bytes]] = field(default_factory=dict)
    _seq: int = 0

    def rows(self, told: Iterable[Told], file_no: int, line_no: int) -> list[tuple[str, bytes]]:
        """Return shape and line of everything a record told; what is not kept has none."""
        rows = []
        for one in told:
            for shape, cells in self._cells(one):
                self._seq += 1
                is_late = isinstance(one, FactTold) and one.fact.kind is not FactKind.CONDITION
                seq = self._seq + (_AFTER_CONDITIONS if is_late else 0)
                rows.append((shape, staging_text.line(seq, file_no, line_no, *cells)))
        return rows

    def put(self, shape: str, row: bytes) -> None:
        """Keep a row until there are enough for one COPY."""
        waiting = self._waiting.setdefault(shape, [])
        waiting.append(row)
        if len(waiting) >= _ROWS_A_COPY:
            self._send(shape)

    def flush(self) -> None:
        """Hand over what waits."""
        for shape in list(self._waiting):
            self._send(shape)

    def _send(self, shape: str) -> None:
        if rows := self._waiting.pop(shape, []):
            self.store.copy(shape, _COLUMNS[shape], b"".join(rows))

    def _cells(self, told: Told) -> Iterator[tuple[str, tuple[Any, ...]]]:
        match told:
            case FactTold():
                yield "fact", staging_text.fact_cells(told)
            case PersonTold():
                key = self.ids.person_key(told.source_id)
                yield "person", staging_text.person_cells(told, self.ids.source, new_id(), key)
                for phone in told.phones:
                    own_id = self.ids.of("phone", f"{told.source_id} {phone.value}")
                    yield "side", staging_text.phone_cells(told, phone, own_id)
            case EntryTold():
                yield "entry", staging_text.entry_cells(told)
            case MedicationTold():
                yield "medication", staging_text.medication_cells(told)
            case NotKept():
                pass


_COLUMNS = {
    "person": staging_text.PERSON_COLUMNS,
    "side": staging_text.SIDE_COLUMNS,
    "fact": staging_text.FACT_COLUMNS,
    "entry": staging_text.ENTRY_COLUMNS,
    "medication": staging_text.MEDICATION_COLUMNS,
}
