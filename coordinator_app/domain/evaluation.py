"""From a chart to the rows of the reason ledger, and from one day's rows to the changes of the next."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from coordinator_app.domain.calendar import BusinessCalendar
from coordinator_app.domain.facts import Chart, Fact
from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.rules.case import Case, Identify, day_of, is_void, open_case
from coordinator_app.domain.rules.child_care import child_reasons
from coordinator_app.domain.rules.data import RuleData
from coordinator_app.domain.rules.discharge import discharge_reasons
from coordinator_app.domain.rules.exclusions import lapses_on
from coordinator_app.domain.rules.life_events import life_reasons
from coordinator_app.domain.rules.medication_rules import medication_reasons
from coordinator_app.domain.rules.programs import program_reasons
from coordinator_app.domain.rules.refill import refill_reasons
from coordinator_app.domain.rules.screening import screening_reasons
from coordinator_app.domain.rules.worsening import worsening_reasons

Rule = Callable[[Case], Iterator[Reason]]

RULES: tuple[Rule, ...] = (
    discharge_reasons,
    screening_reasons,
    refill_reasons,
    worsening_reasons,
    child_reasons,
    program_reasons,
    medication_reasons,
    life_reasons,
)

_NEVER = datetime.min.replace(tzinfo=UTC)
_LONGEST_WAIT = timedelta(365)


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The rows a person has today, and the day by which the person must be looked at again though nothing is loaded."""

    reasons: tuple[Reason, ...]
    next_on: date


def appraise(
    chart: Chart,
    today: date,
    data: RuleData,
    calendar: BusinessCalendar,
    identify: Identify,
    *,
    rules: Iterable[Rule] = RULES,
) -> Appraisal:
    """Judge a chart as it was known on ``today``; ``identify`` makes the ids of one initiative's reasons.

    The same facts in any order, told any number of times, give the same rows. Rows open at most ``horizon_days``
    ahead; a row that has ended is still given with its end, so that ``settle`` can close it.
    """
    horizon = today + timedelta(data.horizon_days)
    seen, later = _visible(chart, today, calendar)
    case = open_case(seen, today, data, calendar, identify)
    found = [reason for rule in rules for reason in rule(case)]
    for day, cause in ((chart.person.deceased_on, "deceased"), (chart.person.left_on, "left")):
        if day is not None:
            found = [_ended_at(reason, day, cause) for reason in found]
    rows = {reason.id: reason for reason in found if reason.opens_on <= horizon}
    looks = [today + _LONGEST_WAIT, *later]
    if chart.person.left_on is not None and chart.person.left_on > today:
        looks.append(chart.person.left_on)
    looks += [reason.opens_on - timedelta(data.horizon_days) for reason in found if reason.opens_on > horizon]
    looks += [case.held[name][0] + timedelta(days + 1) for name, days in data.passing.items() if name in case.held]
    looks += [day for day in lapses_on(case) if day > today]
    return Appraisal(tuple(rows[key] for key in sorted(rows)), min(looks))


def evaluate(
    chart: Chart,
    today: date,
    data: RuleData,
    calendar: BusinessCalendar,
    identify: Identify,
) -> tuple[Reason, ...]:
    """Return the rows of ``appraise`` alone."""
    return appraise(chart, today, data, calendar, identify).reasons


def _visible(chart: Chart, today: date, calendar: BusinessCalendar) -> tuple[Chart, list[date]]:
    """Return the chart of what counts and was known on ``today``, and the days on which the rest will be."""
    kept: dict[str, Fact] = {}
    later: list[date] = []
    days: dict[datetime | None, date] = {None: date.min}
    for fact in chart.facts:
        known = days.get(fact.known_at)
        if known is None:
            # Many facts come with one load; the zone is asked once for each.
            known = days[fact.known_at] = calendar.day_of(fact.known_at or _NEVER)
        began = max(known, day_of(fact))
        if began > today:
            later.append(began)
        elif not is_void(fact):
            kept.setdefault(fact.id, fact)
            if fact.ends_on is not None and fact.ends_on > today:
                later.append(fact.ends_on)
    return Chart(chart.person, tuple(kept[key] for key in sorted(kept))), later


def _ended_at(reason: Reason, day: date, cause: str) -> Reason:
    if reason.ends_on is not None and reason.ends_on <= day:
        return reason
    return replace(reason, ends_on=day, end_cause=cause)


class ChangeKind(StrEnum):
    """What is to be done with a row of the ledger."""

    INSERT = "insert"
    UPDATE = "update"
    END = "end"


@dataclass(frozen=True, slots=True)
class Change:
    """One write: the row as it is to stand afterwards."""

    kind: ChangeKind
    row: Reason


def settle(old: Iterable[Reason], new: Iterable[Reason], today: date, version: str = "") -> tuple[Change, ...]:
    """Return what must be written so that the ledger holds ``new``; rows whose state is unchanged are not written.

    A row that was over before it was ever written is not inserted. A row that is over stays as it ended. A row whose
    evidence is gone ends today with the cause ``withdrawn``, or ``rule_changed`` where the rule data are of another
    ``version`` than those it was made by. A new version of the rule data alone writes nothing.
    """
    before = {row.id: row for row in old}
    after = {row.id: row for row in new}
    changes: list[Change] = []
    for key in sorted(before.keys() | after.keys()):
        had, has = before.get(key), after.get(key)
        if had is None:
            if has is not None and not _is_over(has, today):
                changes.append(Change(ChangeKind.INSERT, has))
        elif has is None:
            if not _is_over(had, today):
                cause = "rule_changed" if version and had.rule_version != version else "withdrawn"
                changes.append(Change(ChangeKind.END, replace(had, ends_on=today, end_cause=cause)))
        elif not (_is_over(had, today) and _is_over(has, today)) and not _says_the_same(had, has):
            changes.append(Change(ChangeKind.END if _is_over(has, today) else ChangeKind.UPDATE, has))
    return tuple(changes)


def _says_the_same(had: Reason, has: Reason) -> bool:
    return had == (has if has.rule_version == had.rule_version else replace(has, rule_version=had.rule_version))


def _is_over(row: Reason, today: date) -> bool:
    return row.ends_on is not None and row.ends_on <= today
