"""When a program is suggested, as data: who it is for, and what new thing must speak for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coordinator_app.domain.rules.tagged import tagged
from coordinator_app.domain.sensitivity import Sensitivity


@dataclass(frozen=True, slots=True)
class LabTrigger:
    """A newest result at or over ``least``, or at or under ``most``, not older than ``days``."""

    name: str
    least: float | None
    most: float | None
    days: int


@dataclass(frozen=True, slots=True)
class ProgramTerms:
    """One program; ``new_days`` after a diagnosis was first told it speaks by itself.

    ``lab`` and ``visit_illnesses`` speak only for somebody who has one of ``needs``; ``or_lab`` for everybody.
    ``ill_lab`` speaks for somebody who has one of ``ill_needs``, and with ``high_risk`` a stay with a high risk of
    coming back does. ``not_lately`` are illnesses that quiet it for a year; with ``not_in_treatment`` cancer treatment
    quiets it, and with ``of_pregnancy`` a pregnancy speaks for it until birth or loss.
    """

    name: str
    needs: tuple[str, ...]
    points: int
    new_days: int = 0
    lab: LabTrigger | None = None
    or_lab: LabTrigger | None = None
    visit_illnesses: tuple[str, ...] = ()
    visit_days: int = 0
    stays: int = 0
    stay_days: int = 0
    from_age: int = 0
    not_with: tuple[str, ...] = ()
    not_lately: tuple[str, ...] = ()
    ill_lab: LabTrigger | None = None
    ill_needs: tuple[str, ...] = ()
    high_risk: bool = False
    of_pregnancy: bool = False
    not_in_treatment: bool = False
    sensitivity: Sensitivity = Sensitivity.ORDINARY


@dataclass(frozen=True, slots=True)
class PayerTerms:
    """What one payer has, ``yes``, ``no`` or ``check`` by program; ``plans`` are those that differ."""

    programs: Mapping[str, str]
    plans: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ProgramsTerms:
    """All programs; ``benefits`` say per payer and plan whether there is one, where a site knows."""

    keep_days: int = 180
    programs: tuple[ProgramTerms, ...] = ()
    benefits: Mapping[str, PayerTerms] = field(default_factory=dict)


def programs_terms(document: Mapping[str, Any], unconfirmed: dict[str, str]) -> ProgramsTerms:
    """Build the terms from the parsed ``programs.json``."""
    if not document:
        return ProgramsTerms()

    def lab(told: Mapping[str, Any] | None, name: str) -> LabTrigger | None:
        if told is None:
            return None
        path = f"program.{name}."
        least, most = (tagged(told, key, path, unconfirmed) for key in ("from", "to"))
        return LabTrigger(told["name"], least, most, int(told["days"]))

    programs = (
        ProgramTerms(
            one["name"],
            tuple(one["needs"]),
            int(one["points"]),
            int(one.get("new_days", 0)),
            lab(one.get("lab"), one["name"]),
            lab(one.get("or_lab"), one["name"]),
            tuple(one.get("visits", {}).get("for", ())),
            int(one.get("visits", {}).get("days", 0)),
            int(tagged(one.get("stays", {}), "count", f"program.{one['name']}.", unconfirmed) or 0),
            int(one.get("stays", {}).get("days", 0)),
            int(one.get("from_age", 0)),
            tuple(one.get("not_with", ())),
            tuple(one.get("not_lately", ())),
            lab(one.get("ill_lab"), one["name"]),
            tuple(one.get("ill_lab", {}).get("needs", ())),
            bool(one.get("high_risk")),
            bool(one.get("of_pregnancy")),
            bool(one.get("not_in_treatment")),
            Sensitivity(one.get("sensitivity", 0)),
        )
        for one in document["programs"]
    )
    benefits = {
        payer: PayerTerms(
            {name: str(says) for name, says in told.items() if name != "plans"},
            {plan: dict(table) for plan, table in told.get("plans", {}).items()},
        )
        for payer, told in document["benefits"].items()
    }
    return ProgramsTerms(int(document["keep_days"]["value"]), tuple(programs), benefits)
