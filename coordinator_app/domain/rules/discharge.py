"""Home from hospital: contact within two business days, and how likely the person is to be back within thirty."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator_app.domain.calendar import age_on
from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.after_stay import after_stay, emergency_reasons, facility_reasons
from coordinator_app.domain.rules.case import Case, diagnosis_codes
from coordinator_app.domain.rules.hospital_score import Hospital, hospital_of, procedures_of
from coordinator_app.domain.rules.lace import Band, Lace, lace_of
from coordinator_app.domain.rules.planned import is_planned
from coordinator_app.domain.rules.stays import Stay, WentTo
from coordinator_app.domain.sensitivity import Sensitivity, strictest

RULE = "discharge.contact"
SUBJECT = "stay"

_WENT_HOME = frozenset({WentTo.HOME, WentTo.AGAINST_ADVICE, WentTo.UNKNOWN})
_ACTIONS = ("call", "book", "teach", "reconcile")


def discharge_reasons(case: Case) -> Iterator[Reason]:
    """Yield the call, the visit and the medicines owed for each stay that ended at home lately, and emergency visits.

    Opens on the later of the discharge and the day we learned of it; due on the second business day after the
    discharge whenever we learned of it (TCM); ends when the thirty days are over or the person is admitted again.
    A stay that ended in a facility has no clock until the person goes home (practice 24).
    """
    terms = case.data.discharge
    stays = case.stays
    for number, stay in enumerate(stays):
        if stay.discharged_on is None or _is_birth(case, stay):
            continue
        if stay.went_to is WentTo.FACILITY:
            yield from facility_reasons(case, stay, min((one.admitted_on for one in stays[number + 1 :]), default=None))
        if stay.went_to not in _WENT_HOME:
            continue
        window_ends = stay.discharged_on + timedelta(terms.window_days)
        if case.today <= window_ends + timedelta(case.data.horizon_days):
            contact = _reason(case, stay, stays, stays[number + 1 :], window_ends)
            yield contact
            yield from after_stay(
                case,
                stay,
                contact.ends_on or window_ends,
                contact.end_cause,
                is_high=contact.arguments["lace_band"] not in {"low", "moderate"},
                sensitivity=contact.sensitivity,
            )
    yield from emergency_reasons(case, stays)


def _reason(case: Case, stay: Stay, stays: tuple[Stay, ...], later: Sequence[Stay], window_ends: date) -> Reason:
    assert stay.discharged_on is not None  # noqa: S101
    terms = case.data.discharge
    due_on = case.calendar.business_days_after(stay.discharged_on, terms.contact_business_days)
    known_on = known_day(case, stay)
    lace = lace_of(case, stay, stays)
    why = why_in_hospital(case, stay)
    back_on = min((other.admitted_on for other in later), default=window_ends)
    return case.reason(
        ReasonKind.DISCHARGE,
        RULE,
        SUBJECT,
        stay.admitted_on.isoformat(),
        sentence="discharge.home",
        opens_on=max(stay.discharged_on, known_on or stay.discharged_on),
        due_on=due_on,
        ends_on=min(back_on, window_ends),
        end_cause="readmitted" if back_on < window_ends else "window_over",
        points=_points(case, stay, lace, why.condition),
        arguments={
            "admitted_on": stay.admitted_on.isoformat(),
            "discharged_on": stay.discharged_on.isoformat(),
            "known_on": known_on.isoformat() if known_on else "",
            "late_on_arrival": int(known_on is not None and known_on > due_on),
            "condition": why.condition,
            "condition_words": why.words,
            "went_to": stay.went_to.value,
            "planned": {True: "no", False: "yes", None: "unknown"}[_is_unplanned(case, stay)],
            **_lace_arguments(lace),
            "lace_over_age_limit": int(_is_over_age_limit(case, stay, lace)),
            "back_after_days": _back_after(case, stay, stays),
            **_hospital_arguments(hospital_of(case, stay, stays, lace.conditions or None)),
        },
        facts=(*stay.encounters, *lace.facts),
        evidence_on=stay.discharged_on,
        actions=_ACTIONS,
        sensitivity=max(lace.sensitivity, why.sensitivity),
    )


def _points(case: Case, stay: Stay, lace: Lace, condition: str) -> dict[str, int]:
    terms = case.data.discharge.points
    band = Band.UNKNOWN if lace.band is Band.NOT_APPLICABLE else lace.band
    score = lace.highest if band is not Band.UNKNOWN else max(lace.highest, case.data.lace.high)
    return {
        "unplanned": 0 if _is_unplanned(case, stay) is False else terms["unplanned"],
        f"risk_{band.value}": terms[f"risk_{band.value}"],
        "lace": score,
        "age_limit": case.data.stays.points["age_limit"]
        if band is Band.MODERATE and _is_over_age_limit(case, stay, lace)
        else 0,
        "against_advice": case.data.stays.points["against_advice"] if stay.went_to is WentTo.AGAINST_ADVICE else 0,
        "cohort": terms["cohort"] if condition in case.data.discharge.cohorts else 0,
    }


def _is_over_age_limit(case: Case, stay: Stay, lace: Lace) -> bool:
    """Say whether the score is high for the person's age: one limit for all misses the younger (Fry 2020)."""
    age = age_on(case.person.birth_date, stay.admitted_on)
    limits = [score for least, score in case.data.stays.age_limits if age >= least]
    return bool(limits) and lace.highest >= limits[-1] and lace.band not in {Band.NOT_APPLICABLE, Band.UNKNOWN}


def _back_after(case: Case, stay: Stay, stays: Sequence[Stay]) -> int | str:
    """Return after how many days at home this stay began, where it was an unplanned return within the window."""
    before = [each.discharged_on for each in stays if each.discharged_on and each.discharged_on <= stay.admitted_on]
    days = (stay.admitted_on - max(before)).days if before else case.data.discharge.window_days + 1
    return days if days <= case.data.discharge.window_days and _is_unplanned(case, stay) is not False else ""


def _hospital_arguments(score: Hospital) -> dict[str, str | int]:
    return {
        "hospital_least": score.least,
        "hospital_most": score.most,
        "hospital_band": score.band.value,
        "hospital_missing": " ".join(score.missing),
    }


def _lace_arguments(lace: Lace) -> dict[str, str | int]:
    return {
        "lace": lace.score,
        "lace_highest": lace.highest,
        "lace_band": lace.band.value,
        "lace_why": lace.why,
        "lace_length": lace.length,
        "lace_acute": "" if lace.acute is None else lace.acute,
        "lace_comorbidity": "" if lace.comorbidity is None else lace.comorbidity,
        "lace_emergency": lace.emergency,
        "lace_conditions": " ".join(lace.conditions),
    }


def known_day(case: Case, stay: Stay) -> date | None:
    """Return the day on which the discharge was first known here; None where no source says when it came."""
    told = [fact.known_at for fact in stay.encounters if fact.ends_on == stay.discharged_on]
    known = [at for at in told if at is not None]
    return case.calendar.day_of(min(known)) if known else None


@dataclass(frozen=True, slots=True)
class Why:
    """Why a person was in hospital: our name for it where we have one, the source's words, and how private it is."""

    condition: str
    words: str
    sensitivity: Sensitivity


def why_in_hospital(case: Case, stay: Stay) -> Why:
    """Return the first diagnosis of the stay itself, else the first condition that was recorded in it."""
    own = {fact.id for fact in stay.encounters}
    told = sorted((f for f in case.chart.of(FactKind.CONDITION) if f.encounter_id in own), key=lambda f: f.id)
    codes = [code for fact in stay.encounters for code in diagnosis_codes(fact.reasons)]
    used = next((fact for fact in told if fact.display), None) if not codes else None
    if used is not None:
        codes = list(diagnosis_codes(used.codings))
    names = sorted(case.data.conditions.names(codes[0])) if codes else []
    levels = [used.sensitivity if used else Sensitivity.ORDINARY]
    if any(code.startswith(case.data.confidential) for code in codes):
        levels.append(Sensitivity.CONFIDENTIAL)
    return Why(names[0] if names else "", used.display.split(" (")[0] if used else "", strictest(levels))


def _is_unplanned(case: Case, stay: Stay) -> bool | None:
    codes = diagnosis_codes(coding for fact in stay.encounters[:1] for coding in fact.reasons)
    if codes and codes[0].startswith(case.data.discharge.planned):
        return False
    if codes and is_planned(case.data.planned, codes[0], procedures_of(case, stay)):
        return False
    return stay.is_acute


def _is_birth(case: Case, stay: Stay) -> bool:
    return stay.admitted_on == case.person.birth_date and stay.days <= case.data.discharge.newborn_days
