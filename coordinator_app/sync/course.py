"""What sync does next: one pure function of what is known so far, so that every order of events can be tried."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
class Follow:
    """Fetch the next members that changed."""

    place: Place


@dataclass(frozen=True, slots=True)
class Purge:
    """Delete those who left."""


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing is left to do."""


Step = Greet | Replay | TakeBundle | Push | Renumber | Leave | BeginCopy | Copy | EndCopy | Follow | Purge | Done


@dataclass(frozen=True, slots=True)
class Seen:
    """What a round knows: hello's answer, the store's places, and what this round has done already."""

    hello: Hello | None = None
    has_new_history: bool = False
    is_replayed: bool = False
    bundles: Mapping[str, str] = field(default_factory=dict)
    is_pushed: bool = False
    is_renumbered: bool = False
    places: tuple[Place, ...] = ()
    followed: frozenset[str] = frozenset()
    is_purged: bool = False


def next_step(seen: Seen) -> Step:
    """Say what comes next: push before pull, what changed before what is new, and purge when all is delivered."""
    if seen.hello is None:
        return Greet()
    if seen.has_new_history and not seen.is_replayed:
        return Replay()
    step = _before_pulling(seen, seen.hello) or _pulling(seen, seen.hello)
    if step is not None:
        return step
    return Done() if seen.is_purged else Purge()


def _before_pulling(seen: Seen, hello: Hello) -> Step | None:
    for initiative in hello.initiatives:
        if seen.bundles.get(initiative.id) != initiative.bundle:
            return TakeBundle(initiative)
    if not seen.is_pushed:
        return Push()
    if hello.device_state == "frozen" and not seen.is_renumbered:
        return Renumber()
    return None


def _pulling(seen: Seen, hello: Hello) -> Step | None:
    ours = {panel.id for panel in hello.panels}
    lost = tuple(place.panel_id for place in seen.places if place.panel_id not in ours)
    if lost:
        return Leave(lost)
    # A panel that is whole is brought up to date before another is copied: the nurse works in it now.
    places = sorted(seen.places, key=lambda each: (not each.is_complete, each.panel_id))
    return next((step for place in places if (step := _of_panel(place, hello, seen)) is not None), None)


def _of_panel(place: Place, hello: Hello, seen: Seen) -> Step | None:
    if place.s_old is None:
        return BeginCopy(place, is_repair=False)
    if place.epoch != hello.epoch:
        return BeginCopy(place, is_repair=True)
    if place.to_copy:
        return Copy(place)
    if not place.is_complete:
        return EndCopy(place)
    if place.panel_id not in seen.followed:
        return Follow(place)
    return None
