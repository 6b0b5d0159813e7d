"""Worsening that somebody wrote down as a diagnosis: weight lost without intent (clinical.md 7)."""

from collections.abc import Iterator
from datetime import timedelta

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.case import Case, day_of, diagnosis_codes
from coordinator_app.domain.rules.exclusions import hospice_since


def condition_signs(case: Case) -> Iterator[Reason]:
    """Yield the newest time each such diagnosis was told; the illnesses of ``not_with`` explain it."""
    for terms in case.data.worsening.conditions:
        if terms.illness not in case.held or any(name in case.held for name in terms.not_with):
            continue
        told = [
            (day_of(fact), fact)
            for kind in (FactKind.CONDITION, FactKind.ENCOUNTER)
            for fact in case.chart.of(kind)
            for codings in (fact.codings if kind is FactKind.CONDITION else fact.reasons,)
            if any(terms.illness in case.data.illnesses.names(code) for code in diagnosis_codes(codings))
        ]
        if not told:
            continue
        on, fact = max(told, key=lambda each: (each[0], each[1].id))
        known = case.calendar.day_of(fact.known_at) if fact.known_at else on
        ends = [(on + timedelta(terms.sign.keep_days), "old")]
        hospice = hospice_since(case)
        if hospice is not None:
            ends.append((hospice, "hospice"))
        ends_on, cause = min(ends)
        if max(on, known) >= ends_on:
            continue
        yield case.reason(
            ReasonKind.WORSENING,
            f"worsening.{terms.sign.name}",
            "told",
            on.isoformat(),
            sentence=f"worsening.{terms.sign.name}",
            opens_on=max(on, known),
            ends_on=ends_on,
            end_cause=cause,
            points={f"worsening_{terms.sign.name}": terms.points},
            arguments={"urgency": terms.sign.urgency, "measured_date": on.isoformat()},
            facts=[fact],
            evidence_on=on,
            actions=("call", "book", "prescriber"),
        )
