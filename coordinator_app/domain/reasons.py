"""The reason ledger: why somebody should be called, with what it rests on; nothing in a row moves with the day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from coordinator_app.domain.ids import FactId, MemberId, ReasonId
from coordinator_app.domain.sensitivity import Sensitivity


class Tier(IntEnum):
    """The five floors of urgency (practice 1); a lower number goes first."""

    SAFETY = 1
    DISCHARGE = 2
    HIGH = 3
    DATED = 4
    ROUTINE = 5


class ReasonKind(StrEnum):
    """What a reason is about."""

    DISCHARGE = "discharge"
    SCREENING = "screening"
    REFILL = "refill"
    MEDICATION = "medication"
    WORSENING = "worsening"
    PROGRAM = "program"
    WELCOME = "welcome"
    FOLLOW_UP = "follow_up"
    RED_FLAG = "red_flag"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact a reason rests on: its id, what it says in a few words, its day and its source."""

    fact_id: FactId
    what: str
    on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One row of the ledger.

    ``subject`` with ``episode`` says which stay, drug gap or screening round is meant; the id is made of
    (initiative, rule without version, member, subject, episode), so the same feed twice adds nothing.
    ``severity`` 0 to 100 within its rule; ``due_on`` is a local day of the initiative, met until its end.
    ``arguments`` fill the sentence ``sentence`` of the catalogue and name what the points are made of.
    """

    id: ReasonId
    member_id: MemberId
    kind: ReasonKind
    rule: str
    rule_version: str
    subject: str
    episode: str
    sentence: str
    opens_on: date
    due_on: date | None = None
    ends_on: date | None = None
    end_cause: str = ""
    severity: int = 0
    evidence: tuple[Evidence, ...] = ()
    evidence_on: date | None = None
    arguments: Mapping[str, str | int | float] = field(default_factory=dict)
    actions: tuple[str, ...] = ()
    sensitivity: Sensitivity = Sensitivity.ORDINARY
