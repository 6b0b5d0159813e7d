"""What one row of the queue shows, finished words and marks only; screens fill it, the delegate paints it."""

from dataclasses import dataclass

from coordinator_app.ui.shared.chips import Chip
from coordinator_app.ui.shared.marks import TierMark, Try
from coordinator_app.ui.shared.tokens import Tone


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One patient in the call list.

    `gone` is the share of the allowed time that has passed, 0 to 1; None where no clock runs. `tier` None is nobody to
    call. `attempts` is empty where nobody tried. A `claimed`
    row is being called by somebody else. `sentence` is the whole row for a screen reader.
    """

    key: str
    tier: TierMark | None
    tier_word: str
    name: str
    age_sex: str
    reason: str
    due_words: str
    sentence: str
    due_tone: Tone = Tone.SECOND
    gone: float | None = 0.0
    state_mark: str = ""
    chips: tuple[Chip, ...] = ()
    more: str = ""
    more_short: str = ""
    attempts: tuple[Try, ...] = ()
    tries_words: str = ""
    is_claimed: bool = False
