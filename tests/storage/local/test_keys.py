import json
import stat
from pathlib import Path

import pytest

from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.storage.local.keys import Cost, KeySlots

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
PHRASE = "correct horse battery"


class Watch:
    seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def slots(tmp_path: Path, watch: Watch) -> KeySlots:
    return KeySlots(tmp_path / "slots.json", watch, CHEAP)


@pytest.mark.parametrize("secret", [None, b"k" * 32])
def test_the_passphrase_gives_the_key_back(slots: KeySlots, secret: bytes | None) -> None:
    key = slots.make(PHRASE, secret)
    assert slots.unlock(PHRASE, secret) == key
    assert slots.kind == ("P" if secret is None else "A")


def test_neither_half_of_slot_a_opens_alone(slots: KeySlots) -> None:
    slots.make(PHRASE, b"k" * 32)
    with pytest.raises(Refusal, match="wrong"):
        slots.unlock(PHRASE, b"j" * 32)
    with pytest.raises(Refusal, match="wrong"):
        slots.unlock("correct horse batterie", b"k" * 32)
    with pytest.raises(Trouble) as told:
        slots.unlock(PHRASE, None)
    assert told.value.code == "no_keyring"


def test_the_slot_file_is_private_and_holds_no_key_in_clear(slots: KeySlots, tmp_path: Path) -> None:
    key = slots.make(PHRASE, None)
    file = tmp_path / "slots.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert key.hex() not in file.read_text()
    assert PHRASE not in file.read_text()


@pytest.mark.parametrize(("tries", "seconds"), [(4, 0), (5, 30), (7, 30), (8, 300), (10, 900), (12, 900)])
def test_wrong_tries_cost_longer_and_longer_waits(slots: KeySlots, watch: Watch, tries: int, seconds: int) -> None:
    key = slots.make(PHRASE, None)
    for _ in range(tries):
        watch.seconds += 1000
        with pytest.raises(Refusal, match="wrong"):
            slots.unlock("not the passphrase", None)
    if seconds:
        watch.seconds += seconds - 1
        with pytest.raises(Refusal, match="Try again in"):
            slots.unlock(PHRASE, None)
        watch.seconds += 1
    assert slots.unlock(PHRASE, None) == key


def test_the_right_passphrase_must_wait_too(slots: KeySlots, watch: Watch) -> None:
    key = slots.make(PHRASE, None)
    for _ in range(5):
        with pytest.raises(Refusal):
            slots.unlock("not the passphrase", None)
    with pytest.raises(Refusal, match="Try again in"):
        slots.unlock(PHRASE, None)
    watch.seconds += 31
    assert slots.unlock(PHRASE, None) == key


def test_a_short_passphrase_is_refused(slots: KeySlots) -> None:
    with pytest.raises(Refusal) as told:
        slots.make("too short", None)
    assert told.value.code == "short_passphrase"
    assert not slots.exists


def test_a_slot_of_a_later_kind_stays_where_it_is(slots: KeySlots, tmp_path: Path, watch: Watch) -> None:
    key = slots.make(PHRASE, None)
    file = tmp_path / "slots.json"
    content = json.loads(file.read_text())
    content["slots"].insert(0, {"kind": "C", "sealed": "later"})
    file.write_text(json.dumps(content))
    with pytest.raises(Refusal):
        slots.unlock("not the passphrase", None)
    assert slots.unlock(PHRASE, None) == key
    assert {slot["kind"] for slot in json.loads(file.read_text())["slots"]} == {"C", "P"}


def test_a_profile_without_slots_says_enroll(slots: KeySlots) -> None:
    with pytest.raises(Trouble, match="enroll"):
        slots.unlock(PHRASE, None)
