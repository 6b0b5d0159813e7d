"""A number of the rule data with its tag; the unconfirmed ones are remembered by name."""

from collections.abc import Mapping
from typing import Any


def tagged(entry: Mapping[str, Any], key: str, path: str, unconfirmed: list[str]) -> float | None:
    """Return the number called ``key``, None where there is none; with tag K its name joins ``unconfirmed``."""
    node = entry.get(key)
    if isinstance(node, Mapping):
        if node.get("tag") == "K" and path + key not in unconfirmed:
            unconfirmed.append(path + key)
        return float(node["value"])
    return None if node is None else float(node)
