"""Code systems by our short names, and sets of codes that may be given by prefix."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from coordinator_app.domain.facts import Coding, Fact

ICD10CM = "icd10cm"
ICD10PCS = "icd10pcs"
ICD9CM = "icd9cm"
SNOMED = "snomed"
RXNORM = "rxnorm"
NDC = "ndc"
LOINC = "loinc"
CVX = "cvx"
HCPCS = "hcpcs"
CPT = "cpt"

SHORT_NAMES: Mapping[str, str] = {
    "http://hl7.org/fhir/sid/icd-10-cm": ICD10CM,
    "http://hl7.org/fhir/sid/icd-10": ICD10CM,
    "urn:oid:2.16.840.1.113883.6.90": ICD10CM,
    "http://www.cms.gov/Medicare/Coding/ICD10": ICD10PCS,
    "http://www.cms.gov/medicare/coding/icd10": ICD10PCS,
    "urn:oid:2.16.840.1.113883.6.4": ICD10PCS,
    "http://hl7.org/fhir/sid/icd-9-cm": ICD9CM,
    "http://snomed.info/sct": SNOMED,
    "http://www.nlm.nih.gov/research/umls/rxnorm": RXNORM,
    "http://hl7.org/fhir/sid/ndc": NDC,
    "http://loinc.org": LOINC,
    "http://hl7.org/fhir/sid/cvx": CVX,
    "http://www.nlm.nih.gov/research/umls/hcpcs": HCPCS,
    "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": HCPCS,
    "http://www.ama-assn.org/go/cpt": CPT,
}
"""FHIR's addresses of code systems; a system that is not here keeps its own address as its name."""

_ICD = frozenset({ICD10CM, ICD10PCS, ICD9CM})
_SHORTEST = 3


def short_name(address: str) -> str:
    """Return our name for a code system given by its address, its OID or already by our name."""
    return SHORT_NAMES.get(address, address)


def plain(coding: Coding) -> Coding:
    """Return ``coding`` as we compare it: ICD codes without the dot, which claims leave out, and in capitals."""
    if coding.system in _ICD:
        return Coding(coding.system, coding.code.replace(".", "").upper())
    return coding


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Codes that mean one thing: listed one by one, or for ICD by the beginning of the code."""

    codes: frozenset[Coding] = frozenset()
    prefixes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __contains__(self, coding: Coding) -> bool:
        """Say whether ``coding`` means this; the dot of an ICD code does not matter."""
        if coding.system not in _ICD:
            return coding in self.codes
        flat = plain(coding)
        return flat in self.codes or flat.code.startswith(self.prefixes.get(flat.system, ()) or ("\0",))

    def found_in(self, fact: Fact) -> bool:
        """Say whether one of the codes of ``fact`` means this."""
        return any(coding in self for coding in fact.codings)

    def joined(self, more: Iterable[Coding]) -> "CodeSet":
        """Return this set with the site's own codes added."""
        return CodeSet(self.codes | {plain(coding) for coding in more}, self.prefixes)


def code_set(systems: Mapping[str, Iterable[str]], prefixes: Mapping[str, Iterable[str]] | None = None) -> CodeSet:
    """Build a set from lists of codes and of beginnings of codes by system."""
    listed = frozenset(plain(Coding(system, code)) for system, codes in systems.items() for code in codes)
    starts = {
        system: tuple(plain(Coding(system, start)).code for start in some) for system, some in (prefixes or {}).items()
    }
    return CodeSet(listed, starts)


@dataclass(frozen=True, slots=True)
class SetIndex:
    """All value sets turned round: from a code to the names of the sets that hold it, so that a fact is read once."""

    listed: Mapping[Coding, tuple[str, ...]]
    begun: Mapping[str, "PrefixIndex"]

    def names(self, coding: Coding) -> tuple[str, ...]:
        """Return the names of the sets that hold ``coding``; the dot of an ICD code does not matter."""
        if coding.system not in _ICD:
            return self.listed.get(coding, ())
        found = self.listed.get(plain(coding), ())
        begun = self.begun.get(coding.system)
        return found if begun is None else (*found, *sorted(begun.names(coding.code)))


def set_index(sets: Mapping[str, CodeSet]) -> SetIndex:
    """Turn value sets round."""
    listed: dict[Coding, tuple[str, ...]] = {}
    begun: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, codes in sets.items():
        for coding in codes.codes:
            listed[coding] = (*listed.get(coding, ()), name)
        for system, starts in codes.prefixes.items():
            begun.setdefault(system, {})[name] = starts
    return SetIndex(listed, {system: prefix_index(named) for system, named in begun.items()})


@dataclass(frozen=True, slots=True)
class PrefixIndex:
    """Finds every name whose code beginnings fit an ICD-10 code, by its first three characters."""

    by_start: Mapping[str, tuple[tuple[str, str], ...]]

    def names(self, code: str) -> set[str]:
        """Return the names that ``code`` belongs to; the dot does not matter."""
        flat = code.replace(".", "").upper()
        return {name for prefix, name in self.by_start.get(flat[:_SHORTEST], ()) if flat.startswith(prefix)}


def prefix_index(named: Mapping[str, Iterable[str]]) -> PrefixIndex:
    """Build an index of names with their code beginnings; none may be shorter than three characters."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, prefixes in named.items():
        for prefix in prefixes:
            flat = prefix.replace(".", "").upper()
            if len(flat) < _SHORTEST:
                raise ValueError("a code beginning needs three characters")
            found.setdefault(flat[:_SHORTEST], []).append((flat, name))
    return PrefixIndex({start: tuple(pairs) for start, pairs in found.items()})
