"""A profile's end: what was not sent is sealed and comes to the centre all the same; nothing else is left."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from coordinator_app.bootstrap import profiles, workstation
from coordinator_app.bootstrap.doors import open_panel
from coordinator_app.central.device_keeping import DeviceKeeping
from coordinator_app.central.people import Initiatives
from coordinator_app.domain.activity import Outcome
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.services.call_logging import CallForm
from coordinator_app.services.enrolling import Enrolling, Enrollment
from coordinator_app.storage.central.administration import Administration
from coordinator_app.storage.central.door import CentralDoor
from coordinator_app.storage.central.engine import open_service
from coordinator_app.storage.central.keeping import Keeping
from coordinator_app.storage.central.upkeep import Housekeeping
from coordinator_app.storage.local.keys import Cost, KeySlots
from coordinator_app.storage.local.safe import Safe
from coordinator_app.storage.sealed import new_pair, seal, unseal
from coordinator_app.workstation.keyring import ComputerKeyring
from coordinator_app.workstation.paths import ProfilePaths
from tests.sync.conftest import ROOT, TEMPLATE, Centre

PHRASE = "correct horse battery"
WORDS = "Canary words of a patient"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
NOWHERE = "postgresql+psycopg://127.0.0.1:9/care?keyfile=/nowhere/local.key"


@dataclass
class Nurse:
    """A nurse with a profile folder, enrolled and synced once, as the program itself does it."""

    centre: Centre
    folder: Path

    def enroll(self) -> None:
        panel = self.centre.panel("East")
        self.members = self.centre.people(panel, 3)
        self.centre.staff("rosa", "coordinator", panel)
        url = f"{self.centre.database.enroll_url}&roles={TEMPLATE}"
        asked = Enrollment(url, "rosa", self.centre.logins["rosa"], PHRASE, is_passphrase_only=True)
        paths = ProfilePaths(self.folder)
        safe = Safe(paths.store, KeySlots(paths.slots, lambda: 0.0, CHEAP), ROOT / "migrations" / "local")
        door = partial(CentralDoor, app="test", schema_rev="")
        Enrolling(safe, ComputerKeyring(), paths.keyring_name, door, paths.make).enroll(asked)
        self.sync()

    def sync(self) -> None:
        with workstation.open_rounds(self.folder, Secret()) as rounds:  # type: ignore[arg-type]
            rounds.run()

    def save(self, note: str = WORDS) -> None:
        """Write down a call and begin a form, without the centre."""
        with workstation.open_desk(self.folder, Secret()) as desk:  # type: ignore[arg-type]
            desk.calls.record(CallForm(MemberId(self.members[0]), Outcome.NO_ANSWER, note=note))
            desk.drafts.keep(MemberId(self.members[1]), "call", {"note": f"half of {note}"})

    def learn(self, **facts: object) -> None:
        opened = profiles.unlock(self.folder, PHRASE)
        opened.learn(facts)
        opened.close()

    def read(self, key: str) -> object:
        opened = profiles.unlock(self.folder, PHRASE)
        try:
            return opened.read(key)
        finally:
            opened.close()

    def lose_the_network(self, days: float) -> None:
        """Let the centre be out of reach for days."""
        now = datetime.now(UTC)
        renewed = now - timedelta(days=days)
        self.learn(
            server=NOWHERE,
            lease=(renewed + timedelta(days=7)).isoformat(),
            time_seen=int(renewed.timestamp() * 1_000_000),
        )

    @property
    def device(self) -> str:
        return self.centre.sql("SELECT d.id FROM sync.device AS d JOIN sec.staff AS s ON s.id = d.staff_id")

    def left(self) -> set[str]:
        return {file.name for file in self.folder.iterdir()} - {"in-use"}


class Secret:
    """Whoever is asked for the passphrase knows it."""

    def ask(self, _name: str, _prompt: str) -> str:
        return PHRASE


@pytest.fixture
def nurse(centre: Centre, tmp_path: Path) -> Nurse:
    made = Nurse(centre, tmp_path / "rosa")
    made.enroll()
    return made


@pytest.fixture
def keeping(centre: Centre) -> DeviceKeeping:
    engine = open_service(centre.service_address, "administrator")
    return DeviceKeeping(Keeping(engine), Initiatives(Administration(engine)), new_pair, unseal)


@pytest.fixture
def private(keeping: DeviceKeeping, tmp_path: Path) -> Path:
    keeping.make_key(tmp_path / "seal.pem")
    return tmp_path / "seal.pem"


def notes(centre: Centre) -> list[str]:
    return centre.sql("SELECT note FROM activity.contact ORDER BY note").splitlines()


def test_after_a_month_what_was_not_sent_is_sealed_and_comes_to_the_centre(
    nurse: Nurse, keeping: DeviceKeeping, private: Path, centre: Centre, tmp_path: Path
) -> None:
    nurse.sync()
    nurse.save()
    device = nurse.device
    nurse.lose_the_network(31)
    with pytest.raises(Refusal, match="2 unsent entries are sealed") as told:
        open_panel(nurse.folder, PHRASE, "en")
    assert told.value.code == "lease_over"
    assert nurse.left() == {f"outbox-{device}.sealed"}
    sealed = nurse.folder / f"outbox-{device}.sealed"
    assert sealed.stat().st_mode & 0o077 == 0
    assert WORDS.encode() not in sealed.read_bytes()

    done = keeping.bring_in(sealed, private, tmp_path / "drafts.json")
    assert (done.ops, dict(done.outcomes), done.login) == (1, {"applied": 1}, "rosa")
    assert notes(centre) == [WORDS]
    assert centre.sql("SELECT s.login FROM activity.contact AS c JOIN sec.staff AS s ON s.id = c.author_id") == "rosa"
    assert json.loads((tmp_path / "drafts.json").read_text())[0]["content"] == {"note": f"half of {WORDS}"}
    assert dict(keeping.bring_in(sealed, private).outcomes) == {"duplicate": 1}
    assert notes(centre) == [WORDS]


def test_nothing_is_erased_that_could_not_be_sealed(nurse: Nurse, centre: Centre) -> None:
    nurse.save()
    nurse.lose_the_network(31)
    with pytest.raises(Trouble) as told:
        open_panel(nurse.folder, PHRASE, "en")
    assert told.value.code == "no_seal_key"
    assert {"store.db", "key-slots.json"} <= nurse.left()
    nurse.learn(server=f"{centre.database.enroll_url}&roles={TEMPLATE}")
    panel = open_panel(nurse.folder, PHRASE, "en")
    assert panel.desk.status.now().waiting == 0
    panel.close()
    assert notes(centre) == [WORDS]


def test_with_nothing_unsent_the_store_goes_and_leaves_nothing(nurse: Nurse) -> None:
    nurse.lose_the_network(31)
    with pytest.raises(Refusal, match="Nothing was left unsent"):
        open_panel(nurse.folder, PHRASE, "en")
    assert nurse.left() == set()


def test_a_month_later_the_centre_is_asked_before_anything_is_erased(nurse: Nurse, centre: Centre) -> None:
    nurse.save()
    nurse.lose_the_network(31)
    nurse.learn(server=f"{centre.database.enroll_url}&roles={TEMPLATE}")
    with workstation.open_desk(nurse.folder, Secret()) as desk:  # type: ignore[arg-type]
        assert desk.status.now().members == 3
    assert notes(centre) == [WORDS]


def test_two_weeks_alone_lock_and_the_next_sync_opens(nurse: Nurse, centre: Centre) -> None:
    nurse.lose_the_network(15)
    with pytest.raises(Refusal) as told:
        open_panel(nurse.folder, PHRASE, "en")
    assert told.value.code == "lease_locked"
    assert {"store.db", "key-slots.json"} <= nurse.left()
    nurse.learn(server=f"{centre.database.enroll_url}&roles={TEMPLATE}")
    open_panel(nurse.folder, PHRASE, "en").close()


def test_a_closed_login_uses_its_store_until_the_lease_ends_and_then_it_is_sealed(
    nurse: Nurse, keeping: DeviceKeeping, private: Path, centre: Centre
) -> None:
    nurse.sync()
    Administration(open_service(centre.service_address, "administrator")).disable_staff("rosa")
    with pytest.raises(Refusal):
        nurse.sync()
    nurse.save()
    renewed = datetime.now(UTC) - timedelta(days=31)
    nurse.learn(lease=(renewed + timedelta(days=7)).isoformat(), time_seen=int(renewed.timestamp() * 1_000_000))
    with pytest.raises(Refusal, match="sealed"):
        open_panel(nurse.folder, PHRASE, "en")
    assert dict(keeping.bring_in(next(nurse.folder.glob("*.sealed")), private).outcomes) == {"applied": 1}
    assert notes(centre) == [WORDS]


def test_a_wiped_workstation_sends_what_it_has_then_is_empty_and_says_so(
    nurse: Nurse, keeping: DeviceKeeping, private: Path, centre: Centre, tmp_path: Path
) -> None:
    nurse.save()
    device = nurse.device
    assert keeping.order_wipe(device) == "rosa"
    with pytest.raises(Refusal) as told:
        nurse.sync()
    assert told.value.code == "wiped"
    assert notes(centre) == [WORDS]
    assert nurse.left() == {f"outbox-{device}.sealed"}
    house = Housekeeping(open_service(centre.service_address, "administrator"))
    assert [each.state for each in house.workstations()] == ["wiped"]
    receipt = json.loads(centre.sql("SELECT wiped_facts FROM sync.device_keeping"))
    assert (receipt["sealed"], receipt["drafts"], len(receipt["digest"])) == (0, 1, 64)
    assert centre.sql("SELECT count(*) FROM audit.event WHERE kind IN ('wipe_ordered', 'device_wiped')") == "2"
    done = keeping.bring_in(next(nurse.folder.glob("*.sealed")), private, tmp_path / "drafts.json")
    assert (done.ops, len(done.drafts)) == (0, 1)


def test_a_wipe_waits_until_the_round_was_whole(
    nurse: Nurse, keeping: DeviceKeeping, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coordinator_app.storage.central.hub import CentralSession

    nurse.save()
    keeping.order_wipe(nurse.device)

    def cut(*_told: object) -> None:
        raise Trouble("offline", "cut")

    with monkeypatch.context() as patched:
        patched.setattr(CentralSession, "push", cut)
        nurse.sync()
    assert {"store.db", "key-slots.json"} <= nurse.left()
    with pytest.raises(Refusal) as told:
        nurse.sync()
    assert told.value.code == "wiped"


def test_a_wipe_is_refused_while_nothing_could_be_sealed(nurse: Nurse, keeping: DeviceKeeping) -> None:
    with pytest.raises(Refusal) as told:
        keeping.order_wipe(nurse.device)
    assert told.value.code == "no_seal_key"


def test_a_revoked_workstation_sends_for_a_person_reads_nothing_more_and_is_locked(
    nurse: Nurse, centre: Centre
) -> None:
    nurse.save()
    held = nurse.read("greeted_at")
    centre.sql("UPDATE care.member SET family = 'Changed'")
    Housekeeping(open_service(centre.service_address, "administrator")).revoke(nurse.device)
    nurse.sync()
    assert nurse.read("greeted_at") != held
    assert centre.sql("SELECT outcome || ' ' || (result ->> 'cause') FROM sync.op") == "quarantined device_revoked"
    opened = profiles.unlock(nurse.folder, PHRASE)
    with opened.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM member WHERE family = 'Changed'").scalar_one() == 0
    opened.close()
    with pytest.raises(Refusal) as told:
        open_panel(nurse.folder, PHRASE, "en")
    assert told.value.code == "revoked"


@pytest.mark.parametrize(
    "statement",
    ["SELECT sync_v1.copied('{panel}', ARRAY[]::uuid[], '{device}')",
     "SELECT sync_v1.changed('{panel}', pg_current_snapshot(), NULL, NULL, 10, '{device}')"],
)  # fmt: skip
def test_a_revoked_workstation_is_refused_also_where_it_does_not_ask_us(
    nurse: Nurse, centre: Centre, statement: str
) -> None:
    device, panel = nurse.device, centre.sql("SELECT id FROM org.panel WHERE name = 'East'")
    login, password = centre.address.roles.login("rosa"), centre.logins["rosa"]
    said = statement.format(panel=panel, device=device)
    assert centre.database.server.psql(said, centre.database.name, login, password).returncode == 0
    Housekeeping(open_service(centre.service_address, "administrator")).revoke(device)
    done = centre.database.server.psql(said, centre.database.name, login, password)
    assert done.returncode != 0
    assert "device_revoked" in done.stderr


def test_a_box_opens_with_its_own_key_alone_and_whole() -> None:
    (own, public), (other, _) = new_pair(), new_pair()
    box = seal(public, "device", b"words")
    assert unseal(own, box) == ("device", b"words")
    codes = []
    for key, sealed in (
        (other, box),
        (own, box[:-1]),
        (own, box.replace(b'"device":"device"', b'"device":"devicE"')),
        (own, b"x"),
        (b"no key", box),
    ):
        with pytest.raises(Refusal) as told:
            unseal(key, sealed)
        codes.append(told.value.code)
    assert codes == ["other_key", "box_damaged", "box_damaged", "not_a_box", "not_a_key"]


def test_a_private_key_is_never_written_over(keeping: DeviceKeeping, private: Path) -> None:
    before = private.read_bytes()
    assert private.stat().st_mode & 0o077 == 0
    with pytest.raises(Refusal) as told:
        keeping.make_key(private)
    assert told.value.code == "file_there"
    assert private.read_bytes() == before
