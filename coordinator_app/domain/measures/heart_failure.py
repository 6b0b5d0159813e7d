"""Heart failure with a weak left ventricle: whom the measures of its drugs count, and who is left out."""

from collections.abc import Callable, Iterator, Sequence

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures import oids
from coordinator_app.domain.measures.at_visits import is_still_allergic, is_sure, was_ordered
from coordinator_app.domain.measures.findings import amount
from coordinator_app.domain.measures.instants import (
    began_before_end,
    finish_of,
    is_before,
    prevailed_during,
    start_of,
    written,
)
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Place, Sets, met
from coordinator_app.domain.measures.statuses import DONE, FINAL, FINISHED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.measures.visits import visits
from coordinator_app.domain.terminology import SNOMED

_DEVICES = "2.16.840.1.113762.1.4.1178."

OUTPATIENT = (oids.RESIDENTIAL, oids.AT_HOME, oids.NURSING_FACILITY, oids.OFFICE, oids.CONSULTATION)

WEAKNESS: Sets = {
    "ejection fraction": ("2.16.840.1.113883.3.526.3.1134",),
    "weak ventricle": ("2.16.840.1.113883.3.526.3.1090",),
    "ventricle": (Coding(SNOMED, "134401001"),),
    "moderate or severe": ("2.16.840.1.113883.3.526.3.1092",),
}
"""How a weak ventricle is told; the measure of coronary disease asks the same."""

SETS: Sets = {
    **WEAKNESS,
    "outpatient": OUTPATIENT,
    "visit": (*OUTPATIENT, oids.INTERACTION),
    "heart failure": ("2.16.840.1.113883.3.526.3.376",),
    "transplant or pump": (_DEVICES + "33", _DEVICES + "61"),
    "trouble with either": (_DEVICES + "56", _DEVICES + "58"),
}

_LOW_FRACTION = 40.0


def is_counted(view: View) -> bool:
    """Say whether an adult came twice, once with heart failure."""
    return view.age_at_start >= 18 and came_twice(view, "visit") and next(_failing(view), None) is not None


def treated(view: View, drug: str, may_go_without: Callable[[View, Sequence[Fact]], bool]) -> tuple[Place, ...]:
    """Return where a person stands in the measure of one drug, which the visits with a weak heart call for."""
    if not is_counted(view):
        return NOBODY
    seen = weak_heart_visits(view)
    if not seen:
        return (Place(denominator=False),)
    if has_other_heart(view, seen):
        return EXCLUDED
    if was_ordered(view, drug, seen):
        return met(numerator=True)
    return met(numerator=False, excepted=may_go_without(view, seen))


def is_surely_allergic(view: View, seen: Sequence[Fact]) -> bool:
    """Say whether a confirmed allergy to the drug's ingredient was active by one of the visits."""
    return any(
        allergy.status == "active" and allergy.verification == "confirmed" and is_still_allergic(allergy, seen)
        for allergy in view.of(FactKind.ALLERGY, "ingredient")
    )


def came_twice(view: View, *words: str) -> bool:
    """Say whether there were two finished visits in the period."""
    found = visits(view, *words, status=FINISHED)
    return next(found, None) is not None and next(found, None) is not None


def weak_heart_visits(view: View) -> Sequence[Fact]:
    """Return the visits with heart failure by whose end a weak left ventricle was known."""
    weak = weaknesses(view)
    return [visit for visit in _failing(view) if any(began_before_end(known, visit) for known in weak)] if weak else ()


def weaknesses(view: View) -> Sequence[Fact]:
    """Return what tells of a weak left ventricle: a low ejection fraction, or a diagnosis grave enough."""
    found = [
        measured
        for measured in view.of(FactKind.OBSERVATION, "ejection fraction", status=FINAL)
        if (fraction := amount(measured, "%")) is not None and fraction <= _LOW_FRACTION
    ]
    found += [known for known in view.of(FactKind.CONDITION, "weak ventricle") if is_sure(known)]
    found += [
        known
        for known in view.of(FactKind.CONDITION, "ventricle")
        if is_sure(known) and view.means(known.value_coding, "moderate or severe")
    ]
    return found


def has_other_heart(view: View, seen: Sequence[Fact]) -> bool:
    """Say whether a person had a transplanted heart or a pump, or trouble with one, by the end of one of the visits."""
    if any(
        began_before_end(operation, visit)
        for operation in view.of(FactKind.PROCEDURE, "transplant or pump", status=DONE)
        for visit in seen
    ):
        return True
    for trouble in view.of(FactKind.CONDITION, "trouble with either"):
        known = written(trouble) or start_of(trouble)
        if known is None or not is_sure(trouble):
            continue
        if any((ended := finish_of(visit)) is not None and is_before(known, ended) for visit in seen):
            return True
    return False


def _failing(view: View) -> Iterator[Fact]:
    """Yield the visits during which a person surely had heart failure."""
    failing = [known for known in view.of(FactKind.CONDITION, "heart failure") if is_sure(known)]
    if failing:
        for visit in visits(view, "outpatient", status=FINISHED):
            if any(prevailed_during(known, visit) for known in failing):
                yield visit
