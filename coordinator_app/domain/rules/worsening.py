"""Worsening: results that are dangerous or get worse, each with its values and dates (clinical.md 7)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice

from coordinator_app.domain.calendar import birthday
from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.ids import FactId
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.case import Case
from coordinator_app.domain.rules.exclusions import hospice_since
from coordinator_app.domain.rules.kidney_risk import kidney_risk_reasons
from coordinator_app.domain.rules.readings import PREFIX, Reading, readings_of
from coordinator_app.domain.rules.taking import taken_on
from coordinator_app.domain.rules.worsening_conditions import condition_signs
from coordinator_app.domain.rules.worsening_terms import ChangeSign, LevelSign, Sign, Steps
from coordinator_app.domain.rules.worsening_visits import visit_signs
from coordinator_app.domain.sensitivity import Sensitivity

SAFETY = "safety"
HIGH = "high"

_TREND = 3
_PER_SURFACE = "1.73"
_ACTIONS: Mapping[str, tuple[str, ...]] = {
    SAFETY: ("prescriber", "call", "book"),
    HIGH: ("call", "book", "prescriber", "refer"),
}
_VISITS = frozenset({"AMB", "HH", "VR", "EMER", "IMP", "OBSENC"})

Course = tuple[Reading, ...]


def worsening_reasons(case: Case) -> Iterator[Reason]:
    """Yield one reason for each sign that stands, and the last one that a later result or time has ended."""
    terms = case.data.worsening
    courses = {lab.name: readings_of(case, lab) for lab in terms.labs if PREFIX + lab.name in case.meant}
    if courses:
        visits = _visit_days(case)
        fired: set[tuple[str, date]] = set()
        for level in terms.levels:
            course = courses.get(level.lab, ())
            if not course:
                continue
            for place in _last_two(level, course, courses.get(level.other, ())):
                fired.add((level.sign.name, course[place].on))
                yield from _level(case, level, course, place, other=courses.get(level.other, ()), visits=visits)
        for change in terms.changes:
            for reason in _change(case, change, courses.get(change.lab, ()), visits, fired):
                fired.add((change.sign.name, date.fromisoformat(reason.episode)))
                yield reason
        yield from kidney_risk_reasons(case)
    yield from visit_signs(case)
    yield from condition_signs(case)


def _last_two(sign: LevelSign, course: Course, other: Course) -> list[int]:
    """Return the places of the newest reading that shows the sign and, when it is not the last, of no other."""
    with_it = {reading.on: reading.value for reading in other}
    found = (place for place in range(len(course) - 1, -1, -1) if _shows(sign, course, place, with_it))
    return sorted(islice(found, 2))


def _shows(sign: LevelSign, course: Course, place: int, with_it: Mapping[date, float]) -> bool:
    first = place - sign.readings + 1
    if first < 0 or (course[place].on - course[first].on).days < sign.apart_days:
        return False
    return all(_is_beyond(sign, reading, with_it.get(reading.on)) for reading in course[first : place + 1])


def _is_beyond(sign: LevelSign, reading: Reading, other: float | None) -> bool:
    if sign.under is not None and reading.value >= sign.under:
        return False
    if sign.over is not None and reading.value < sign.over:
        return False
    if sign.other_least is not None and other is not None and other >= sign.other_least:
        return True
    if sign.least is not None:
        return reading.value >= sign.least
    return sign.most is not None and reading.value <= sign.most


def _level(
    case: Case, level: LevelSign, course: Course, place: int, *, other: Course, visits: Sequence[date]
) -> Iterator[Reason]:
    reading = course[place]
    takes = (
        [
            one
            for one in taken_on(case, reading.on)
            if one.drug_class.name in level.takes_classes
            or one.switch_group in level.takes_groups
            or one.rxcui in level.takes_rxcuis
        ]
        if level.takes_classes or level.takes_groups or level.takes_rxcuis
        else []
    )
    if level.needs_takes and not takes:
        return
    second = next((one for one in other if one.on == reading.on), None)
    value = f"{reading.value:g}" + (f"/{second.value:g}" if second is not None else "")
    said: dict[str, str | int | float] = {"value": value, "takes": " ".join(one.rxcui for one in takes)}
    earlier = course[max(0, place - _TREND + 1) : place]
    if earlier:
        said |= {"earlier_value": f"{earlier[-1].value:g}", "earlier_date": earlier[-1].on.isoformat()}
    facts = [one.fact for one in (*earlier, reading)]
    points = {f"worsening_{level.sign.name}": _step(level.steps, reading.value, is_high=level.is_high)}
    yield from _sign_reason(
        case,
        level.sign,
        course,
        place,
        points=points,
        said=said,
        facts=facts,
        visits=visits,
        said_as=_pairs((*earlier, reading), other),
    )


def _pairs(course: Course, other: Course) -> dict[FactId, str]:
    """Return how the two numbers of a blood pressure are said: one reading, one over the other."""
    with_it = {reading.on: reading.value for reading in other}
    return {
        reading.fact.id: f"{reading.value:g}/{with_it[reading.on]:g} {reading.fact.value_unit}".strip()
        for reading in course
        if reading.on in with_it
    }


def _change(
    case: Case, change: ChangeSign, course: Course, visits: Sequence[date], fired: set[tuple[str, date]]
) -> Iterator[Reason]:
    shown = [
        (place, before, size)
        for place in range(1, len(course))
        for before, size in [_changed(change, course, place)]
        if before is not None and (change.unless, course[place].on) not in fired
        if not change.takes or (_takes(case, change, before.on) and _takes(case, change, course[place].on))
    ]
    for place, before, size in shown[-2:]:
        assert before is not None  # noqa: S101
        said: dict[str, str | int | float] = {
            "value": f"{course[place].value:g}",
            "earlier_value": f"{before.value:g}",
            "earlier_date": before.on.isoformat(),
            "change": f"{abs(size):.0f}" if change.percent is not None else f"{abs(size):.1f}",
        }
        points = {f"worsening_{change.sign.name}": _step(change.steps, abs(size), is_high=True)}
        facts = [before.fact, course[place].fact]
        yield from _sign_reason(case, change.sign, course, place, points=points, said=said, facts=facts, visits=visits)


def _takes(case: Case, change: ChangeSign, day: date) -> bool:
    return any(one.drug_class.name in change.takes for one in taken_on(case, day))


def _changed(change: ChangeSign, course: Course, place: int) -> tuple[Reading | None, float]:
    """Return the earlier reading against which the change is greatest, and its size; None where there is no change."""
    now, least, most = course[place], *change.within
    if change.level is not None and now.value < change.level:
        return None, 0
    best: Reading | None = None
    found = 0.0
    for start, before in enumerate(course[:place]):
        days = (now.on - before.on).days
        if not least <= days <= most or place - start + 1 < change.readings:
            continue
        # A rate for the body's surface and one for the whole body are two measures, not a course.
        if (_PER_SURFACE in before.fact.value_unit) != (_PER_SURFACE in now.fact.value_unit):
            continue
        wanted = change.percent if change.percent is not None else change.by
        if wanted is None or (change.percent is not None and not before.value):
            continue
        size = now.value - before.value
        size = 100 * size / before.value if change.percent is not None else size
        size = size * 365 / days if change.is_yearly else size
        enough = size <= wanted if wanted < 0 else round(size, 6) >= wanted
        if enough and (best is None or abs(size) > abs(found)):
            best, found = before, size
    return best, found


def _sign_reason(
    case: Case,
    sign: Sign,
    course: Course,
    place: int,
    *,
    points: Mapping[str, int],
    said: Mapping[str, str | int | float],
    facts: Sequence[Fact],
    visits: Sequence[date],
    said_as: Mapping[FactId, str] | None = None,
) -> Iterator[Reason]:
    reading = course[place]
    if sign.needs and (sign.needs not in case.held or case.held[sign.needs][0] > case.today):
        return
    if sign.from_age and reading.on < birthday(case.person.birth_date, sign.from_age):
        return
    ends = [(reading.on + timedelta(sign.keep_days), "old")]
    if place + 1 < len(course):
        ends.append((course[place + 1].on, "newer_result"))
    hospice = hospice_since(case) if sign.urgency != SAFETY else None
    if hospice is not None:
        ends.append((hospice, "hospice"))
    ends_on, cause = min(ends)
    known = case.calendar.day_of(reading.fact.known_at) if reading.fact.known_at else reading.on
    opens_on = max(reading.on, known)
    if opens_on >= ends_on:
        return
    answered = next((day for day in visits if day > reading.on), None)
    urgency = HIGH if sign.urgency == SAFETY and answered is not None else sign.urgency
    is_private = sign.sensitivity is not Sensitivity.ORDINARY
    yield case.reason(
        ReasonKind.WORSENING,
        f"worsening.{sign.name}",
        course[place].fact.codings[0].code if not is_private else "score",
        reading.on.isoformat(),
        sentence=f"worsening.{sign.name}",
        opens_on=opens_on,
        due_on=opens_on if sign.urgency == SAFETY else opens_on + timedelta(7),
        ends_on=ends_on,
        end_cause=cause,
        points=points,
        arguments={
            **said,
            "urgency": urgency,
            "measured_date": reading.on.isoformat(),
            "fresh_days": case.data.worsening.fresh_days if sign.urgency == SAFETY else 0,
            "visited_on": answered.isoformat() if answered else "",
        },
        facts=facts,
        evidence_on=reading.on,
        actions=_ACTIONS.get(urgency, _ACTIONS[HIGH]),
        sensitivity=sign.sensitivity,
        said_as=said_as,
    )


def _visit_days(case: Case) -> tuple[date, ...]:
    days = {
        fact.starts_on
        for fact in case.chart.of(FactKind.ENCOUNTER)
        if fact.class_code in _VISITS and fact.starts_on is not None and fact.status != "planned"
    }
    return tuple(sorted(days))


def _step(steps: Steps, value: float, *, is_high: bool) -> int:
    return max((points for bound, points in steps if (value >= bound if is_high else value <= bound)), default=0)
