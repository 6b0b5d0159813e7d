"""A document of rule data, read key by key; what nobody confirmed is remembered by name."""

from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]
Steps = tuple[tuple[int, int], ...]


def said(value: object) -> str:
    """Return a value as it is said in a sentence."""
    return f"{value:g}" if isinstance(value, int | float) else ""


class Sheet:
    """One document of rule data; a value may stand bare or with its tag and source."""

    def __init__(self, document: Document, path: str = "", unconfirmed: dict[str, str] | None = None) -> None:
        self._document, self._path = document, path
        self.unconfirmed: dict[str, str] = {} if unconfirmed is None else unconfirmed

    def sheet(self, key: str) -> "Sheet":
        """Return the part called ``key``."""
        return Sheet(self._document[key], f"{self._path}{key}.", self.unconfirmed)

    def value(self, key: str) -> Any:
        """Return the value called ``key``, and remember it when its tag says that nobody confirmed it."""
        node = self._document[key]
        if isinstance(node, Mapping) and "value" in node:
            if node.get("tag") == "K":
                self.unconfirmed[self._path + key] = said(node["value"])
            return node["value"]
        return node

    def value_or(self, key: str, otherwise: Any) -> Any:
        """Return the value called ``key``, or ``otherwise`` where there is none."""
        return self.value(key) if key in self._document else otherwise

    def number(self, key: str) -> int:
        """Return a whole number."""
        return int(self.value(key))

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers."""
        return tuple(int(number) for number in self.value(key))

    def steps(self, key: str) -> Steps:
        """Return pairs of a bound and what holds there."""
        return tuple((int(bound), int(points)) for bound, points in self.value(key))

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of words."""
        return tuple(str(word) for word in self.value(key))

    def points(self, key: str) -> dict[str, int]:
        """Return named numbers."""
        return {str(name): int(number) for name, number in self.value(key).items()}
