import os
import stat
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.services.enrolling import Enrolling, Enrollment
from coordinator_app.storage.central.door import CentralDoor
from coordinator_app.storage.local.keys import Cost, KeySlots
from coordinator_app.storage.local.safe import Safe
from coordinator_app.workstation.paths import ProfilePaths
from tests.sync.conftest import ROOT, TEMPLATE, Centre

PHRASE = "correct horse battery"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


class DrawerKeyring:
    """A keyring as this computer would have one."""

    def __init__(self) -> None:
        self.secrets: dict[str, bytes] = {}

    def make(self, profile: str) -> bytes:
        self.secrets[profile] = os.urandom(32)
        return self.secrets[profile]

    def read(self, profile: str) -> bytes | None:
        return self.secrets.get(profile)


class CutDoor(CentralDoor):
    """A door whose line is cut right after the centre has taken the new password."""

    def change_password(self, login: str, password: str, fresh: str) -> None:
        super().change_password(login, password, fresh)
        raise Trouble("offline", "cut")


@pytest.fixture
def keyring() -> DrawerKeyring:
    return DrawerKeyring()


@pytest.fixture
def safe_at(tmp_path: Path) -> Callable[[str], Safe]:
    def at(name: str = "profile") -> Safe:
        paths = ProfilePaths(tmp_path / name)
        return Safe(paths.store, KeySlots(paths.slots, lambda: 0.0, CHEAP), ROOT / "migrations" / "local")

    return at


@pytest.fixture
def url(centre: Centre) -> str:
    """The test database is a copy, so its roles carry another name."""
    return f"{centre.database.enroll_url}&roles={TEMPLATE}"


@pytest.fixture
def enrolling(tmp_path: Path, safe_at: Callable[[str], Safe], keyring: DrawerKeyring) -> Callable[..., Enrolling]:
    def make(name: str = "profile", door: type[CentralDoor] = CentralDoor) -> Enrolling:
        paths = ProfilePaths(tmp_path / name)
        open_door = lambda server: door(server, app="test", schema_rev="0001")  # noqa: E731
        return Enrolling(safe_at(name), keyring, paths.keyring_name, open_door, paths.make)

    return make


@pytest.fixture
def one_time(centre: Centre, url: str) -> Enrollment:
    """A nurse as `staff add` leaves her: with a panel, and a password that opens nothing yet."""
    panel = centre.panel("East")
    centre.people(panel, 2)
    centre.staff("newcomer", "coordinator", panel, must_change=True)
    return Enrollment(url, "newcomer", centre.logins["newcomer"], PHRASE, is_passphrase_only=True)


def test_the_first_enrollment_changes_the_one_time_password(
    enrolling: Callable[..., Enrolling], one_time: Enrollment, safe_at: Callable[[str], Safe], centre: Centre
) -> None:
    done = enrolling().enroll(one_time)
    assert (done.login, done.role, done.panels, done.key_slot) == ("newcomer", "coordinator", 1, "P")
    assert [each.name for each in done.initiatives] == ["demo"]
    with closing(safe_at("profile").unlock(PHRASE, None)) as opened:
        login, password = opened.credentials()
    assert login == "newcomer"
    assert password != one_time.password
    assert centre.sql("SELECT must_change FROM sec.staff WHERE login = 'newcomer'") == "f"
    with pytest.raises(Refusal, match="does not accept"):
        enrolling("second").enroll(one_time)


def test_a_later_workstation_enrolls_with_the_password_chosen(
    enrolling: Callable[..., Enrolling], one_time: Enrollment
) -> None:
    chosen = "a password of her own"
    enrolling().enroll(replace(one_time, new_password=chosen))
    done = enrolling("second").enroll(replace(one_time, password=chosen))
    assert done.panels == 1


def test_half_of_the_key_may_be_this_computers(
    enrolling: Callable[..., Enrolling], one_time: Enrollment, keyring: DrawerKeyring, safe_at: Callable[[str], Safe]
) -> None:
    done = enrolling().enroll(replace(one_time, is_passphrase_only=False))
    assert done.key_slot == "A"
    secret = next(iter(keyring.secrets.values()))
    safe_at("profile").unlock(PHRASE, secret).close()
    with pytest.raises(Refusal, match="wrong"):
        safe_at("profile").unlock(PHRASE, b"x" * 32)


def test_a_wrong_password_leaves_no_folder(
    enrolling: Callable[..., Enrolling], one_time: Enrollment, tmp_path: Path
) -> None:
    with pytest.raises(Refusal, match="does not accept"):
        enrolling().enroll(replace(one_time, password="not the password"))
    assert not (tmp_path / "profile").exists()


def test_a_profile_belongs_to_one_login(
    enrolling: Callable[..., Enrolling], one_time: Enrollment, centre: Centre
) -> None:
    enrolling().enroll(one_time)
    centre.staff("another", "coordinator")
    with pytest.raises(Refusal, match="another login"):
        enrolling().enroll(replace(one_time, login="another", password=centre.logins["another"]))


def test_a_line_cut_after_the_change_loses_no_password(
    enrolling: Callable[..., Enrolling], one_time: Enrollment
) -> None:
    with pytest.raises(Trouble, match="cut"):
        enrolling(door=CutDoor).enroll(one_time)
    assert enrolling().enroll(one_time).panels == 1


def test_a_server_without_our_key_is_not_believed(
    enrolling: Callable[..., Enrolling], one_time: Enrollment, centre: Centre, tmp_path: Path
) -> None:
    centre.sql("UPDATE sec.local_key SET key = sha256('another')")
    with pytest.raises(Trouble, match="not the one") as told:
        enrolling().enroll(one_time)
    assert told.value.code == "not_trusted"
    assert not (tmp_path / "profile").exists()


def test_the_folder_is_closed_to_others_and_holds_no_password(
    enrolling: Callable[..., Enrolling], one_time: Enrollment, tmp_path: Path
) -> None:
    enrolling().enroll(replace(one_time, new_password="a password of her own"))
    folder = tmp_path / "profile"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    written = b"".join(file.read_bytes() for file in folder.iterdir())
    assert b"a password of her own" not in written
    assert PHRASE.encode() not in written
