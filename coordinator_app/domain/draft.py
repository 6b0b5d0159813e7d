"""What was typed and not yet signed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from coordinator_app.domain.ids import MemberId


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished form: a call, note, visit, letter or teaching for one person; ``content`` is the form's own."""

    member_id: MemberId
    kind: str
    saved_at: datetime
    content: Mapping[str, Any] = field(default_factory=dict, repr=False)
