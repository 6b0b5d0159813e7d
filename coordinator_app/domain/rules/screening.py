"""Screening: the clinical due date leads; the measure's calendar year is kept beside it and never mixed in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator_app.domain.calendar import birthday, years_after
from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.case import Case
from coordinator_app.domain.rules.data import ScreeningTerms, ScreeningTest
from coordinator_app.domain.rules.exclusions import frail_since, hospice_since, palliative_since

SUBJECT = "screening"

_TESTS = (FactKind.PROCEDURE, FactKind.OBSERVATION, FactKind.REPORT, FactKind.IMAGING, FactKind.CLAIM)
_NEVER = "none"


@dataclass(frozen=True, slots=True)
class Done:
    """A test that was done: what kind, when, and until when it lasts clinically."""

    test: ScreeningTest
    on: date
    lasts_until: date
    fact: Fact


@dataclass(frozen=True, slots=True)
class MeasureView:
    """How one calendar year's measure sees a person; binary on 31 December, whatever the clinical due date."""

    in_population: bool
    excluded: bool
    closed: bool


def screening_reasons(case: Case) -> Iterator[Reason]:
    """Yield for each screening the round that is open or comes next, and the round before it with its end."""
    for terms in case.data.screenings:
        done = done_tests(case, terms)
        yield from _round(case, terms, done, None)
        if done:
            before = [each for each in done if each.on < done[-1].on]
            yield from _round(case, terms, before, done[-1])


def done_tests(case: Case, terms: ScreeningTerms) -> list[Done]:
    """Return the finished tests in order of their days; a laboratory result counts only when it has a value."""
    found = [
        Done(test, day, years_after(day, test.years), fact)
        for test in terms.tests
        for day, fact in case.events(_TESTS, test.name)
        if fact.kind is not FactKind.OBSERVATION or _has_value(fact)
    ]
    return sorted(found, key=lambda done: (done.on, done.lasts_until, done.fact.id))


def clinical_due(case: Case, terms: ScreeningTerms, done: Sequence[Done]) -> date:
    """Return when the next test is due: when the longest-lasting one runs out, and not before the first age."""
    first = birthday(case.person.birth_date, terms.from_age)
    return max([first, *(each.lasts_until for each in done)])


def measure_view(case: Case, terms: ScreeningTerms, year: int) -> MeasureView:
    """Return how the measure of calendar ``year`` sees the person, by what is known today; visits are not asked for."""
    age = year - case.person.birth_date.year
    closed = any(
        done.test.name == test.name and year - test.measure_years < done.on.year <= year
        for test in terms.tests
        for done in done_tests(case, terms)
    )
    return MeasureView(
        in_population=terms.measure_from_age <= age <= terms.measure_to_age,
        excluded=excluded_since(case, terms) is not None,
        closed=closed,
    )


def excluded_since(case: Case, terms: ScreeningTerms) -> tuple[date, str] | None:
    """Return since when and why the person is not to be screened, or None."""
    found = [
        (day, name)
        for name in terms.excluded_by
        for day, _ in case.events((FactKind.CONDITION, FactKind.PROCEDURE), name)
    ]
    for day, name in (
        (hospice_since(case), "hospice"),
        (palliative_since(case), "palliative"),
        (frail_since(case, terms.frailty_from_age), "frailty"),
    ):
        if day is not None:
            found.append((day, name))
    return min(found, default=None)


def _round(case: Case, terms: ScreeningTerms, done: Sequence[Done], ended_by: Done | None) -> Iterator[Reason]:
    opens_on = clinical_due(case, terms, done)
    ends_on, cause = _end(case, terms, ended_by)
    if opens_on >= ends_on:
        return
    last = done[-1] if done else None
    born = case.person.birth_date.year
    state = "last_test_old" if last else "none_on_record"
    points = {state: terms.points[state]}
    if opens_on >= birthday(case.person.birth_date, 50):
        points["age_50"] = terms.points["age_50"]
    yield case.reason(
        ReasonKind.SCREENING,
        f"screening.{terms.name}",
        SUBJECT,
        last.on.isoformat() if last else _NEVER,
        sentence=f"screening.{terms.name}.{'again' if last else 'none'}",
        opens_on=opens_on,
        ends_on=ends_on,
        end_cause=cause,
        points=points,
        arguments={
            "screening": terms.name,
            "due_from": opens_on.isoformat(),
            "last_test": last.test.name if last else "",
            "last_on": last.on.isoformat() if last else "",
            "measure_from_year": born + terms.measure_from_age,
            "measure_to_year": born + terms.measure_to_age,
        },
        facts=(each.fact for each in done[-1:]),
        evidence_on=last.on if last else None,
        actions=terms.actions,
    )


def _end(case: Case, terms: ScreeningTerms, ended_by: Done | None) -> tuple[date, str]:
    ends = [(birthday(case.person.birth_date, terms.to_age + 1), "age")]
    if ended_by is not None:
        ends.append((ended_by.on, "done"))
    excluded = excluded_since(case, terms)
    if excluded is not None:
        ends.append(excluded)
    return min(ends)


def _has_value(fact: Fact) -> bool:
    return fact.value_number is not None or bool(fact.value_text) or fact.value_coding is not None


def hospice_lapses_on(case: Case) -> date | None:
    """Return when the last word of hospice is a year old, so that the person must be looked at again."""
    since = hospice_since(case) or palliative_since(case)
    return since + timedelta(366) if since else None
