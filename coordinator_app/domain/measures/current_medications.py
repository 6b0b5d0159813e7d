"""Current medicines written down at each visit. Counts visits; feeds the scorecard only."""

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures.days import overlaps
from coordinator_app.domain.measures.instants import is_during, start_of, written
from coordinator_app.domain.measures.measure import Groups, Measure, Place, Sets
from coordinator_app.domain.measures.statuses import DONE, FINISHED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.measures.visits import visits
from coordinator_app.domain.terminology import SNOMED

SETS: Sets = {
    "visit": ("2.16.840.1.113883.3.600.1.1834",),
    "written down": (Coding(SNOMED, "428191000124101"),),
    "crisis": (Coding(SNOMED, "705016005"),),
}


def _judge(view: View) -> Groups:
    return {"Group_1": [_place(view, visit) for visit in visits(view, "visit", status=FINISHED)]}


def _place(view: View, visit: Fact) -> Place:
    return Place(
        numerator=any(
            done.starts_on is not None and done.ends_on is not None and overlaps(visit, done.starts_on, done.starts_on)
            for done in view.of(FactKind.PROCEDURE, "written down", status=DONE)
        ),
        excepted=any(
            is_during(written(refusal) or start_of(refusal), visit) and view.is_for(refusal, "crisis")
            for refusal in view.refused(FactKind.PROCEDURE, "written down")
        ),
    )


MEASURE = Measure("CMS68", "medicines written down at visits", SETS, _judge)
