"""A profile of this computer joined with its key, its keyring and its centre; nothing is imported before it is used."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_app.domain.trouble import Refusal

if TYPE_CHECKING:
    from coordinator_app.bootstrap.desk import Desk
    from coordinator_app.services.correspondence import FetchLetter
    from coordinator_app.services.enrolling import Enrolling
    from coordinator_app.services.recovering import Recovering
    from coordinator_app.services.set_aside import Decide
    from coordinator_app.storage.local.safe import OpenProfile, Safe
    from coordinator_app.sync.rounds import Rounds


def version() -> str:
    """Return the version of the program, as the centre is told it."""
    from importlib import metadata

    return metadata.version("coordinator-app")


def enrolling(folder: Path) -> "Enrolling":
    """Return the service that makes a folder somebody's workstation."""
    from coordinator_app.services.enrolling import Enrolling
    from coordinator_app.storage.central.door import CentralDoor
    from coordinator_app.storage.local.upgrade import STORE_VERSION
    from coordinator_app.workstation.keyring import ComputerKeyring
    from coordinator_app.workstation.paths import ProfilePaths

    paths = ProfilePaths(folder)
    door = partial(CentralDoor, app=version(), schema_rev=STORE_VERSION)
    return Enrolling(safe_of(folder), ComputerKeyring(), paths.keyring_name, door, paths.make)


def safe_of(folder: Path) -> "Safe":
    """Return the safe of a profile folder."""
    import time

    from coordinator_app.storage.local.keys import KeySlots
    from coordinator_app.storage.local.safe import Safe
    from coordinator_app.workstation.paths import ProfilePaths
    from coordinator_app.workstation.resources import migrations_folder

    paths = ProfilePaths(folder)
    return Safe(paths.store, KeySlots(paths.slots, time.time), migrations_folder("local"))


def recovering(folder: Path) -> "Recovering[OpenProfile]":
    """Return the service that opens a profile without its daily slot, and changes its passphrase."""
    from coordinator_app.services.recovering import Recovering, Where
    from coordinator_app.storage.central.door import CentralDoor
    from coordinator_app.storage.local.upgrade import STORE_VERSION
    from coordinator_app.workstation.keyring import ComputerKeyring
    from coordinator_app.workstation.paths import ProfilePaths

    def fetch(where: Where, password: str) -> bytes:
        door = CentralDoor(where.server, app=version(), schema_rev=STORE_VERSION)
        return door.slot_secret(where.login, password, where.device)

    return Recovering(safe_of(folder), ComputerKeyring(), ProfilePaths(folder).keyring_name, fetch)


def unlock(folder: Path, passphrase: str) -> "OpenProfile":
    """Open a profile. Refusal: ``wrong_passphrase``, ``wait``; Trouble: ``not_enrolled``, ``no_keyring``."""
    from coordinator_app.workstation.keyring import ComputerKeyring
    from coordinator_app.workstation.paths import ProfilePaths

    safe = safe_of(folder)
    secret = ComputerKeyring().read(ProfilePaths(folder).keyring_name) if safe.needs_keyring else None
    return safe.unlock(passphrase, secret)


def rounds_of(opened: "OpenProfile", desk: "Desk") -> "Rounds":
    """Return what syncs an open profile with its centre; pages rank the people they bring."""
    import time

    from coordinator_app.bootstrap.kept_rounds import KeptRounds
    from coordinator_app.services.desk_clock import utc_now
    from coordinator_app.storage.central.access_line import AccessLine
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.kept_hub import KeptHub
    from coordinator_app.storage.local.access import AccessLog
    from coordinator_app.storage.local.arrival import Arrival
    from coordinator_app.storage.local.desk import StoreDesk
    from coordinator_app.sync.access import AccessSending
    from coordinator_app.sync.exchange import Exchange

    address = address_of(str(opened.read("server")))
    hub = KeptHub(address, opened.credentials, opened.learn_news, app=version(), schema_rev=opened.store_version)
    side = StoreDesk(
        opened.store, Arrival(desk.hooks.after_page, desk.hooks.after_bundle, desk.hooks.after_names), utc_now
    )
    access = AccessSending(AccessLog(opened.store, utc_now), AccessLine(address, opened.credentials))
    return KeptRounds(Exchange(hub, side, utc_now, time.monotonic, desk.watch.mark), side, opened, access)


def end_alone(folder: Path, opened: "OpenProfile", *, is_wipe: bool) -> Refusal:
    """End a profile that no window has open, and return what to tell. Refusal: ``in_use``."""
    from coordinator_app.bootstrap.ending import end
    from coordinator_app.workstation.in_use import InUse
    from coordinator_app.workstation.paths import ProfilePaths

    claim = InUse(ProfilePaths(folder).in_use)
    try:
        return end(folder, opened, is_wipe=is_wipe)
    finally:
        claim.release()


def letters_from_centre(opened: "OpenProfile") -> "FetchLetter":
    """Return what fetches the bytes of a letter that is not on this computer."""

    def fetch(letter_id: str) -> bytes | None:
        from coordinator_app.storage.central.address import address_of
        from coordinator_app.storage.central.hub import CentralHub

        address = address_of(str(opened.read("server")))
        hub = CentralHub(address, opened.credentials, app=version(), schema_rev=opened.store_version)
        return hub.letter_file(letter_id)

    return fetch


def word_at_centre(opened: "OpenProfile") -> "Decide":
    """Return what says a supervisor's word on an act that waits at the centre."""

    def decide(op_id: str, comment: str, *, accept: bool) -> object:
        from coordinator_app.storage.central.address import address_of
        from coordinator_app.storage.central.hub import CentralHub

        address = address_of(str(opened.read("server")))
        hub = CentralHub(address, opened.credentials, app=version(), schema_rev=opened.store_version)
        return hub.decide(str(opened.read("device")), op_id, comment, accept=accept)

    return decide
