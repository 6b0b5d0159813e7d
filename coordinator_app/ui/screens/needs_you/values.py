"""Single values of an act in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from coordinator_app.domain.calendar import Moment
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.wording import Words

_IN_WORDS: Final = {
    ("contact", "outcome"): "acts.outcome",
    ("teaching", "result"): "acts.result",
    ("visit", "state"): "acts.visit_state",
    ("visit", "visit_type"): "acts.visit_type",
    ("response", "response"): "review.response",
    ("follow_up", "what"): "acts.step",
}
"""Columns whose values have words of their own."""

TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    "contact": ("outcome", "note"),
    "teaching": ("topic", "result"),
    "visit": ("visit_type", "state", "starts_at", "place", "note"),
    "letter": ("program", "recipient"),
    "note": ("text",),
    "review": ("result", "comment"),
    "retraction": ("target_kind", "cause"),
    "follow_up": ("what", "due_at"),
    "response": ("response",),
    "referral": ("program", "state"),
}
"""What is said of each kind of row, in its order; ids and bookkeeping are not."""

SPOKEN: Final[Mapping[str, str]] = {
    "contact": "note",
    "visit": "note",
    "note": "text",
    "review": "comment",
    "referral": "note",
}
"""Where a person typed freely."""


class Values:
    """Says values."""

    def __init__(self, words: Words, people: PatientWords) -> None:
        self._words, self._people = words, people

    def of(self, table: str, column: str, value: Any, now: Moment) -> str:
        """Return a value as a person reads it; nothing is the empty text."""
        if value is None or value == "":
            return ""
        if column.endswith("_at"):
            return self.at(datetime.fromisoformat(str(value)), now)
        group = _IN_WORDS.get((table, column))
        if group is not None and self._words.catalogue.has(f"{group}.{value}"):
            return self._words.catalogue.say(f"{group}.{value}")
        return str(value).replace("_", " ") if column not in {"note", "text", "comment"} else str(value)

    def at(self, at: datetime, now: Moment) -> str:
        """Return an instant."""
        return self._people.instant(at, now)

    def label(self, column: str) -> str:
        """Return what a field is called."""
        known = self._words.catalogue.has(f"{self._words.screen}.field.{column}")
        return self._words.say(f"field.{column}") if known else column.replace("_", " ")
