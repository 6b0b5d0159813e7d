"""The words between what decides and what does: commands of the course, and the events that answer them."""

from collections.abc import Mapping
from dataclasses import dataclass

from coordinator_app.domain.travel import Hello, Initiative, Place


@dataclass(frozen=True, slots=True)
class Greet:
    """Say hello."""


@dataclass(frozen=True, slots=True)
class Replay:
    """The centre has another history: send again what it may have lost."""


@dataclass(frozen=True, slots=True)
class TakeBundle:
    """Fetch a reference bundle whole."""

    initiative: Initiative


@dataclass(frozen=True, slots=True)
class Push:
    """Send what waits, oldest first."""


@dataclass(frozen=True, slots=True)
class AskAgain:
    """Ask how acts stand that were set aside."""


@dataclass(frozen=True, slots=True)
class TakeWaiting:
    """Fetch what waits for this supervisor's word."""


@dataclass(frozen=True, slots=True)
class Renumber:
    """Two workstations sent under one id: go on under a new one."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Let panels go that are no longer ours."""

    panels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BeginCopy:
    """Ask whom a panel holds; ``is_repair`` fetches only those who differ."""

    place: Place
    is_repair: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """Fetch the next members of a first copy."""

    place: Place


@dataclass(frozen=True, slots=True)
class EndCopy:
    """The first copy owes nothing more."""

    place: Place


@dataclass(frozen=True, slots=True)
class BeginFill:
    """Owe some tables of everybody held of a panel: this program reads more of them than the one before."""

    place: Place


@dataclass(frozen=True, slots=True)
class EndFill:
    """Those tables are here."""

    place: Place


@dataclass(frozen=True, slots=True)
class Follow:
    """Fetch the next members that changed."""

    place: Place


@dataclass(frozen=True, slots=True)
class Verify:
    """Compare what is held of a panel member by member; those who differ are fetched again."""

    place: Place


@dataclass(frozen=True, slots=True)
class Purge:
    """Delete those who left."""


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing is left to do."""


Step = (
    Greet
    | Replay
    | TakeBundle
    | Push
    | AskAgain
    | TakeWaiting
    | Renumber
    | Leave
    | BeginCopy
    | Copy
    | EndCopy
    | BeginFill
    | EndFill
    | Follow
    | Verify
    | Purge
    | Done
)
"""The commands."""


@dataclass(frozen=True, slots=True)
class Began:
    """A round begins."""


@dataclass(frozen=True, slots=True)
class Greeted:
    """The centre said hello, and the store told how it stands; ``set_aside`` counts acts that wait at the centre."""

    hello: Hello
    has_new_history: bool
    bundles: Mapping[str, str]
    places: tuple[Place, ...]
    set_aside: int = 0


@dataclass(frozen=True, slots=True)
class Replayed:
    """Acts the centre may have lost wait again."""


@dataclass(frozen=True, slots=True)
class Bundled:
    """A bundle was taken; these are held now."""

    bundles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sent:
    """A batch was answered; ``is_all`` where nothing more can be sent in this round."""

    is_all: bool


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """How set-aside acts stand was kept."""


@dataclass(frozen=True, slots=True)
class WaitingTaken:
    """What waits for the supervisor was kept."""


@dataclass(frozen=True, slots=True)
class Renumbered:
    """The workstation goes on under a new id."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Places moved: panels left, a copy was begun or went a page further, a cursor was given up."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """A panel is whole."""

    panel_id: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """A page of the feed was kept; ``is_end`` where it was the last."""

    panel_id: str
    places: tuple[Place, ...]
    is_end: bool


@dataclass(frozen=True, slots=True)
class Verified:
    """A panel was compared."""

    panel_id: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Purged:
    """Those who left are deleted, where they may be."""


Event = (
    Began
    | Greeted
    | Replayed
    | Bundled
    | Sent
    | AskedAgain
    | WaitingTaken
    | Renumbered
    | Moved
    | Copied
    | Followed
    | Verified
    | Purged
)
