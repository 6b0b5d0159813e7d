"""What becomes of a record: taken, set aside with a cause, or not kept; nothing a person is known by is said."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Cause(StrEnum):
    """Why a record was set aside (docs/cli.md fixes the words)."""

    NOT_JSON = "not_json"
    TOO_LONG = "too_long"
    NO_ID = "no_id"
    NO_PATIENT = "no_patient"
    UNKNOWN_MEMBER = "unknown_member"
    BAD_DATE = "bad_date"
    FUTURE_DATE = "future_date"
    UNKNOWN_RESOURCE = "unknown_resource"
    TRUNCATED = "truncated"
    BAD_VALUE = "bad_value"


WAYS_OUT = {
    Cause.NOT_JSON: "ask the sender for the record again; the other lines are loaded",
    Cause.TOO_LONG: "ask the sender to split the record",
    Cause.NO_ID: "ask the sender for ids",
    Cause.NO_PATIENT: "load the people first, then this file again",
    Cause.UNKNOWN_MEMBER: "load the people first, then this file again",
    Cause.BAD_DATE: "correct at the sender",
    Cause.FUTURE_DATE: "correct at the sender",
    Cause.BAD_VALUE: "correct at the sender",
    Cause.UNKNOWN_RESOURCE: "none needed",
    Cause.TRUNCATED: "send the file again; what was whole is loaded",
}


@dataclass(frozen=True, slots=True)
class Rejected:
    """One record set aside: where it stands, why, and what can be done. ``what`` never quotes the record."""

    file: str
    line: int
    cause: Cause
    what: str

    @property
    def way_out(self) -> str:
        """Say what the reader can do about it."""
        return WAYS_OUT[self.cause]

    def as_facts(self) -> dict[str, object]:
        """Return the keys docs/cli.md names."""
        return {**asdict(self), "cause": str(self.cause), "way_out": self.way_out}


class UnusableError(ValueError):
    """A record that cannot be taken: its cause, and what is wrong in words without anything personal."""

    def __init__(self, cause: Cause, what: str) -> None:
        super().__init__(what)
        self.cause, self.what = cause, what
