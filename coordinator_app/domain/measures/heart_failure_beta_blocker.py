"""Heart failure with a weak left ventricle: a beta blocker ordered or taken. Feeds the scorecard only."""

from collections.abc import Sequence

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.measures import beta_blockers, heart_failure
from coordinator_app.domain.measures.at_visits import (
    had_slow_heart_twice,
    has,
    keeps,
    was_written_during,
)
from coordinator_app.domain.measures.measure import Groups, Measure, Sets
from coordinator_app.domain.measures.view import View

SETS: Sets = {**heart_failure.SETS, **beta_blockers.SETS}

_DRUG = "weak heart's beta blocker"


def _judge(view: View) -> Groups:
    return {"Group_1": heart_failure.treated(view, _DRUG, _must_not)}


def _must_not(view: View, seen: Sequence[Fact]) -> bool:
    return (
        had_slow_heart_twice(view, seen)
        or any(
            was_written_during(refusal, visit) for refusal in view.refused(FactKind.DRUG_ORDER, _DRUG) for visit in seen
        )
        or has(view, seen, "against")
        or keeps(view, seen, "allergic", "intolerant")
        or heart_failure.is_surely_allergic(view, seen)
        or (
            has(view, seen, "block")
            and not keeps(view, seen, "pacer")
            and not beta_blockers.was_given_pacer(view, seen, is_done=True)
        )
    )


MEASURE = Measure("CMS144", "heart failure: beta blocker", SETS, _judge)
