"""The one secret this computer keeps for a profile, in a keyring that deserves the name (ruling 15)."""

import base64
import secrets
from contextlib import suppress

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringError

from coordinator_app.domain.trouble import Trouble

SERVICE = "coordinator-app"
SECRET_BYTES = 32
# By module, for a plaintext file or a null keyring also calls itself a keyring.
ALLOWED = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)


class ComputerKeyring:
    """The operating system's keyring, or none: a file, a null back end, an unknown one count as absent."""

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        self._backend = _allowed(backend if backend is not None else keyring.get_keyring())

    @property
    def is_there(self) -> bool:
        """True where an allow-listed keyring can be asked; whether it is unlocked shows when it is."""
        return self._backend is not None

    def make(self, profile: str) -> bytes:
        """Keep a fresh secret for a profile and return it, read back from where it is kept."""
        secret = secrets.token_bytes(SECRET_BYTES)
        try:
            self._answering().set_password(SERVICE, profile, base64.b64encode(secret).decode("ascii"))
        except KeyringError:
            raise _silent() from None
        if self.read(profile) != secret:
            raise _silent()
        return secret

    def read(self, profile: str) -> bytes | None:
        """Return a profile's secret, or None where the keyring does not answer or has none."""
        if self._backend is None:
            return None
        try:
            kept = self._backend.get_password(SERVICE, profile)
        except KeyringError:
            return None
        return None if kept is None else base64.b64decode(kept)

    def forget(self, profile: str) -> None:
        """Drop a profile's secret; one that cannot be dropped opens nothing alone."""
        if self._backend is None:
            return
        with suppress(KeyringError):
            self._backend.delete_password(SERVICE, profile)

    def _answering(self) -> KeyringBackend:
        if self._backend is None:
            raise _silent()
        return self._backend


def _silent() -> Trouble:
    return Trouble(
        "no_keyring",
        "This computer has no keyring that may be used. Unlock it and try again, or enroll with --passphrase-only.",
    )


def _allowed(backend: KeyringBackend) -> KeyringBackend | None:
    found = backend.backends if isinstance(backend, ChainerBackend) else [backend]
    return next((each for each in found if type(each).__module__ in ALLOWED), None)
