"""Coronary disease with a weak left ventricle or a recent infarction: a beta blocker. Feeds the scorecard only."""

from collections.abc import Sequence

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.measures import beta_blockers, heart_failure, oids
from coordinator_app.domain.measures.at_visits import (
    had_slow_heart_twice,
    is_still_allergic,
    is_sure,
    keeps,
    problems,
    touches,
    was_ordered,
    was_refused,
)
from coordinator_app.domain.measures.days import PREVALENT, onset, years_before
from coordinator_app.domain.measures.instants import began_before_end
from coordinator_app.domain.measures.measure import NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import DONE, FINISHED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.measures.visits import visits

_ROOT = "2.16.840.1.113883.3.526.3."

SETS: Sets = {
    **heart_failure.WEAKNESS,
    **beta_blockers.SETS,
    "outpatient": heart_failure.OUTPATIENT,
    "visit": (*heart_failure.OUTPATIENT, oids.INTERACTION),
    "coronary disease": (_ROOT + "369",),
    "heart surgery": (_ROOT + "371",),
    "infarction": (_ROOT + "403",),
    "beta blocker": (_ROOT + "1174",),
    "reason": (oids.MEDICAL_REASON, oids.PATIENT_REASON, oids.REFUSED),
}

_WEAK_DRUG = "weak heart's beta blocker"
_INFARCTION_YEARS = 3
_OUT = (Place(denominator=False),)
_NOT_ACTIVE = frozenset({"inactive", "resolved"})


def _judge(view: View) -> Groups:
    if view.age_at_start < 18 or not heart_failure.came_twice(view, "visit"):
        return {"Group_1": NOBODY, "Group_2": NOBODY}
    seen = _coronary_visits(view)
    if not seen:
        return {"Group_1": NOBODY, "Group_2": NOBODY}
    weak = heart_failure.weaknesses(view)
    with_weak = [visit for visit in seen if any(began_before_end(known, visit) for known in weak)]
    after_infarction = [] if weak else [visit for visit in seen if _is_after_infarction(view, visit)]
    return {
        "Group_1": _places(view, with_weak, _WEAK_DRUG, is_final=False),
        "Group_2": _places(view, after_infarction, "beta blocker", is_final=True),
    }


def _places(view: View, seen: Sequence[Fact], drug: str, *, is_final: bool) -> tuple[Place, ...]:
    if not seen:
        return _OUT
    if was_ordered(view, drug, seen):
        return met(numerator=True)
    return met(numerator=False, excepted=_must_not(view, seen, is_final=is_final))


def _coronary_visits(view: View) -> Sequence[Fact]:
    """Return the visits with coronary disease, or after heart surgery."""
    sick = [known for known in problems(view, "coronary disease") if is_sure(known)]
    operations = list(view.of(FactKind.PROCEDURE, "heart surgery", status=DONE))
    return [
        visit
        for visit in visits(view, "outpatient", status=FINISHED)
        if any(touches(known, visit) for known in sick)
        or any(began_before_end(operation, visit) for operation in operations)
    ]


def _is_after_infarction(view: View, visit: Fact) -> bool:
    if visit.starts_on is None:
        return False
    since = years_before(visit.starts_on, _INFARCTION_YEARS)
    return any(since <= onset(known) < visit.starts_on for known in problems(view, "infarction"))


def _must_not(view: View, seen: Sequence[Fact], *, is_final: bool) -> bool:
    return (
        _suffers(view, seen, "against")
        or had_slow_heart_twice(view, seen, is_final=is_final, first_is_final=is_final)
        or any(
            allergy.status not in _NOT_ACTIVE and is_still_allergic(allergy, seen)
            for allergy in view.of(FactKind.ALLERGY, "ingredient")
        )
        or keeps(view, seen, "allergic", "intolerant")
        # The measure asks for the same drugs in both groups here.
        or was_refused(view, _WEAK_DRUG, seen, "reason")
        or (
            _suffers(view, seen, "block")
            and not _suffers(view, seen, "pacer")
            and not beta_blockers.was_given_pacer(view, seen, is_done=False)
        )
    )


def _suffers(view: View, seen: Sequence[Fact], word: str) -> bool:
    """Say whether an active problem was there on a day of one of the visits; nobody need have confirmed it."""
    return any(touches(known, visit) for known in problems(view, word) if known.status in PREVALENT for visit in seen)


MEASURE = Measure("CMS145", "coronary disease: beta blocker", SETS, _judge)
