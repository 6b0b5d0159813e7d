"""Worsening seen from outside: emergency visits, stays and fills that come too often."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.case import Case, day_of, diagnosis_codes
from coordinator_app.domain.rules.stays import emergency_days, is_emergency
from coordinator_app.domain.rules.worsening_terms import Sign
from coordinator_app.domain.terminology import RXNORM

_ACTIONS = ("call", "book", "prescriber", "refer")
Event = tuple[date, Fact]


def visit_signs(case: Case) -> Iterator[Reason]:
    """Yield the signs that count visits, stays and fills; each stands until the first of them leaves its window."""
    encounters = case.chart.of(FactKind.ENCOUNTER)
    if encounters:
        stays, fired = case.stays, set[tuple[str, str]]()
        quiet = set(emergency_days(encounters, stays))
        emergencies = {day_of(f): f for f in encounters if is_emergency(f) and f.starts_on in quiet}
        for sign in case.data.worsening.visits:
            events: list[Event] = []
            if "emergency" in sign.of:
                events += [(day, f) for day, f in emergencies.items() if _is_for(case, sign.reason, f)]
            if "stay" in sign.of:
                events += [
                    (stay.admitted_on, stay.encounters[0])
                    for stay in stays
                    if any(_is_for(case, sign.reason, f) for f in stay.encounters)
                ]
            for reason in _counted(case, sign.sign, events, count=sign.count, days=sign.days, points=sign.points):
                fired.add((sign.sign.name, reason.episode))
                if (sign.unless, reason.episode) not in fired:
                    yield reason
    for fills in case.data.worsening.fills:
        if fills.sign.needs in case.held:
            taken = {
                fact.starts_on: fact
                for fact in case.chart.of(FactKind.DISPENSE)
                if fact.starts_on is not None
                and any(c.system == RXNORM and c.code in fills.rxcuis for c in fact.codings)
            }
            told = [(day, fact) for day, fact in taken.items() if day is not None]
            yield from _counted(case, fills.sign, told, count=fills.count, days=fills.days, points=fills.points)


def _is_for(case: Case, illness: str, fact: Fact) -> bool:
    if not illness:
        return True
    return any(illness in case.data.illnesses.names(code) for code in diagnosis_codes(fact.reasons))


def _counted(
    case: Case, sign: Sign, events: Sequence[Event], *, count: int, days: int, points: int
) -> Iterator[Reason]:
    """Yield the sign for the newest run of ``count`` events within ``days``."""
    if len(events) < count or (sign.needs and sign.needs not in case.held):
        return
    order = sorted(events, key=lambda event: (event[0], event[1].id))
    runs = [n for n in range(count - 1, len(order)) if (order[n][0] - order[n - count + 1][0]).days <= days]
    if not runs:
        return
    last = runs[-1]
    newest = order[last][0]
    counted = [event for event in order[: last + 1] if (newest - event[0]).days <= days]
    ends_on = counted[-count][0] + timedelta(days + 1)
    if newest >= ends_on:
        return
    more = min(20, 5 * (len(counted) - count))
    yield case.reason(
        ReasonKind.WORSENING,
        f"worsening.{sign.name}",
        "count",
        newest.isoformat(),
        sentence=f"worsening.{sign.name}",
        opens_on=newest,
        due_on=newest + timedelta(7),
        ends_on=ends_on,
        end_cause="window_over",
        points={f"worsening_{sign.name}": points, "more_visits": more},
        arguments={
            "urgency": sign.urgency,
            "count": len(counted),
            "days": days,
            "measured_date": newest.isoformat(),
            "fresh_days": case.data.worsening.fresh_days if sign.urgency == "safety" else 0,
        },
        facts=[fact for _, fact in counted],
        evidence_on=newest,
        actions=_ACTIONS,
        sensitivity=sign.sensitivity,
    )
