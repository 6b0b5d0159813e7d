import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError
from typing_extensions import override

from coordinator_app.domain.trouble import Trouble
from coordinator_app.workstation.keyring import ComputerKeyring


class DrawerKeyring(SecretService.Keyring):
    """An allow-listed back end that keeps its secrets in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    @override
    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_locked:
            raise KeyringLocked
        self.kept[service, username] = password

    @override
    def delete_password(self, service: str, username: str) -> None:
        if self.is_locked or (service, username) not in self.kept:
            raise PasswordDeleteError
        del self.kept[service, username]


DrawerKeyring.__module__ = "keyring.backends.SecretService"


def test_a_secret_is_kept_for_one_profile() -> None:
    keyring = ComputerKeyring(DrawerKeyring())
    secret = keyring.make("/here")
    assert len(secret) == 32
    assert keyring.read("/here") == secret
    assert keyring.read("/there") is None


@pytest.mark.parametrize("backend", [null.Keyring(), fail.Keyring()])
def test_a_keyring_that_keeps_nothing_counts_as_absent(backend: KeyringBackend) -> None:
    keyring = ComputerKeyring(backend)
    assert not keyring.is_there
    assert keyring.read("/here") is None
    with pytest.raises(Trouble, match="passphrase-only"):
        keyring.make("/here")


def test_a_locked_keyring_does_not_answer() -> None:
    drawer = DrawerKeyring()
    keyring = ComputerKeyring(drawer)
    keyring.make("/here")
    drawer.is_locked = True
    assert keyring.read("/here") is None
    with pytest.raises(Trouble):
        keyring.make("/here")


def test_an_erased_profile_leaves_no_secret_and_nobody_minds_where_there_was_none() -> None:
    drawer = DrawerKeyring()
    keyring = ComputerKeyring(drawer)
    keyring.make("/here")
    keyring.forget("/here")
    assert drawer.kept == {}
    keyring.forget("/here")
    ComputerKeyring(null.Keyring()).forget("/here")
