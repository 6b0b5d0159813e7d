"""Two opioids, or an opioid with a benzodiazepine, ordered at discharge. Counts stays; the numerator is bad."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures import oids
from coordinator_app.domain.measures.at_visits import problems, touches, was_written_during
from coordinator_app.domain.measures.days import abated, ended_within, onset, prevailed, was_ordered_within
from coordinator_app.domain.measures.instants import Moment, finish_of, is_not_after, start_of, written
from coordinator_app.domain.measures.measure import NOBODY, Groups, Measure, Place, Sets
from coordinator_app.domain.measures.statuses import FINISHED, ORDER, ORDERED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.terminology import SNOMED

_OPIOID = "2.16.840.1.113762.1.4.1111."
_LEFT = "2.16.840.1.113883.3.117.1.7.1."

SETS: Sets = {
    "inpatient": (oids.INPATIENT,),
    "emergency": (_LEFT + "292",),
    "observation": (_OPIOID + "143",),
    "opioid": ("2.16.840.1.113762.1.4.1046.241",),
    "benzodiazepine": ("2.16.840.1.113762.1.4.1125.1",),
    "cancer pain": (_OPIOID + "180",),
    "sickle cells": (_OPIOID + "175",),
    "treatment drug": ("2.16.840.1.113762.1.4.1046.269",),
    "treatment": (_OPIOID + "177",),
    "use disorder": (_OPIOID + "171",),
    "comfort care": ("2.16.840.1.113883.3.600.1.1579",),
    "left otherwise": (_LEFT + "87", _LEFT + "308", _LEFT + "309", "2.16.840.1.113762.1.4.1116.365"),
}

_TO_TAKE_HOME = frozenset({"community", "discharge"})
_ASKED = ORDERED | {"on-hold"}
_DONE_OR_GOING_ON = frozenset({"completed", "in-progress"})
_HOUR = timedelta(hours=1)


def _judge(view: View) -> Groups:
    home = [*_taken_home(view, "opioid", "benzodiazepine")]
    if not home:
        return {"Group_1": NOBODY}
    stays = [
        stay
        for stay in view.of(FactKind.ENCOUNTER, "inpatient", status=FINISHED)
        if ended_within(stay, view.start, view.end)
        and stay.starts_on is not None
        and view.age_on(stay.starts_on) >= 18
        and any(was_written_during(order, stay) for order in home)
    ]
    # The measure leaves out all stays of a person who was in one of them for cancer pain.
    for_pain = any(view.is_for(stay, "cancer pain") for stay in stays)
    return {"Group_1": [_place(view, stay, for_pain=for_pain) for stay in stays]}


def _place(view: View, stay: Fact, *, for_pain: bool) -> Place:
    if for_pain or _is_left_out(view, stay):
        return Place(excluded=True)
    opioids = {order.codings for order in _taken_home(view, "opioid") if was_written_during(order, stay)}
    return Place(
        numerator=len(opioids) > 1
        or (bool(opioids) and any(was_written_during(order, stay) for order in _taken_home(view, "benzodiazepine")))
    )


def _taken_home(view: View, *words: str) -> Iterator[Fact]:
    """Yield orders of drugs to be taken after the stay."""
    for order in view.of(FactKind.DRUG_ORDER, *words, status=ORDERED):
        if order.intent in ORDER and order.category in _TO_TAKE_HOME:
            yield order


def _is_left_out(view: View, stay: Fact) -> bool:
    return (
        view.means(Coding(SNOMED, stay.disposition), "left otherwise")
        or any(touches(known, stay) for known in problems(view, "cancer pain", "sickle cells"))
        or any(was_written_during(order, stay) for order in _treating(view))
        or _is_comforted(view, stay)
    )


def _treating(view: View) -> Iterator[Fact]:
    """Yield drugs taken home that treat the use of opioids, with a treatment or a diagnosis of it on that day."""
    for order in _taken_home(view, "treatment drug"):
        day = order.authored_on
        if day is None:
            continue
        if (
            was_ordered_within(order, view.start, view.end)
            and any(
                treatment.starts_on is not None and treatment.starts_on <= day <= (treatment.ends_on or day)
                for treatment in view.of(FactKind.PROCEDURE, "treatment", status=_DONE_OR_GOING_ON)
            )
        ) or any(
            onset(known) <= day <= abated(known) and prevailed(known, view.start, view.end)
            for known in problems(view, "use disorder")
        ):
            yield order


def _is_comforted(view: View, stay: Fact) -> bool:
    """Say whether palliative or hospice care was given or ordered from arrival to the end of the stay."""
    arrived, left = _arrival(view, stay), finish_of(stay)
    moments = [start_of(care) for care in view.of(FactKind.PROCEDURE, "comfort care", status=_DONE_OR_GOING_ON)]
    moments += [written(order) for order in view.of(FactKind.SERVICE_ORDER, "comfort care", status=_ASKED)]
    return any(
        moment is not None
        and arrived is not None
        and left is not None
        and is_not_after(arrived, moment)
        and is_not_after(moment, left)
        for moment in moments
    )


def _arrival(view: View, stay: Fact) -> Moment | None:
    """Return when a person came: to observation, and before it to the emergency room, within the hour before."""
    arrived = start_of(stay)
    for word in ("observation", "emergency"):
        before = _ended_within_hour(list(view.of(FactKind.ENCOUNTER, word, status=FINISHED)), arrived)
        arrived = (start_of(before) if before else None) or arrived
    return arrived


def _ended_within_hour(visits: Sequence[Fact], moment: Moment | None) -> Fact | None:
    """Return the last of the visits that ended within the hour before a moment, as far as times were told."""
    if moment is None or moment.at is None:
        return None
    found = [
        (visit.ends_at, visit)
        for visit in visits
        if visit.ends_at is not None and moment.at - _HOUR <= visit.ends_at <= moment.at
    ]
    return max(found, key=lambda each: each[0])[1] if found else None


MEASURE = Measure("CMS506", "opioids at discharge", SETS, _judge)
