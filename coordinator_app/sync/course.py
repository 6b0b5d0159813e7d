"""What sync does next: ``step(seen, event)`` is one pure function, so that every order of events can be tried.

A command says what to do; whoever does it answers with an event; nothing here reads a clock, a store or a line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from coordinator_app.domain.travel import Hello, Place
from coordinator_app.sync.steps import (
    AskAgain,
    AskedAgain,
    Began,
    BeginCopy,
    BeginFill,
    Bundled,
    Copied,
    Copy,
    Done,
    EndCopy,
    EndFill,
    Event,
    Follow,
    Followed,
    Greet,
    Greeted,
    Leave,
    Moved,
    Purge,
    Purged,
    Push,
    Renumber,
    Renumbered,
    Replay,
    Replayed,
    Sent,
    Step,
    TakeBundle,
    TakeWaiting,
    Verified,
    Verify,
    WaitingTaken,
)

VERIFY_EVERY = timedelta(days=7)
"""How long a panel is believed to be equal before it is compared again."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a round knows: hello's answer, the store's places, and what this round has done already."""

    hello: Hello | None = None
    has_new_history: bool = False
    is_replayed: bool = False
    bundles: Mapping[str, str] = field(default_factory=dict)
    is_pushed: bool = False
    set_aside: int = 0
    is_asked: bool = False
    is_waiting_taken: bool = False
    is_renumbered: bool = False
    places: tuple[Place, ...] = ()
    copied: frozenset[str] = frozenset()
    followed: frozenset[str] = frozenset()
    verified: frozenset[str] = frozenset()
    is_purged: bool = False


def step(seen: Seen, event: Event) -> tuple[Seen, Step]:
    """Take an event in and say what is known now and what comes next."""
    known = learn(seen, event)
    return known, next_step(known)


def learn(seen: Seen, event: Event) -> Seen:  # noqa: C901, PLR0911, PLR0912 (one case an event)
    """Return what is known after an event."""
    match event:
        case Began():
            return Seen()
        case Greeted(hello, has_new_history, bundles, places, set_aside):
            return replace(
                seen,
                hello=hello,
                has_new_history=has_new_history,
                bundles=bundles,
                places=places,
                set_aside=set_aside,
            )
        case Replayed():
            return replace(seen, is_replayed=True)
        case Bundled(bundles):
            return replace(seen, bundles=bundles)
        case Sent(is_all):
            return replace(seen, is_pushed=is_all)
        case AskedAgain():
            return replace(seen, is_asked=True)
        case WaitingTaken():
            return replace(seen, is_waiting_taken=True)
        case Renumbered():
            return replace(seen, is_renumbered=True)
        case Moved(places):
            return replace(seen, places=places)
        case Copied(panel_id, places):
            return replace(seen, places=places, copied=seen.copied | {panel_id})
        case Followed(panel_id, places, is_end):
            followed = seen.followed | {panel_id} if is_end else seen.followed
            return replace(seen, places=places, followed=followed)
        case Verified(panel_id, places):
            return replace(seen, places=places, verified=seen.verified | {panel_id})
        case Purged():
            return replace(seen, is_purged=True)


def next_step(seen: Seen) -> Step:
    """Say what comes next: push before pull, what changed before what is new, and purge when all is delivered."""
    if seen.hello is None:
        return Greet()
    if seen.has_new_history and not seen.is_replayed:
        return Replay()
    first = _before_pulling(seen, seen.hello)
    if first is not None:
        return first
    if not seen.hello.may_pull:
        # A program too old to receive sends all the same, and deletes nothing on a word it may not understand.
        return Done()
    return _pulling(seen, seen.hello) or (Done() if seen.is_purged else Purge())


def _before_pulling(seen: Seen, hello: Hello) -> Step | None:
    for initiative in hello.initiatives:
        if seen.bundles.get(initiative.id) != initiative.bundle:
            return TakeBundle(initiative)
    if not seen.is_pushed:
        return Push()
    if seen.set_aside and not seen.is_asked:
        return AskAgain()
    if hello.role == "supervisor" and not seen.is_waiting_taken:
        return TakeWaiting()
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


def _of_panel(place: Place, hello: Hello, seen: Seen) -> Step | None:  # noqa: PLR0911 (one line a state)
    if place.s_old is None:
        return BeginCopy(place, is_repair=False)
    if place.epoch != hello.epoch:
        return BeginCopy(place, is_repair=True)
    if place.is_complete and place.tables and not place.is_filling:
        return BeginFill(place)
    if place.to_copy:
        return Copy(place)
    if place.is_filling:
        return EndFill(place)
    if not place.is_complete:
        return EndCopy(place)
    if place.panel_id not in seen.followed:
        return Follow(place)
    return Verify(place) if _is_doubtful(place, hello, seen) else None


def _is_doubtful(place: Place, hello: Hello, seen: Seen) -> bool:
    """Say whether a panel is due to be compared; one copied in this very round is left for the next."""
    if place.panel_id in seen.copied | seen.verified:
        return False
    return place.verified_at is None or hello.server_time - place.verified_at >= VERIFY_EVERY
