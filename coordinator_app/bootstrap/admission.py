"""Who may come to an open store: whoever the lease lets in, and before it says no the centre is asked once more."""

from typing import TYPE_CHECKING

from coordinator_app.domain.lease import Standing
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.services.lease import refusal

if TYPE_CHECKING:
    from coordinator_app.services.lease import LeaseKeeper
    from coordinator_app.sync.rounds import Rounds


def admit(lease: "LeaseKeeper", rounds: "Rounds") -> None:
    """Let somebody in, or raise why not; a store that is locked until it syncs tries to sync first.

    Refusal: ``lease_locked``, ``clock_back``, ``clock_ahead``, and what the centre refuses.
    """
    if lease.tick().standing < Standing.LOCKED:
        return
    refused: Refusal | None = None
    try:
        rounds.run()
    except Refusal as told:
        refused = told
    except Trouble:
        # That the centre is not reached, or only half, changes nothing: the lease says what holds then.
        pass
    found = lease.tick()
    if found.standing >= Standing.LOCKED:
        raise refused or refusal(found)
