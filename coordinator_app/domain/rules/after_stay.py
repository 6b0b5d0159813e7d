"""After a discharge or an emergency visit: the visit within 7 or 14 days, medicines reconciled within 30."""

from collections.abc import Iterator
from datetime import date, timedelta

from coordinator_app.domain.calendar import age_on
from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.case import Case, diagnosis_codes
from coordinator_app.domain.rules.stays import Stay, emergency_days, is_emergency
from coordinator_app.domain.sensitivity import Sensitivity

_SEEN = frozenset({"AMB", "HH", "VR"})


def after_stay(
    case: Case, stay: Stay, ends_on: date, cause: str, *, is_high: bool, sensitivity: Sensitivity
) -> Iterator[Reason]:
    """Yield what is owed after the call: a visit on record, and a look at the medicines.

    ``ends_on`` is when the thirty days or the time at home are over. A visit on the day of discharge does not count.
    """
    if stay.discharged_on is None:
        return
    terms, home = case.data.stays, stay.discharged_on
    seen = _seen_after(case, home)
    ends = [(ends_on, cause)] + ([(seen, "seen")] if seen else [])
    common = {"discharged_on": home.isoformat(), "urgency": "dated"}
    days = terms.visit_days_high if is_high else terms.visit_days
    opens_on = case.calendar.business_days_after(home, case.data.discharge.contact_business_days) + timedelta(1)
    visit_ends, why = min(ends)
    if opens_on < visit_ends:
        yield case.reason(
            ReasonKind.DISCHARGE,
            "discharge.visit",
            "stay",
            stay.admitted_on.isoformat(),
            sentence="discharge.visit",
            opens_on=opens_on,
            due_on=home + timedelta(days),
            ends_on=visit_ends,
            end_cause=why,
            points={"visit": terms.points["visit_high" if is_high else "visit"]},
            arguments={**common, "days": days},
            facts=stay.encounters,
            evidence_on=home,
            actions=("book", "call"),
            sensitivity=sensitivity,
        )
    from_day = home + timedelta(terms.medicines_from)
    if from_day < ends_on:
        yield case.reason(
            ReasonKind.DISCHARGE,
            "discharge.medicines",
            "stay",
            stay.admitted_on.isoformat(),
            sentence="discharge.medicines",
            opens_on=from_day,
            due_on=home + timedelta(terms.medicines_days),
            ends_on=ends_on,
            end_cause=cause,
            points={"medicines": terms.points["medicines"]},
            arguments=common,
            facts=stay.encounters,
            evidence_on=home,
            actions=("reconcile", "pharmacy", "call"),
            sensitivity=sensitivity,
        )


def emergency_reasons(case: Case, stays: tuple[Stay, ...]) -> Iterator[Reason]:
    """Yield a follow-up within 7 days for each late emergency visit from which the person went home."""
    terms, encounters = case.data.stays, case.chart.of(FactKind.ENCOUNTER)
    days = emergency_days(encounters, stays)
    first = case.today - timedelta(terms.emergency_window + case.data.horizon_days)
    for day in (day for day in days if day >= first):
        visit = min((f for f in encounters if is_emergency(f) and f.starts_on == day), key=lambda f: f.id)
        ends = [(day + timedelta(terms.emergency_window), "window_over")]
        seen = _seen_after(case, day)
        ends += [(seen, "seen")] if seen else []
        ends += [(stay.admitted_on, "readmitted") for stay in stays if stay.admitted_on > day]
        ends_on, cause = min(ends)
        known = case.calendar.day_of(visit.known_at) if visit.known_at else day
        opens_on = max(day, known)
        if opens_on >= ends_on:
            continue
        ill = [name for name in terms.emergency_conditions if name in case.held]
        is_ill = len(ill) > 1 and age_on(case.person.birth_date, day) >= case.data.lace.adult_age
        private = any(code.startswith(case.data.confidential) for code in diagnosis_codes(visit.reasons))
        yield case.reason(
            ReasonKind.DISCHARGE,
            "discharge.emergency",
            "emergency",
            day.isoformat(),
            sentence="discharge.emergency",
            opens_on=opens_on,
            due_on=day + timedelta(terms.emergency_days),
            ends_on=ends_on,
            end_cause=cause,
            points={
                "emergency": terms.points["emergency"],
                "emergency_ill": terms.points["emergency_ill"] if is_ill else 0,
            },
            arguments={"visited_date": day.isoformat(), "urgency": "dated", "illnesses": " ".join(ill)},
            facts=[visit],
            evidence_on=day,
            actions=("call", "book"),
            sensitivity=Sensitivity.CONFIDENTIAL if private else Sensitivity.ORDINARY,
        )


def _seen_after(case: Case, day: date) -> date | None:
    """Return the first visit on a later day."""
    return min((on for on, _ in _visits(case) if on > day), default=None)


def _visits(case: Case) -> Iterator[tuple[date, Fact]]:
    for fact in case.chart.of(FactKind.ENCOUNTER):
        if fact.class_code in _SEEN and fact.starts_on is not None and fact.status != "planned":
            yield fact.starts_on, fact
