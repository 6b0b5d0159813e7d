"""What invented lives are made of: names, places, conditions, drugs, tests, read from the demo resources once."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any, Generic, TypeVar

from coordinator_app.central.feeds.sensitive import SensitiveCodes
from coordinator_app.domain.facts import Coding

Documents = Mapping[str, Mapping[str, Any]]
T = TypeVar("T")


class Weighted(Generic[T]):
    """Draws one of several things, the heavier the more often."""

    def __init__(self, things: Sequence[T], weights: Sequence[float]) -> None:
        self._things = tuple(things)
        self._sums = tuple(accumulate(weights))

    def draw(self, rng: Random) -> T:
        """Return one of the things."""
        return self._things[bisect_right(self._sums, rng.random() * self._sums[-1], hi=len(self._things) - 1)]


@dataclass(frozen=True, slots=True)
class Language:
    """A language with the names its speakers bear."""

    code: str
    interpreter: float
    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Zip:
    """A ZIP code with its town."""

    code: str
    city: str
    county: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A lasting condition: how often people of each age have it, and what comes with it."""

    name: str
    icd10: str
    words: str
    share: tuple[float, ...]
    drugs: Weighted[str] | None
    labs: tuple[str, ...]
    sensitivity: int


@dataclass(frozen=True, slots=True)
class Drug:
    """A product as it is handed out; ``supply`` in days."""

    rxcui: str
    ingredient: str
    words: str
    supply: int
    per_day: int
    is_critical: bool
    sensitivity: int


@dataclass(frozen=True, slots=True)
class Lab:
    """A test: where its values lie, how far they scatter, how they drift in a year."""

    loinc: str
    words: str
    unit: str
    middle: float
    spread: float
    drift: float
    decimals: int


@dataclass(frozen=True, slots=True)
class StayKind:
    """Why people come to hospital, for how many days, at what cost."""

    icd10: str
    words: str
    is_unplanned: bool
    days: int
    cost: int
    sensitivity: int


@dataclass(frozen=True, slots=True)
class Office:
    """A practice or a clinician of the directory, by its number."""

    name: str
    city: str
    zip_code: str


class Catalogue:
    """Everything that is drawn from; ``medicine``, ``people`` and ``places`` are the demo's own documents."""

    def __init__(self, documents: Documents, drugs: Mapping[str, Any], sensitive: SensitiveCodes) -> None:
        people, places, medicine = documents["people"], documents["places"], documents["medicine"]
        spoken = [_language(code, entry) for code, entry in people["languages"].items()]
        self.languages = Weighted(spoken, [entry["weight"] for entry in people["languages"].values()])
        self.by_language = {one.code: one for one in spoken}
        self.plans: tuple[str, ...] = tuple(people["plans"])
        self.streets: tuple[str, ...] = tuple(people["streets"])
        zips = [Zip(code, city, county) for code, city, county, _ in places["zips"]]
        self.zips = Weighted(zips, [weight for *_, weight in places["zips"]])
        self.by_zip = {one.code: one for one in zips}
        self.hospitals: tuple[str, ...] = tuple(name for name, _ in places["hospitals"])
        self.practices = tuple(Office(name, self.by_zip[code].city, code) for name, code in places["practices"])
        self.office_streets: tuple[str, ...] = tuple(places["streets"])
        self.ages: tuple[int, ...] = tuple(medicine["ages"])
        self.drugs = _drugs(medicine["drugs"], drugs)
        self.labs = {name: Lab(*entry) for name, entry in medicine["labs"].items()}
        self.conditions = {name: _condition(name, entry, sensitive) for name, entry in medicine["conditions"].items()}
        self.stays = {
            name: StayKind(code, words, unplanned, days, cost, int(sensitive.of_codes([Coding("icd10cm", code)])))
            for name, (code, words, unplanned, days, cost) in medicine["stays"].items()
        }
        self.usual_stays: tuple[str, ...] = tuple(medicine["usual_stays"])
        self.emergencies: tuple[tuple[str, str], ...] = tuple((code, words) for code, words in medicine["emergencies"])
        self.visits: tuple[tuple[str, str], ...] = tuple((code, words) for code, words in medicine["visits"])
        self.vaccines: tuple[tuple[str, str], ...] = tuple((code, words) for code, words in medicine["vaccines"])


def _language(code: str, entry: Mapping[str, Any]) -> Language:
    return Language(code, entry["interpreter"], tuple(entry["female"]), tuple(entry["male"]), tuple(entry["family"]))


def _condition(name: str, entry: Mapping[str, Any], sensitive: SensitiveCodes) -> Condition:
    drugs = entry["drugs"]
    level = entry.get("sensitivity") or int(sensitive.of_codes([Coding("icd10cm", entry["icd10"])]))
    return Condition(
        name,
        entry["icd10"],
        entry["words"],
        tuple(entry["share"]),
        Weighted([drug for drug, _ in drugs], [weight for _, weight in drugs]) if drugs else None,
        tuple(entry["labs"]),
        level,
    )


def _drugs(wanted: Mapping[str, Any], book: Mapping[str, Any]) -> dict[str, Drug]:
    known = {entry["name"]: entry for entry in book["ingredients"]}
    found = {}
    for name, (rxcui, supply, per_day) in wanted.items():
        entry = known[name]
        kind = book["classes"][entry["class"]]
        words = entry["products"][rxcui]
        found[name] = Drug(
            rxcui, entry["rxcui"], words, supply, per_day, bool(kind["critical"]), int(kind.get("sensitivity", 0))
        )
    return found
