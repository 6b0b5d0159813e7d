"""Drugs that old people had better not take, ordered more than once. The numerators are bad."""

from collections.abc import Iterator, Mapping
from datetime import date

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures import hospice, oids, palliative, visits
from coordinator_app.domain.measures.courses import course, supplied_days
from coordinator_app.domain.measures.days import prevailed, was_ordered_within, years_before
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Sets, met
from coordinator_app.domain.measures.statuses import ORDER, ORDERED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.terminology import CPT, RXNORM

_ROOT = "2.16.840.1.113883.3.464.1003."

_ANY: Sets = {
    "antihistamine": (_ROOT + "1043",),
    "antiparkinsonian": (_ROOT + "1049",),
    "antispasmodic": (_ROOT + "1050",),
    "dipyridamole": (_ROOT + "1051",),
    "guanfacine": (_ROOT + "196.11.1252",),
    "nifedipine": (_ROOT + "1053",),
    "antidepressant": (_ROOT + "1054",),
    "barbiturate": (_ROOT + "1055",),
    "ergoloid": (Coding(RXNORM, "318179"),),
    "meprobamate": (_ROOT + "1057",),
    "estrogen": (_ROOT + "1058",),
    "sulfonylurea": (_ROOT + "1059",),
    "thyroid": (_ROOT + "1060",),
    "hypnotic": (_ROOT + "196.12.1480",),
    "muscle relaxant": (_ROOT + "1062",),
    "pain drug": (_ROOT + "1063",),
    "megestrol": (_ROOT + "1247",),
    "meperidine": (_ROOT + "1248",),
}
"""Classes of which a second order is enough."""

SETS: Sets = {
    **hospice.SETS,
    **palliative.SETS,
    **_ANY,
    "visit": (
        *visits.ADULT,
        oids.EYE_CARE,
        _ROOT + "101.12.1013",
        oids.NURSING_FACILITY,
        oids.RESIDENTIAL,
        Coding(CPT, "99211"),
    ),
    "antiinfective": (_ROOT + "196.12.1481",),
    "digoxin": (_ROOT + "1065",),
    "doxepin": (_ROOT + "1067",),
    "antipsychotic": (_ROOT + "196.12.1523",),
    "benzodiazepine": (_ROOT + "196.12.1522",),
    "needs antipsychotic": (_ROOT + "105.12.1205", oids.BIPOLAR),
    "needs benzodiazepine": tuple(_ROOT + f"105.12.{end}" for end in ("1206", "1207", "1208", "1209", "1210")),
}

_OLD = 65
_ANTIINFECTIVE_DAYS = 90
_STRENGTHS: Mapping[str, float] = {
    "393245": 0.05,
    "245273": 0.0625,
    "204504": 0.1,
    "197604": 0.125,
    "197606": 0.25,
    "104208": 0.25,
    "966787": 3,
    "966793": 6,
    "1000048": 10,
    "1000054": 10,
    "1000070": 25,
    "1000076": 50,
    "1000097": 75,
    "1000058": 100,
    "1000064": 150,
}
"""Milligrams in a unit of a product (RxNorm), a milliliter where it is a liquid."""

_TOO_MUCH = {"digoxin": 0.125, "doxepin": 6.0}
"""Milligrams a day."""


def _judge(view: View) -> Groups:
    if view.age_at_end < _OLD or not visits.came(view, "visit"):
        return dict.fromkeys(("Group_1", "Group_2", "Group_3"), NOBODY)
    if hospice.in_hospice(view) or palliative.in_palliative_care(view):
        return dict.fromkeys(("Group_1", "Group_2", "Group_3"), EXCLUDED)
    first = _takes_risky(view)
    second = _takes_without_need(view, "antipsychotic", "needs antipsychotic") or _takes_without_need(
        view, "benzodiazepine", "needs benzodiazepine"
    )
    return {
        "Group_1": met(numerator=first),
        "Group_2": met(numerator=second),
        "Group_3": met(numerator=first or second),
    }


def _takes_risky(view: View) -> bool:
    if any(next(_repeated(view, drug), None) is not None for drug in _ANY):
        return True
    if sum(supplied_days(order) or 0 for order in _repeated(view, "antiinfective")) > _ANTIINFECTIVE_DAYS:
        return True
    return any(
        dose is not None and dose > most
        for drug, most in _TOO_MUCH.items()
        for dose in map(_daily_dose, _repeated(view, drug))
    )


def _takes_without_need(view: View, drug: str, need: str) -> bool:
    if next(_repeated(view, drug), None) is None:
        return False
    index = min(
        (order.authored_on for order in _orders(view, drug) if order.authored_on and _is_of_year(view, order)),
        default=None,
    )
    if index is None:
        return False
    since = years_before(view.start, 1)
    return not any(prevailed(known, since, index) for known in view.diagnoses(need))


def _orders(view: View, drug: str) -> Iterator[Fact]:
    return (order for order in view.of(FactKind.DRUG_ORDER, drug, status=ORDERED) if order.intent in ORDER)


def _is_of_year(view: View, order: Fact) -> bool:
    return was_ordered_within(order, view.start, view.end)


def _repeated(view: View, drug: str) -> Iterator[Fact]:
    """Yield the year's orders of a class that are refilled, or have another one on another day beside them."""
    orders = list(_orders(view, drug))
    for order in orders:
        if not _is_of_year(view, order):
            continue
        if (order.refills or 0) >= 1 or any(_is_another(view, order, other) for other in orders):
            yield order


def _is_another(view: View, order: Fact, other: Fact) -> bool:
    if order.authored_on != other.authored_on:
        return _is_of_year(view, other)
    began, also = _start(order), _start(other)
    return (
        began is not None
        and also is not None
        and began != also
        and view.start <= began <= view.end
        and view.start <= also <= view.end
    )


def _start(order: Fact) -> date | None:
    taken = course(order)
    return taken[0] if taken else None


def _daily_dose(order: Fact) -> float | None:
    """Return milligrams a day over all the days an order covers, where strength, quantity and days are known."""
    strength = next((_STRENGTHS[known.code] for known in order.codings if known.code in _STRENGTHS), None)
    days = supplied_days(order)
    if strength is None or not days or order.quantity is None:
        return None
    return round(order.quantity * strength / days, 6)


MEASURE = Measure("CMS156", "high-risk drugs of old people", SETS, _judge)
