"""Heart failure with a weak left ventricle: a beta blocker ordered or taken. Feeds the scorecard only."""

from collections.abc import Sequence

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.measures import beta_blockers, heart_failure
from coordinator_app.domain.measures.at_visits import (
    had_slow_heart_twice,
    has,
    is_still_allergic,
    keeps,
    was_ordered,
    was_written_during,
)
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.view import View

SETS: Sets = {**heart_failure.SETS, **beta_blockers.SETS}

_DRUG = "weak heart's beta blocker"
_OUT = (Place(denominator=False),)


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    if not heart_failure.is_counted(view):
        return NOBODY
    seen = heart_failure.weak_heart_visits(view)
    if not seen:
        return _OUT
    if heart_failure.has_other_heart(view, seen):
        return EXCLUDED
    if was_ordered(view, _DRUG, seen):
        return met(numerator=True)
    return met(numerator=False, excepted=_must_not(view, seen))


def _must_not(view: View, seen: Sequence[Fact]) -> bool:
    return (
        had_slow_heart_twice(view, seen)
        or any(
            was_written_during(refusal, visit) for refusal in view.refused(FactKind.DRUG_ORDER, _DRUG) for visit in seen
        )
        or has(view, seen, "against")
        or keeps(view, seen, "allergic", "intolerant")
        or any(
            allergy.status == "active" and allergy.verification == "confirmed" and is_still_allergic(allergy, seen)
            for allergy in view.of(FactKind.ALLERGY, "ingredient")
        )
        or (
            has(view, seen, "block")
            and not keeps(view, seen, "pacer")
            and not beta_blockers.was_given_pacer(view, seen, is_done=True)
        )
    )


MEASURE = Measure("CMS144", "heart failure: beta blocker", SETS, _judge)
