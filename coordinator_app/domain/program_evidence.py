"""Why a program is asked for: the dated facts a referral shows, and no others (practice 13 and 28)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from coordinator_app.domain import short_names
from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.letter import EvidenceRow, Said
from coordinator_app.domain.rules.case import is_void
from coordinator_app.domain.rules.stays import is_inpatient
from coordinator_app.domain.terminology import ICD10CM, LOINC, CodeSet, code_set

STAYS_SHOWN_FOR: Final = timedelta(180)
MOST_ROWS: Final = 8
_OVER: Final = frozenset({"resolved", "inactive", "remission"})


@dataclass(frozen=True, slots=True)
class ProgramEvidence:
    """What speaks for one program: diagnoses by code or by the source's words, and tests."""

    conditions: CodeSet
    tests: CodeSet
    words: tuple[str, ...]

    def is_about(self, fact: Fact) -> bool:
        """Say whether a diagnosis speaks for the program."""
        said = fact.display.casefold()
        return self.conditions.found_in(fact) or any(word in said for word in self.words)


def program_evidence(document: Mapping[str, Any]) -> dict[str, ProgramEvidence]:
    """Build the evidence of each program from ``resources/letters/program-evidence.json``."""
    return {
        name: ProgramEvidence(
            code_set({}, {ICD10CM: told["icd10cm"]}), code_set({LOINC: told["loinc"]}), tuple(told["words"])
        )
        for name, told in document["programs"].items()
    }


def evidence_rows(wanted: ProgramEvidence, facts: Iterable[Fact], today: date) -> tuple[EvidenceRow, ...]:
    """Return the rows of a referral: diagnoses, the newest value of each test, stays of half a year; newest first."""
    known = [fact for fact in facts if not is_void(fact) and (_day(fact) or today) <= today]
    rows = [*_diagnoses(wanted, known), *_tests(wanted, known), *_stays(known, today)]
    return tuple(sorted(rows, key=lambda row: (row.on or date.min, row.key), reverse=True)[:MOST_ROWS])


def _diagnoses(wanted: ProgramEvidence, facts: Iterable[Fact]) -> Iterator[EvidenceRow]:
    seen: set[str] = set()
    for fact in sorted(facts, key=lambda each: (_day(each) or date.min, each.id), reverse=True):
        if fact.kind is not FactKind.CONDITION or fact.status in _OVER or not wanted.is_about(fact):
            continue
        name = fact.code or fact.display
        if name not in seen:
            seen.add(name)
            yield _row(fact, Said(fact.display), Said(""), is_needed=True)


def _tests(wanted: ProgramEvidence, facts: Iterable[Fact]) -> Iterator[EvidenceRow]:
    newest: dict[str, Fact] = {}
    for fact in facts:
        if fact.kind is FactKind.OBSERVATION and fact.value_number is not None and wanted.tests.found_in(fact):
            had = newest.get(fact.code)
            if had is None or (_day(fact) or date.min) > (_day(had) or date.min):
                newest[fact.code] = fact
    for fact in newest.values():
        value = f"{fact.value_number:g} {short_names.unit_name(fact.value_unit)}".strip()
        name = short_names.lab_said(fact.code, fact.display)
        yield _row(fact, Said(f"{name.en} {value}", f"{name.es or name.en} {value}"), Said(""), is_needed=True)


def _stays(facts: Iterable[Fact], today: date) -> Iterator[EvidenceRow]:
    for fact in facts:
        if fact.kind is not FactKind.ENCOUNTER or not is_inpatient(fact):
            continue
        ended = fact.ends_on
        if ended is not None and today - ended <= STAYS_SHOWN_FOR:
            what = fact.value_text or fact.display
            why = Said("") if short_names.is_plain_visit(what) else Said(what)
            yield EvidenceRow(fact.id, short_names.STAY, ended, fact.source, why, fact.sensitivity)


def _row(fact: Fact, what: Said, detail: Said, *, is_needed: bool) -> EvidenceRow:
    return EvidenceRow(fact.id, what, _day(fact), fact.source, detail, fact.sensitivity, is_needed=is_needed)


def _day(fact: Fact) -> date | None:
    return fact.starts_on or fact.authored_on
