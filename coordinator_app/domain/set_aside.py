"""What the centre could not simply take, and what only a person can settle."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from coordinator_app.domain.ids import MemberId


@dataclass(frozen=True, slots=True)
class SetAsideItem:
    """One item: what it is (conflict, refused, waiting_for_supervisor, ...) and the act it is about, as it was sent.

    ``sentence`` and ``arguments`` say why; ``settled`` is what a person chose, and what that made. ``rows`` are the
    act's rows by table; ``answer`` is the centre's. Nothing of an act is ever lost by an item being here.
    """

    id: str
    kind: str
    sentence: str
    opened_at: datetime
    arguments: Mapping[str, Any] = field(default_factory=dict)
    closed_at: datetime | None = None
    member_id: MemberId | None = None
    op_id: str = ""
    act: str = ""
    written_at: datetime | None = None
    rows: Mapping[str, Any] = field(default_factory=dict, repr=False)
    answer: Mapping[str, Any] = field(default_factory=dict, repr=False)
    settled: Mapping[str, Any] = field(default_factory=dict)
