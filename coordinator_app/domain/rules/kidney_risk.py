"""The risk of kidney failure within five years by age, sex, eGFR and urine albumin (KFRE, four variables)."""

from collections.abc import Iterator
from datetime import timedelta

from coordinator_app.domain.calendar import age_on
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.case import Case
from coordinator_app.domain.rules.kidney_risk_terms import RULE, kidney_failure_risk
from coordinator_app.domain.rules.readings import PREFIX, readings_of


def kidney_risk_reasons(case: Case) -> Iterator[Reason]:
    """Yield the risk by the newest eGFR under the limit with an albumin test near it; a newer eGFR ends it."""
    terms = case.data.worsening.kidney_risk
    labs = {lab.name: lab for lab in case.data.worsening.labs}
    if terms is None or not {PREFIX + "egfr", PREFIX + "acr"} <= case.meant.keys():
        return
    if case.person.sex not in {"female", "male"} or "kidney_failure" in case.held:
        return
    kidneys, albumin = readings_of(case, labs["egfr"]), readings_of(case, labs["acr"])
    near = timedelta(terms.within_days)
    for place in range(max(0, len(kidneys) - 2), len(kidneys)):
        egfr = kidneys[place]
        acr = next((one for one in reversed(albumin) if egfr.on - near <= one.on <= egfr.on), None)
        age = age_on(case.person.birth_date, egfr.on)
        if acr is None or egfr.value >= terms.egfr_under or age < terms.from_age:
            continue
        risk = kidney_failure_risk(terms, age=age, is_male=case.person.sex == "male", egfr=egfr.value, acr=acr.value)
        if risk < terms.percent:
            continue
        ends = [(egfr.on + timedelta(terms.keep_days), "old")]
        ends += [(later.on, "newer_result") for later in kidneys[place + 1 : place + 2]]
        ends_on, cause = min(ends)
        known = case.calendar.day_of(egfr.fact.known_at) if egfr.fact.known_at else egfr.on
        opens_on = max(egfr.on, known)
        if opens_on >= ends_on:
            continue
        yield case.reason(
            ReasonKind.WORSENING,
            RULE,
            "risk",
            egfr.on.isoformat(),
            sentence=RULE,
            opens_on=opens_on,
            due_on=opens_on + timedelta(14),
            ends_on=ends_on,
            end_cause=cause,
            points={"worsening_kidney_risk": max((p for bound, p in terms.steps if risk >= bound), default=0)},
            arguments={
                "urgency": terms.urgency,
                "value": f"{risk:.0f}",
                "egfr": f"{egfr.value:g}",
                "albumin": f"{acr.value:g}",
                "measured_date": egfr.on.isoformat(),
            },
            facts=(acr.fact, egfr.fact),
            evidence_on=egfr.on,
            actions=("prescriber", "book", "refer"),
        )
