"""Drug codes on a chart that lead to nothing we know; they are counted and shown, never dropped in silence."""

from collections import Counter

from coordinator_app.domain.facts import Chart, FactKind
from coordinator_app.domain.rules.data import RuleData


def unread_drugs(chart: Chart, data: RuleData) -> Counter[str]:
    """Return how many fills and orders no table could read, by the system of their first code ("none" without one).

    A drug no rule asks about is unread as well: the count says how much of the record the rules do not see.
    """
    found: Counter[str] = Counter()
    for kind in (FactKind.DISPENSE, FactKind.DRUG_ORDER):
        for fact in chart.of(kind):
            if not data.medicines.table.held_by(fact) and not data.drugs.ingredients(fact):
                found[fact.codings[0].system if fact.codings else "none"] += 1
    return found
