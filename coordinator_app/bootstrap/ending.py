"""The end of a profile: sealed, erased, receipted; by the lease, or because the centre ordered it."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_app.domain.trouble import Refusal, Trouble

if TYPE_CHECKING:
    from coordinator_app.storage.local.ending import LastWords
    from coordinator_app.storage.local.safe import OpenProfile

WIPE = "wipe_ordered"
"""The trouble of a round after which the profile is to be ended."""


def end(folder: Path, opened: "OpenProfile", *, is_wipe: bool) -> Refusal:
    """Seal what was not sent, erase the profile, and return what to tell; nobody else has it open.

    Trouble("no_seal_key") where something could not be sealed: then nothing was erased.
    """
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.custody import CentralCustody
    from coordinator_app.storage.local.ending import erase, seal_unsent
    from coordinator_app.workstation.keyring import ComputerKeyring
    from coordinator_app.workstation.paths import ProfilePaths

    paths = ProfilePaths(folder)
    words = seal_unsent(opened.store, folder)
    known = {fact: opened.read(fact) for fact in ("server", "device", "login", "password")}
    opened.close()
    erase(paths.slots, paths.store)
    ComputerKeyring().forget(paths.keyring_name)
    for log in folder.glob("*.log*"):
        log.unlink(missing_ok=True)
    if is_wipe:
        # The computer is empty by now, whether the centre hears of it or not.
        with suppress(Refusal, Trouble):
            custody = CentralCustody(address_of(str(known["server"])), str(known["device"]))
            told = {"sealed": words.ops, "drafts": words.drafts, "digest": words.digest}
            custody.receipt(str(known["login"]), str(known["password"]), told)
    return _told(words, is_wipe=is_wipe)


def _told(words: "LastWords", *, is_wipe: bool) -> Refusal:
    code = "wiped" if is_wipe else "lease_over"
    why = (
        "The clinic had the panel removed" if is_wipe else "The center was not reached for a month: the panel is erased"
    )
    if words.path is None:
        return Refusal(code, f"{why} from this computer. Nothing was left unsent.")
    count = words.ops + words.drafts
    return Refusal(
        code,
        f"{why} from this computer. {count} unsent entries are sealed: hand {words.path.name} to your administrator.",
    )
