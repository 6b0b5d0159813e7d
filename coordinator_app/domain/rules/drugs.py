"""The drugs whose refills are watched: RxNorm products to ingredients, ingredients to classes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coordinator_app.domain.facts import Fact
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.terminology import RXNORM


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

    def ingredients(self, fact: Fact) -> tuple[Ingredient, ...]:
        """Return the watched ingredients of an order or a fill; nothing for drugs not in the book."""
        for coding in fact.codings:
            if coding.system == RXNORM and coding.code in self.by_rxcui:
                return self.by_rxcui[coding.code]
        return ()


def drug_book(document: Mapping[str, Any]) -> DrugBook:
    """Build the book from the parsed ``drugs.json``."""
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
    return DrugBook(classes, by_rxcui)
