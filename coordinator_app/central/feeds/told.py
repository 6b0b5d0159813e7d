"""What one record of a feed tells us, in our own words, before anybody knows which member it is about."""

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha1
from uuid import UUID

from coordinator_app.domain.facts import Coding, Fact
from coordinator_app.domain.ids import FactId


@dataclass(frozen=True, slots=True)
class PhoneTold:
    """A number or address as the feed has it; ``value`` holds digits only where it is a telephone."""

    kind: str
    value: str = field(repr=False)
    as_typed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PersonTold:
    """A person as one source knows them."""

    source_id: str = field(repr=False)
    family: str = field(repr=False)
    given: str = field(repr=False)
    birth_date: date = field(repr=False)
    sex: str = "unknown"
    language: str = "en"
    member_number: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    city: str = field(default="", repr=False)
    state: str = field(default="", repr=False)
    zip_code: str = field(default="", repr=False)
    deceased_on: date | None = None
    is_deceased: bool = False
    clinician_id: str = ""
    phones: tuple[PhoneTold, ...] = ()


@dataclass(frozen=True, slots=True)
class FactTold:
    """A fact, whose it is by the source's own id, and what it refers to by our ids.

    Where the record names no patient, ``via`` is a fact whose member it shares (an STU3 goal names a condition).
    """

    fact: Fact
    patient: str = field(default="", repr=False)
    via: FactId | None = None
    reason_ids: tuple[FactId, ...] = ()
    medication_id: str | None = None
    place_id: str | None = None


@dataclass(frozen=True, slots=True)
class EntryTold:
    """A clinician, practice or place for the directory."""

    kind: str
    id: str
    content: dict[str, str]


@dataclass(frozen=True, slots=True)
class MedicationTold:
    """A drug that orders name by reference."""

    id: str
    codings: tuple[Coding, ...]
    display: str


@dataclass(frozen=True, slots=True)
class NotKept:
    """A record we read and leave out on purpose; it is counted, not set aside."""

    why: str


Told = PersonTold | FactTold | EntryTold | MedicationTold | NotKept


class SourceIds:
    """Makes our ids from a source's: UUID version 5 under the centre's secret namespace, so nobody can guess them.

    Two initiatives may be sent the same record by the same source; their ids differ, but the person's key does not.
    """

    def __init__(self, namespace: UUID, source: str, initiative_id: str) -> None:
        self._namespace = namespace.bytes
        self._prefix = f"{initiative_id}\x1f{source}\x1f"
        self.source = source

    def person_key(self, source_id: str) -> str:
        """Return what links a person's memberships in several initiatives."""
        return self._made(f"\x1f{self.source}\x1fperson\x1f{source_id}")

    def of(self, kind: str, source_id: str, part: int = 0) -> str:
        """Return the id of a record of ``kind``; the same question always has the same answer."""
        return self._made(f"{self._prefix}{kind}\x1f{source_id}\x1f{part}")

    def fact(self, kind: str, source_id: str, part: int = 0) -> FactId:
        """Return the id of a fact."""
        return FactId(self.of(kind, source_id, part))

    def _made(self, name: str) -> str:
        digest = bytearray(sha1(self._namespace + name.encode(), usedforsecurity=False).digest()[:16])
        digest[6] = digest[6] & 0x0F | 0x50
        digest[8] = digest[8] & 0x3F | 0x80
        text = digest.hex()
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
