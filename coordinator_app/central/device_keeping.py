"""The end of workstations, from the administrator's side: a key to seal to, the order, what was sealed brought in."""

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from coordinator_app.central.passfile import write_private
from coordinator_app.domain.organization import Initiative
from coordinator_app.domain.trouble import Refusal

OPS_AT_ONCE, BYTES_AT_ONCE = 200, 512 * 1024

MakePair = Callable[[], tuple[bytes, bytes]]
"""Makes a private key as it is written to a file, and its public half."""

Unseal = Callable[[bytes, bytes], tuple[str, bytes]]
"""Opens a box with a private key: the workstation, and what it sealed."""


class Door(Protocol):
    """The database's own functions for it."""

    def keep_seal_key(self, initiative: str, public: bytes) -> None:
        """Name the key to which workstations seal."""

    def order_wipe(self, device: str) -> str:
        """Have a workstation empty itself; return whose it is."""

    def import_ops(self, device: str, ops: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """Take what was sealed as if it had been sent; return what became of each."""


class Initiatives(Protocol):
    """Finds the initiative that is meant."""

    def meant_by(self, wanted: str | None) -> Initiative:
        """Return the one of this name or id; with nothing given, the only one there is."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a sealed outbox held and what became of it; ``drafts`` were never signed and are nobody's record."""

    device: str
    login: str
    ops: int
    outcomes: Counter[str]
    drafts: Sequence[Mapping[str, Any]] = field(default=(), repr=False)


class DeviceKeeping:
    """Makes the key, orders the end, and brings in what was sealed."""

    def __init__(self, door: Door, initiatives: Initiatives, make_pair: MakePair, unseal: Unseal) -> None:
        self._door, self._initiatives = door, initiatives
        self._make_pair, self._unseal = make_pair, unseal

    def make_key(self, private: Path, initiative: str | None = None) -> Initiative:
        """Make a pair: the private half into a file of its owner's, the public one to the workstations.

        The file comes first: a key nobody holds would swallow what is sealed to it. Refusal: ``file_there``.
        """
        home = self._initiatives.meant_by(initiative)
        if private.exists():
            raise Refusal("file_there", "There is a file of this name already; a key is never written over.")
        pem, public = self._make_pair()
        write_private(private, pem)
        self._door.keep_seal_key(home.id, public)
        return home

    def order_wipe(self, device: str) -> str:
        """Have a workstation send what it has and empty itself at its next hello; return whose it is."""
        return self._door.order_wipe(device)

    def bring_in(self, sealed: Path, private: Path, drafts: Path | None = None) -> Imported:
        """Bring in a sealed outbox; a second time everything is a duplicate.

        ``drafts`` is where unfinished forms are written, for the person they belong to. Refusal: ``not_a_box``,
        ``other_key``, ``box_damaged``, ``no_such_device``.
        """
        device, content = self._unseal(_bytes(private), _bytes(sealed))
        told: Mapping[str, Any] = json.loads(zlib.decompress(content))
        outcomes: Counter[str] = Counter()
        for of, batch in _batches(told["ops"]):
            outcomes.update(str(each["outcome"]) for each in self._door.import_ops(of, batch))
        if drafts is not None:
            write_private(drafts, json.dumps(told["drafts"], ensure_ascii=False, indent=1).encode())
        return Imported(device, str(told["login"]), len(told["ops"]), outcomes, tuple(told["drafts"]))


def _batches(ops: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """Give ops in their order, those of one workstation's id at a time, in the portions of a push."""
    batch: list[Mapping[str, Any]] = []
    size = 0
    for op in ops:
        size += len(op["payload"])
        if batch and (op["device_id"] != batch[0]["device_id"] or len(batch) >= OPS_AT_ONCE or size > BYTES_AT_ONCE):
            yield batch[0]["device_id"], batch
            batch, size = [], len(op["payload"])
        batch.append(op)
    if batch:
        yield batch[0]["device_id"], batch


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise Refusal("no_such_file", f"The file {file.name} cannot be read.") from None
