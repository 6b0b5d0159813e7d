"""What LACE is told: its points, its windows, and the conditions it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coordinator_app.domain.facts import Coding
from coordinator_app.domain.rules.sheet import Document, Sheet, Steps
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.terminology import CodeSet, PrefixIndex, prefix_index


@dataclass(frozen=True, slots=True)
class Comorbidity:
    """A condition as LACE counts it; ``beats`` are milder forms that then do not count."""

    name: str
    weight: int
    beats: tuple[str, ...] = ()
    sensitivity: Sensitivity = Sensitivity.ORDINARY


@dataclass(frozen=True, slots=True)
class LaceTerms:
    """The points of LACE (van Walraven 2010) and the windows in which its parts are sought (days)."""

    length_of_stay: Steps
    acute: int
    comorbidity: tuple[int, ...]
    emergency: tuple[int, ...]
    emergency_days: int
    condition_days: int
    adult_age: int
    moderate: int
    high: int
    conditions: Mapping[str, Comorbidity]
    codes: PrefixIndex
    site_codes: Mapping[str, CodeSet]


def lace_terms(sheet: Sheet, charlson: Sheet, site: Mapping[str, Iterable[Coding]]) -> LaceTerms:
    """Build the terms from the sheets of LACE and of ``charlson.json``, and a site's own codes of conditions."""
    renal = charlson.number("renal")
    listed: Mapping[str, Document] = charlson.value("conditions")
    return LaceTerms(
        length_of_stay=sheet.steps("length_of_stay"),
        acute=sheet.number("acute"),
        comorbidity=sheet.numbers("comorbidity"),
        emergency=sheet.numbers("emergency"),
        emergency_days=sheet.number("emergency_days"),
        condition_days=sheet.number("condition_days"),
        adult_age=sheet.number("adult_age"),
        moderate=sheet.number("moderate"),
        high=sheet.number("high"),
        conditions={
            name: Comorbidity(
                name,
                renal if entry["weight"] == "renal" else int(entry["weight"]),
                tuple(entry["beats"]),
                Sensitivity(entry.get("sensitivity", 0)),
            )
            for name, entry in listed.items()
        },
        codes=prefix_index({name: entry["icd10"] for name, entry in listed.items()}),
        site_codes={name: CodeSet().joined(site[f"charlson.{name}"]) for name in listed if f"charlson.{name}" in site},
    )
