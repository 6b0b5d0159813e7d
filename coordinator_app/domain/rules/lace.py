"""LACE: the risk of death or an unplanned return within 30 days of leaving hospital (van Walraven, CMAJ 2010)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from coordinator_app.domain.calendar import age_on
from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.rules.case import Case, diagnosis_codes, start_of
from coordinator_app.domain.rules.lace_terms import Comorbidity, LaceTerms
from coordinator_app.domain.rules.sheet import Steps
from coordinator_app.domain.rules.stays import Stay, WentTo, emergency_days
from coordinator_app.domain.sensitivity import Sensitivity, strictest


class Band(StrEnum):
    """The bands in use; no percentages are shown, for the paper's table could not be checked (clinical.md 1.1)."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Lace:
    """The score, part by part; a part that is not known is None, and ``highest`` is the score were it the worst."""

    length: int
    acute: int | None
    comorbidity: int | None
    emergency: int
    score: int
    highest: int
    band: Band
    why: str = ""
    conditions: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    sensitivity: Sensitivity = Sensitivity.ORDINARY


def lace_of(case: Case, stay: Stay, stays: tuple[Stay, ...]) -> Lace:
    """Return the score of a finished stay.

    Unknown where the record reaches back less than six months, or an unknown part could change the band;
    not applicable for children, obstetrics, psychiatry and those who did not go home.
    """
    terms = case.data.lace
    held = comorbidities(case, stay)
    counted = _without_milder([terms.conditions[name] for name in held or {}])
    since = stay.admitted_on - timedelta(terms.emergency_days)
    emergencies = emergency_days(case.chart.of(FactKind.ENCOUNTER), stays)
    visits = [day for day in emergencies if since <= day < stay.admitted_on]
    weight = None if held is None else sum(condition.weight for condition in counted)
    parts = lace_points(terms, stay.days, is_acute=stay.is_acute, weight=weight, visits=len(visits))
    why = _why_not(case, stay) or ("short_history" if history_is_short(case, stay.admitted_on) else "")
    if why:
        parts = replace(parts, why=why, band=Band.UNKNOWN if why == "short_history" else Band.NOT_APPLICABLE)
    names = tuple(sorted(condition.name for condition in counted))
    return replace(
        parts,
        conditions=names,
        facts=tuple((held or {})[name] for name in names),
        sensitivity=strictest(condition.sensitivity for condition in counted),
    )


def lace_points(terms: LaceTerms, days: int, *, is_acute: bool | None, weight: int | None, visits: int) -> Lace:
    """Return the points for whole ``days`` in hospital, the LACE-Charlson ``weight`` and ``visits`` in six months."""
    length = _step(terms.length_of_stay, days)
    acute = None if is_acute is None else terms.acute * is_acute
    comorbidity = None if weight is None else terms.comorbidity[min(weight, len(terms.comorbidity) - 1)]
    emergency = terms.emergency[min(visits, len(terms.emergency) - 1)]
    score = length + (acute or 0) + (comorbidity or 0) + emergency
    highest = score
    highest += terms.acute if acute is None else 0
    highest += terms.comorbidity[-1] if comorbidity is None else 0
    sure = _band(terms, score) is _band(terms, highest)
    return Lace(length, acute, comorbidity, emergency, score, highest, _band(terms, score) if sure else Band.UNKNOWN)


def comorbidities(case: Case, stay: Stay) -> dict[str, Fact] | None:
    """Return the conditions LACE counts, each with a fact that tells it; None where no diagnosis is in a code we read.

    Sought in diagnoses that began before the end of the stay and did not end over a year before it.
    """
    until = stay.discharged_on or case.today
    since = until - timedelta(case.data.lace.condition_days)
    found: dict[str, Fact] = {}
    can_read = False
    for fact in sorted(case.chart.of(FactKind.CONDITION) + case.chart.of(FactKind.ENCOUNTER), key=lambda f: f.id):
        is_condition = fact.kind is FactKind.CONDITION
        began = start_of(fact)
        if began is None or began > until or (is_condition and fact.ends_on is not None and fact.ends_on < since):
            continue
        names = _named(case.data.lace, fact.codings if is_condition else fact.reasons)
        can_read = can_read or names is not None
        for name in names or ():
            found.setdefault(name, fact)
    return found if can_read else None


def history_is_short(case: Case, before: date) -> bool:
    """Say whether the record reaches back less than six months before ``before``."""
    kinds = (FactKind.ENCOUNTER, FactKind.CLAIM, FactKind.DISPENSE, FactKind.CONDITION, FactKind.COVERAGE)
    days = (start_of(fact) for kind in kinds for fact in case.chart.of(kind))
    first = min((day for day in days if day is not None), default=before)
    return first > before - timedelta(case.data.history_days)


def _named(terms: LaceTerms, codings: Iterable[Coding]) -> set[str] | None:
    """Return the conditions that codes tell, None where they are in a system nobody gave us the meaning of."""
    given = tuple(codings)
    icd = diagnosis_codes(given)
    names = {name for code in icd for name in terms.codes.names(code)}
    names |= {name for name, codes in terms.site_codes.items() if any(coding in codes for coding in given)}
    return names if icd or (given and terms.site_codes) else None


def _without_milder(conditions: Iterable[Comorbidity]) -> list[Comorbidity]:
    held = list(conditions)
    beaten = {name for condition in held for name in condition.beats}
    return [condition for condition in held if condition.name not in beaten]


def _why_not(case: Case, stay: Stay) -> str:
    terms = case.data.discharge
    if age_on(case.person.birth_date, stay.admitted_on) < case.data.lace.adult_age:
        return "child"
    codes = diagnosis_codes(coding for fact in stay.encounters for coding in fact.reasons)
    categories = {fact.category for fact in stay.encounters}
    if "obstetric" in categories or any(code.startswith(terms.obstetric) for code in codes):
        return "obstetric"
    if "psychiatric" in categories or any(code.startswith(terms.psychiatric) for code in codes[:1]):
        return "psychiatric"
    return "transfer" if stay.went_to is WentTo.FACILITY else ""


def _band(terms: LaceTerms, score: int) -> Band:
    if score >= terms.high:
        return Band.HIGH
    return Band.MODERATE if score >= terms.moderate else Band.LOW


def _step(steps: Steps, value: int) -> int:
    return max((points for bound, points in steps if value >= bound), default=0)
