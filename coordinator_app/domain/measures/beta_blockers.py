"""Beta blockers: what speaks against one at a visit, as both measures of them ask."""

from collections.abc import Sequence

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures.instants import began_before_end
from coordinator_app.domain.measures.measure import Sets
from coordinator_app.domain.measures.statuses import DONE
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.terminology import LOINC, SNOMED

_ROOT = "2.16.840.1.113883.3.526.3."

SETS: Sets = {
    "weak heart's beta blocker": (_ROOT + "1184",),
    "ingredient": (_ROOT + "1493", Coding(SNOMED, "373254001")),
    "allergic": (_ROOT + "1177",),
    "intolerant": (_ROOT + "1178",),
    "against": (_ROOT + "366", _ROOT + "370", _ROOT + "362", _ROOT + "412"),
    "block": (_ROOT + "367",),
    "pacer": (_ROOT + "368",),
    "pacer put in": ("2.16.840.1.113762.1.4.1178.53",),
    "heart rate": (Coding(LOINC, "8867-4"),),
}
"""``against`` are arrhythmia, low blood pressure, asthma and a slow heart."""


def was_given_pacer(view: View, seen: Sequence[Fact], *, is_done: bool) -> bool:
    """Say whether a pacemaker was put in before the end of one of the visits."""
    return any(
        began_before_end(operation, visit)
        for operation in view.of(FactKind.PROCEDURE, "pacer put in", status=DONE if is_done else None)
        for visit in seen
    )
