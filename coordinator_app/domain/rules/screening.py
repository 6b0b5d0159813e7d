"""Screening: the clinical due date leads; the measure's calendar year is kept beside it and never mixed in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator_app.domain.calendar import birthday, months_after, years_after
from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.case import Case
from coordinator_app.domain.rules.exclusions import frail_since, hospice_since, palliative_since, treated_since
from coordinator_app.domain.rules.screening_terms import ScreeningTerms, ScreeningTest

SUBJECT = "screening"

_TESTS = (FactKind.PROCEDURE, FactKind.OBSERVATION, FactKind.REPORT, FactKind.IMAGING, FactKind.CLAIM)
_NOT_WANTED = frozenset({"revoked", "completed", "cancelled", "entered-in-error"})
_NEVER = "none"
_STANDS_YEARS = 50
_SEEN_LATELY = timedelta(730)
"""How long after the last visit on record one asks for what is done at visits [D]; after that, a visit comes first."""


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
    shared = _Shared(hospice_since(case), palliative_since(case), treated_since(case), *_visits(case))
    for terms in case.data.screenings:
        if not _is_concerned(case, terms, shared):
            continue
        done = done_tests(case, terms)
        yield from _round(case, terms, done, None, shared)
        if done:
            before = [each for each in done if each.on < done[-1].on]
            yield from _round(case, terms, before, done[-1], shared)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all screenings of a person have in common."""

    hospice: date | None
    palliative: date | None
    treated: date | None
    first_visit: date | None
    last_visit: date | None


def _visits(case: Case) -> tuple[date | None, date | None]:
    days = [
        fact.starts_on
        for fact in case.chart.of(FactKind.ENCOUNTER)
        if fact.class_code == "AMB" and fact.starts_on is not None and fact.status != "planned"
    ]
    return (min(days), max(days)) if days else (None, None)


def _is_concerned(case: Case, terms: ScreeningTerms, shared: _Shared) -> bool:
    """Say whether a person may ever be asked; most are not, and cheaply found out."""
    if terms.sex and not _has_organ(case, terms):
        return False
    if terms.needs and not any(name in case.held for name in terms.needs):
        return False
    return not terms.after_visit or shared.last_visit is not None


def _has_organ(case: Case, terms: ScreeningTerms) -> bool:
    """Say whether the person has what is screened: by what records tell of it, else by the sex (practice 32)."""
    if terms.organ:
        if f"organ_no_{terms.organ}" in case.meant:
            return False
        if f"organ_{terms.organ}" in case.meant:
            return True
        if terms.organ_by_test and any(test.name in case.meant for test in terms.tests):
            return True
    return terms.sex == case.person.sex


def done_tests(case: Case, terms: ScreeningTerms) -> list[Done]:
    """Return the finished tests in order of their days; a laboratory result counts only when it has a value.

    Where one test of each group is needed, a day counts when the last of them is done, as long as all last.
    """
    found = [
        Done(test, day, _lasts_until(test, day, fact), fact)
        for test in terms.tests
        for day, fact in _told(case, test)
        if (fact.kind is not FactKind.OBSERVATION or _has_value(fact))
        and (not test.from_age or day >= birthday(case.person.birth_date, test.from_age))
    ]
    found.sort(key=lambda done: (done.on, done.lasts_until, done.fact.id))
    groups = {test.group for test in terms.tests}
    if len(groups) < 2:
        return found
    newest: dict[int, Done] = {}
    whole: list[Done] = []
    for done in found:
        newest[done.test.group] = done
        if len(newest) == len(groups):
            until = min(each.lasts_until for each in newest.values())
            whole.append(Done(done.test, done.on, until, done.fact))
    return whole


def _told(case: Case, test: ScreeningTest) -> Iterator[tuple[date, Fact]]:
    if not test.drug_class:
        yield from case.events(_TESTS, test.name)
        return
    for kind in (FactKind.DISPENSE, FactKind.DRUG_ORDER):
        for fact in case.chart.of(kind):
            day = fact.starts_on or fact.authored_on
            if day is not None and any(i.drug_class.name == test.drug_class for i in case.data.drugs.ingredients(fact)):
                yield day, fact


def _lasts_until(test: ScreeningTest, day: date, fact: Fact) -> date:
    if test.drug_class and fact.kind is FactKind.DRUG_ORDER and fact.status == "active" and fact.ends_on is None:
        # An order that still stands says that the drug is taken, however long ago it was written.
        return years_after(day, _STANDS_YEARS)
    is_over = test.over is not None and fact.value_number is not None and fact.value_number > test.over
    return months_after(years_after(day, test.years), test.over_months if is_over else test.months)


def clinical_due(case: Case, terms: ScreeningTerms, done: Sequence[Done]) -> date:
    """Return when the next test is due: when the longest-lasting one runs out, and not before the first age."""
    first = birthday(case.person.birth_date, terms.from_age)
    lasts_until = max((each.lasts_until for each in done), default=first)
    return max(first, min([lasts_until, *_sooner(case, terms, done)]))


def _sooner(case: Case, terms: ScreeningTerms, done: Sequence[Done]) -> Iterator[date]:
    """Yield earlier days: what an order for the test names, and the years of surveillance after an illness."""
    if not done:
        return
    last = done[-1].on
    for name, years in terms.surveillance:
        if name in case.held:
            yield years_after(last, years)
    if terms.surveillance:
        names = {test.name for test in terms.tests}
        for fact in case.chart.of(FactKind.SERVICE_ORDER):
            meant = {name for coding in fact.codings for name in case.data.sets.names(coding)}
            ordered = fact.starts_on
            if meant & names and ordered is not None and ordered > last and fact.status not in _NOT_WANTED:
                yield ordered


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


def excluded_since(case: Case, terms: ScreeningTerms, shared: _Shared | None = None) -> tuple[date, str] | None:
    """Return since when and why the person is not to be screened, or None."""
    found = [
        (day, name)
        for name in terms.excluded_by
        for day, _ in case.events((FactKind.CONDITION, FactKind.PROCEDURE), name)
    ]
    for name in terms.excluded_by:
        parts = name.removeprefix("illness:").split("+") if name.startswith("illness:") else ()
        if parts and all(part in case.held for part in parts):
            found.append((max(case.held[part][0] for part in parts), "not_for_this_person"))
        sides = name.split("+")
        if len(sides) > 1 and not parts and all(side in case.meant for side in sides):
            found.append((max(min(day for day, _ in case.meant[side]) for side in sides), sides[0].split("_")[0]))
    for day, name in (
        (shared.hospice if shared else hospice_since(case), "hospice"),
        (shared.palliative if shared else palliative_since(case), "palliative"),
        (shared.treated if shared else treated_since(case), "cancer_treatment"),
        (frail_since(case, terms.frailty_from_age) if terms.frailty_from_age else None, "frailty"),
    ):
        if day is not None:
            found.append((day, name))
    return min(found, default=None)


def _round(
    case: Case, terms: ScreeningTerms, done: Sequence[Done], ended_by: Done | None, shared: _Shared
) -> Iterator[Reason]:
    opens_on = max([clinical_due(case, terms, done), *_not_before(case, terms, shared)])
    ends_on, cause = _end(case, terms, ended_by, shared)
    if opens_on >= ends_on:
        return
    last = done[-1] if done else None
    born = case.person.birth_date.year
    state = "last_test_old" if last else "none_on_record"
    points = {state: terms.points[state]}
    if "age_50" in terms.points and opens_on >= birthday(case.person.birth_date, 50):
        points["age_50"] = terms.points["age_50"]
    watched = bool(done) and any(name in case.held for name, _ in terms.surveillance)
    unsure = case.data.unconfirmed_rules.get(f"screening.{terms.name}.surveillance", "") if watched else ""
    yield case.reason(
        ReasonKind.SCREENING,
        f"screening.{terms.name}",
        SUBJECT,
        last.on.isoformat() if last else _NEVER,
        sentence="screening.ask" if terms.is_asked else f"{terms.sentence}.{'again' if last else 'none'}",
        opens_on=opens_on,
        ends_on=ends_on,
        end_cause=cause,
        points=points,
        arguments={
            "screening": terms.name,
            **({"urgency": "aside"} if terms.is_aside else {}),
            **({"unconfirmed": unsure} if unsure else {}),
            "due_from": opens_on.isoformat(),
            "last_test": last.test.name if last else "",
            "last_on": last.on.isoformat() if last else "",
            "measure_from_year": born + terms.measure_from_age,
            "measure_to_year": born + terms.measure_to_age,
        },
        facts=(*(each.fact for each in done[-1:]), *(case.held[name][1] for name in terms.needs if name in case.held)),
        evidence_on=last.on if last else None,
        actions=terms.actions,
        sensitivity=terms.sensitivity,
    )


def _not_before(case: Case, terms: ScreeningTerms, shared: _Shared) -> Iterator[date]:
    """Yield the days before which nobody is asked: after an illness was told, or a first visit was seen."""
    grace = timedelta(terms.grace)
    days = [case.held[name][0] for name in terms.needs if name in case.held]
    if days:
        yield min(days) + grace
    if terms.after_visit and shared.first_visit is not None:
        yield shared.first_visit + grace


def _end(case: Case, terms: ScreeningTerms, ended_by: Done | None, shared: _Shared) -> tuple[date, str]:
    ends = [(birthday(case.person.birth_date, terms.to_age + 1), "age")]
    if ended_by is not None:
        ends.append((ended_by.on, "done"))
    days = [case.held[name][0] for name in terms.needs if name in case.held]
    if terms.needs_days and days:
        ends.append((min(days) + timedelta(terms.needs_days), "old"))
    if terms.after_visit and shared.last_visit is not None:
        ends.append((shared.last_visit + _SEEN_LATELY, "not_seen"))
    excluded = excluded_since(case, terms, shared)
    if excluded is not None:
        ends.append(excluded)
    return min(ends)


def _has_value(fact: Fact) -> bool:
    return fact.value_number is not None or bool(fact.value_text) or fact.value_coding is not None
