"""What ranking, standing and the contact protocol are told: weights and windows of ``resources/rules``."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time

from coordinator_app.domain.activity import Outcome, ResponseKind
from coordinator_app.domain.rules.sheet import Document, Sheet, Steps


@dataclass(frozen=True, slots=True)
class PriorityTerms:
    """Weights of the rank.

    ``just_home``: (days home at most, points). ``clock``: by kind of reason, (days left at most, points), the first
    that fits. ``class_tier``: drug class -> tier of a late refill;
    ``medication_tier``: the tag of a medication reason -> its tier while its evidence is young.
    ``result_days``: how long a result stays tier 1.
    """

    result_days: int
    dated_days: int
    due_soon_days: int
    just_home: Steps
    clock: Mapping[str, Steps]
    follow_up_points: int
    class_tier: Mapping[str, int]
    medication_tier: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StandingTerms:
    """How many days an answer keeps a reason quiet, and how many years a test lasts that the patient tells of.

    ``longest_move_days``: how long a nurse's word on the rank holds at most.
    """

    quiet_days: Mapping[ResponseKind, int]
    done_years: Mapping[str, int]
    longest_snooze_days: int
    longest_move_days: int


@dataclass(frozen=True, slots=True)
class ProtocolTerms:
    """The contact protocol: tries, their spread, calling hours, and when each part of the day begins.

    ``next_try``: outcome -> office days until the next try, for tiers 1 and 2 and for the others. ``quiet_days``: how
    long others wait after somebody spoke with the person; a mark on the row, nothing more.
    """

    tries: int
    urgent_tries: int
    within_days: int
    distinct_days: int
    distinct_parts: int
    calls_from: time
    calls_until: time
    part_hours: Mapping[str, time]
    next_try: Mapping[Outcome, tuple[int, int]]
    quiet_days: int


@dataclass(frozen=True, slots=True)
class OutreachTerms:
    """All that ``domain.outreach`` reads beside rows, with its version and the numbers nobody has confirmed."""

    version: str
    priority: PriorityTerms
    standing: StandingTerms
    protocol: ProtocolTerms
    unconfirmed: tuple[str, ...] = ()


def outreach_terms(bundle: Mapping[str, Document]) -> OutreachTerms:
    """Build the terms from the same documents as ``rule_data``; needs ``rules`` and ``drugs``."""
    sheet = Sheet(bundle["rules"])
    terms = OutreachTerms(
        version=str(sheet.value("version")),
        priority=_priority(sheet.sheet("priority"), bundle["drugs"]),
        standing=_standing(sheet.sheet("standing")),
        protocol=_protocol(sheet.sheet("protocol")),
    )
    return replace(terms, unconfirmed=tuple(sheet.unconfirmed))


def _priority(sheet: Sheet, drugs: Document) -> PriorityTerms:
    clock = sheet.sheet("clock")
    return PriorityTerms(
        result_days=sheet.number("result_days"),
        dated_days=sheet.number("dated_days"),
        due_soon_days=sheet.number("due_soon_days"),
        just_home=sheet.steps("just_home"),
        clock={kind: clock.steps(kind) for kind in sheet.value("clock")},
        follow_up_points=sheet.number("follow_up_points"),
        class_tier={name: int(entry["tier"]) for name, entry in drugs["classes"].items()},
        medication_tier={f"medication_{name}": tier for name, tier in sheet.points("medication_tier").items()},
    )


def _standing(sheet: Sheet) -> StandingTerms:
    quiet = sheet.sheet("quiet_days")
    return StandingTerms(
        quiet_days={ResponseKind(kind): quiet.number(kind) for kind in sheet.value("quiet_days")},
        done_years=sheet.points("done_years"),
        longest_snooze_days=sheet.number("longest_snooze_days"),
        longest_move_days=sheet.number("longest_move_days"),
    )


def _protocol(sheet: Sheet) -> ProtocolTerms:
    since, until = (time.fromisoformat(hour) for hour in str(sheet.value("calling")).split("-"))
    return ProtocolTerms(
        tries=sheet.number("tries"),
        urgent_tries=sheet.number("urgent_tries"),
        within_days=sheet.number("within_days"),
        distinct_days=sheet.number("distinct_days"),
        distinct_parts=sheet.number("distinct_parts"),
        calls_from=since,
        calls_until=until,
        part_hours={part: time.fromisoformat(hour) for part, hour in sheet.value("part_hours").items()},
        next_try={Outcome(name): (int(days[0]), int(days[1])) for name, days in sheet.value("next_try").items()},
        quiet_days=sheet.number("quiet_days"),
    )
