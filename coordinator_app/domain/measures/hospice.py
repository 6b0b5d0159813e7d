"""Hospice care in the period: ends every measure for a person."""

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.measures import oids
from coordinator_app.domain.measures.days import ended_within, overlaps, prevailed, was_ordered_within
from coordinator_app.domain.measures.findings import SURVEY, found_by
from coordinator_app.domain.measures.measure import Sets
from coordinator_app.domain.measures.statuses import DONE, ORDER, ORDERED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.measures.visits import took_place, touched
from coordinator_app.domain.terminology import LOINC

SETS: Sets = {
    "inpatient": (oids.INPATIENT,),
    "hospice visit": ("2.16.840.1.113883.3.464.1003.1003",),
    "hospice care": ("2.16.840.1.113883.3.526.3.1584",),
    "hospice diagnosis": ("2.16.840.1.113883.3.464.1003.1165",),
    "hospice asked": (Coding(LOINC, "45755-6"),),
    "yes": (oids.YES,),
}

TO_HOSPICE = frozenset({"428371000124100", "428361000124107"})
"""Dispositions of a stay that ended in hospice care, at home or in a facility (SNOMED CT)."""


def in_hospice(view: View) -> bool:
    """Say whether a stay ended in hospice, or hospice care was given, ordered, stated or diagnosed in the period."""
    start, end = view.start, view.end
    return (
        any(
            stay.disposition in TO_HOSPICE and ended_within(stay, start, end)
            for stay in view.of(FactKind.ENCOUNTER, "inpatient", status=took_place(view))
        )
        or touched(view, "hospice visit")
        or any(
            view.means(answer.value_coding, "yes") and overlaps(answer, start, end)
            for answer in found_by(view, SURVEY, "hospice asked")
        )
        or any(
            order.intent in ORDER and was_ordered_within(order, start, end)
            for order in view.of(FactKind.SERVICE_ORDER, "hospice care", status=ORDERED)
        )
        or any(overlaps(care, start, end) for care in view.of(FactKind.PROCEDURE, "hospice care", status=DONE))
        or any(prevailed(known, start, end) for known in view.diagnoses("hospice diagnosis"))
    )
