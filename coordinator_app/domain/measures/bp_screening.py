"""Blood pressure taken at each visit, and what follows a high one. Counts visits; feeds the scorecard only."""

from collections.abc import Sequence
from datetime import date

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures import oids, pressure_readings
from coordinator_app.domain.measures.at_visits import problems, was_written_during
from coordinator_app.domain.measures.days import end_of, onset, was_ordered_within
from coordinator_app.domain.measures.instants import is_during, is_not_after, start_of, years_earlier
from coordinator_app.domain.measures.measure import NOBODY, Groups, Measure, Place, Sets
from coordinator_app.domain.measures.pressure_readings import Reading, last, readings
from coordinator_app.domain.measures.statuses import ACTIVE, DONE, FINISHED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.measures.visits import visits
from coordinator_app.domain.terminology import LOINC

_ADVICE = "2.16.840.1.113883.3.600."
_CARE = "2.16.840.1.113883.3.526.3."

SETS: Sets = {
    **pressure_readings.SETS,
    "visit": (_ADVICE + "1920",),
    "hypertension": (_ADVICE + "263",),
    "high reading": ("2.16.840.1.113762.1.4.1047.514",),
    "four weeks": (_CARE + "1578",),
    "six months": ("2.16.840.1.113762.1.4.1108.125",),
    "tests": (_ADVICE + "1482", Coding(LOINC, "34534-8"), Coding(LOINC, "11524-6")),
    "way of life": (_CARE + "1581", _ADVICE + "1510", _ADVICE + "1515", _ADVICE + "1518", _CARE + "1583"),
    "referral": (_CARE + "1580",),
    "drug": ("2.16.840.1.113883.3.526.1577",),
    "declined": (oids.DECLINED, oids.REFUSED),
    "reason": (oids.DECLINED, oids.REFUSED, oids.MEDICAL_REASON),
}

_VIRTUAL = "VR"
_ORDER = "order"


def _judge(view: View) -> Groups:
    if view.age_at_start < 18:
        return {"Group_1": NOBODY}
    seen = [visit for visit in visits(view, "visit", status=FINISHED) if visit.class_code != _VIRTUAL]
    return {"Group_1": _places(view, seen) if seen else NOBODY}


def _places(view: View, seen: Sequence[Fact]) -> Sequence[Place]:
    first_known = min(map(onset, problems(view, "hypertension")), default=None)
    taken = readings(view)
    before = [visit for visit in seen if _was_high_before(taken, visit)]
    return [_place(view, visit, taken, before, first_known) for visit in seen]


def _place(
    view: View, visit: Fact, taken: Sequence[Reading], before: Sequence[Fact], first_known: date | None
) -> Place:
    came = visit.starts_on
    if first_known is not None and came is not None and first_known <= came:
        return Place(excluded=True)
    during = last(taken, lambda reading: reading.is_final and is_during(reading.ended, visit))
    that_day = last(taken, lambda reading: reading.is_final and _is_on_days_of(reading, visit))
    any_that_day = last(taken, lambda reading: _is_on_days_of(reading, visit))
    numerator, declined = False, False
    if during is not None and during.is_whole and not during.is_from(120, 80) and _is_from_one(during):
        numerator = True
    if during is not None and during.is_whole and _is_elevated(during):
        numerator = numerator or _is_followed_up(view, visit, "six months", "way of life")
        declined = _was_declined(view, visit, "referral", "six months", "way of life")
    if any_that_day is not None and any_that_day.is_whole and any_that_day.is_from(130, 80) and visit not in before:
        numerator = numerator or _first_is_followed_up(view, visit)
        declined = declined or _was_declined(view, visit, "four weeks", "referral", "way of life")
    if before and that_day is not None and _is_somewhat_high(that_day):
        numerator = numerator or _second_is_followed_up(view, visit)
        declined = declined or _was_declined(view, visit, "referral", "six months", "way of life", tests=True)
    if before and during is not None and during.is_whole and during.is_from(140, 90):
        numerator = numerator or _highest_is_followed_up(view, visit)
        declined = (
            declined
            or _was_declined(view, visit, "referral", "four weeks", "way of life", tests=True)
            or any(
                was_written_during(order, visit)
                for order in view.refused(FactKind.DRUG_ORDER, "drug")
                if order.status in DONE
            )
        )
    return Place(numerator=numerator, excepted=declined or _was_not_taken(view, visit))


def _was_high_before(taken: Sequence[Reading], visit: Fact) -> bool:
    """Say whether the last reading of the year before a visit was high."""
    came = start_of(visit)
    if came is None:
        return False
    since = years_earlier(came, 1)

    def was_before(reading: Reading) -> bool:
        # Where no times were told, a reading of the same day was taken at the visit.
        is_at_visit = came.at is None and reading.ended == came
        return (
            reading.is_final
            and not is_at_visit
            and is_not_after(since, reading.ended)
            and is_not_after(reading.ended, came)
        )

    earlier = last(taken, was_before)
    return earlier is not None and earlier.is_whole and earlier.is_from(130, 80)


def _is_on_days_of(reading: Reading, visit: Fact) -> bool:
    ended = end_of(visit)
    return visit.starts_on is not None and ended is not None and visit.starts_on <= reading.ended.day <= ended


def _is_from_one(reading: Reading) -> bool:
    return (reading.systolic or 0) >= 1 and (reading.diastolic or 0) >= 1


def _is_elevated(reading: Reading) -> bool:
    return 120 <= (reading.systolic or 0) <= 129 and 1 <= (reading.diastolic or 0) < 80


def _is_somewhat_high(reading: Reading) -> bool:
    if reading.systolic is None or reading.diastolic is None or reading.is_from(140, 90):
        return False
    return 130 <= reading.systolic <= 139 or 80 <= reading.diastolic <= 89


def _first_is_followed_up(view: View, visit: Fact) -> bool:
    """Say whether a visit within four weeks was ordered, with advice some time in the year, or a referral."""
    return _was_referred(view, visit) or (
        _was_asked(view, visit, "four weeks") and _was_asked_in_year(view, "way of life")
    )


def _is_followed_up(view: View, visit: Fact, *words: str) -> bool:
    return _was_referred(view, visit) or all(_was_asked(view, visit, word) for word in words)


def _second_is_followed_up(view: View, visit: Fact) -> bool:
    return _was_referred(view, visit) or (
        _was_asked(view, visit, "six months")
        and _was_asked_in_year(view, "tests")
        and _was_asked_in_year(view, "way of life")
    )


def _highest_is_followed_up(view: View, visit: Fact) -> bool:
    return _was_referred(view, visit) or (
        _was_asked(view, visit, "four weeks")
        and _was_asked_in_year(view, "tests")
        and _was_asked_in_year(view, "way of life")
        and any(
            was_ordered_within(order, view.start, view.end)
            for order in view.of(FactKind.DRUG_ORDER, "drug", status=ACTIVE)
        )
    )


def _was_asked(view: View, visit: Fact, word: str) -> bool:
    return any(
        order.intent == _ORDER and was_written_during(order, visit) for order in view.of(FactKind.SERVICE_ORDER, word)
    )


def _was_asked_in_year(view: View, word: str) -> bool:
    return any(
        order.intent == _ORDER and was_ordered_within(order, view.start, view.end)
        for order in view.of(FactKind.SERVICE_ORDER, word)
    )


def _was_referred(view: View, visit: Fact) -> bool:
    """Say whether a referral was written at a visit for a high reading."""
    return any(
        order.intent == _ORDER and was_written_during(order, visit) and view.is_for(order, "high reading")
        for order in view.of(FactKind.SERVICE_ORDER, "referral")
    )


def _was_declined(view: View, visit: Fact, *words: str, tests: bool = False) -> bool:
    """Say whether the person declined one of the orders at a visit."""
    return any(
        was_written_during(order, visit) and order.status in DONE and view.means(order.negation_reason, "declined")
        for order in view.refused(FactKind.SERVICE_ORDER, *words)
    ) or (
        tests
        and any(
            was_written_during(order, visit) and view.means(order.negation_reason, "declined")
            for order in view.refused(FactKind.SERVICE_ORDER, "tests")
        )
    )


def _was_not_taken(view: View, visit: Fact) -> bool:
    """Say whether no pressure was taken at a visit because it was declined, or for a medical reason."""
    return any(
        was_written_during(reading, visit) and view.means(reading.negation_reason, "reason")
        for reading in view.refused(FactKind.OBSERVATION, "pressure", "systolic", "diastolic")
    )


MEASURE = Measure("CMS22", "blood pressure taken at visits", SETS, _judge)
