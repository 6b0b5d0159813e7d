"""What a drug code stands for: ingredients with strengths, by RxNorm product or ingredient and by NDC."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from coordinator_app.domain.codes.ndc import ndc_forms
from coordinator_app.domain.facts import Coding, Fact
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.terminology import NDC, RXNORM

SITE_PRODUCT = "product."
"""A site's own set named ``product.<RxCUI>`` holds the codes (NDC, mostly) of that RxNorm product or ingredient."""


@dataclass(frozen=True, slots=True)
class Drug:
    """An RxNorm ingredient with the groups the rules ask about."""

    rxcui: str
    name: str
    groups: frozenset[str]
    sensitivity: Sensitivity = Sensitivity.ORDINARY


@dataclass(frozen=True, slots=True)
class Strength:
    """How much of a drug one unit of a product holds; ``unit`` is mg, mg/h or mg/mL, empty where nobody said."""

    drug: Drug
    amount: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DrugTable:
    """Drugs by ingredient, and what products hold; a code that is not here is counted by ``unknown_in``."""

    drugs: Mapping[str, Drug]
    members: Mapping[str, frozenset[str]]
    products: Mapping[str, tuple[Strength, ...]]
    by_ndc: Mapping[str, tuple[Strength, ...]] = field(default_factory=dict)

    def held_by(self, fact: Fact) -> tuple[Strength, ...]:
        """Return what an order, a fill or an allergy is about: a product's strengths before a bare ingredient."""
        plain: tuple[Strength, ...] = ()
        for coding in fact.codings:
            if coding.system == RXNORM and (told := self.products.get(coding.code)):
                return told
            if coding.system == RXNORM and coding.code in self.drugs:
                plain = plain or (Strength(self.drugs[coding.code]),)
            if coding.system == NDC and (told := self._of_ndc(coding.code)):
                return told
        return plain

    def named(self, sides: Iterable[str]) -> frozenset[str]:
        """Return the ingredients that groups, or bare RxCUIs, stand for; a name nobody knows is a KeyError."""
        return frozenset[str]().union(*(self.members[side] for side in sides))

    def group(self, name: str) -> frozenset[str]:
        """Return the ingredients of one group."""
        return self.members[name]

    def _of_ndc(self, written: str) -> tuple[Strength, ...]:
        found = {form: self.by_ndc[form] for form in ndc_forms(written) if form in self.by_ndc}
        return next(iter(found.values())) if len(found) == 1 else ()


def drug_table(
    groups: Mapping[str, Any], products: Mapping[str, Any], site: Mapping[str, Iterable[Coding]]
) -> DrugTable:
    """Build the table from ``medicines.json`` and ``products.json`` and a site's own codes of products."""
    names: dict[str, str] = {}
    member_of: dict[str, set[str]] = {}
    levels: dict[str, Sensitivity] = {}
    for group, entry in groups.items():
        for rxcui, name in entry["drugs"].items():
            names[rxcui] = name
            member_of.setdefault(rxcui, set()).add(group)
            levels[rxcui] = max(levels.get(rxcui, Sensitivity.ORDINARY), Sensitivity(entry.get("sensitivity", 0)))
    drugs = {rx: Drug(rx, name, frozenset(member_of[rx]), levels[rx]) for rx, name in names.items()}
    held = {
        product: tuple(Strength(drugs[rx], float(amount), unit) for rx, amount, unit in parts if rx in drugs)
        for product, parts in products.items()
    }
    by_ndc: dict[str, tuple[Strength, ...]] = {}
    for name, codes in site.items():
        rxcui = name.removeprefix(SITE_PRODUCT)
        if rxcui == name:
            continue
        told = held.get(rxcui) or ((Strength(drugs[rxcui]),) if rxcui in drugs else ())
        for coding in codes if told else ():
            if coding.system == NDC and len(forms := ndc_forms(coding.code)) == 1:
                by_ndc[forms[0]] = told
            elif coding.system == RXNORM:
                held.setdefault(coding.code, told)
    members = {group: frozenset(entry["drugs"]) for group, entry in groups.items()}
    return DrugTable(drugs, {**members, **{rx: frozenset((rx,)) for rx in drugs}}, held, by_ndc)
