"""The way back in when the keyring is gone or the passphrase was tried too often, and another passphrase."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from coordinator_app.domain.trouble import Refusal, Trouble


class Where(Protocol):
    """Whom the slot for it asks."""

    @property
    def server(self) -> str: ...  # noqa: D102
    @property
    def login(self) -> str: ...  # noqa: D102
    @property
    def device(self) -> str: ...  # noqa: D102


class OpenProfile(Protocol):
    """An unlocked store."""

    @property
    def key_slot(self) -> str: ...  # noqa: D102
    def renew(self, passphrase: str, keyring_secret: bytes) -> None: ...  # noqa: D102
    def change_passphrase(self, passphrase: str, keyring_secret: bytes | None) -> None: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


P_co = TypeVar("P_co", bound=OpenProfile, covariant=True)


class Safe(Protocol[P_co]):
    """A profile's key and store on the disk."""

    @property
    def needs_keyring(self) -> bool: ...  # noqa: D102
    def unlock(self, passphrase: str, keyring_secret: bytes | None) -> P_co: ...  # noqa: D102
    def unlock_with_code(self, passphrase: str, typed: str) -> P_co: ...  # noqa: D102
    def unlock_online(  # noqa: D102
        self, passphrase: str, fetch: "Callable[[Where], bytes]", keyring_secret: bytes | None
    ) -> P_co: ...


class Keyring(Protocol):
    """The secret store of this computer."""

    @property
    def is_there(self) -> bool: ...  # noqa: D102
    def make(self, profile: str) -> bytes: ...  # noqa: D102
    def read(self, profile: str) -> bytes | None: ...  # noqa: D102


Fetch = Callable[[Where, str], bytes]
"""Asks the centre for its half of the key, with the person's password there."""


@dataclass(frozen=True, slots=True)
class Means:
    """What somebody recovers with: the passphrase, and either the printed code or the password at the centre."""

    passphrase: str = field(repr=False)
    code: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


class Recovering(Generic[P_co]):
    """Opens one profile without its daily slot, and gives it one again where a keyring answers."""

    def __init__(self, safe: Safe[P_co], keyring: Keyring, profile_name: str, fetch: Fetch) -> None:
        self._safe, self._keyring, self._profile_name, self._fetch = safe, keyring, profile_name, fetch

    def recover(self, means: Means) -> bool:
        """Say whether the store opens day by day again from now on. Refusals and troubles as of ``open``."""
        opened, is_daily = self.open(means)
        opened.close()
        return is_daily

    def open(self, means: Means) -> tuple[P_co, bool]:
        """Open the store, and say whether it opens day by day again from now on; without a keyring it does not.

        Refusal: ``bad_code``, ``wrong_passphrase``, ``wait``, ``login_refused``, ``no_slot_secret``, ``no_means``;
        Trouble: ``no_slot``, ``offline``.
        """
        opened = self._opened(means)
        try:
            return opened, self._make_daily(opened, means.passphrase)
        except BaseException:
            opened.close()
            raise

    def _make_daily(self, opened: OpenProfile, passphrase: str) -> bool:
        if not self._safe.needs_keyring:
            return True
        if not self._keyring.is_there:
            return False
        try:
            # A fresh one: what the keyring says by now may be anything.
            secret = self._keyring.make(self._profile_name)
        except Trouble:
            return False
        opened.renew(passphrase, secret)
        return True

    def change(self, passphrase: str, fresh: str) -> None:
        """Have another passphrase open the store, in every slot.

        Refusal: ``short_passphrase``, and those of unlocking with the old one.
        """
        secret = self._keyring.read(self._profile_name) if self._safe.needs_keyring else None
        opened = self._safe.unlock(passphrase, secret)
        try:
            opened.change_passphrase(fresh, secret)
        finally:
            opened.close()

    def _opened(self, means: Means) -> P_co:
        if means.code.strip():
            return self._safe.unlock_with_code(means.passphrase, means.code)
        if not means.password:
            raise Refusal("no_means", "A recovery code is needed, or your password at the center.")
        half = self._keyring.read(self._profile_name)
        return self._safe.unlock_online(means.passphrase, lambda where: self._fetch(where, means.password), half)
