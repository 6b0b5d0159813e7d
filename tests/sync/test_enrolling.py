import json
import os
import shutil
import stat
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.services.enrolling import Enrolling, Enrollment
from coordinator_app.services.recovering import Means, Recovering, Where
from coordinator_app.storage.central.door import CentralDoor
from coordinator_app.storage.local.key_wrapping import unwrap
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
        self.is_there = True

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


@pytest.fixture
def recovering(
    enrolling: Callable[..., Enrolling], safe_at: Callable[[str], Safe], keyring: DrawerKeyring, tmp_path: Path
) -> Recovering:
    def fetch(where: Where, password: str) -> bytes:
        return CentralDoor(where.server, app="test", schema_rev="").slot_secret(where.login, password, where.device)

    return Recovering(safe_at("profile"), keyring, ProfilePaths(tmp_path / "profile").keyring_name, fetch)


@pytest.fixture
def with_keyring(one_time: Enrollment) -> Enrollment:
    return replace(one_time, is_passphrase_only=False, new_password=CHOSEN)


CHOSEN = "a password of her own"


def remember(safe: Safe, keyring: DrawerKeyring) -> None:
    with closing(safe.unlock(PHRASE, next(iter(keyring.secrets.values())))) as opened:
        opened.learn({"written": "by her"})


def test_the_recovery_code_is_told_once_and_kept_nowhere_in_clear(
    enrolling: Callable[..., Enrolling], with_keyring: Enrollment, tmp_path: Path
) -> None:
    done = enrolling().enroll(with_keyring)
    assert len(done.recovery_code.replace("-", "")) == 27
    assert done.recovery_code not in repr(done)
    written = b"".join(file.read_bytes() for file in (tmp_path / "profile").iterdir())
    assert done.recovery_code.encode() not in written
    assert enrolling().enroll(replace(with_keyring, password=CHOSEN, new_password=None)).recovery_code == ""


@pytest.fixture
def emptied(
    enrolling: Callable[..., Enrolling],
    with_keyring: Enrollment,
    keyring: DrawerKeyring,
    safe_at: Callable[[str], Safe],
) -> str:
    """A profile whose keyring was emptied; the code that was printed."""
    code = enrolling().enroll(with_keyring).recovery_code
    remember(safe_at("profile"), keyring)
    keyring.secrets.clear()
    with pytest.raises(Trouble, match="keyring"):
        safe_at("profile").unlock(PHRASE, keyring.read("profile"))
    return code


@pytest.mark.parametrize("by", ["code", "centre"])
def test_an_emptied_keyring_loses_nothing_and_is_filled_again(
    emptied: str, recovering: Recovering, keyring: DrawerKeyring, safe_at: Callable[[str], Safe], by: str
) -> None:
    assert recovering.recover(Means(PHRASE, code=emptied) if by == "code" else Means(PHRASE, password=CHOSEN))
    with closing(safe_at("profile").unlock(PHRASE, next(iter(keyring.secrets.values())))) as opened:
        assert opened.read("written") == "by her"


def test_a_keyring_that_stays_locked_opens_this_once_and_keeps_all_slots(
    enrolling: Callable[..., Enrolling],
    with_keyring: Enrollment,
    recovering: Recovering,
    keyring: DrawerKeyring,
    tmp_path: Path,
) -> None:
    code = enrolling().enroll(with_keyring).recovery_code
    before = (tmp_path / "profile" / "key-slots.json").read_text()
    keyring.is_there = False
    opened, is_daily = recovering.open(Means(PHRASE, code=code))
    with closing(opened):
        assert opened.read("login") == "newcomer"
    assert not is_daily
    after = json.loads((tmp_path / "profile" / "key-slots.json").read_text())
    assert after["slots"] == json.loads(before)["slots"]


def test_ten_wrong_passphrases_leave_the_centre_as_the_only_way(
    enrolling: Callable[..., Enrolling],
    with_keyring: Enrollment,
    recovering: Recovering,
    keyring: DrawerKeyring,
    tmp_path: Path,
) -> None:
    enrolling().enroll(with_keyring)
    paths = ProfilePaths(tmp_path / "profile")
    seconds = iter(range(0, 10**9, 10**4))
    safe = Safe(paths.store, KeySlots(paths.slots, lambda: float(next(seconds)), CHEAP), ROOT / "migrations" / "local")
    secret = next(iter(keyring.secrets.values()))
    for _ in range(10):
        with pytest.raises(Refusal, match="wrong"):
            safe.unlock("not the passphrase", secret)
    with pytest.raises(Refusal) as told:
        safe.unlock(PHRASE, secret)
    assert told.value.code == "online_only"
    with pytest.raises(Refusal, match="does not accept"):
        recovering.recover(Means(PHRASE, password="not her password"))
    assert recovering.recover(Means(PHRASE, password=CHOSEN))
    safe.unlock(PHRASE, next(iter(keyring.secrets.values()))).close()


def test_a_revoked_workstation_gets_no_half_of_its_key(
    enrolling: Callable[..., Enrolling], with_keyring: Enrollment, recovering: Recovering, centre: Centre
) -> None:
    enrolling().enroll(with_keyring)
    centre.sql("UPDATE sync.device SET state = 'revoked'")
    with pytest.raises(Refusal) as told:
        recovering.recover(Means(PHRASE, password=CHOSEN))
    assert told.value.code == "no_slot_secret"


def test_another_login_gets_no_half_of_her_key(
    enrolling: Callable[..., Enrolling], with_keyring: Enrollment, centre: Centre, url: str
) -> None:
    enrolling().enroll(with_keyring)
    centre.staff("another", "coordinator")
    device = centre.sql("SELECT id FROM sync.device")
    with pytest.raises(Refusal) as told:
        CentralDoor(url, app="test", schema_rev="").slot_secret("another", centre.logins["another"], device)
    assert told.value.code == "no_slot_secret"


def test_another_passphrase_opens_with_keyring_code_and_centre(
    enrolling: Callable[..., Enrolling],
    with_keyring: Enrollment,
    recovering: Recovering,
    keyring: DrawerKeyring,
    safe_at: Callable[[str], Safe],
) -> None:
    code, fresh = enrolling().enroll(with_keyring).recovery_code, "seven blue windows"
    recovering.change(PHRASE, fresh)
    secret = next(iter(keyring.secrets.values()))
    safe_at("profile").unlock(fresh, secret).close()
    for means in (Means(fresh, code=code), Means(fresh, password=CHOSEN)):
        assert recovering.recover(means)
    for means in (Means(PHRASE, code=code), Means(PHRASE, password=CHOSEN)):
        with pytest.raises(Refusal, match="wrong"):
            recovering.recover(means)


def test_a_file_copied_to_another_computer_opens_there_with_neither(
    enrolling: Callable[..., Enrolling],
    with_keyring: Enrollment,
    safe_at: Callable[[str], Safe],
    keyring: DrawerKeyring,
    tmp_path: Path,
) -> None:
    enrolling().enroll(with_keyring)
    shutil.copytree(tmp_path / "profile", tmp_path / "elsewhere")
    with pytest.raises(Trouble):
        safe_at("elsewhere").unlock(PHRASE, None)
    with pytest.raises(Refusal):
        safe_at("elsewhere").unlock(PHRASE, os.urandom(32))
    # Nor with a program of somebody's own, which asks no counter.
    for slot in json.loads((tmp_path / "elsewhere" / "key-slots.json").read_text())["slots"]:
        assert unwrap(slot, PHRASE, None) is None
        assert unwrap(slot, PHRASE, os.urandom(32)) is None
    safe_at("profile").unlock(PHRASE, next(iter(keyring.secrets.values()))).close()
