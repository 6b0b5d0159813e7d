"""What the rules are told: thresholds, weights, windows, value sets and drugs, with version and sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from coordinator_app.domain.facts import Coding
from coordinator_app.domain.rules.adherence_terms import AdherenceTargets, adherence_targets
from coordinator_app.domain.rules.child_terms import ChildTerms, child_terms
from coordinator_app.domain.rules.drugs import DrugBook, drug_book
from coordinator_app.domain.rules.medication_data import MedicineTerms, lab_sets, medicine_terms
from coordinator_app.domain.rules.planned import PlannedTerms, planned_terms
from coordinator_app.domain.rules.program_terms import ProgramsTerms, programs_terms
from coordinator_app.domain.rules.stays_terms import StaysTerms, stays_terms
from coordinator_app.domain.rules.worsening_terms import WorseningTerms, worsening_terms
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.terminology import (
    ICD10CM,
    LOINC,
    CodeSet,
    PrefixIndex,
    SetIndex,
    code_set,
    prefix_index,
    set_index,
)

Document = Mapping[str, Any]
Steps = tuple[tuple[int, int], ...]


class Sheet:
    """One document of rule data; a value may stand bare or with its tag and source."""

    def __init__(self, document: Document, path: str = "", unconfirmed: list[str] | None = None) -> None:
        self._document, self._path = document, path
        self.unconfirmed: list[str] = [] if unconfirmed is None else unconfirmed

    def sheet(self, key: str) -> "Sheet":
        """Return the part called ``key``."""
        return Sheet(self._document[key], f"{self._path}{key}.", self.unconfirmed)

    def value(self, key: str) -> Any:
        """Return the value called ``key``, and remember it when its tag says that nobody confirmed it."""
        node = self._document[key]
        if isinstance(node, Mapping) and "value" in node:
            if node.get("tag") == "K":
                self.unconfirmed.append(self._path + key)
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


@dataclass(frozen=True, slots=True)
class DischargeTerms:
    """The clocks after a discharge, its points, and which stays are of another kind."""

    contact_business_days: int
    window_days: int
    transfer_days: int
    newborn_days: int
    points: Mapping[str, int]
    cohorts: frozenset[str]
    planned: tuple[str, ...]
    obstetric: tuple[str, ...]
    psychiatric: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScreeningTest:
    """One way to be screened: how long it lasts clinically, and over how many calendar years the measure counts it.

    ``months`` are added to ``years``. A value over ``over`` lasts ``over_months`` only. It counts from ``from_age`` on.
    Where tests have different ``group``, one of each is needed. With ``drug_class`` fills and orders of it count.
    """

    name: str
    years: int
    measure_years: int
    months: int = 0
    over: float | None = None
    over_months: int = 0
    from_age: int = 0
    group: int = 0
    drug_class: str = ""


@dataclass(frozen=True, slots=True)
class ScreeningTerms:
    """Who is to be screened for one thing, with what, and who is not.

    ``needs`` are illnesses of which one is required, and ``grace`` the days after it was first told. With
    ``after_visit`` only people with a visit on record lately are asked for it. With ``is_asked`` records cannot know
    whether it is due, so one asks. ``is_aside``: asked when one speaks anyway, never the cause
    of a call. ``excluded_by`` names value sets, and illnesses as ``illness:<name>``.
    """

    name: str
    from_age: int
    to_age: int
    measure_from_age: int
    measure_to_age: int
    frailty_from_age: int
    tests: tuple[ScreeningTest, ...]
    excluded_by: tuple[str, ...]
    actions: tuple[str, ...]
    points: Mapping[str, int]
    sex: str = ""
    needs: tuple[str, ...] = ()
    grace: int = 0
    after_visit: bool = False
    is_asked: bool = False
    is_aside: bool = False
    sensitivity: Sensitivity = Sensitivity.ORDINARY

    @property
    def sentence(self) -> str:
        """Return the code of its sentences, without what was found."""
        return "screening.colorectal" if self.name == "colorectal" else "screening.gap"


@dataclass(frozen=True, slots=True)
class RefillTerms:
    """When a refill is late (all in days); the critical ones belong to drugs of which even a short gap can harm."""

    grace_days: int
    critical_grace_days: int
    due_days: int
    critical_due_days: int
    give_up_days: int
    lookback_days: int
    least_fills: int
    critical_least_fills: int
    assumed_supply: int
    most_supply: int


@dataclass(frozen=True, slots=True)
class RuleData:
    """Everything the rules read beside a chart; frozen, with one version.

    ``unconfirmed`` names the numbers nobody has checked in a primary source; ``is_approved`` is the medical
    director's signature, without which a production profile refuses the data (practice 10).
    """

    version: str
    is_approved: bool
    horizon_days: int
    history_days: int
    lace: LaceTerms
    discharge: DischargeTerms
    screenings: tuple[ScreeningTerms, ...]
    refill: RefillTerms
    drugs: DrugBook
    sets: SetIndex
    conditions: PrefixIndex
    confidential: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    unconfirmed_rules: frozenset[str]
    worsening: WorseningTerms
    children: ChildTerms
    planned: PlannedTerms
    programs: ProgramsTerms
    adherence: AdherenceTargets
    stays: StaysTerms
    medicines: MedicineTerms
    illnesses: PrefixIndex
    site_illnesses: Mapping[Coding, tuple[str, ...]]


SiteCodes = Mapping[str, Iterable[Coding]]
"""A site's own value sets: OID, or ``charlson.<condition>``, to codes; the only way SNOMED CT and CPT come in."""


def rule_data(bundle: Mapping[str, Document], site_codes: SiteCodes | None = None) -> RuleData:
    """Build the rule data from the documents of ``resources/rules`` (file name without ``.json`` -> parsed content).

    Needs ``rules``, ``charlson``, ``stays``, ``value-sets``, ``drugs`` and those of
    ``medication_data.DOCUMENTS``; a missing key is a KeyError that names it. Reads ``sensitive-codes``, ``illnesses``,
    ``screenings``, ``child-care``, ``adherence``, ``planned-stays``, ``programs`` and ``worsening`` where
    they are there.
    """
    site = site_codes or {}
    sheet = Sheet(bundle["rules"])
    worsening = worsening_terms(bundle.get("worsening", {}), sheet.unconfirmed)
    sets = {name: _code_set(entry, site) for name, entry in bundle["value-sets"]["sets"].items()}
    more = bundle.get("screenings", {"topics": {}, "sets": {}})
    sets |= {name: _code_set(entry, site) for name, entry in more["sets"].items()}
    topics = Sheet(more["topics"], "screening.", sheet.unconfirmed)
    sets |= {f"lab.{lab.name}": code_set({LOINC: lab.loinc}) for lab in worsening.labs}
    sets |= lab_sets(bundle["monitoring"])
    illnesses: Mapping[str, list[str]] = bundle.get("illnesses", {}).get("illnesses", {})
    data = RuleData(
        version=str(sheet.value("version")),
        is_approved=sheet.sheet("approval").value("state") == "approved",
        horizon_days=sheet.number("horizon_days"),
        history_days=sheet.number("history_days"),
        lace=_lace(sheet.sheet("lace"), Sheet(bundle["charlson"], "charlson.", sheet.unconfirmed), site),
        discharge=_discharge(sheet.sheet("discharge")),
        screenings=(
            *(_screening(name, sheet.sheet("screening").sheet(name)) for name in sheet.value("screening")),
            *(_screening(name, topics.sheet(name)) for name in more["topics"]),
        ),
        refill=_refill(sheet.sheet("refill")),
        drugs=drug_book(bundle["drugs"]),
        sets=set_index(sets),
        conditions=prefix_index(sheet.value("conditions")),
        confidential=_confidential(bundle.get("sensitive-codes", {})),
        unconfirmed=(),
        unconfirmed_rules=frozenset(),
        worsening=worsening,
        adherence=adherence_targets(bundle.get("adherence", {})),
        programs=programs_terms(bundle.get("programs", {}), sheet.unconfirmed),
        planned=planned_terms(bundle.get("planned-stays", {})),
        stays=stays_terms(bundle["stays"], sheet.unconfirmed),
        children=child_terms(bundle.get("child-care", {})),
        medicines=medicine_terms(bundle, site),
        illnesses=prefix_index(illnesses),
        site_illnesses=_site_illnesses(site, illnesses),
    )
    unsure = frozenset(name.rpartition(".")[0] for name in sheet.unconfirmed)
    return replace(data, unconfirmed=tuple(sheet.unconfirmed), unconfirmed_rules=unsure)


def _confidential(document: Document) -> tuple[str, ...]:
    starts = (start for group in document.get("groups", ()) for start in group.get("starts", {}).get(ICD10CM, ()))
    return tuple(str(start).replace(".", "") for start in starts)


def _site_illnesses(site: SiteCodes, names: Iterable[str]) -> Mapping[Coding, tuple[str, ...]]:
    """Return the site's own codes for our illnesses, from sets it names ``illness.<name>``."""
    found: dict[Coding, tuple[str, ...]] = {}
    for name in names:
        for coding in site.get(f"illness.{name}", ()):
            found[coding] = (*found.get(coding, ()), name)
    return found


def _code_set(entry: Document, site: SiteCodes) -> CodeSet:
    shipped = code_set(entry.get("codes", {}), entry.get("prefixes", {}))
    return shipped.joined(coding for oid in entry.get("oids", ()) for coding in site.get(oid, ()))


def _lace(sheet: Sheet, charlson: Sheet, site: SiteCodes) -> LaceTerms:
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


def _discharge(sheet: Sheet) -> DischargeTerms:
    return DischargeTerms(
        contact_business_days=sheet.number("contact_business_days"),
        window_days=sheet.number("window_days"),
        transfer_days=sheet.number("transfer_days"),
        newborn_days=sheet.number("newborn_days"),
        points=sheet.points("points"),
        cohorts=frozenset(sheet.words("cohorts")),
        planned=sheet.words("planned_diagnoses"),
        obstetric=sheet.words("obstetric"),
        psychiatric=sheet.words("psychiatric"),
    )


def _screening(name: str, sheet: Sheet) -> ScreeningTerms:
    return ScreeningTerms(
        name=name,
        from_age=sheet.number("from_age"),
        to_age=sheet.number("to_age"),
        measure_from_age=sheet.number("measure_from_age"),
        measure_to_age=sheet.number("measure_to_age"),
        frailty_from_age=sheet.number("frailty_from_age"),
        tests=tuple(_screening_test(test) for test in sheet.value("tests")),
        excluded_by=sheet.words("excluded_by"),
        actions=sheet.words("actions"),
        points=sheet.points("points"),
        sex=str(sheet.value_or("sex", "")),
        needs=tuple(sheet.value_or("needs", ())),
        grace=int(sheet.value_or("grace", 0)),
        after_visit=bool(sheet.value_or("after_visit", 0)),
        is_asked=bool(sheet.value_or("ask", 0)),
        is_aside=bool(sheet.value_or("aside", 0)),
        sensitivity=Sensitivity(sheet.value_or("sensitivity", 0)),
    )


def _screening_test(told: Document) -> ScreeningTest:
    years, months = int(told.get("years", 0)), int(told.get("months", 0))
    over, over_months = told.get("over", (None, 0))
    return ScreeningTest(
        told["set"],
        years,
        int(told.get("measure_years", max(1, years + months // 12))),
        months,
        over,
        int(over_months),
        int(told.get("from_age", 0)),
        int(told.get("group", 0)),
        str(told.get("drug_class", "")),
    )


def _refill(sheet: Sheet) -> RefillTerms:
    return RefillTerms(**{name: sheet.number(name) for name in RefillTerms.__dataclass_fields__})
