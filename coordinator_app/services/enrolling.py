"""How a workstation comes to belong to a person: a store of her own, a password of her own, a first hello."""

import secrets
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from coordinator_app.domain.ids import new_id
from coordinator_app.domain.travel import AboutMe, Hello, Initiative
from coordinator_app.domain.trouble import Refusal

PASSWORD, PENDING = "password", "password_pending"
SHORTEST = 12


class Door(Protocol):
    """The centre, before anything is trusted."""

    def about_me(self, login: str, password: str) -> AboutMe: ...  # noqa: D102
    def change_password(self, login: str, password: str, fresh: str) -> None: ...  # noqa: D102
    def hello(self, login: str, password: str, device_id: str) -> Hello: ...  # noqa: D102
    def slot_secret(self, login: str, password: str, device_id: str) -> bytes: ...  # noqa: D102


class OpenProfile(Protocol):
    """An unlocked store."""

    @property
    def key_slot(self) -> str: ...  # noqa: D102
    def read(self, key: str) -> Any: ...  # noqa: D102
    def learn(self, facts: Mapping[str, Any]) -> None: ...  # noqa: D102
    def forget(self, key: str) -> None: ...  # noqa: D102
    def refuse_another(self, login: str) -> None: ...  # noqa: D102
    def add_code(self, passphrase: str) -> str: ...  # noqa: D102
    def add_online(self, passphrase: str, secret: bytes, server: str, login: str, device: str) -> None: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


class Safe(Protocol):
    """A profile's key and store on the disk."""

    @property
    def exists(self) -> bool: ...  # noqa: D102
    @property
    def needs_keyring(self) -> bool: ...  # noqa: D102
    def make(self, passphrase: str, keyring_secret: bytes | None) -> OpenProfile: ...  # noqa: D102
    def unlock(self, passphrase: str, keyring_secret: bytes | None) -> OpenProfile: ...  # noqa: D102


class Keyring(Protocol):
    """The secret store of this computer."""

    def make(self, profile: str) -> bytes: ...  # noqa: D102
    def read(self, profile: str) -> bytes | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Enrollment:
    """What somebody enrolls with; ``new_password`` None lets the one-time password become a random one."""

    server: str
    login: str
    password: str = field(repr=False)
    passphrase: str = field(repr=False)
    new_password: str | None = field(default=None, repr=False)
    is_passphrase_only: bool = False


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Whose workstation it is now; ``key_slot`` A opens with the keyring, P with the passphrase alone.

    ``recovery_code`` is shown once and kept by the person: with it the passphrase opens the store without a keyring.
    """

    login: str
    person: str
    name: str
    role: str
    initiatives: tuple[Initiative, ...]
    panels: int
    key_slot: str
    recovery_code: str = field(default="", repr=False)


class Enrolling:
    """Enrolls one profile folder; ``make_folder`` makes it, closed to others."""

    def __init__(
        self,
        safe: Safe,
        keyring: Keyring,
        profile_name: str,
        open_door: Callable[[str], Door],
        make_folder: Callable[[], None],
    ) -> None:
        self._safe, self._keyring, self._profile_name = safe, keyring, profile_name
        self._open_door, self._make_folder = open_door, make_folder

    def enroll(self, asked: Enrollment) -> Enrolled:
        """Enroll, or enroll again with a password that was reset; a profile of another login is refused.

        The new password is in the store before the centre knows it, so that a cut in between loses nothing.
        """
        if asked.new_password is not None and len(asked.new_password) < SHORTEST:
            raise Refusal("short_password", f"A password needs at least {SHORTEST} characters.")
        door = self._open_door(asked.server)
        if not self._safe.exists:
            # A wrong password or a wrong server leaves no folder behind.
            about = door.about_me(asked.login, asked.password)
            self._make_folder()
            with closing(self._made(asked)) as opened:
                return self._join(door, asked, opened, about)
        with closing(self._unlocked(asked)) as opened:
            opened.refuse_another(asked.login)
            password, about = self._known_by(door, asked, opened)
            return self._join(door, replace(asked, password=password), opened, about)

    def _made(self, asked: Enrollment) -> OpenProfile:
        secret = None if asked.is_passphrase_only else self._keyring.make(self._profile_name)
        return self._safe.make(asked.passphrase, secret)

    def _unlocked(self, asked: Enrollment) -> OpenProfile:
        secret = self._keyring.read(self._profile_name) if self._safe.needs_keyring else None
        return self._safe.unlock(asked.passphrase, secret)

    def _known_by(self, door: Door, asked: Enrollment, opened: OpenProfile) -> tuple[str, AboutMe]:
        """Return the password the centre knows: the one given, or the one an earlier try had begun to set."""
        pending = opened.read(PENDING)
        if pending is not None:
            with suppress(Refusal):
                return str(pending), door.about_me(asked.login, str(pending))
        return asked.password, door.about_me(asked.login, asked.password)

    def _join(self, door: Door, asked: Enrollment, opened: OpenProfile, about: AboutMe) -> Enrolled:
        device = opened.read("device") or new_id()
        opened.learn(
            {"login": asked.login, "server": asked.server, "person": about.person, "role": about.role, "device": device}
        )
        password = asked.password
        if about.must_change:
            password = asked.new_password or secrets.token_urlsafe(24)
            opened.learn({PENDING: password})
            door.change_password(asked.login, asked.password, password)
        opened.learn({PASSWORD: password, "name": about.name})
        opened.forget(PENDING)
        hello = door.hello(asked.login, password, str(device))
        code = self._more_slots(door, replace(asked, password=password), opened, str(device))
        return Enrolled(
            login=asked.login,
            person=hello.person,
            name=hello.name,
            role=hello.role,
            initiatives=hello.initiatives,
            panels=len(hello.panels),
            key_slot=opened.key_slot,
            recovery_code=code,
        )

    def _more_slots(self, door: Door, asked: Enrollment, opened: OpenProfile, device: str) -> str:
        """Make the ways in for the day on which the keyring is gone; return the code to write down, if one was made."""
        secret = door.slot_secret(asked.login, asked.password, device)
        opened.add_online(asked.passphrase, secret, asked.server, asked.login, device)
        # A passphrase that opens alone needs no code beside it.
        has_code = opened.key_slot == "P" or opened.read("recovery_code") is not None
        return "" if has_code else opened.add_code(asked.passphrase)
