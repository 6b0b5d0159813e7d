"""Lines of a file, gzipped or not, in bounded memory, whatever the file holds."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from coordinator_app.central.feeds.verdicts import Cause

LINE_LIMIT = 16 * 1024 * 1024
"""A line over this many bytes is named and passed over, never held."""

_BLOCK = 256 * 1024
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end; ``ended`` is false where the file stopped before a line feed."""

    number: int
    text: bytes
    ended: bool = True


@dataclass(frozen=True, slots=True)
class Flaw:
    """A place where the file itself is wrong."""

    number: int
    cause: Cause
    what: str


class _CutShortError(Exception):
    """The compressed stream stops or breaks before its end."""


def lines_in(stream: BinaryIO, *, limit: int = LINE_LIMIT) -> Iterator[Line | Flaw]:
    """Yield each non-empty line; at most ``limit`` bytes and one block are held at a time.

    A line over the limit and a compression cut short are yielded as flaws at their line; lines before them stand.
    """
    held: list[bytes] = []
    size, number = 0, 1
    blocks = _blocks(stream)
    while True:
        try:
            block = next(blocks, None)
        except _CutShortError as cut:
            yield Flaw(number, Cause.TRUNCATED, str(cut))
            return
        if block is None:
            break
        first, *others = block.split(b"\n")
        for piece, ends in _pieces(first, others):
            size += len(piece)
            if size <= limit:
                held.append(piece)
            else:
                held.clear()
            if ends:
                yield from _whole(held, number, size, limit, ended=True)
                held, size, number = [], 0, number + 1
    yield from _whole(held, number, size, limit, ended=False)


def _pieces(first: bytes, others: list[bytes]) -> Iterator[tuple[bytes, bool]]:
    if not others:
        yield first, False
        return
    yield first, True
    for piece in others[:-1]:
        yield piece, True
    yield others[-1], False


def _whole(held: Iterable[bytes], number: int, size: int, limit: int, *, ended: bool) -> Iterator[Line | Flaw]:
    if size > limit:
        yield Flaw(number, Cause.TOO_LONG, f"the line is over {limit // (1024 * 1024)} MiB")
        return
    text = b"".join(held)
    if number == 1:
        text = text.removeprefix(_BYTE_ORDER_MARK)
    if text and not text.isspace():
        yield Line(number, text, ended)


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    block = stream.read(_BLOCK)
    if block.startswith(_GZIP):
        yield from _unzipped(stream, block)
        return
    while block:
        yield block
        block = stream.read(_BLOCK)


def _unzipped(stream: BinaryIO, block: bytes) -> Iterator[bytes]:
    """Yield what could be unpacked before saying that the rest cannot; several members may follow each other."""
    member = zlib.decompressobj(_GZIP_WINDOW)
    fresh = False
    while block:
        try:
            plain = member.decompress(block, _BLOCK)
        except zlib.error as error:
            if fresh and not block.startswith(_GZIP):
                return  # padding after the last member, as gzip itself allows
            raise _CutShortError("its compression is damaged here") from error
        fresh = False
        if plain:
            yield plain
        block = member.unconsumed_tail
        if member.eof:
            block, member, fresh = member.unused_data, zlib.decompressobj(_GZIP_WINDOW), True
        block = block or stream.read(_BLOCK)
    if not member.eof and not fresh:
        raise _CutShortError("its compression is cut short here")
