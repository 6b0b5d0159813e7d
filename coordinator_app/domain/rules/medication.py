"""Questions to the prescriber or the pharmacist about medicines; never a word to the patient to stop or to change."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.case import Case, diagnosis_codes, start_of
from coordinator_app.domain.rules.drug_courses import Course, Courses, courses_of
from coordinator_app.domain.rules.drug_table import Drug
from coordinator_app.domain.rules.medication_data import MedicineTerms
from coordinator_app.domain.sensitivity import Sensitivity, strictest

ASK = ("ask_prescriber", "ask_pharmacist", "has_it", "stopped", "wrong")
_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Taken:
    """A person's medicines as every rule of this family sees them."""

    case: Case
    terms: MedicineTerms
    courses: Courses

    def all(self) -> Iterator[Course]:
        """Yield every course, by drug and time."""
        return (course for rxcui in sorted(self.courses) for course in self.courses[rxcui])

    def of(self, drugs: Set[str]) -> Iterator[Course]:
        """Yield the courses of some drugs."""
        return (course for rxcui in sorted(self.courses.keys() & drugs) for course in self.courses[rxcui])

    def has_any(self, drugs: frozenset[str]) -> bool:
        """Say whether one of some drugs was ever taken."""
        return not drugs.isdisjoint(self.courses)

    def conditions(self, named: str) -> Iterator[tuple[date, Fact]]:
        """Yield the diagnoses that mean a condition of ``high-risk.json``, by our codes or the site's, with days."""
        for fact in self.case.chart.of(FactKind.CONDITION):
            day = start_of(fact)
            if day is not None and (
                any(named in self.terms.conditions.names(code) for code in diagnosis_codes(fact.codings))
                or any(named in self.terms.site_conditions.get(coding, ()) for coding in fact.codings)
            ):
                yield day, fact

    def is_past(self, ends_on: date) -> bool:
        """Say whether something ended so long ago that no ledger waits for its end any more."""
        return ends_on < self.case.today - timedelta(self.terms.days["look_back_days"])

    def reason(
        self,
        rule: str,
        subject: str,
        episode: str,
        severity: str,
        *,
        drugs: Iterable[Drug],
        opens_on: date,
        ends_on: date,
        end_cause: str,
        facts: Iterable[Fact],
        evidence_on: date,
        arguments: Mapping[str, str | int | float],
        due_on: date | None = None,
        sentence: str = "",
        actions: tuple[str, ...] = ASK,
        sensitivity: Sensitivity = Sensitivity.ORDINARY,
    ) -> Iterator[Reason]:
        """Yield a row of this family, none where it would end before it opens or ended long ago."""
        if opens_on >= ends_on or self.is_past(ends_on):
            return
        named: dict[str, str | int | float] = {}
        about = tuple(drugs)
        for place, drug in zip(("", "other_", "third_"), about, strict=False):
            named[f"{place}rxcui"] = drug.rxcui
            named[place.rstrip("_") or "drug"] = drug.name
        unsure = self.terms.unconfirmed
        if told := unsure.get(subject.partition(":")[0]) or unsure.get(rule.partition(".")[2]):
            named["unconfirmed"] = told
        yield self.case.reason(
            ReasonKind.MEDICATION,
            rule,
            subject,
            episode,
            sentence=sentence or rule,
            opens_on=opens_on,
            due_on=due_on,
            ends_on=ends_on,
            end_cause=end_cause,
            points={f"medication_{severity}": self.terms.points[severity]},
            arguments={**named, **arguments, "drug_class": f"medication_{severity}"},
            facts=facts,
            evidence_on=evidence_on,
            actions=actions,
            sensitivity=strictest([sensitivity, *(drug.sensitivity for drug in about)]),
        )


MedicationRule = Callable[[Taken], Iterator[Reason]]


def taken_by(case: Case) -> Taken:
    """Return a person's medicines, merged from fills and orders."""
    terms = case.data.medicines
    return Taken(case, terms, courses_of(case.chart, terms))
