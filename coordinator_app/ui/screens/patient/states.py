"""What the Patient screen shows, as values."""

from collections.abc import Mapping
from dataclasses import dataclass

from coordinator_app.ui.shared.banner import BannerFacts
from coordinator_app.ui.shared.facts import Fact
from coordinator_app.ui.shared.ledger import ReasonLine
from coordinator_app.ui.shared.supply import Supply
from coordinator_app.ui.shared.tabs import Tab
from coordinator_app.ui.shared.timeline import TimelineRow
from coordinator_app.ui.shared.trend import Trend


@dataclass(frozen=True, slots=True)
class PatientState:
    """One person, ready to be shown; ``timeline`` holds the rows of each tab."""

    member_id: str
    name: str
    banner: BannerFacts
    safety: str
    reasons: tuple[ReasonLine, ...]
    facts: tuple[Fact, ...]
    steps: tuple[Fact, ...]
    tabs: tuple[Tab, ...]
    timeline: Mapping[str, tuple[TimelineRow, ...]]
    history: str
    medicines: tuple[Supply, ...]
    medicines_foot: str
    labs: tuple[Trend, ...]
    labs_foot: str
    team: tuple[Fact, ...]
    has_confidential: bool = False
