"""Records of a file with their line numbers: one JSON object a line, or one row of a table a line."""

import csv
import json
import re
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from coordinator_app.central.feeds.lines import Flaw, Line, lines_in
from coordinator_app.central.feeds.verdicts import Cause

_KIND = re.compile(rb'"resourceType"\s*:\s*"([A-Za-z]+)"')
_TRIED_LINES = 20
_NO_RECORD = frozenset({Cause.NOT_JSON, Cause.BAD_VALUE})
_WINDOW = 100_000


@dataclass(frozen=True, slots=True)
class Record:
    """One record and the line it stands on."""

    line: int
    resource: Mapping[str, Any]


RecordsIn = Callable[[BinaryIO, str, Collection[str] | None], Iterator[Record | Flaw]]
"""Reads a stream; the name is the file's; where kinds are given, only records of these kinds and no flaws come."""


def ndjson(stream: BinaryIO, _name: str, kinds: Collection[str] | None) -> Iterator[Record | Flaw]:
    """Yield the JSON objects of a file; a file without any in its first lines is named once, not line by line."""
    return _every(stream) if kinds is None else _only(stream, kinds)


def _only(stream: BinaryIO, kinds: Collection[str]) -> Iterator[Record]:
    """Yield the records of some kinds; other lines are passed over unparsed."""
    wanted = {kind.encode() for kind in kinds}
    for line in lines_in(stream):
        if isinstance(line, Line) and not wanted.isdisjoint(_KIND.findall(line.text)):
            found = _object(line)
            if isinstance(found, Record) and found.resource.get("resourceType") in kinds:
                yield found


def _every(stream: BinaryIO) -> Iterator[Record | Flaw]:
    has_record, held = False, list[Flaw]()
    for line in lines_in(stream):
        found = _object(line) if isinstance(line, Line) else line
        has_record = has_record or isinstance(found, Record)
        if isinstance(found, Flaw) and found.cause in _NO_RECORD and not has_record:
            held.append(found)
            if len(held) == _TRIED_LINES:
                break
            continue
        yield from held
        held = []
        yield found
    if len(held) > 1:
        held = [Flaw(held[0].number, Cause.NOT_JSON, "the file is not made of one record a line")]
    yield from held


def _object(line: Line) -> Record | Flaw:
    try:
        if b"\\u0000" in line.text or b"\0" in line.text:
            return Flaw(line.number, Cause.BAD_VALUE, "a text holds a NUL character")
        resource = _DECODER.decode(line.text.decode())
    except (ValueError, RecursionError):
        if line.ended:
            return Flaw(line.number, Cause.NOT_JSON, "the line is no JSON object")
        return Flaw(line.number, Cause.TRUNCATED, "the file ends in the middle of this record")
    if not isinstance(resource, dict):
        return Flaw(line.number, Cause.NOT_JSON, "the line is no JSON object")
    return Record(line.number, resource)


def _no_constant(_name: str) -> NoReturn:
    raise ValueError("a number that JSON does not have")


_DECODER = json.JSONDecoder(parse_constant=_no_constant)


class Repeats:
    """Tells equal rows of a table without ids apart by counting them; it remembers a bounded number of rows."""

    def __init__(self, window: int = _WINDOW) -> None:
        self._seen: OrderedDict[tuple[str, ...], int] = OrderedDict()
        self._window = window

    def count(self, key: tuple[str, ...]) -> int:
        """Return how often the key was met before."""
        before = self._seen.pop(key, 0)
        self._seen[key] = before + 1
        if len(self._seen) > self._window:
            self._seen.popitem(last=False)
        return before


def table_rows(stream: BinaryIO) -> Iterator[tuple[int, dict[str, str]] | Flaw]:
    """Yield the rows of a CSV file as heading to cell, first of all its headings under line 0."""
    headings: list[str] = []
    for line in lines_in(stream):
        if isinstance(line, Flaw):
            yield line
            continue
        try:
            cells = next(csv.reader([line.text.decode().rstrip("\r").replace("\0", "")], strict=True))
        except (ValueError, csv.Error, StopIteration):
            yield Flaw(line.number, _cause_of_bad_row(line), "the line is no row of a table")
            continue
        if not headings:
            headings = [cell.strip() for cell in cells]
            yield 0, dict.fromkeys(headings, "")
        elif len(cells) != len(headings):
            yield Flaw(line.number, _cause_of_bad_row(line), "the row has another number of cells than the headings")
        else:
            yield line.number, dict(zip(headings, cells, strict=True))


def _cause_of_bad_row(line: Line) -> Cause:
    return Cause.BAD_VALUE if line.ended else Cause.TRUNCATED
