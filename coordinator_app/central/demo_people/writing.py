"""Facts of invented people as lines for COPY; days are numbers counted from the day of the demo."""

import json
from datetime import date, timedelta
from typing import Any

from coordinator_app.central.feeds.told import SourceIds

SOURCE = "demo"

FACT_COLUMNS = (
    *("seq", "patient", "id", "kind", "part", "system", "code", "display", "codings", "status", "intent"),
    *("verification", "category", "starts_on", "starts_at", "ends_on", "ends_at", "precision", "authored_on"),
    *("encounter_id", "reasons", "value_number", "value_text", "value_unit", "class_code", "priority", "disposition"),
    *("quantity", "days_supply", "refills", "dose_text", "per_day", "clinician_id", "place", "amount", "known_at"),
    "sensitivity",
)
PERSON_COLUMNS = ("seq", "source_id", "member_id", "person_key", "content")
SIDE_COLUMNS = ("seq", "patient", "target", "id", "content")
ENTRY_COLUMNS = ("seq", "kind", "id", "content")

_NO = "\\N"
_EARLIEST, _LATEST = -38_000, 800
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def member_number(number: int) -> str:
    """Return the DEMO number by which an invented person is known."""
    return f"DEMO {number:06d}"


class Days:
    """Turns a number of days from the day of the demo into a written date."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._written = [(today + timedelta(n)).isoformat() for n in range(_EARLIEST, _LATEST)]

    def __call__(self, day: int) -> str:
        """Return the date ``day`` days after the day of the demo."""
        return self._written[day - _EARLIEST]


class Pages:
    """Collects lines of people, of what stands beside them, and of facts, until they are handed over."""

    def __init__(self, ids: SourceIds, days: Days) -> None:
        self.ids, self.days = ids, days
        self.people: list[str] = []
        self.sides: list[str] = []
        self.facts: list[str] = []
        self._patient = ""
        self._count = 0
        self._seq = 0

    def turn_to(self, number: int) -> str:
        """Begin the facts of a person and return the DEMO number."""
        self._patient, self._count = member_number(number), 0
        return self._patient

    def take(self) -> tuple[bytes, bytes, bytes]:
        """Return what was collected, people first, and begin anew."""
        taken = tuple("".join(lines).encode() for lines in (self.people, self.sides, self.facts))
        self.people, self.sides, self.facts, self._seq = [], [], [], 0
        return taken[0], taken[1], taken[2]

    def person(self, member_id: str, content: dict[str, Any]) -> None:
        """Write a person's own row."""
        self._seq += 1
        key = self.ids.person_key(self._patient)
        self.people.append(f"{self._seq}\t{self._patient}\t{member_id}\t{key}\t{_json(content)}\n")

    def side(self, target: str, own: str, content: dict[str, Any]) -> str:
        """Write a row beside the person and return its id; ``own`` tells it from others of its table."""
        self._seq += 1
        own_id = self.ids.of(target, f"{self._patient} {own}")
        self.sides.append(f"{self._seq}\t{self._patient}\t{target}\t{own_id}\t{_json(content)}\n")
        return own_id

    def fact(
        self,
        kind: str,
        day: int,
        coding: tuple[str, str, str] = ("", "", ""),
        *,
        codings: str = _NO,
        status: str = "finished",
        intent: str = "",
        verification: str = "",
        category: str = "",
        hour: str = "",
        ends: int | None = None,
        authored: int | None = None,
        encounter: str = _NO,
        reason: str = "",
        value: object = _NO,
        words: str = "",
        unit: str = "",
        part: int = 0,
        class_code: str = "",
        priority: str = "",
        disposition: str = "",
        quantity: object = _NO,
        supply: object = _NO,
        refills: object = _NO,
        dose: str = "",
        per_day: object = _NO,
        clinician: str = _NO,
        place: str = "",
        amount: object = _NO,
        known: int = 2,
        sensitivity: int = 0,
    ) -> str:
        """Write a fact and return its id; it is known ``known`` days after it ended, at the latest today."""
        self._count += 1
        self._seq += 1
        own_id = self.ids.of(kind, f"{self._patient} {self._count}")
        days = self.days
        on = days(day)
        ended = day if ends is None else ends
        told = min(0, ended + known) if ended <= 0 else 0
        ends_on = _NO if ends is None else days(ends)
        reasons = f'[["icd10cm","{reason}"]]' if reason else _NO
        system, code, display = coding
        self.facts.append(
            f"{self._seq}\t{self._patient}\t{own_id}\t{kind}\t{part}\t{system}\t{code}\t{display}\t{codings}\t{status}\t"
            f"{intent}\t{verification}\t{category}\t{on}\t{f'{on}T{hour}Z' if hour else _NO}\t{ends_on}\t"
            f"{f'{ends_on}T18:20:00Z' if hour and ends is not None else _NO}\t{'second' if hour else 'day'}\t"
            f"{_NO if authored is None else days(authored)}\t{encounter}\t{reasons}\t{value}\t{words}\t{unit}\t"
            f"{class_code}\t{priority}\t{disposition}\t{quantity}\t{supply}\t{refills}\t{dose}\t{per_day}\t{clinician}\t"
            f"{place}\t{amount}\t{days(told)}T09:30:00Z\t{sensitivity}\n"
        )
        return own_id


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def entry(seq: int, kind: str, own_id: str, content: dict[str, Any]) -> str:
    """Return the line of a directory entry."""
    return f"{seq}\t{kind}\t{own_id}\t{_json(content)}\n"
