"""HOSPITAL: potentially avoidable readmission within 30 days (Donze 2013 and 2016), and its simplified form (2017)."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.rules.case import Case, start_of
from coordinator_app.domain.rules.stays import Stay
from coordinator_app.domain.rules.stays_terms import HospitalTerms
from coordinator_app.domain.terminology import ICD10PCS

_CANCERS = frozenset({"cancer", "metastatic_cancer"})


class HospitalBand(StrEnum):
    """The bands of the validation study."""

    LOW = "low"
    INTERMEDIATE = "intermediate"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Hospital:
    """A score as a range: a part that is not known counts nothing in ``least`` and all in ``most``.

    ``band`` goes by ``most``: what is not known is not low (practice 8).
    """

    least: int
    most: int
    band: HospitalBand
    is_simplified: bool
    missing: tuple[str, ...]


def hospital_score(
    terms: HospitalTerms,
    *,
    hemoglobin: float | None,
    sodium: float | None,
    is_oncology: bool | None,
    has_procedure: bool | None,
    is_acute: bool | None,
    admissions: int,
    days: int,
    is_simplified: bool = False,
) -> Hospital:
    """Return the score of a stay; None where something is not known. Hemoglobin in g/dL, sodium in mmol/L.

    ``admissions`` are those of the 12 months before. The simplified form has no procedure, and takes a diagnosis of
    cancer (given as ``is_oncology``) for the oncology service.
    """
    parts: dict[str, tuple[int, bool | None]] = {
        "hemoglobin": (terms.hemoglobin_points, None if hemoglobin is None else hemoglobin < terms.hemoglobin_under),
        "sodium": (terms.sodium_points, None if sodium is None else sodium < terms.sodium_under),
        "oncology": (terms.oncology_points, is_oncology),
        "acute": (terms.acute_points, is_acute),
    }
    if not is_simplified:
        parts["procedure"] = (terms.procedure_points, has_procedure)
    sure = max((points for least, points in terms.admissions if admissions >= least), default=0)
    sure += terms.long_stay_points if days >= terms.long_stay_days else 0
    least = sure + sum(points for points, is_so in parts.values() if is_so)
    most = sure + sum(points for points, is_so in parts.values() if is_so is not False)
    missing = tuple(name for name, (_, is_so) in parts.items() if is_so is None)
    return Hospital(least, most, _band(terms, most), is_simplified, missing)


def hospital_of(case: Case, stay: Stay, stays: tuple[Stay, ...], conditions: tuple[str, ...] | None) -> Hospital:
    """Return the score of a finished stay; simplified, for claims do not tell the service a person was discharged from.

    ``conditions`` are the illnesses LACE found, None where no diagnosis could be read.
    """
    terms = case.data.stays.hospital
    since = stay.admitted_on - timedelta(terms.admission_days)
    before = [each for each in stays if since <= each.admitted_on < stay.admitted_on]
    return hospital_score(
        terms,
        hemoglobin=_last_value(case, stay, terms.hemoglobin_codes),
        sodium=_last_value(case, stay, terms.sodium_codes),
        is_oncology=None if conditions is None else bool(_CANCERS & set(conditions)),
        has_procedure=bool(procedures_of(case, stay)) or None,
        is_acute=stay.is_acute,
        admissions=len(before),
        days=stay.days,
        is_simplified=True,
    )


def procedures_of(case: Case, stay: Stay) -> tuple[str, ...]:
    """Return the ICD-10-PCS codes of what was done in a stay."""
    own = {fact.id for fact in stay.encounters}
    until = stay.discharged_on or case.today

    def is_of(fact: Fact) -> bool:
        day = start_of(fact)
        return fact.encounter_id in own or (day is not None and stay.admitted_on <= day <= until)

    found = {
        coding.code.replace(".", "").upper()
        for fact in case.chart.of(FactKind.PROCEDURE)
        if is_of(fact)
        for coding in fact.codings
        if coding.system == ICD10PCS
    }
    return tuple(sorted(found))


def _last_value(case: Case, stay: Stay, codes: frozenset[str]) -> float | None:
    """Return the last value within a stay: that of the discharge, or of the admission where there is no other."""
    until = stay.discharged_on or case.today
    found = [
        (day, fact.id, fact.value_number)
        for fact in case.chart.of(FactKind.OBSERVATION)
        if fact.value_number is not None
        and (day := start_of(fact)) is not None
        and stay.admitted_on <= day <= until
        and any(coding.code in codes for coding in fact.codings)
    ]
    return max(found)[2] if found else None


def _band(terms: HospitalTerms, score: int) -> HospitalBand:
    if score >= terms.high:
        return HospitalBand.HIGH
    return HospitalBand.INTERMEDIATE if score >= terms.intermediate else HospitalBand.LOW
