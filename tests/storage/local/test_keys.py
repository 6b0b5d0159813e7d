import json
import stat
from pathlib import Path

import pytest

from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.storage.local import recovery_code
from coordinator_app.storage.local.key_wrapping import tuned
from coordinator_app.storage.local.keys import Cost, KeySlots, Where

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


def test_neither_half_of_slot_a_opens_alone(slots: KeySlots, watch: Watch) -> None:
    slots.make(PHRASE, b"k" * 32)
    with pytest.raises(Refusal, match="wrong"):
        slots.unlock("correct horse batterie", b"k" * 32)
    with pytest.raises(Trouble) as told:
        slots.unlock(PHRASE, None)
    assert told.value.code == "no_keyring"
    with pytest.raises(Refusal):
        slots.unlock(PHRASE, b"j" * 32)
    watch.seconds += 901
    with pytest.raises(Refusal, match="wrong"):
        slots.unlock(PHRASE, b"j" * 32)


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
    content["slots"].insert(0, {"kind": "Z", "sealed": "later"})
    file.write_text(json.dumps(content))
    with pytest.raises(Refusal):
        slots.unlock("not the passphrase", None)
    assert slots.unlock(PHRASE, None) == key
    assert {slot["kind"] for slot in json.loads(file.read_text())["slots"]} == {"Z", "P"}


def test_a_profile_without_slots_says_enroll(slots: KeySlots) -> None:
    with pytest.raises(Trouble, match="enroll"):
        slots.unlock(PHRASE, None)


HALF, SERVERS = b"k" * 32, b"s" * 32
CODE = bytes(range(16))
WHERE = Where("postgresql+psycopg://centre.example/care", "rosa", "device-1")


@pytest.fixture
def whole(slots: KeySlots) -> tuple[KeySlots, bytes]:
    """A profile with every slot there is."""
    key = slots.make(PHRASE, HALF)
    slots.add_code(key, PHRASE, CODE)
    slots.add_online(key, PHRASE, SERVERS, WHERE)
    return slots, key


def fail(slots: KeySlots, times: int, watch: Watch, half: bytes | None = HALF) -> None:
    for _ in range(times):
        watch.seconds += 1000
        with pytest.raises(Refusal, match="wrong"):
            slots.unlock("not the passphrase", half)


def test_without_a_keyring_the_printed_code_opens_with_the_passphrase_and_not_alone(
    whole: tuple[KeySlots, bytes],
) -> None:
    slots, key = whole
    assert slots.kinds == ("A", "B", "C")
    assert slots.unlock_with_code(PHRASE, CODE) == key
    for passphrase, code in ((PHRASE, bytes(16)), ("another passphrase", CODE)):
        with pytest.raises(Refusal, match="wrong"):
            slots.unlock_with_code(passphrase, code)


def test_without_a_keyring_the_centres_secret_opens_with_the_passphrase_and_not_alone(
    whole: tuple[KeySlots, bytes],
) -> None:
    slots, key = whole
    assert slots.where == WHERE
    assert slots.unlock_online(PHRASE, SERVERS, None) == key
    for passphrase, secret in ((PHRASE, bytes(32)), ("another passphrase", SERVERS)):
        with pytest.raises(Refusal, match="wrong"):
            slots.unlock_online(passphrase, secret, None)


def test_where_slot_c_asks_cannot_be_changed(whole: tuple[KeySlots, bytes], tmp_path: Path) -> None:
    file = tmp_path / "slots.json"
    file.write_text(file.read_text().replace("centre.example", "elsewhere.example"))
    with pytest.raises(Refusal, match="wrong"):
        whole[0].unlock_online(PHRASE, SERVERS, None)


def test_the_code_waits_as_the_passphrase_does(whole: tuple[KeySlots, bytes], watch: Watch) -> None:
    slots, key = whole
    for _ in range(5):
        with pytest.raises(Refusal, match="wrong"):
            slots.unlock_with_code("not the passphrase", CODE)
    with pytest.raises(Refusal, match="Try again in 30 seconds"):
        slots.unlock_with_code(PHRASE, CODE)
    watch.seconds += 30
    assert slots.unlock_with_code(PHRASE, CODE) == key


def test_after_ten_wrong_tries_the_centre_alone_opens_and_then_all_is_as_before(
    whole: tuple[KeySlots, bytes], watch: Watch
) -> None:
    slots, key = whole
    fail(slots, 10, watch)
    watch.seconds += 10_000_000
    with pytest.raises(Refusal) as told:
        slots.unlock(PHRASE, HALF)
    assert told.value.code == "online_only"
    assert slots.unlock_online(PHRASE, SERVERS, HALF) == key
    assert slots.unlock(PHRASE, HALF) == key


@pytest.mark.parametrize("edited", ['"count": 0', '"count": 3'])
def test_a_counter_that_somebody_edits_counts_as_the_worst(
    whole: tuple[KeySlots, bytes], watch: Watch, tmp_path: Path, edited: str
) -> None:
    slots, key = whole
    fail(slots, 8, watch)
    file = tmp_path / "slots.json"
    file.write_text(file.read_text().replace('"count": 8', edited))
    with pytest.raises(Refusal) as told:
        slots.unlock(PHRASE, HALF)
    assert told.value.code == "online_only"
    assert slots.unlock_online(PHRASE, SERVERS, HALF) == key


def test_without_slot_c_an_edited_counter_costs_the_longest_wait_once(
    slots: KeySlots, watch: Watch, tmp_path: Path
) -> None:
    key = slots.make(PHRASE, HALF)
    file = tmp_path / "slots.json"
    file.write_text(file.read_text().replace('"count": 0', '"count": 1'))
    with pytest.raises(Refusal, match="Try again in 900 seconds"):
        slots.unlock(PHRASE, HALF)
    watch.seconds += 901
    assert slots.unlock(PHRASE, HALF) == key


def test_a_clock_set_back_makes_no_wait_longer(slots: KeySlots, watch: Watch) -> None:
    slots.make(PHRASE, HALF)
    fail(slots, 5, watch)
    watch.seconds -= 500_000
    with pytest.raises(Refusal, match="Try again in 30 seconds"):
        slots.unlock(PHRASE, HALF)


def test_another_passphrase_opens_every_slot_and_the_old_one_none(whole: tuple[KeySlots, bytes]) -> None:
    slots, key = whole
    slots.rewrap(key, "seven blue windows", {"A": HALF, "B": CODE, "C": SERVERS})
    assert slots.kinds == ("A", "B", "C")
    ways = (
        lambda words: slots.unlock(words, HALF),
        lambda words: slots.unlock_with_code(words, CODE),
        lambda words: slots.unlock_online(words, SERVERS, None),
    )
    for way in ways:
        assert way("seven blue windows") == key
        with pytest.raises(Refusal, match="wrong"):
            way(PHRASE)
    assert slots.where == WHERE


def test_a_slot_that_cannot_be_wrapped_anew_does_not_stay_behind(whole: tuple[KeySlots, bytes]) -> None:
    slots, key = whole
    slots.rewrap(key, "seven blue windows", {"A": HALF})
    assert slots.kinds == ("A",)


def test_a_new_keyring_gets_a_slot_of_its_own_and_the_old_secret_opens_nothing(
    whole: tuple[KeySlots, bytes],
) -> None:
    slots, key = whole
    slots.renew(key, PHRASE, b"n" * 32)
    assert slots.unlock(PHRASE, b"n" * 32) == key
    with pytest.raises(Refusal):
        slots.unlock(PHRASE, HALF)
    assert set(slots.kinds) == {"A", "B", "C"}


@pytest.mark.parametrize(("seconds", "passes"), [(0.05, 36), (0.18, 10), (0.6, 3), (5.0, 3), (0.0001, 60)])
def test_a_try_costs_half_a_second_to_one_and_never_less_than_the_floor(seconds: float, passes: int) -> None:
    cost = tuned(lambda least: seconds)
    assert (cost.memory_kib, cost.passes, cost.lanes) == (65536, passes, 4)


def test_a_computer_that_was_busy_for_a_moment_gets_no_cheaper_passphrase() -> None:
    measured = iter([1.9, 0.2, 0.7])
    assert tuned(lambda least: next(measured)).passes == 9


def test_a_recovery_code_is_read_as_it_is_written_down() -> None:
    for code in (CODE, bytes(16), b"\xff" * 16):
        words = recovery_code.written(code)
        assert recovery_code.read(words) == code
        assert recovery_code.read(words.lower().replace("-", " ").replace("0", "O").replace("1", "l")) == code
    assert len(recovery_code.new_code()) == 16


@pytest.mark.parametrize("slip", ["", "ABC", "swap", "one"])
def test_a_slip_in_a_recovery_code_is_told_as_one(slip: str) -> None:
    words = recovery_code.written(bytes(range(100, 116)))
    told = {
        "swap": words[1] + words[0] + words[2:],
        "one": ("Z" if words[-2] != "Z" else "Y").join((words[:-2], words[-1:])),
    }
    with pytest.raises(Refusal) as refused:
        recovery_code.read(told.get(slip, slip))
    assert refused.value.code == "bad_code"
