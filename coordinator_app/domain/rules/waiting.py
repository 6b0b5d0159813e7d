"""Which rules see less, or nothing, until a site loads its own file of codes; a product that knows must say so."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from coordinator_app.domain.rules.screening_terms import ScreeningTerms

_SHARED = ("hospice", "palliative", "frailty", "advanced_illness")
_CHILD = "well_child_visit"


def waiting_rules(
    sets: Mapping[str, Mapping[str, Any]], screenings: Iterable[ScreeningTerms], loaded: Collection[str]
) -> Mapping[str, tuple[str, ...]]:
    """Return by rule the sets whose own codes a site may give and has not; ``loaded`` are the names it gave.

    A rule that is named here works on the codes we may ship. ``exclusions`` stands for what ends a gap for everybody.
    """
    missing = {name for name, entry in sets.items() if entry.get("oids") and not _given(name, entry, loaded)}
    found = {"exclusions": tuple(name for name in _SHARED if name in missing)}
    for terms in screenings:
        used = [test.name for test in terms.tests if not test.drug_class]
        used += [part for name in terms.excluded_by if ":" not in name for part in name.split("+")]
        found[f"screening.{terms.name}"] = tuple(dict.fromkeys(name for name in used if name in missing))
    found["screening.well_child"] = (_CHILD,) if _CHILD in missing else ()
    return {rule: names for rule, names in found.items() if names}


def _given(name: str, entry: Mapping[str, Any], loaded: Collection[str]) -> bool:
    return f"set.{name}" in loaded or any(oid in loaded for oid in entry["oids"])
