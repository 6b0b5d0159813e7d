"""A number of the rule data with its tag; the unconfirmed ones are remembered by name, with their value."""

from collections.abc import Mapping
from typing import Any


def tagged(entry: Mapping[str, Any], key: str, path: str, unconfirmed: dict[str, str]) -> float | None:
    """Return the number called ``key``, None where there is none; with tag K it joins ``unconfirmed``."""
    node = entry.get(key)
    if isinstance(node, Mapping):
        number = float(node["value"])
        if node.get("tag") == "K":
            unconfirmed[path + key] = f"{number:g}"
        return number
    return None if node is None else float(node)
