"""What ends a gap for everybody: hospice, palliative care, and frailty with advanced illness (clinical.md 4)."""

from collections.abc import Iterable
from datetime import date, timedelta

from coordinator_app.domain.calendar import birthday
from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.rules.case import Case
from coordinator_app.domain.rules.stays import WentTo

_ANY = (
    FactKind.CONDITION,
    FactKind.PROCEDURE,
    FactKind.OBSERVATION,
    FactKind.SERVICE_ORDER,
    FactKind.DEVICE_ORDER,
    FactKind.ENCOUNTER,
    FactKind.CLAIM,
)
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


def _is_yes(fact: Fact) -> bool:
    said = fact.value_coding.code if fact.value_coding else ""
    return said in _YES or fact.value_text.casefold().startswith("yes")


def _latest(case: Case, days: Iterable[date]) -> date | None:
    return max((day for day in days if case.today - _YEAR <= day <= case.today), default=None)
