"""Which panels were opened in an emergency lately, as the centre told this supervisor's workstation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from coordinator_app.domain.oversight import Emergency

EMERGENCIES: Final = "emergencies"
NOTICED: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Noticed:
    """An emergency a supervisor is told of, and whether it runs still."""

    emergency: Emergency
    is_running: bool


def emergencies_of(facts: Mapping[str, Any], now: datetime) -> tuple[Noticed, ...]:
    """Return what runs at ``now`` or began in the seven days before, the latest first.

    The centre leaves out what is older, but a workstation that has no network keeps what it heard last.
    """
    told: Sequence[Mapping[str, Any]] = facts.get(EMERGENCIES) or ()
    known = [_emergency(each) for each in told]
    recent = [each for each in known if each.until > now or each.since > now - NOTICED]
    recent.sort(key=lambda each: each.since, reverse=True)
    return tuple(Noticed(each, each.until > now) for each in recent)


def _emergency(told: Mapping[str, Any]) -> Emergency:
    return Emergency(
        login=told["login"],
        name=told["name"],
        panel=told["panel"],
        since=datetime.fromisoformat(told["since"]),
        until=datetime.fromisoformat(told["until"]),
        why=told["why"],
        opened_by=told["opened_by"],
    )
