"""Heart failure with a weak left ventricle: an ACE inhibitor, an ARB or an ARNI ordered or taken. Scorecard only."""

from collections.abc import Sequence

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures import heart_failure, oids
from coordinator_app.domain.measures.at_visits import (
    AT_A_VISIT,
    is_sure,
    keeps,
    problems,
    touches,
    was_refused,
)
from coordinator_app.domain.measures.days import months_before
from coordinator_app.domain.measures.instants import Moment, is_not_after, start_of
from coordinator_app.domain.measures.measure import Groups, Measure, Sets
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.terminology import SNOMED

_ROOT = "2.16.840.1.113883.3.526.3."

SETS: Sets = {
    **heart_failure.SETS,
    "drug": (_ROOT + "1139",),
    "ingredient": (
        _ROOT + "1489",
        *(Coding(SNOMED, code) for code in ("372733002", "372913009", "786886009")),
    ),
    "allergic": (_ROOT + "1211",),
    "intolerant": (_ROOT + "1212",),
    "kidneys failed by it": (Coding(SNOMED, "422593004"),),
    "pregnant": (oids.PREGNANCY,),
    "reason": (oids.MEDICAL_REASON, oids.PATIENT_REASON, oids.REFUSED, _ROOT + "1140"),
}

_PREGNANT_MONTHS = 9


def _judge(view: View) -> Groups:
    return {"Group_1": heart_failure.treated(view, "drug", _must_not)}


def _must_not(view: View, seen: Sequence[Fact]) -> bool:
    return (
        was_refused(view, "drug", seen, "reason")
        or heart_failure.is_surely_allergic(view, seen)
        or keeps(view, seen, "allergic", "intolerant")
        or _is_pregnant(view, seen)
        or any(
            touches(known, visit)
            for known in view.of(FactKind.CONDITION, "kidneys failed by it")
            if known.category in (AT_A_VISIT, "") and is_sure(known)
            for visit in seen
        )
    )


def _is_pregnant(view: View, seen: Sequence[Fact]) -> bool:
    """Say whether a pregnancy began in the nine months before one of the visits."""
    for known in problems(view, "pregnant"):
        began = start_of(known)
        for visit in seen:
            came = start_of(visit)
            if began is None or came is None:
                continue
            since = Moment(months_before(came.day, _PREGNANT_MONTHS))
            if since.day <= began.day and is_not_after(began, came):
                return True
    return False


MEASURE = Measure("CMS135", "heart failure: ACE inhibitor, ARB or ARNI", SETS, _judge)
