"""Palliative care in the period."""

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.measures.days import overlaps, prevailed
from coordinator_app.domain.measures.findings import SURVEY, found_by
from coordinator_app.domain.measures.measure import Sets
from coordinator_app.domain.measures.statuses import DONE
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.measures.visits import touched
from coordinator_app.domain.terminology import LOINC

SETS: Sets = {
    "palliative visit": ("2.16.840.1.113883.3.464.1003.101.12.1090",),
    "palliative care": ("2.16.840.1.113883.3.464.1003.198.12.1135",),
    "palliative diagnosis": ("2.16.840.1.113883.3.464.1003.1167",),
    "palliative asked": (Coding(LOINC, "71007-9"),),
}


def in_palliative_care(view: View) -> bool:
    """Say whether palliative care was given, assessed or diagnosed in the period."""
    start, end = view.start, view.end
    return (
        any(overlaps(known, start, end) for known in found_by(view, SURVEY, "palliative asked"))
        or any(prevailed(known, start, end) for known in view.diagnoses("palliative diagnosis"))
        or touched(view, "palliative visit")
        or any(overlaps(care, start, end) for care in view.of(FactKind.PROCEDURE, "palliative care", status=DONE))
    )
