"""Known differences: populations in which a deck is proven wrong, kept by name and never read by a rule."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from coordinator_app.domain.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Difference:
    """One population of one case of one deck, and the proof that the deck is wrong."""

    deck: str
    case: str
    group: str
    population: str
    proof: str


def read_differences(path: Path) -> tuple[Difference, ...]:
    """Read a JSON list of differences; every entry needs its proof."""
    try:
        listed = json.loads(path.read_text("utf-8"))
        found = tuple(
            Difference(*(str(one[name]) for name in ("deck", "case", "group", "population", "proof"))) for one in listed
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Trouble("bad_differences", f"{path} is no list of expected differences.") from error
    if any(not one.proof.strip() for one in found):
        raise Trouble("bad_differences", f"{path} names a difference without its proof.")
    return found


def are_named(differences: Collection[Difference], deck: str, case: str, unequal: Collection[tuple[str, str]]) -> bool:
    """Say whether every unequal (group, population) of a case is listed."""
    listed = {(one.group, one.population) for one in differences if (one.deck, one.case) == (deck, case)}
    return all(one in listed for one in unequal)
