"""Cervical cancer screening: cytology within three years, or an HPV test within five from the age of 30."""

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.measures import hospice, oids, palliative, visits
from coordinator_app.domain.measures.days import last_day, onset, was_latest_within, years_before
from coordinator_app.domain.measures.findings import has_value
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import DONE, FINAL
from coordinator_app.domain.measures.view import View

SETS: Sets = {
    **hospice.SETS,
    **palliative.SETS,
    "visit": tuple(oid for oid in visits.ADULT if oid != oids.WELLNESS),
    "cytology": ("2.16.840.1.113883.3.464.1003.108.12.1017",),
    "hpv test": ("2.16.840.1.113883.3.464.1003.110.12.1059",),
    "cervix removed": ("2.16.840.1.113883.3.464.1003.198.12.1014",),
    "no cervix": ("2.16.840.1.113883.3.464.1003.111.12.1016",),
}

_HPV_FROM_AGE = 30


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    if not 24 <= view.age_at_end <= 64 or view.person.sex != "female" or not visits.came(view, "visit"):
        return NOBODY
    if hospice.in_hospice(view) or _has_no_cervix(view) or palliative.in_palliative_care(view):
        return EXCLUDED
    return met(numerator=_had_cytology(view) or _had_hpv_test(view))


def _has_no_cervix(view: View) -> bool:
    return any(
        day is not None and day <= view.end
        for day in map(last_day, view.of(FactKind.PROCEDURE, "cervix removed", status=DONE))
    ) or any(onset(known) <= view.end for known in view.diagnoses("no cervix"))


def _had_cytology(view: View) -> bool:
    since = years_before(view.start, 2)
    return any(
        has_value(test) and was_latest_within(test, since, view.end)
        for test in view.of(FactKind.OBSERVATION, "cytology", status=FINAL)
    )


def _had_hpv_test(view: View) -> bool:
    since = years_before(view.start, 4)
    for test in view.of(FactKind.OBSERVATION, "hpv test", status=FINAL):
        day = last_day(test)
        if day is not None and since <= day <= view.end and view.age_on(day) >= _HPV_FROM_AGE and has_value(test):
            return True
    return False


MEASURE = Measure("CMS124", "cervical cancer screening", SETS, _judge)
