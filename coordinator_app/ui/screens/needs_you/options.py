"""The ways an item can be settled, side by side, and what each of them changes."""

from datetime import datetime

from coordinator_app.domain.calendar import Moment
from coordinator_app.services.set_aside import Asked
from coordinator_app.ui.screens.needs_you.rows import Option
from coordinator_app.ui.screens.needs_you.values import Values
from coordinator_app.ui.shared.wording import Words


class Options:
    """Says options."""

    def __init__(self, words: Words, values: Values) -> None:
        self._words, self._values, self._say = words, values, words.say

    def of(self, asked: Asked, choices: tuple[str, ...], now: Moment) -> tuple[Option, ...]:
        """Return an option for each choice, keys from 1."""
        return tuple(self._option(asked, choice, str(place), now) for place, choice in enumerate(choices, 1))

    def changes(self, asked: Asked, choice: str) -> tuple[str, ...]:
        """Return what choosing this changes, and what it leaves."""
        by = self._by(asked)
        keys = [key for key in (f"changes.{choice}.1", f"changes.{choice}.2") if self._has(key)]
        return tuple(self._say(key, by=by) for key in keys)

    def _option(self, asked: Asked, choice: str, key: str, now: Moment) -> Option:
        head = self._say(f"option.{choice}")
        if choice not in ("mine", "theirs"):
            return Option(key, choice, head, lines=(self._say(f"option.{choice}.told", by=self._by(asked)),))
        item = asked.item
        told = [(column, self._said(asked, choice, str(column), now)) for column in item.answer.get("fields") or ()]
        foot = self._who(asked, choice, now)
        if len(told) == 1:
            return Option(key, choice, head, told[0][1], (), (self._values.label(told[0][0]), foot))
        lines = tuple(f"{self._values.label(str(column))}: {value}" for column, value in told)
        return Option(key, choice, head, lines=lines, foot=(foot,))

    def _said(self, asked: Asked, choice: str, column: str, now: Moment) -> str:
        side = asked.item.answer.get("ours" if choice == "mine" else "theirs") or {}
        value = side.get(column)
        table = str(asked.item.answer.get("table", "visit"))
        return asked.names.get(str(value)) or self._values.of(table, column, value, now) or self._say("nothing")

    def _who(self, asked: Asked, choice: str, now: Moment) -> str:
        if choice == "mine":
            at = asked.item.written_at
            return self._say("who.you", at="" if at is None else self._values.at(at, now))
        at_text = asked.item.answer.get("at")
        at = datetime.fromisoformat(str(at_text)) if at_text else None
        return self._say("who.other", by=self._by(asked), at="" if at is None else self._values.at(at, now))

    def _by(self, asked: Asked) -> str:
        item = asked.item
        return str(item.answer.get("by") or item.arguments.get("author") or self._say("a_colleague"))

    def _has(self, key: str) -> bool:
        return self._words.catalogue.has(f"{self._words.screen}.{key}")
