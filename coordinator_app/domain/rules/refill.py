"""A late refill: supply has run out and no new fill is on record. Never called skipped: we may not know of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from coordinator_app.domain.facts import TOLD, Fact, FactKind
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.adherence import reach_until
from coordinator_app.domain.rules.case import Case, day_of
from coordinator_app.domain.rules.drugs import Ingredient
from coordinator_app.domain.rules.exclusions import hospice_since
from coordinator_app.domain.rules.supply import Fill, chained

RULE = "refill.late"

_ORDER_OVER = frozenset({"stopped", "ended"})
_ACTIONS = ("call", "pharmacy", "prescriber", "has_it", "paid_cash", "samples", "stopped")

Chains = Mapping[Ingredient, tuple[Fill, ...]]


def refill_reasons(case: Case) -> Iterator[Reason]:
    """Yield for each watched ingredient the gap that is open or comes next, and the one the last fill ended.

    Opens the days of grace after the supply ran out. Ends with a new fill, a switch within the class, an order
    stopped after the fill, hospice, or after half a year without a word.
    """
    chains = chains_of(case)
    hospice = hospice_since(case)
    for ingredient, fills in sorted(chains.items(), key=lambda item: item[0].rxcui):
        ends = _ends(case, ingredient, fills[-1], chains)
        if hospice is not None:
            ends.append((hospice, "hospice"))
        yield from _gap(case, ingredient, fills, ends, chains)
        if len(fills) > 1:
            cause = "told" if fills[-1].fact.source == TOLD else "filled"
            yield from _gap(case, ingredient, fills[:-1], [(fills[-1].filled_on, cause)], chains)


def chains_of(case: Case) -> Chains:
    """Return the last fills of each watched ingredient; a combination counts for each of its ingredients.

    How far they reach back is counted from the last fill and not from the day that is judged, so that no passing day
    changes what was said. Ingredients whose last fill can no longer matter are left out.
    """
    terms = case.data.refill
    longest = timedelta(terms.most_supply + terms.give_up_days + terms.lookback_days)
    found: dict[Ingredient, list[tuple[date, Fact]]] = defaultdict(list)
    for fact in case.chart.of(FactKind.DISPENSE):
        if fact.starts_on is not None:
            for ingredient in case.data.drugs.ingredients(fact):
                found[ingredient].append((fact.starts_on, fact))
    stays = case.stays if found else ()
    chains: dict[Ingredient, tuple[Fill, ...]] = {}
    for ingredient, told in found.items():
        last = max(day for day, _ in told)
        if last >= case.today - longest:
            since = last - timedelta(terms.lookback_days)
            facts = [fact for day, fact in told if day >= since]
            chains[ingredient] = chained(facts, stays, terms.assumed_supply, terms.most_supply)
    return chains


def _ends(case: Case, ingredient: Ingredient, last: Fill, chains: Chains) -> list[tuple[date, str]]:
    """Return when and why the gap after ``last`` is none: the drug was stopped, or another took its place."""
    ends = [
        (fills[0].filled_on, "switched")
        for other, fills in chains.items()
        if other is not ingredient
        and other.switch_group == ingredient.switch_group
        and fills[0].filled_on > last.filled_on
    ]
    for order in case.chart.of(FactKind.DRUG_ORDER):
        over = order.ends_on or (day_of(order) if order.status in _ORDER_OVER else None)
        if order.status in _ORDER_OVER and over and over >= last.filled_on:
            ends += [(over, "stopped") for each in case.data.drugs.ingredients(order) if each is ingredient]
    return ends


def _gap(
    case: Case, ingredient: Ingredient, fills: Sequence[Fill], ends: list[tuple[date, str]], chains: Chains
) -> Iterator[Reason]:
    terms, drug_class, last = case.data.refill, ingredient.drug_class, fills[-1]
    critical = drug_class.is_critical
    if len(fills) < (terms.critical_least_fills if critical else terms.least_fills):
        return
    run_out = last.lasts_until
    opens_on = run_out + timedelta(1 + (terms.critical_grace_days if critical else terms.grace_days))
    ends_on, cause = min([*ends, (run_out + timedelta(terms.give_up_days), "given_up")])
    if opens_on >= ends_on:
        return
    yield case.reason(
        ReasonKind.REFILL,
        RULE,
        f"rxnorm:{ingredient.rxcui}",
        last.filled_on.isoformat(),
        sentence="refill.late",
        opens_on=opens_on,
        due_on=run_out + timedelta(terms.critical_due_days if critical else terms.due_days),
        ends_on=ends_on,
        end_cause=cause,
        points={f"class_{drug_class.name}": drug_class.points},
        arguments={
            "drug": ingredient.name,
            "rxcui": ingredient.rxcui,
            "drug_class": drug_class.name,
            "run_out_on": run_out.isoformat(),
            "last_fill_on": last.filled_on.isoformat(),
            "days_supply": last.days,
            "supply_assumed": int(last.is_assumed),
            "stock_days": (last.begins_on - last.filled_on).days,
            **_target(case, ingredient, fills, chains),
        },
        facts=[last.fact],
        evidence_on=last.filled_on,
        actions=_ACTIONS,
        sensitivity=drug_class.sensitivity,
    )


def _target(case: Case, ingredient: Ingredient, fills: Sequence[Fill], chains: Chains) -> dict[str, str | int | float]:
    """Return until when a refill keeps the year's target in reach; it weighs nothing in the rank (practice 5)."""
    told = case.data.adherence
    for terms in told.targets:
        if ingredient.drug_class.name not in terms.classes or any(name in case.held for name in told.not_for):
            continue
        if any(other.drug_class.name in terms.never_with for other in chains):
            continue
        # What was paid in cash or kept at home covers days of the patient, and none of the measure.
        if any(fill.fact.source == TOLD for chain in chains.values() for fill in chain):
            continue
        others = [tuple(chain) for other, chain in chains.items() if other.drug_class.name in terms.classes]
        own = [tuple(fills) if chain[: len(fills)] == tuple(fills) else chain for chain in others]
        stays = case.stays if told.with_stays else ()
        found = reach_until(own, fills[-1].lasts_until, terms, stays)
        if found is not None:
            until, year = found
            return {
                "target": terms.name,
                "target_percent": terms.percent,
                "target_covered": year.covered,
                "target_days": year.days,
                "target_until": until.isoformat() if until else "lost",
            }
    return {}
