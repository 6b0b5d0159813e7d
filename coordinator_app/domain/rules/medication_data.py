"""What the medication rules are told: drugs, pairs, trios, thresholds and laboratory sets, each with its tag."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from coordinator_app.domain.facts import Coding
from coordinator_app.domain.rules.drug_table import DrugTable, drug_table
from coordinator_app.domain.rules.interaction_terms import DuplicateRule, PairRule, TrioRule, pair_rules
from coordinator_app.domain.rules.medication_start_terms import StartTerms, start_terms
from coordinator_app.domain.rules.monitoring_terms import MonitoringRule, ResultRule
from coordinator_app.domain.rules.opioid_terms import OpioidTerms, opioid_terms
from coordinator_app.domain.rules.site_codes import codes_of_site
from coordinator_app.domain.terminology import PrefixIndex, prefix_index

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OlderTerms:
    """Medicines to look at once more from an age on."""

    from_age: int
    within_days: int
    tail_days: int
    groups: tuple[str, ...]
    unless: Mapping[str, str]
    supply_over: Mapping[str, int]
    dose_over: Mapping[str, float]
    severity: str


@dataclass(frozen=True, slots=True)
class ConditionRule:
    """A drug to ask about while somebody has a condition."""

    name: str
    drugs: frozenset[str]
    condition: str
    severity: str


@dataclass(frozen=True, slots=True)
class MedicineTerms:
    """Everything the medication rules read beside a chart; ``days`` are windows by name, ``points`` by severity."""

    table: DrugTable
    days: Mapping[str, int]
    points: Mapping[str, int]
    pairs: Mapping[tuple[str, str], PairRule]
    trios: tuple[TrioRule, ...]
    duplicates: tuple[DuplicateRule, ...]
    washout: Mapping[str, int]
    opioids: OpioidTerms
    older: OlderTerms
    with_condition: tuple[ConditionRule, ...]
    allergy_groups: Mapping[str, frozenset[str]]
    pregnancy: ConditionRule
    started: frozenset[str]
    conditions: PrefixIndex
    monitoring: tuple[MonitoringRule, ...]
    results: tuple[ResultRule, ...]
    starts: StartTerms = field(default_factory=StartTerms)
    site_conditions: Mapping[Coding, tuple[str, ...]] = field(default_factory=dict)
    unconfirmed: Mapping[str, str] = field(default_factory=dict)
    """Rules that rest on something nobody has checked in a primary source (tag K), and on what."""


DOCUMENTS = ("medicines", "products", "interactions", "opioids", "high-risk", "monitoring")


def medicine_terms(bundle: Mapping[str, Document], site: Mapping[str, Iterable[Coding]]) -> MedicineTerms:
    """Build the terms from the documents of ``DOCUMENTS``; a missing key is a KeyError that names it."""
    told, crossed, risks, watched = (bundle[n] for n in ("medicines", "interactions", "high-risk", "monitoring"))
    table = drug_table(told["groups"], bundle["products"]["products"], site)
    days = {name: int(entry["value"]) for name, entry in told["terms"].items() if name != "points"}
    days |= {"monitoring_tail_days": watched["tail_days"]["value"], "result_days": watched["result_days"]["value"]}
    wash = {rx: int(length) for side, length in crossed["washout_days"]["value"].items() for rx in table.named((side,))}
    return MedicineTerms(
        table=table,
        days=days,
        points={name: int(number) for name, number in told["terms"]["points"]["value"].items()},
        pairs=pair_rules(crossed, table),
        trios=tuple(
            TrioRule(one["name"], tuple(table.named(side) for side in one["sides"]), one["severity"])
            for one in crossed["trios"]
        ),
        duplicates=tuple(
            DuplicateRule(
                one["name"],
                table.named(one["groups"]),
                days[f"{one['days']}_days"],
                one["severity"],
                frozenset(bundle["products"].get(one.get("products", ""), ())),
            )
            for one in crossed["duplicates"]
        ),
        washout=wash,
        opioids=opioid_terms(bundle["opioids"]),
        older=_older(risks["older"]),
        with_condition=tuple(
            ConditionRule(one["name"], table.named(one["groups"]), one["condition"], one["severity"])
            for one in risks["with_condition"]
        ),
        allergy_groups={word: table.named(groups) for word, groups in risks["allergy_groups"].items()},
        pregnancy=ConditionRule(
            "pregnancy", table.named(risks["pregnancy"]["groups"]), "pregnant", risks["pregnancy"]["severity"]
        ),
        started=table.named(risks["started"]["groups"]),
        conditions=_conditions(risks["conditions"]),
        site_conditions=codes_of_site(site, risks["conditions"], risks.get("condition_oids", {}), "condition"),
        monitoring=tuple(
            MonitoringRule(
                one["name"],
                table.named(one["groups"]),
                tuple(one["labs"]),
                int(one["days"]),
                int(one["first_days"]),
                one["severity"],
            )
            for one in watched["monitoring"]
        ),
        results=tuple(
            ResultRule(
                one["name"],
                one["lab"],
                frozenset(watched["labs"][one["lab"]]["units"]),
                table.named(one["groups"]),
                one.get("above"),
                one.get("below"),
                one["severity"],
            )
            for one in watched["results"]
        ),
        starts=start_terms(watched),
        unconfirmed=dict(_unconfirmed((crossed, bundle["opioids"], risks, watched))),
    )


def _older(document: Document) -> OlderTerms:
    return OlderTerms(
        from_age=int(document["from_age"]["value"]),
        within_days=int(document["within_days"]["value"]),
        tail_days=int(document["tail_days"]["value"]),
        groups=tuple(document["groups"]),
        unless=dict(document["unless"]),
        supply_over={name: int(days) for name, days in document["supply_over"].items()},
        dose_over={rx: float(number) for rx, number in document["dose_over"].items()},
        severity=document["severity"],
    )


def _conditions(named: Mapping[str, Iterable[str]]) -> PrefixIndex:
    """Return the index of conditions; a beginning shorter than three characters stands for all that go on from it."""
    digits = "0123456789"
    longer = {name: [s + d for s in starts for d in _ends(s, digits)] for name, starts in named.items()}
    return prefix_index(longer)


def _ends(start: str, digits: str) -> tuple[str, ...]:
    if len(start) >= 3:
        return ("",)
    if len(start) == 2:
        return (*digits, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return tuple(a + b for a in digits for b in (*digits, "A", "B", "C"))


_RESTS_ON = {"pairs": "pair", "trios": "pair", "with_condition": "condition", "pregnancy": "pregnancy"}
_LIMITS = {"above": "above", "below": "below", "days": "every", "due_days": "due_days"}


def _unconfirmed(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    """Yield the names of rules with tag K, and what of them is not sure: a kind of source, or numbers."""
    for document in documents:
        for part, node in document.items():
            if isinstance(node, list):
                for one in (each for each in node if each.get("tag") == "K" and "name" in each):
                    limits = " ".join(f"{word}={one[key]:g}" for key, word in _LIMITS.items() if key in one)
                    yield one["name"], _RESTS_ON.get(part) or limits
            elif isinstance(node, Mapping) and node.get("tag") == "K":
                value = node.get("value")
                yield part, _RESTS_ON.get(part) or (f"{part}={value:g}" if isinstance(value, int | float) else "")
