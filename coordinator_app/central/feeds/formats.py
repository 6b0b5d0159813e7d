"""The formats a file may be in: how its records are found, and how one is read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coordinator_app.central.feeds import desynpuf, fhir_r4, fhir_stu3, synthea_csv
from coordinator_app.central.feeds.reading import Reading
from coordinator_app.central.feeds.records import RecordsIn, ndjson
from coordinator_app.central.feeds.told import Told


@dataclass(frozen=True, slots=True)
class Format:
    """One format: file endings in a folder, a finder of records, a reader of one."""

    name: str
    endings: tuple[str, ...]
    records: RecordsIn
    read: Callable[[Mapping[str, Any], Reading], Iterator[Told]]


_NDJSON = (".ndjson", ".ndjson.gz", ".jsonl", ".jsonl.gz")
_CSV = (".csv", ".csv.gz")

FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("fhir-r4", _NDJSON, ndjson, fhir_r4.read),
        Format("fhir-stu3", _NDJSON, ndjson, fhir_stu3.read),
        Format("synthea-csv", _CSV, synthea_csv.records, synthea_csv.read),
        Format("desynpuf", _CSV, desynpuf.records, desynpuf.read),
    )
}

VALUE_SETS = "valuesets"
"""Files of value sets go another way: they hold codes, not people."""
