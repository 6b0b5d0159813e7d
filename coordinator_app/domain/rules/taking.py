"""What a person takes now, as far as fills and orders tell."""

from collections.abc import Iterator
from datetime import date, timedelta

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.rules.case import Case
from coordinator_app.domain.rules.drug_courses import stops_told
from coordinator_app.domain.rules.drugs import Ingredient

_ORDER_STANDS = frozenset({"active", "completed", ""})
_SPARE_DAYS = 30
"""How long after its supply a drug is still taken to be in use [D]: some is left, a warning costs little."""
_USUAL_DAYS = 30


def taken_on(case: Case, day: date) -> tuple[Ingredient, ...]:
    """Return the watched ingredients a person had on ``day``, by name."""
    return tuple(sorted(set(_taken(case, day)), key=lambda ingredient: (ingredient.name, ingredient.rxcui)))


def _taken(case: Case, day: date) -> Iterator[Ingredient]:
    stops = stops_told(case.chart, case.data.medicines)
    for began, ingredient in _at_hand(case, day):
        stop = stops.get(ingredient.rxcui)
        if stop is None or began > stop or day < stop:
            yield ingredient


def _at_hand(case: Case, day: date) -> Iterator[tuple[date, Ingredient]]:
    for fact in case.chart.of(FactKind.DISPENSE):
        if fact.starts_on is not None and fact.starts_on <= day:
            days = fact.days_supply if fact.days_supply and fact.days_supply > 0 else _USUAL_DAYS
            if day <= fact.starts_on + timedelta(days + _SPARE_DAYS):
                yield from ((fact.starts_on, each) for each in case.data.drugs.ingredients(fact))
    for order in case.chart.of(FactKind.DRUG_ORDER):
        began = order.starts_on or order.authored_on
        if began is None or began > day or order.status not in _ORDER_STANDS:
            continue
        if order.ends_on is None and order.days_supply is None:
            lasts = began + timedelta(365)
        else:
            refills = 1 + (order.refills or 0)
            lasts = order.ends_on or began + timedelta((order.days_supply or _USUAL_DAYS) * refills + _SPARE_DAYS)
        if day <= lasts:
            yield from ((began, each) for each in case.data.drugs.ingredients(order))
