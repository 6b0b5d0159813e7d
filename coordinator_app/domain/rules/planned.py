"""Planned stays, as the CMS hospital-wide readmission method tells them from unplanned ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CodeTree:
    """Codes told by their beginnings: the longest beginning that fits decides; where none fits, it is not so."""

    told: Mapping[str, bool]
    longest: int

    def __contains__(self, code: str) -> bool:
        """Say whether a code without dot belongs."""
        for length in range(min(len(code), self.longest), 0, -1):
            known = self.told.get(code[:length])
            if known is not None:
                return known
        return False


@dataclass(frozen=True, slots=True)
class PlannedTerms:
    """What is always planned, what may be, and which first diagnoses are acute."""

    always_diagnosis: CodeTree
    always_procedure: CodeTree
    maybe_procedure: CodeTree
    acute: CodeTree


def planned_terms(document: Mapping[str, Any]) -> PlannedTerms:
    """Build the terms from the parsed ``planned-stays.json``; without it nothing is planned."""

    def tree(name: str) -> CodeTree:
        node = document.get(name, {"is": "", "is_not": ""})
        told = dict.fromkeys(node["is"].split(), True) | dict.fromkeys(node["is_not"].split(), False)
        return CodeTree(told, max(map(len, told), default=0))

    return PlannedTerms(
        tree("always_planned_diagnosis"),
        tree("always_planned_procedure"),
        tree("potentially_planned_procedure"),
        tree("acute"),
    )


def is_planned(terms: PlannedTerms, first_diagnosis: str, procedures: Iterable[str]) -> bool:
    """Say whether a stay was planned, by its first diagnosis (ICD-10-CM) and procedures (ICD-10-PCS), without dots."""
    done = tuple(procedures)
    if first_diagnosis in terms.always_diagnosis or any(code in terms.always_procedure for code in done):
        return True
    return first_diagnosis not in terms.acute and any(code in terms.maybe_procedure for code in done)
