"""After a discharge or an emergency visit: the visit within 7 or 14 days, medicines reconciled within 30."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from coordinator_app.domain.calendar import age_on
from coordinator_app.domain.facts import Coding, Fact, FactKind
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
    After a mental health stay only a mental health visit counts, for which 7 days are given and 30 at most.
    """
    if stay.discharged_on is None:
        return
    terms, home = case.data.stays, stay.discharged_on
    is_mental = is_mental_stay(case, stay)
    rule = "discharge.mental" if is_mental else "discharge.visit"
    seen = _seen_after(case, home, is_mental=is_mental)
    ends = [(ends_on, cause)] + ([(seen, "seen")] if seen else [])
    common = {"discharged_on": home.isoformat(), "urgency": "dated"}
    days = terms.visit_days_high if is_high or is_mental else terms.visit_days
    opens_on = case.calendar.business_days_after(home, case.data.discharge.contact_business_days) + timedelta(1)
    visit_ends, why = min(ends)
    if opens_on < visit_ends:
        yield case.reason(
            ReasonKind.DISCHARGE,
            rule,
            "stay",
            stay.admitted_on.isoformat(),
            sentence=rule,
            opens_on=opens_on,
            due_on=home + timedelta(days),
            ends_on=visit_ends,
            end_cause=why,
            points={"visit": terms.points["visit_high" if is_high or is_mental else "visit"]},
            arguments={**common, "days": days},
            facts=stay.encounters,
            evidence_on=home,
            actions=("book", "call"),
            sensitivity=Sensitivity.CONFIDENTIAL if is_mental else sensitivity,
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
        is_mental = _is_mental(case, visit.reasons[:1]) and age_on(case.person.birth_date, day) >= terms.mental_age
        seen = _seen_after(case, day, is_mental=is_mental)
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
            sentence="discharge.emergency.mental" if is_mental else "discharge.emergency",
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
            sensitivity=Sensitivity.CONFIDENTIAL if private or is_mental else Sensitivity.ORDINARY,
        )


def facility_reasons(case: Case, stay: Stay, later: date | None) -> Iterator[Reason]:
    """Yield a question where somebody is who left for a facility: the clock starts when the person goes home.

    Nobody tells us that day, so one asks; a later visit or admission answers it.
    """
    if stay.discharged_on is None:
        return
    terms, left = case.data.stays, stay.discharged_on
    seen = _seen_after(case, left, is_mental=False)
    ends = [(left + timedelta(terms.facility_until), "window_over")]
    ends += [(seen, "seen")] if seen else []
    ends += [(later, "readmitted")] if later else []
    ends_on, cause = min(ends)
    opens_on = left + timedelta(terms.facility_from)
    if opens_on < ends_on:
        yield case.reason(
            ReasonKind.DISCHARGE,
            "discharge.facility",
            "stay",
            stay.admitted_on.isoformat(),
            sentence="discharge.facility",
            opens_on=opens_on,
            ends_on=ends_on,
            end_cause=cause,
            points={"facility": terms.points["facility"]},
            arguments={"left_on": left.isoformat(), "urgency": "dated"},
            facts=stay.encounters,
            evidence_on=left,
            actions=("call", "facility"),
        )


def is_mental_stay(case: Case, stay: Stay) -> bool:
    """Say whether a stay was for mental illness or self-harm, of somebody old enough to be counted."""
    if age_on(case.person.birth_date, stay.admitted_on) < case.data.stays.mental_age:
        return False
    if any(fact.category == "psychiatric" for fact in stay.encounters):
        return True
    return any(_is_mental(case, fact.reasons[:1]) for fact in stay.encounters)


def _is_mental(case: Case, codings: Iterable[Coding]) -> bool:
    return any("psychiatric" in case.data.illnesses.names(code) for code in diagnosis_codes(codings))


def _seen_after(case: Case, day: date, *, is_mental: bool) -> date | None:
    """Return the first visit on a later day, with ``is_mental`` the first one for mental health."""
    visits = (on for on, fact in _visits(case) if on > day and (not is_mental or _is_mental(case, fact.reasons)))
    return min(visits, default=None)


def _visits(case: Case) -> Iterator[tuple[date, Fact]]:
    for fact in case.chart.of(FactKind.ENCOUNTER):
        if fact.class_code in _SEEN and fact.starts_on is not None and fact.status != "planned":
            yield fact.starts_on, fact
