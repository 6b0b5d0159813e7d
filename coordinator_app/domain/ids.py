"""Ids: a patient's is not a call's, and work made at a desk sorts by the time it was made."""

import os
import time
from typing import NewType
from uuid import UUID

MemberId = NewType("MemberId", str)
PanelId = NewType("PanelId", str)
InitiativeId = NewType("InitiativeId", str)
StaffId = NewType("StaffId", str)
ClinicianId = NewType("ClinicianId", str)
FactId = NewType("FactId", str)
ReasonId = NewType("ReasonId", str)
ActivityId = NewType("ActivityId", str)
OpId = NewType("OpId", str)

_MILLISECONDS = 48
_RANDOM = 74


def new_id(milliseconds: int | None = None) -> str:
    """Return a UUID version 7 (RFC 9562) as text; ``milliseconds`` is Unix time, now when not given."""
    stamp = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    chance = int.from_bytes(os.urandom(10), "big") & ((1 << _RANDOM) - 1)
    high, low = chance >> 62, chance & ((1 << 62) - 1)
    value = (stamp & ((1 << _MILLISECONDS) - 1)) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low
    return str(UUID(int=value))
