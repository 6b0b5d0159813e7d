"""The write-ahead log as bytes: where its chain of checksums breaks, and what is behind the break.

SQLite takes a break for the end of the log, which after a power cut it is. Where a byte was flipped in the middle, acts
that were on the disk would silently not be there any more.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coordinator_app.storage.local.pages import PAGE

_HEAD, _FRAME = 32, 24
_LITTLE, _BIG = 0x377F0682, 0x377F0683
_BEHIND: Final = 2
"""Commits behind a break from which on it is none that a power cut leaves: one transaction may have been under way."""


@dataclass(frozen=True, slots=True)
class _Frame:
    page: int
    size_after: int
    content: bytes
    is_chained: bool


def is_broken(log: Path) -> bool:
    """Say whether transactions that were complete lie behind a break.

    A log that another program begins anew meanwhile is not broken: it has another head afterwards.
    """
    if not log.exists():
        return False
    content = log.read_bytes()
    broken = sum(frame.size_after > 0 for frame in _frames(content) if not frame.is_chained) >= _BEHIND
    return broken and _is_still(log, content[:_HEAD])


def _is_still(log: Path, head: bytes) -> bool:
    try:
        with log.open("rb") as file:
            return file.read(_HEAD) == head
    except FileNotFoundError:
        return False


def write_back(log: Path, store: Path) -> None:
    """Write a copy's log into it up to the last complete transaction, whatever the checksums say; the log goes then."""
    frames = list(_frames(log.read_bytes() if log.exists() else b""))
    while frames and not frames[-1].size_after:
        frames.pop()
    if frames:
        with store.open("r+b") as file:
            for frame in frames:
                file.seek((frame.page - 1) * PAGE)
                file.write(frame.content)
            file.truncate(frames[-1].size_after * PAGE)
    log.unlink(missing_ok=True)


def _frames(content: bytes) -> Iterator[_Frame]:
    """Give the frames of this turn of the log; what an earlier turn left behind them carries other salts."""
    if len(content) < _HEAD:
        return
    magic, _, size, _, *rest = struct.unpack(">8I", content[:_HEAD])
    order = {_LITTLE: "<", _BIG: ">"}.get(magic)
    if order is None or size != PAGE:
        return
    salts, sums, is_chained = tuple(rest[:2]), (rest[2], rest[3]), True
    for at in range(_HEAD, len(content) - _FRAME - PAGE + 1, _FRAME + PAGE):
        page, size_after, salt_1, salt_2, sum_1, sum_2 = struct.unpack(">6I", content[at : at + _FRAME])
        body = content[at + _FRAME : at + _FRAME + PAGE]
        if (salt_1, salt_2) != salts or not page:
            # A flip may have hit the salts themselves; what carries the right ones further on is looked at.
            is_chained = False
            continue
        sums = _summed(content[at : at + 8] + body, sums, order)
        is_chained = is_chained and sums == (sum_1, sum_2)
        yield _Frame(page, size_after, body, is_chained)


def _summed(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for left, right in zip(words[::2], words[1::2], strict=True):
        first = (first + left + second) & 0xFFFFFFFF
        second = (second + right + first) & 0xFFFFFFFF
    return first, second
