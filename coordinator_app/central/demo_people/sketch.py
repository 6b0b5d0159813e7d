"""A life in outline: drawn by chance from the person's own number, or set by hand for the special people."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from coordinator_app.central.demo_people.catalogue import Catalogue

YEAR = 365

_NEVER_BOTH = {
    "lisinopril": {"losartan"}, "losartan": {"lisinopril"},
    "atorvastatin": {"rosuvastatin"}, "rosuvastatin": {"atorvastatin"},
}  # fmt: skip
"""Drugs of one class, of which a doctor gives one; a doubled one is a special life."""


@dataclass(slots=True)
class StaySketch:
    """A time in hospital; days count from the day of the demo, before it below zero. ``known`` is days until told."""

    kind: str
    admitted: int
    discharged: int | None
    disposition: str = "01"
    known: int = 1


@dataclass(slots=True)
class Sketch:
    """Everything that is decided about a person before a fact is written; days count from the day of the demo."""

    number: int
    family: str
    given: str
    sex: str
    born: int
    language: str = "en"
    preferred: str = ""
    interpreter: str = ""
    zip_code: str = ""
    address: str = ""
    joined: int = -1200
    conditions: list[str] = field(default_factory=list)
    drugs: dict[str, int] = field(default_factory=dict)
    early: dict[str, int] = field(default_factory=dict)
    """Days before the end of the supply at which the last fill was taken: stock on hand."""
    stays: list[StaySketch] = field(default_factory=list)
    emergencies: list[int] = field(default_factory=list)
    screening: tuple[str, int] | None = None
    values: dict[str, tuple[float, ...]] = field(default_factory=dict)
    """Results that are set by hand, newest first."""
    member: dict[str, Any] = field(default_factory=dict)
    """Further columns of the person's own row."""
    phones: list[dict[str, Any]] | None = None
    profile: dict[str, Any] | None = None
    related: list[dict[str, Any]] = field(default_factory=list)
    permissions: list[dict[str, Any]] = field(default_factory=list)
    extras: list[dict[str, Any]] = field(default_factory=list)
    """Single facts of their own, as keyword arguments of the writer."""
    panel: int | None = None

    @property
    def age(self) -> int:
        """Whole years, about; exact enough to choose a life by."""
        return int(-self.born / 365.2425)


def drawn(number: int, catalogue: Catalogue, rng: Random) -> Sketch:
    """Return the outline of an ordinary person; the same numbers drawn give the same life."""
    chance = rng.random
    language = catalogue.languages.draw(rng)
    sex = "female" if chance() < 0.53 else "male"
    born = _born(rng)
    home = catalogue.zips.draw(rng)
    names = language.female if sex == "female" else language.male
    sketch = Sketch(
        number=number,
        family=language.family[int(chance() * len(language.family))],
        given=names[int(chance() * len(names))],
        sex=sex,
        born=born,
        language=language.code,
        interpreter="spoken" if chance() < language.interpreter and -born > 18 * YEAR else "",
        zip_code=home.code,
        address=_address(catalogue, rng),
        joined=-int(300 + chance() * 2600) if chance() > 0.03 else -int(20 + chance() * 140),
    )
    sketch.joined = max(sketch.joined, born)
    live(sketch, catalogue, rng)
    return sketch


def live(sketch: Sketch, catalogue: Catalogue, rng: Random) -> None:
    """Draw conditions, drugs, stays and tests for an outline that has none yet."""
    chance = rng.random
    age = sketch.age
    band = sum(age >= limit for limit in catalogue.ages)
    sketch.conditions = [one.name for one in catalogue.conditions.values() if chance() < one.share[band]]
    left = _days_left(rng)
    for name in sketch.conditions:
        choice = catalogue.conditions[name].drugs
        drug = choice.draw(rng) if choice else "none"
        if drug != "none" and not sketch.drugs.keys() & _NEVER_BOTH.get(drug, set()):
            is_critical = catalogue.drugs[drug].is_critical
            sketch.drugs[drug] = max(left, 0) if is_critical and left > -9 else left
            if chance() < 0.08:
                sketch.early[drug] = int(5 + chance() * 25)
    _draw_stays(sketch, catalogue, rng, band)
    visits = chance()
    ill = {"copd", "heart_failure", "asthma", "anxiety", "opioid_use"} & set(sketch.conditions)
    if visits < (0.3 if ill else 0.1):
        # Most lie back further than a coordinator still asks after.
        since = 10 if visits < 0.004 else 200
        sketch.emergencies = [-int(since + chance() * 340)] + ([-int(since + chance() * 150)] if visits < 0.06 else [])
    if 45 <= age <= 75:
        sketch.screening = _screened(age, rng)


def _draw_stays(sketch: Sketch, catalogue: Catalogue, rng: Random, band: int) -> None:
    chance = rng.random
    if chance() < (0.001, 0.003, 0.008, 0.02)[band]:
        kind = _stay_kind(sketch, catalogue, rng)
        home = -int(chance() * 6) if chance() < 0.85 else -int(6 + chance() * 8)
        length = max(1, catalogue.stays[kind].days + int(chance() * 3) - 1)
        place = "01" if chance() < 0.72 else "06" if chance() < 0.7 else "03"
        sketch.stays.append(StaySketch(kind, home - length, home, place, 1 if chance() < 0.8 else 3))
    if chance() < (0.01, 0.03, 0.06, 0.14)[band]:
        kind = _stay_kind(sketch, catalogue, rng)
        home = -int((380 if kind == "copd" else 60) + chance() * 560)
        sketch.stays.append(StaySketch(kind, home - catalogue.stays[kind].days, home))


def _stay_kind(sketch: Sketch, catalogue: Catalogue, rng: Random) -> str:
    own = [name for name in sketch.conditions if name in catalogue.stays]
    if sketch.age < 18:
        return ("pneumonia", "dehydration", "gallbladder")[int(rng.random() * 3)]
    if sketch.sex == "female" and 20 <= sketch.age <= 40 and rng.random() < 0.6:
        return "birth"
    if own and rng.random() < 0.6:
        return own[int(rng.random() * len(own))]
    return catalogue.usual_stays[int(rng.random() * len(catalogue.usual_stays))]


def _born(rng: Random) -> int:
    spot = rng.random()
    if spot < 0.19:
        age = rng.random() * 18
    elif spot < 0.52:
        age = 18 + rng.random() * 27
    elif spot < 0.9:
        age = 45 + rng.random() * 20
    else:
        age = 65 + rng.random() * 26
    return -int(age * 365.2425) - 1


def _days_left(rng: Random) -> int:
    """Return on which day the supply runs out: mostly ahead, now and then long past."""
    spot = rng.random()
    if spot < 0.004:
        return -int(9 + rng.random() * 45)
    # Many refill together, a week or so before the supply is gone; those are the ones a nurse sees coming.
    return int(rng.random() * 9) - 2 if spot < 0.14 else int(rng.random() * 80) + 7


def _screened(age: int, rng: Random) -> tuple[str, int] | None:
    """Return the last test for colorectal cancer and its day; most people are up to date."""
    spot = rng.random()
    since = (age - 45) * YEAR
    if spot < 0.008:
        return None if spot < 0.005 or since < 11 * YEAR else ("colonoscopy", -int(10.2 * YEAR + rng.random() * 900))
    if spot < 0.10:
        return ("fit", -int(YEAR - 1 - rng.random() * 12))
    if spot < 0.30:
        return ("fit", -int(20 + rng.random() * 300))
    if spot < 0.40:
        return ("stool_dna", -int(30 + rng.random() * 960))
    return ("colonoscopy", -int(60 + rng.random() * min(max(since, 200), 9.6 * YEAR)))


def _address(catalogue: Catalogue, rng: Random) -> str:
    street = catalogue.streets[int(rng.random() * len(catalogue.streets))]
    number = int(1 + rng.random() * 480)
    return f"{number} {street}" if rng.random() < 0.8 else f"{number} {street}, Apt {int(1 + rng.random() * 12)}"
