"""Who may come to an open store: whoever the lease lets in, and before it says no the centre is asked once more."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from coordinator_app.bootstrap.ending import WIPE
from coordinator_app.domain.lease import Standing
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.services.lease import refusal

if TYPE_CHECKING:
    from coordinator_app.services.lease import LeaseKeeper


class End(Protocol):
    """Seals and erases the profile, by the centre's order or by the lease's, and returns what to tell."""

    def __call__(self, *, is_wipe: bool) -> Refusal: ...  # noqa: D102


def admit(lease: "LeaseKeeper", sync: Callable[[], object], end: End) -> None:
    """Let somebody in, or raise why not; only a store that is locked until it syncs tries to ``sync`` first.

    Refusal: the codes of the lease, ``wiped``, ``lease_over``, and what the centre refuses; Trouble: ``no_seal_key``.
    """
    if lease.tick().standing < Standing.LOCKED:
        return
    refused: Refusal | None = None
    try:
        sync()
    except Refusal as told:
        refused = told
    except Trouble as told:
        # That the centre is not reached, or only half, changes nothing: the lease says what holds then.
        if told.code == WIPE:
            raise end(is_wipe=True) from None
    found = lease.tick()
    if found.standing is Standing.OVER:
        raise end(is_wipe=False)
    if found.standing is Standing.LOCKED:
        raise refused or refusal(found)
