"""What the rules are told: thresholds, weights, windows, value sets and drugs, with version and sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from coordinator_app.domain.facts import Coding
from coordinator_app.domain.rules.adherence_terms import AdherenceTargets, adherence_targets
from coordinator_app.domain.rules.child_terms import ChildTerms, child_terms
from coordinator_app.domain.rules.discharge_terms import DischargeTerms, discharge_terms
from coordinator_app.domain.rules.drugs import DrugBook, drug_book
from coordinator_app.domain.rules.illnesses import Answers
from coordinator_app.domain.rules.lace_terms import LaceTerms, lace_terms
from coordinator_app.domain.rules.life_terms import LifeTerms, life_terms
from coordinator_app.domain.rules.medication_data import MedicineTerms, medicine_terms
from coordinator_app.domain.rules.monitoring_terms import lab_sets
from coordinator_app.domain.rules.planned import PlannedTerms, planned_terms
from coordinator_app.domain.rules.program_terms import ProgramsTerms, programs_terms
from coordinator_app.domain.rules.refill_terms import RefillTerms, refill_terms
from coordinator_app.domain.rules.screening_terms import ScreeningTerms, screening_terms
from coordinator_app.domain.rules.sheet import Document, Sheet
from coordinator_app.domain.rules.site_codes import codes_of_site
from coordinator_app.domain.rules.stays_terms import StaysTerms, stays_terms
from coordinator_app.domain.rules.waiting import waiting_rules
from coordinator_app.domain.rules.worsening_terms import WorseningTerms, worsening_terms
from coordinator_app.domain.terminology import (
    ICD10CM,
    LOINC,
    CodeSet,
    PrefixIndex,
    SetIndex,
    code_set,
    prefix_index,
    set_index,
)


@dataclass(frozen=True, slots=True)
class RuleData:
    """Everything the rules read beside a chart; frozen, with one version.

    ``unconfirmed`` names the numbers nobody has checked in a primary source, ``unconfirmed_rules`` tells them by rule
    (``from=6 days=365``); ``is_approved`` is the medical
    director's signature, without which a production profile refuses the data (practice 10).
    """

    version: str
    is_approved: bool
    horizon_days: int
    history_days: int
    lace: LaceTerms
    discharge: DischargeTerms
    screenings: tuple[ScreeningTerms, ...]
    refill: RefillTerms
    drugs: DrugBook
    sets: SetIndex
    conditions: PrefixIndex
    confidential: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    unconfirmed_rules: Mapping[str, str]
    worsening: WorseningTerms
    children: ChildTerms
    planned: PlannedTerms
    programs: ProgramsTerms
    adherence: AdherenceTargets
    stays: StaysTerms
    medicines: MedicineTerms
    life: LifeTerms
    illnesses: PrefixIndex
    site_illnesses: Mapping[Coding, tuple[str, ...]]
    passing: Mapping[str, int]
    waiting: Mapping[str, tuple[str, ...]]
    answers: Answers


SiteCodes = Mapping[str, Iterable[Coding]]
"""A site's own value sets: OID, or ``charlson.<condition>``, to codes; the only way SNOMED CT and CPT come in."""


def rule_data(bundle: Mapping[str, Document], site_codes: SiteCodes | None = None) -> RuleData:
    """Build the rule data from the documents of ``resources/rules`` (file name without ``.json`` -> parsed content).

    Needs ``rules``, ``charlson``, ``stays``, ``value-sets``, ``drugs`` and those of
    ``medication_data.DOCUMENTS``; a missing key is a KeyError that names it. Reads ``sensitive-codes``, ``illnesses``,
    ``screenings``, ``child-care``, ``adherence``, ``planned-stays``, ``programs``, ``life-events`` and ``worsening``
    where they are there.
    """
    site = site_codes or {}
    sheet = Sheet(bundle["rules"])
    worsening = worsening_terms(bundle.get("worsening", {}), sheet.unconfirmed)
    sets = {name: _code_set(name, entry, site) for name, entry in bundle["value-sets"]["sets"].items()}
    more = bundle.get("screenings", {"topics": {}, "sets": {}})
    sets |= {name: _code_set(name, entry, site) for name, entry in more["sets"].items()}
    topics = Sheet(more["topics"], "screening.", sheet.unconfirmed)
    sets |= {f"lab.{lab.name}": code_set({LOINC: lab.loinc}) for lab in worsening.labs}
    sets |= {name: told.joined(site.get(f"set.{name}", ())) for name, told in lab_sets(bundle["monitoring"]).items()}
    illnesses: Mapping[str, list[str]] = bundle.get("illnesses", {}).get("illnesses", {})
    medicines = medicine_terms(bundle, site)
    data = RuleData(
        version=str(sheet.value("version")),
        is_approved=sheet.sheet("approval").value("state") == "approved",
        horizon_days=sheet.number("horizon_days"),
        history_days=sheet.number("history_days"),
        lace=lace_terms(sheet.sheet("lace"), Sheet(bundle["charlson"], "charlson.", sheet.unconfirmed), site),
        discharge=discharge_terms(sheet.sheet("discharge")),
        screenings=(
            *(screening_terms(name, sheet.sheet("screening").sheet(name)) for name in sheet.value("screening")),
            *(screening_terms(name, topics.sheet(name)) for name in more["topics"]),
        ),
        refill=refill_terms(sheet.sheet("refill")),
        drugs=drug_book(bundle["drugs"], medicines.table),
        sets=set_index(sets),
        conditions=prefix_index(sheet.value("conditions")),
        confidential=_confidential(bundle.get("sensitive-codes", {})),
        unconfirmed=(),
        unconfirmed_rules={},
        worsening=worsening,
        adherence=adherence_targets(bundle.get("adherence", {})),
        programs=programs_terms(bundle.get("programs", {}), sheet.unconfirmed),
        planned=planned_terms(bundle.get("planned-stays", {})),
        stays=stays_terms(bundle["stays"], sheet.unconfirmed),
        children=child_terms(bundle.get("child-care", {})),
        medicines=medicines,
        life=life_terms(bundle.get("life-events", {}), sheet.unconfirmed),
        illnesses=prefix_index(illnesses),
        site_illnesses=codes_of_site(site, illnesses, bundle.get("illnesses", {}).get("oids", {}), "illness"),
        answers={
            question: {code: tuple(names) for code, names in told.items()}
            for question, told in bundle.get("illnesses", {}).get("answers", {}).items()
        },
        waiting={},
        passing={name: int(told["value"]) for name, told in bundle.get("illnesses", {}).get("passing", {}).items()},
    )
    entries = {**bundle["value-sets"]["sets"], **more["sets"]}
    waiting = waiting_rules(entries, data.screenings, frozenset(site))
    unsure: dict[str, str] = {}
    for name, value in sheet.unconfirmed.items():
        rule, _, key = name.rpartition(".")
        unsure[rule] = f"{unsure.get(rule, '')} {key}={value}".strip()
    return replace(data, unconfirmed=tuple(sheet.unconfirmed), unconfirmed_rules=unsure, waiting=waiting)


def _confidential(document: Document) -> tuple[str, ...]:
    starts = (start for group in document.get("groups", ()) for start in group.get("starts", {}).get(ICD10CM, ()))
    return tuple(str(start).replace(".", "") for start in starts)


def _code_set(name: str, entry: Document, site: SiteCodes) -> CodeSet:
    """Return a set of ours with the site's codes in it: of the OIDs it names, and of a site's set ``set.<name>``."""
    shipped = code_set(entry.get("codes", {}), entry.get("prefixes", {}))
    named = (*entry.get("oids", ()), f"set.{name}")
    return shipped.joined(coding for oid in named for coding in site.get(oid, ()))
