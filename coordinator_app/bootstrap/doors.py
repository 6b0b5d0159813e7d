"""What can be opened on this computer, for the sign-in screen: panels that are here, one that is fetched, a sample."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_app.bootstrap import profiles
from coordinator_app.bootstrap.admission import admit
from coordinator_app.bootstrap.audit_window import OpenedAudit, auditor_of
from coordinator_app.bootstrap.desk import Desk, build_desk
from coordinator_app.bootstrap.ending import end
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.services.enrolling import Enrollment
from coordinator_app.services.recovering import Means
from coordinator_app.sync.rounds import Rounds
from coordinator_app.ui.screens.sign_in.view_model import Joining
from coordinator_app.workstation.in_use import InUse
from coordinator_app.workstation.keyring import ComputerKeyring
from coordinator_app.workstation.paths import ProfilePaths

if TYPE_CHECKING:
    from coordinator_app.storage.local.safe import OpenProfile

DEMO_INITIATIVE = "demo"


@dataclass(frozen=True, slots=True)
class OpenedPanel:
    """A panel that is open: its desk, what syncs it, and the claim on its folder."""

    folder: Path
    profile: "OpenProfile"
    desk: Desk
    rounds: Rounds
    in_use: InUse
    is_demo: bool
    recovery_code: str = field(default="", repr=False)
    """To be written down before the work begins; made once."""

    @property
    def person(self) -> str:
        """The name of whose panel it is."""
        return str(self.profile.read("name") or self.profile.read("login") or "")

    def end(self) -> Refusal | Trouble:
        """Seal what was not sent, erase the profile, and return what to tell of it; nobody works on it any more."""
        try:
            return end(self.folder, self.profile, is_wipe=True)
        except Trouble as trouble:
            return trouble

    def close(self) -> None:
        """Forget the key and let another window have the folder."""
        self.profile.close()
        self.in_use.release()


@dataclass(frozen=True, slots=True)
class DemoWish:
    """How a sample is made: where, how many people, on which day."""

    folder: Path | None = None
    people: int = 400
    as_of: date | None = None


class ComputerDoors:
    """Panels in one folder each, named by their login; with ``only`` one folder and no other."""

    def __init__(
        self, root: Path, *, lang: str, only: Path | None = None, demo: DemoWish | None = None,
        say: Callable[[str], None] = lambda _words: None,
    ) -> None:  # fmt: skip
        self._root, self._lang, self._only, self._demo, self._say = root, lang, only, demo or DemoWish(), say

    def profiles(self) -> Sequence[str]:
        """Return the panels on this computer, by the logins they belong to."""
        folders = [self._only] if self._only is not None else sorted(self._root.glob("*"))
        return [folder.name for folder in folders if ProfilePaths(folder).slots.exists()]

    def has_keyring(self) -> bool:
        """Say whether this computer can keep half of a key to itself."""
        return ComputerKeyring().is_there

    def unlock(self, profile: str, passphrase: str) -> OpenedPanel:
        """Open a panel. Refusal: ``wrong_passphrase``, ``wait``, ``in_use``; Trouble as of the store and its keys."""
        return open_panel(self._only or self._root / profile, passphrase, self._lang)

    def recover(self, profile: str, means: Means) -> OpenedPanel:
        """Open a panel without its keyring. Refusals and troubles as of the keys, ``in_use``, and of the centre."""
        folder = self._only or self._root / profile
        return _opened(folder, lambda: profiles.recovering(folder).open(means)[0], self._lang)

    def join(self, joining: Joining) -> OpenedPanel | OpenedAudit:
        """Enroll a folder of its own for the login and open it; the people come with the first round.

        An auditor gets no folder: what the center answers is all there is.
        """
        audit = auditor_of(joining)
        if audit is not None:
            return audit
        folder = self._only or self._root / joining.login
        enrolled = profiles.enrolling(folder).enroll(
            Enrollment(
                server=joining.server,
                login=joining.login,
                password=joining.password,
                passphrase=joining.passphrase,
                new_password=joining.new_password or None,
                is_passphrase_only=joining.accepts_weaker,
            )
        )
        panel = open_panel(folder, joining.passphrase, self._lang)
        # The store hears of its initiatives with the first round; the mark must stand before the first person does.
        is_demo = any(each.name == DEMO_INITIATIVE for each in enrolled.initiatives)
        return replace(panel, is_demo=is_demo, recovery_code=enrolled.recovery_code)

    def sample(self) -> OpenedPanel:
        """Make a demo, or find it, and open its nurse's panel."""
        from coordinator_app.bootstrap import demo

        wish = demo.Wish(self._demo.people, self._demo.as_of)
        place = demo.prepare(self._demo.folder or demo.usual_folder(), wish, self._say)
        demo.tell_roles(place, self._say)
        return open_panel(place.profile(demo.NURSE), place.passphrase, self._lang)


def open_panel(folder: Path, passphrase: str, lang: str) -> OpenedPanel:
    """Unlock a folder, claim it for one window, and join its desk."""
    return _opened(folder, lambda: profiles.unlock(folder, passphrase), lang)


def _opened(folder: Path, unlock: Callable[[], "OpenProfile"], lang: str) -> OpenedPanel:
    claim = InUse(ProfilePaths(folder).in_use)
    try:
        profile = unlock()
        desk = build_desk(
            profile.store,
            lang=lang,
            fetch_letter=profiles.letters_from_centre(profile),
            decide=profiles.word_at_centre(profile),
        )
        rounds = profiles.rounds_of(profile, desk)
        admit(desk.lease, rounds.run, partial(end, folder, profile))
    except BaseException:
        claim.release()
        raise
    names = [str(each.get("name", "")) for each in profile.read("initiatives") or ()]
    is_demo = DEMO_INITIATIVE in names
    return OpenedPanel(folder, profile, desk, rounds, claim, is_demo)


def check_passphrase(folder: Path, passphrase: str) -> None:
    """Hear whether a passphrase is the one; Refusal ``wrong_passphrase`` or ``wait`` where not."""
    import time

    from coordinator_app.storage.local.keys import WITH_KEYRING, KeySlots

    paths = ProfilePaths(folder)
    slots = KeySlots(paths.slots, time.time)
    slots.unlock(passphrase, ComputerKeyring().read(paths.keyring_name) if slots.kind == WITH_KEYRING else None)
