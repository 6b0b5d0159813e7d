"""What ends a gap for everybody: hospice, palliative care, and frailty with advanced illness (clinical.md 4)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from coordinator_app.domain.calendar import birthday
from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.rules.case import Case, start_of
from coordinator_app.domain.rules.stays import WentTo
from coordinator_app.domain.terminology import HCPCS, ICD10CM

_ANY = (
    FactKind.CONDITION,
    FactKind.PROCEDURE,
    FactKind.OBSERVATION,
    FactKind.SERVICE_ORDER,
    FactKind.DEVICE_ORDER,
    FactKind.ENCOUNTER,
    FactKind.CLAIM,
)
_TREATMENTS = (FactKind.ENCOUNTER, FactKind.CONDITION, FactKind.PROCEDURE, FactKind.CLAIM)
_YEAR = timedelta(365)
_YES = frozenset({"373066001", "LA33-6"})
"""How SNOMED CT and LOINC write the answer yes."""


def hospice_since(case: Case) -> date | None:
    """Return when hospice care last began within a year, or None."""
    days = [day for day, _ in case.events(_ANY, "hospice")]
    days += [day for day, fact in case.events((FactKind.OBSERVATION,), "hospice_asked") if _is_yes(fact)]
    days += [stay.discharged_on for stay in case.stays if stay.went_to is WentTo.HOSPICE and stay.discharged_on]
    return _latest(case, days)


def palliative_since(case: Case) -> date | None:
    """Return when palliative care was last told within a year, or None."""
    return _latest(case, (day for day, _ in case.events(_ANY, "palliative")))


def frail_since(case: Case, from_age: int) -> date | None:
    """Return since when a person of ``from_age`` or more is both frail (within a year) and gravely ill (within two)."""
    frail = _latest(case, (day for day, _ in case.events(_ANY, "frailty")))
    ill = [day for day, _ in case.events((FactKind.CONDITION,), "advanced_illness")]
    recent = [day for day in ill if case.today - 2 * _YEAR <= day <= case.today]
    if frail is None or not recent:
        return None
    since = max(frail, min(recent), birthday(case.person.birth_date, from_age))
    return since if since <= case.today else None


def treated_since(case: Case) -> date | None:
    """Return when cancer treatment was last told, where that is so lately that it counts as going on; or None."""
    terms = case.data.life
    first = case.today - timedelta(terms.treatment_days)
    days = (
        day
        for kind in _TREATMENTS
        for fact in case.chart.of(kind)
        for day in (start_of(fact),)
        if day is not None and first <= day <= case.today
        if any(_is_treatment(case, coding) for coding in (*fact.codings, *fact.reasons))
    )
    return max(days, default=None) if terms.treatment_days else None


def lapses_on(case: Case) -> Iterator[date]:
    """Yield when the last word of hospice, palliative care or cancer treatment is too old to count any more."""
    for since, days in (
        (hospice_since(case), _YEAR.days),
        (palliative_since(case), _YEAR.days),
        (treated_since(case), case.data.life.treatment_days),
    ):
        if since is not None:
            yield since + timedelta(days + 1)


def _is_treatment(case: Case, coding: Coding) -> bool:
    if coding.system == ICD10CM:
        return "cancer_treatment" in case.data.illnesses.names(coding.code)
    return coding.system == HCPCS and coding.code.startswith(case.data.life.treatment_hcpcs)


def _is_yes(fact: Fact) -> bool:
    said = fact.value_coding.code if fact.value_coding else ""
    return said in _YES or fact.value_text.casefold().startswith("yes")


def _latest(case: Case, days: Iterable[date]) -> date | None:
    return max((day for day in days if case.today - _YEAR <= day <= case.today), default=None)
