"""What the letter screen works with."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coordinator_app.services.chart import Chart
from coordinator_app.services.correspondence import Correspondence
from coordinator_app.services.drafts import Drafts
from coordinator_app.services.ports import Clock
from coordinator_app.ui.shared.pages import Engine, Press


@dataclass(frozen=True, slots=True)
class LetterServices:
    """Whom the screen asks, and what has its pages painted and printed; ``documents`` says where files go."""

    letters: Correspondence
    chart: Chart
    clock: Clock
    engine: Engine
    press: Press
    drafts: Drafts
    documents: Callable[[], Path] = Path.home
