"""A nurse with a real login and a pen of her own: what she sends by hand must not reach past her own panel."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from coordinator_app.domain.ids import new_id
from tests.sync.conftest import TEMPLATE, Centre

MOMENT = datetime(2026, 12, 1, 15, tzinfo=UTC).isoformat()


class Forger:
    """Calls the functions of sync_v1 as a login, with whatever she likes in them."""

    def __init__(self, centre: Centre, login: str) -> None:
        self._line = psycopg.connect(
            host="127.0.0.1", port=centre.database.server.port, dbname=centre.database.name,
            user=f"{TEMPLATE}_{login}", password=centre.logins[login], autocommit=True,
        )  # fmt: skip
        self.device, self._seq = new_id(), 0
        self.hello(self.device)

    def ask(self, sql: str, *values: object) -> Any:
        row = self._line.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def hello(self, device: str) -> Any:
        return self.ask("SELECT sync_v1.hello('psql', 1, 1, '', %s, NULL)", device)

    def op(self, member: str, rows: Mapping[str, list[dict[str, object]]], **more: object) -> dict[str, object]:
        self._seq += 1
        now = datetime.now(UTC).isoformat()
        listed = {
            table: [
                {"id": new_id(), "member_id": member, "occurred_at": now, "recorded_at": now, **row} for row in said
            ]
            for table, said in rows.items()
        }
        return {
            "op_id": new_id(), "device_seq": self._seq, "kind": "forged", "member_id": member, "authored_at": now,
            "payload": json.dumps({"rows": listed}), **more,
        }  # fmt: skip

    def push(self, *ops: Mapping[str, object], device: str | None = None) -> list[dict[str, Any]]:
        return list(self.ask("SELECT sync_v1.push(%s, %s)", device or self.device, Jsonb(list(ops))))

    def send(self, member: str, table: str, **row: object) -> tuple[str, str]:
        """Push one row and return outcome and cause."""
        answer = self.push(self.op(member, {table: [row]}))[0]
        return answer["outcome"], str(answer["facts"].get("cause", ""))

    def close(self) -> None:
        self._line.close()


@pytest.fixture
def forger_of(centre: Centre) -> Iterator[Callable[[str], Forger]]:
    made: list[Forger] = []

    def make(login: str) -> Forger:
        made.append(Forger(centre, login))
        return made[-1]

    yield make
    for forger in made:
        forger.close()


@pytest.fixture
def scene(centre: Centre, forger_of: Callable[[str], Forger]) -> dict[str, Any]:
    """Two panels with one nurse and two people each; nurse one has written about her first person."""
    east, west = centre.panel("East"), centre.panel("West")
    ann, amy = sorted(centre.people(east, 2))
    bob, ben = sorted(centre.people(west, 2))
    centre.staff("one", "coordinator", east)
    centre.staff("two", "coordinator", west)
    one, two = forger_of("one"), forger_of("two")
    contact, visit, letter, referral = new_id(), new_id(), new_id(), new_id()
    acts: dict[str, list[dict[str, object]]] = {
        "contact": [{"id": contact, "outcome": "reached", "note": "canary words"}],
        "visit": [{"visit_id": visit, "state": "asked", "note": "canary visit", "starts_at": MOMENT}],
        "letter": [{"id": letter, "program": "dm", "pdf_sha256": hashlib.sha256(b"\x01\x02").hexdigest()}],
        "letter_file": [{"letter_id": letter, "content": "\\x0102"}],
        "referral": [{"referral_id": referral, "program": "dm", "note": "canary referral"}],
    }
    answer = one.push(one.op(ann, acts))[0]
    assert answer["outcome"] == "applied", answer
    return {
        "one": one, "two": two, "ann": ann, "amy": amy, "bob": bob, "ben": ben, "contact": contact, "visit": visit,
        "letter": letter, "referral": referral, "east": east, "west": west,
    }  # fmt: skip


def everything(centre: Centre, panel: str) -> str:
    """Return all acts of a panel as one text."""
    tables = ("contact", "visit", "letter", "letter_file", "referral", "response", "note", "retraction", "slot")
    each = " UNION ALL ".join(
        f"SELECT to_jsonb(t)::text FROM activity.{name} AS t WHERE panel_id = '{panel}'" for name in tables
    )
    return centre.sql(f"{each} ORDER BY 1")


@pytest.mark.parametrize("kind", ["visit", "referral"])
@pytest.mark.parametrize("base", ["none", "unknown", "true"])
def test_a_chain_of_somebody_elses_patient_is_neither_read_nor_continued(
    centre: Centre, scene: dict[str, Any], kind: str, base: str
) -> None:
    before = everything(centre, scene["east"])
    head = centre.sql(f"SELECT id FROM activity.{kind} WHERE {kind}_id = '{scene[kind]}'")
    said: dict[str, object] = {f"{kind}_id": scene[kind], "state": "cancelled", "note": "mine"}
    if base != "none":
        said["base_id"] = head if base == "true" else new_id()
    answer = scene["two"].push(scene["two"].op(scene["bob"], {kind: [said]}))[0]
    assert (answer["outcome"], answer["facts"]["cause"]) == ("quarantined", "of_another_person")
    assert "canary" not in str(answer)
    assert everything(centre, scene["east"]) == before
    assert centre.sql(f"SELECT count(*) FROM activity.{kind} WHERE note = 'mine'") == "0"


def test_what_an_act_points_at_is_of_the_same_person(centre: Centre, scene: dict[str, Any]) -> None:
    reason = centre.sql(
        "INSERT INTO outreach.reason (id, member_id, panel_id, kind, rule, sentence, arguments, opens_on, severity,"
        f" evidence, actions) VALUES (gen_random_uuid(), '{scene['ann']}', '{scene['east']}', 'discharge', 'discharge',"
        " 'discharge.home', '{}', '2026-11-20', 50, '[]', '[]') RETURNING id"
    )
    two, bob = scene["two"], scene["bob"]
    foreign = ("quarantined", "of_another_person")
    assert two.send(bob, "response", reason_id=reason, response="done") == foreign
    assert two.send(bob, "teaching", contact_id=scene["contact"], topic="salt") == foreign
    assert two.send(bob, "follow_up", contact_id=scene["contact"], due_at=MOMENT) == foreign
    assert two.send(bob, "referral", referral_id=new_id(), letter_id=scene["letter"]) == foreign
    assert scene["one"].send(scene["ann"], "response", reason_id=reason, response="done")[0] == "applied"
    # It may be older than what the center holds, so what is not there at all stands in nobody's way.
    assert two.send(bob, "response", reason_id=new_id(), response="done")[0] == "applied"


def test_an_answer_is_as_confidential_as_what_it_answers(centre: Centre, scene: dict[str, Any]) -> None:
    reason = centre.sql(
        "INSERT INTO outreach.reason (id, member_id, panel_id, kind, rule, sentence, arguments, opens_on, severity,"
        " evidence, actions, sensitivity) VALUES (gen_random_uuid(),"
        f" '{scene['ann']}', '{scene['east']}', 'refill', 'refill', 'refill.late', '{{}}', '2026-11-20', 50, '[]',"
        " '[]', 2) RETURNING id"
    )
    assert scene["one"].send(scene["ann"], "response", reason_id=reason, response="done", sensitivity=0)[0] == "applied"
    assert centre.sql("SELECT sensitivity FROM activity.response") == "2"


def test_an_id_that_is_taken_changes_nothing(centre: Centre, scene: dict[str, Any]) -> None:
    before = everything(centre, scene["east"])
    two = scene["two"]
    for member in (scene["bob"], scene["ann"]):
        outcome, _ = two.send(member, "contact", id=scene["contact"], outcome="refused", note="overwritten")
        assert outcome == "quarantined"
    assert everything(centre, scene["east"]) == before


@pytest.mark.parametrize(
    "table", ["care.member", "member", "slot", "fact", "reason", "sharing", "device", "op", "staff", 'contact"; --']
)
def test_only_acts_are_taken(centre: Centre, scene: dict[str, Any], table: str) -> None:
    assert scene["two"].send(scene["bob"], table, panel_id=scene["west"]) == ("quarantined", "unknown_kind")


def test_who_where_and_when_are_said_by_the_center(centre: Centre, scene: dict[str, Any]) -> None:
    claimed = {
        "author_id": new_id(), "panel_id": scene["east"], "device_id": scene["one"].device, "op_id": new_id(),
        "received_at": "2020-01-01T00:00:00Z", "row_version": 99, "sensitivity": 7, "txid": 1,
    }  # fmt: skip
    assert scene["two"].send(scene["bob"], "note", text="x", **claimed)[0] == "applied"
    told = centre.sql(
        "SELECT s.login, n.panel_id, n.device_id, n.row_version, n.sensitivity,"
        " n.received_at > now() - interval '1 day'"
        " FROM activity.note AS n JOIN sec.staff AS s ON s.id = n.author_id"
    )
    assert told == f"two|{scene['west']}|{scene['two'].device}|1|2|t"


def test_a_row_about_another_person_than_its_op_is_refused(centre: Centre, scene: dict[str, Any]) -> None:
    before = everything(centre, scene["east"])
    answer = scene["two"].push(scene["two"].op(scene["bob"], {"note": [{"member_id": scene["ann"], "text": "x"}]}))[0]
    assert (answer["outcome"], answer["facts"]["cause"]) == ("quarantined", "mixed_members")
    assert everything(centre, scene["east"]) == before


def test_a_person_of_another_panel_and_one_who_is_not_there_are_answered_alike(scene: dict[str, Any]) -> None:
    two = scene["two"]
    assert two.send(scene["ann"], "note", text="x") == two.send(new_id(), "note", text="x")


def test_a_device_of_another_is_no_place_to_send_from_and_no_name_in_the_audit(
    centre: Centre, scene: dict[str, Any]
) -> None:
    one, two = scene["one"], scene["two"]
    with pytest.raises(psycopg.Error, match="device_of_another"):
        two.hello(one.device)
    with pytest.raises(psycopg.Error, match="unknown_device"):
        two.push(two.op(scene["bob"], {"note": [{"text": "x"}]}), device=one.device)
    with pytest.raises(psycopg.Error, match="unknown_device"):
        two.ask("SELECT sync_v1.copied(%s, %s::uuid[], %s)", scene["west"], [scene["bob"]], one.device)
    with pytest.raises(psycopg.Error, match="unknown_device"):
        two.ask("SELECT target FROM sync_v1.changed(%s, '1:1:', NULL, NULL, 10, %s)", scene["west"], one.device)
    assert centre.sql(f"SELECT count(*) FROM audit.event WHERE login LIKE '%two' AND device_id = '{one.device}'") == "0"
    assert two.ask("SELECT sync_v1.copied(%s, %s::uuid[], %s)", scene["west"], [scene["bob"]], two.device) is not None


def test_no_function_of_the_sync_answers_for_another_panel(scene: dict[str, Any]) -> None:
    two, east = scene["two"], scene["east"]
    for call in (
        "listing(%s)", "digests(%s, true)", f"copied(%s, '{{{scene['ann']}}}', '{two.device}')",
        f"changed(%s, '1:1:', NULL, NULL, 10, '{two.device}')", "reference(%s)",
    ):  # fmt: skip
        with pytest.raises(psycopg.Error, match="no_such_"):
            two.ask(f"SELECT * FROM sync_v1.{call}", east)
    # A person of another panel asked for under one's own panel.
    asked = two.ask(
        "SELECT sync_v1.copied(%s, %s::uuid[], %s)", scene["west"], [scene["ann"], scene["bob"]], two.device
    )
    assert [str(each) for each in asked] == [scene["bob"]]
    assert two.ask("SELECT sync_v1.letter_file(%s)", scene["letter"]) is None
    assert scene["one"].ask("SELECT sync_v1.letter_file(%s)", scene["letter"]) == b"\x01\x02"
    assert scene["ann"] not in str(two.hello(two.device))


def test_what_waits_of_others_is_not_heard_and_not_decided_by_a_coordinator(
    centre: Centre, scene: dict[str, Any]
) -> None:
    one, two = scene["one"], scene["two"]
    op = centre.sql("SELECT op_id FROM sync.op")
    assert two.ask("SELECT sync_v1.outcomes(%s::uuid[])", [op]) == []
    assert [each["outcome"] for each in one.ask("SELECT sync_v1.outcomes(%s::uuid[])", [op])] == ["applied"]
    assert two.send(scene["ann"], "note", text="for a supervisor to fall for")[1] == "not_your_panel"
    waiting = centre.sql("SELECT op_id FROM sync.op WHERE outcome = 'quarantined'")
    for call in (f"decide('{waiting}', true, '')", f"decide('{waiting}', false, 'x')", "waiting()"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            two.ask(f"SELECT sync_v1.{call}")
    for inner in (f"try_again('{waiting}')", "try_unknown_again()", "new_epoch()", "close_months()"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            two.ask(f"SELECT sync.{inner}")


def test_a_receipt_speaks_for_nobody_else(centre: Centre, scene: dict[str, Any]) -> None:
    one, two = scene["one"], scene["two"]
    with pytest.raises(psycopg.Error, match="unknown_device"):
        two.ask("SELECT sync_v1.purged(%s, 3, 'x')", one.device)
    with pytest.raises(psycopg.Error, match="no_such_panel"):
        two.ask("SELECT sync_v1.note_read('pull', %s, %s, 3, 'x')", scene["east"], two.device)
    with pytest.raises(psycopg.Error, match="unknown_device"):
        two.ask("SELECT sync_v1.note_read('pull', %s, %s, 3, 'x')", scene["west"], one.device)
    assert two.ask("SELECT sync_v1.knows(%s, '2000-01-01')", one.device) is False
    assert one.ask("SELECT sync_v1.knows(%s, '2000-01-01')", one.device) is True
    assert centre.sql("SELECT count(*) FROM audit.event WHERE kind = 'purged'") == "0"


def test_a_letters_bytes_are_read_through_the_function_alone_and_stay_the_first(
    centre: Centre, scene: dict[str, Any]
) -> None:
    one = scene["one"]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        one.ask("SELECT content FROM activity.letter_file")
    assert one.send(scene["ann"], "letter_file", letter_id=scene["letter"], content="\\xff")[0] == "quarantined"
    assert one.ask("SELECT sync_v1.letter_file(%s)", scene["letter"]) == b"\x01\x02"


def test_nobody_takes_back_or_reviews_what_is_not_hers(centre: Centre, scene: dict[str, Any]) -> None:
    two, one, bob, ann = scene["two"], scene["one"], scene["bob"], scene["ann"]
    target = {"target_kind": "contact", "target_id": scene["contact"]}
    assert two.send(ann, "retraction", **target)[0] == "quarantined"
    assert two.send(bob, "retraction", **target)[0] == "quarantined"
    assert two.send(bob, "review", contact_id=scene["contact"], result="reviewed")[0] == "quarantined"
    assert one.send(ann, "review", contact_id=scene["contact"], result="reviewed") == (
        "quarantined",
        "not_a_supervisor",
    )
    assert one.send(ann, "retraction", **target)[0] == "applied"


def test_a_visit_is_confirmed_by_somebody_and_takes_a_time_that_can_be(centre: Centre, scene: dict[str, Any]) -> None:
    doctor, other, foreign = new_id(), new_id(), new_id()
    centre.sql(
        f"INSERT INTO org.initiative (id, name) VALUES ('{other}', 'other');"
        f"INSERT INTO org.clinician (id, initiative_id, family) VALUES ('{doctor}', '{centre.initiative}', 'Doe'),"
        f" ('{foreign}', '{other}', 'Roe');"
        f"INSERT INTO org.resource (initiative_id, clinician_id) VALUES ('{centre.initiative}', '{doctor}'),"
        f" ('{other}', '{foreign}')"
    )
    one, ann = scene["one"], scene["ann"]

    def visit(**more: object) -> object:
        confirmed = {"visit_id": new_id(), "state": "confirmed", "starts_at": MOMENT, "clinician_id": doctor}
        return one.send(ann, "visit", **{**confirmed, "confirmed_by": "front desk", **more})

    assert visit(confirmed_by=" ", clinician_id=None) == ("quarantined", "confirmed_by_whom")
    assert visit(minutes=1_000_000) == ("quarantined", "no_such_time")
    assert visit(minutes=-5) == ("quarantined", "no_such_time")
    assert visit(starts_at="infinity") == ("quarantined", "no_such_time")
    assert visit(clinician_id=foreign) == ("quarantined", "no_such_clinician")
    assert centre.sql("SELECT count(*) FROM activity.slot") == "0"
    assert visit(confirmed_by="") == ("applied", "")
    assert centre.sql("SELECT count(*) FROM activity.slot") == "1"


def test_a_flood_is_refused(centre: Centre, scene: dict[str, Any]) -> None:
    two, bob = scene["two"], scene["bob"]
    with pytest.raises(psycopg.Error, match="bad_push"):
        two.push(*({} for _ in range(1001)))
    with pytest.raises(psycopg.Error, match="bad_push"):
        two.push(two.op(bob, {"note": [{"text": "x" * 9_000_000}]}))
    for _ in range(19):
        two.hello(new_id())
    with pytest.raises(psycopg.Error, match="too_many_devices"):
        two.hello(new_id())
    assert two.hello(two.device)["device_state"] == "active"


def test_the_supervisor_of_another_initiative_stands_outside(
    centre: Centre, scene: dict[str, Any], forger_of: Callable[[str], Forger]
) -> None:
    other, panel = new_id(), new_id()
    centre.sql(
        f"INSERT INTO org.initiative (id, name) VALUES ('{other}', 'other');"
        f"INSERT INTO org.panel (id, initiative_id, name) VALUES ('{panel}', '{other}', 'There')"
    )
    centre.staff("sam", "supervisor")
    centre.sql(f"UPDATE sec.staff SET initiative_id = '{other}' WHERE login = 'sam'")
    sam = forger_of("sam")
    before = everything(centre, scene["east"])
    assert [each["name"] for each in sam.hello(sam.device)["panels"]] == ["There"]
    for table, row in (
        ("note", {"text": "x"}),
        ("review", {"contact_id": scene["contact"], "result": "reviewed"}),
        ("retraction", {"target_kind": "contact", "target_id": scene["contact"]}),
    ):
        assert sam.send(scene["ann"], table, **row)[0] == "quarantined"
    with pytest.raises(psycopg.Error, match="no_such_initiative"):
        sam.ask("SELECT * FROM sync_v1.reference(%s)", centre.initiative)
    assert everything(centre, scene["east"]) == before


def test_a_one_time_password_speaks_to_nothing(centre: Centre, scene: dict[str, Any]) -> None:
    centre.staff("new", "coordinator", scene["east"], must_change=True)
    with psycopg.connect(
        host="127.0.0.1", port=centre.database.server.port, dbname=centre.database.name,
        user=f"{TEMPLATE}_new", password=centre.logins["new"], autocommit=True,
    ) as line:  # fmt: skip
        for call in (
            f"hello('psql', 1, 1, '', '{new_id()}', NULL)", f"listing('{scene['east']}')",
            f"digests('{scene['east']}', true)", f"copied('{scene['east']}', '{{}}', '{new_id()}')",
            f"changed('{scene['east']}', '1:1:', NULL, NULL, 10, '{new_id()}')",
            f"reference('{centre.initiative}')", f"letter_file('{scene['letter']}')", f"push('{new_id()}', '[]')",
        ):  # fmt: skip
            with pytest.raises(psycopg.Error, match=r"must_change_password|no_such_"):
                line.execute(f"SELECT * FROM sync_v1.{call}")
        for table in (
            "care.member",
            "activity.contact",
            "org.reference",
            "org.clinician",
            "org.panel",
            "org.initiative",
        ):
            assert line.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
