"""The drugs whose refills are watched: RxNorm products to ingredients, ingredients to classes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coordinator_app.domain.codes.ndc import ndc_forms
from coordinator_app.domain.facts import Fact
from coordinator_app.domain.rules.drug_table import DrugTable
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.terminology import NDC, RXNORM


@dataclass(frozen=True, slots=True)
class DrugClass:
    """A class of drugs: its tier and points when a refill is late, and whether a short gap can already harm."""

    name: str
    tier: int
    points: int
    is_critical: bool
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True)
class Ingredient:
    """An RxNorm ingredient; those of one ``switch_group`` take each other's place when the prescriber changes."""

    rxcui: str
    name: str
    drug_class: DrugClass
    switch_group: str


@dataclass(frozen=True, slots=True)
class DrugBook:
    """Ingredients by RxCUI of the ingredient itself or of a product that holds it."""

    classes: Mapping[str, DrugClass]
    by_rxcui: Mapping[str, tuple[Ingredient, ...]]
    by_ndc: Mapping[str, tuple[Ingredient, ...]] = field(default_factory=dict)

    def ingredients(self, fact: Fact) -> tuple[Ingredient, ...]:
        """Return the watched ingredients of an order or a fill; nothing for drugs not in the book."""
        for coding in fact.codings:
            if coding.system == RXNORM and coding.code in self.by_rxcui:
                return self.by_rxcui[coding.code]
            if coding.system == NDC and self.by_ndc and (held := self._of_ndc(coding.code)):
                return held
        return ()

    def _of_ndc(self, written: str) -> tuple[Ingredient, ...]:
        found = [self.by_ndc[form] for form in ndc_forms(written) if form in self.by_ndc]
        return found[0] if len(found) == 1 else ()


def drug_book(document: Mapping[str, Any], table: DrugTable | None = None) -> DrugBook:
    """Build the book from the parsed ``drugs.json``; products and NDC it does not list are those of ``table``."""
    classes = {
        name: DrugClass(
            name,
            int(entry["tier"]),
            int(entry["points"]),
            bool(entry["critical"]),
            Sensitivity(entry.get("sensitivity", 0)),
        )
        for name, entry in document["classes"].items()
    }
    by_rxcui: dict[str, tuple[Ingredient, ...]] = {}
    for entry in document["ingredients"]:
        ingredient = Ingredient(entry["rxcui"], entry["name"], classes[entry["class"]], entry["switch_group"])
        by_rxcui.update(dict.fromkeys((ingredient.rxcui, *entry["products"]), (ingredient,)))
    for entry in document["combinations"]:
        by_rxcui[entry["rxcui"]] = tuple(by_rxcui[rxcui][0] for rxcui in entry["ingredients"])
    by_ndc: dict[str, tuple[Ingredient, ...]] = {}
    if table is not None:
        watched = {rxcui: held[0] for rxcui, held in by_rxcui.items() if held[0].rxcui == rxcui}
        for told, known in ((table.products, by_rxcui), (table.by_ndc, by_ndc)):
            for code, parts in told.items():
                held = tuple(watched[one.drug.rxcui] for one in parts if one.drug.rxcui in watched)
                if held:
                    known.setdefault(code, held)
    return DrugBook(classes, by_rxcui, by_ndc)
