import hashlib
import json
import threading
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from coordinator_app.domain.ids import new_id
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.storage.local import profile
from tests.sync.conftest import Centre, DeskForTests, MakeDesk


@pytest.fixture
def panel(centre: Centre) -> str:
    return centre.panel("East")


@pytest.fixture
def rosa(centre: Centre, panel: str, desk_of: MakeDesk) -> DeskForTests:
    centre.people(panel, 3)
    desk = desk_of("rosa", centre.staff("rosa", "coordinator", panel))
    desk.sync()
    return desk


@pytest.fixture
def member(rosa: DeskForTests) -> str:
    return sorted(rosa.held())[0]


def states(desk: DeskForTests) -> list[tuple[object, ...]]:
    return desk.sql("SELECT state, outcome FROM outbox ORDER BY device_seq")


def asked_of_her(desk: DeskForTests) -> list[tuple[object, ...]]:
    return desk.sql("SELECT kind, member_id FROM needs_you")


def test_a_call_is_at_the_centre_once_at_its_true_time(centre: Centre, rosa: DeskForTests, member: str) -> None:
    rosa.moment = datetime(2026, 11, 20, 15, 2, 3, 456789, tzinfo=UTC)
    saved = rosa.call(member, note='said "ja" \\u0000 \N{SNOWMAN}')
    rosa.moment = None
    assert rosa.sync().outcomes == {"applied": 1}
    row = centre.sql(
        "SELECT op_id, author_id, panel_id = (SELECT panel_id FROM care.member WHERE id = member_id),"
        " occurred_at AT TIME ZONE 'UTC', received_at IS NOT NULL, note FROM activity.contact"
    )
    assert row == f'{saved.op_id}|{rosa.person}|t|2026-11-20 15:02:03.456789|t|said "ja" \\u0000 \N{SNOWMAN}'
    assert states(rosa) == [("acked", "applied")]
    # It came back with the centre's version, and is not there twice.
    assert rosa.sql("SELECT count(*), min(row_version), min(received_at) > 0 FROM contact") == [(1, 1, 1)]
    assert centre.sql("SELECT count(*) FROM audit.event WHERE kind IN ('outbox_gap', 'chain_broken')") == "0"


def test_an_act_with_many_rows_arrives_whole(centre: Centre, rosa: DeskForTests, member: str) -> None:
    from coordinator_app.storage.local.book import Bookkeeping, nothing_derived

    with Bookkeeping(rosa.store, rosa.now, nothing_derived).open_book() as book:
        pages = b"\x00\x01PDF\xff"
        row = {"program": "dm", "facts": {"a": [1, 2]}, "pages": 2, "pdf_sha256": hashlib.sha256(pages).hexdigest()}
        letter = book.add("letter", {"member_id": member, **row})
        book.add("letter_file", {"member_id": member, "letter_id": letter, "content": pages})
        book.add("teaching", {"member_id": member, "topic": "inhaler", "result": "said_back"})
        book.send("letter", member)
        book.commit()
    assert rosa.sync().outcomes == {"applied": 1}
    assert centre.sql("SELECT facts, pages FROM activity.letter") == '{"a": [1, 2]}|2'
    assert rosa.hub.letter_file(letter) == pages
    assert centre.sql("SELECT count(*) FROM audit.event WHERE kind = 'letter_read'") == "1"


def test_a_lost_acknowledgement_doubles_nothing(centre: Centre, rosa: DeskForTests, member: str) -> None:
    rosa.call(member)
    with rosa.hub.session() as session:
        session.hello(rosa.side.device_id())
        # The answer is lost on the way back: nothing is settled here.
        session.push(rosa.side.device_id(), rosa.side.waiting(10))
    assert states(rosa) == [("waiting", "")]
    assert rosa.sync().outcomes == {"duplicate": 1}
    assert states(rosa) == [("acked", "duplicate")]
    assert centre.sql("SELECT count(*) FROM activity.contact") == "1"


def test_two_lines_that_send_the_same_at_once_apply_it_once(centre: Centre, rosa: DeskForTests, member: str) -> None:
    for _ in range(5):
        rosa.call(member)
    ops, device = rosa.side.waiting(10), rosa.side.device_id()
    outcomes: list[list[str]] = []

    def send() -> None:
        with rosa.hub.session() as session:
            outcomes.append([result.outcome for result in session.push(device, ops)])

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == [["applied"] * 5, ["duplicate"] * 5]
    assert centre.sql("SELECT count(*) FROM activity.contact") == "5"


def test_offline_is_trouble_with_a_code_and_everything_waits(
    centre: Centre, rosa: DeskForTests, member: str, desk_of: MakeDesk
) -> None:
    from dataclasses import replace

    rosa.call(member)
    rosa.address = replace(rosa.address, port=1)
    rosa.close()
    rosa.open()
    with pytest.raises(Trouble) as told:
        rosa.sync()
    assert told.value.code == "offline"
    assert states(rosa) == [("waiting", "")]


def test_a_disabled_login_is_refused_and_the_work_stays(centre: Centre, rosa: DeskForTests, member: str) -> None:
    rosa.call(member)
    centre.sql("UPDATE sec.staff SET is_active = false WHERE login = 'rosa'")
    with pytest.raises(Refusal, match="disabled"):
        rosa.sync()
    assert states(rosa) == [("waiting", "")]
    centre.sql("UPDATE sec.staff SET is_active = true WHERE login = 'rosa'")
    assert rosa.sync().sent == 1


def test_work_of_the_last_days_on_a_person_who_moved_is_applied(
    centre: Centre, rosa: DeskForTests, member: str
) -> None:
    rosa.call(member)
    centre.move(member, centre.panel("West"))
    received = rosa.sync()
    assert received.outcomes == {"applied": 1}
    assert received.purged == 1
    assert centre.sql("SELECT p.name FROM activity.contact AS c JOIN org.panel AS p ON p.id = c.panel_id") == "West"


def test_work_on_a_person_who_left_long_ago_waits_for_the_supervisor(
    centre: Centre, rosa: DeskForTests, member: str
) -> None:
    rosa.call(member)
    centre.move(member, centre.panel("West"))
    centre.sql("UPDATE sec.assignment SET valid = tstzrange('2026-01-01', '2026-02-01') WHERE NOT upper_inf(valid)")
    assert rosa.sync().outcomes == {"quarantined": 1}
    assert states(rosa) == [("quarantined", "quarantined")]
    assert asked_of_her(rosa) == [("waiting_for_supervisor", member)]
    kept = centre.sql("SELECT payload ->> 'payload' FROM sync.op WHERE outcome = 'quarantined'")
    assert json.loads(kept)["rows"]["contact"][0]["note"] == "she said"


def test_one_bad_op_holds_nobody_up(centre: Centre, rosa: DeskForTests, member: str) -> None:
    rosa.call(member)
    rosa.call(member, call_back_at=None)
    with rosa.store.saving() as connection:
        connection.exec_driver_sql(
            'UPDATE outbox SET payload = replace(payload, \'"reached"\', \'"x","seconds":"many"\') WHERE device_seq = 1'
        )
        connection.commit()
    received = rosa.sync()
    assert received.outcomes == {"quarantined": 1, "applied": 1}
    assert asked_of_her(rosa) == [("refused", member)]
    assert rosa.sync().sent == 0
    # What was changed after it was hashed is noticed.
    assert centre.sql("SELECT kind FROM audit.event WHERE kind = 'chain_broken'") == "chain_broken"


def test_an_unknown_kind_is_kept_and_not_lost(centre: Centre, rosa: DeskForTests, member: str) -> None:
    rosa.call(member)
    with rosa.store.saving() as connection:
        connection.exec_driver_sql("UPDATE outbox SET payload = replace(payload, '\"contact\":', '\"telepathy\":')")
        connection.commit()
    assert rosa.sync().outcomes == {"quarantined": 1}
    assert centre.sql("SELECT result ->> 'cause', payload IS NOT NULL FROM sync.op") == "unknown_kind|t"


def test_what_rests_on_a_quarantined_op_is_quarantined_with_it(centre: Centre, rosa: DeskForTests, member: str) -> None:
    from coordinator_app.storage.local.book import Bookkeeping, nothing_derived

    first = rosa.call(member)
    with Bookkeeping(rosa.store, rosa.now, nothing_derived).open_book() as book:
        book.add("note", {"member_id": member, "text": "more"})
        book.send("note", member, depends_on=first.op_id)
        book.commit()
    with rosa.store.saving() as connection:
        connection.exec_driver_sql(
            "UPDATE outbox SET payload = replace(payload, '\"contact\":', '\"telepathy\":') WHERE device_seq = 1"
        )
        connection.commit()
    assert rosa.sync().outcomes == {"quarantined": 2}
    assert centre.sql("SELECT count(*) FROM activity.note") == "0"


def test_the_author_is_who_logged_in_whatever_the_row_says(centre: Centre, rosa: DeskForTests, member: str) -> None:
    stranger = new_id()
    rosa.call(member)
    with rosa.store.saving() as connection:
        connection.exec_driver_sql(f"UPDATE outbox SET payload = replace(payload, '{rosa.person}', '{stranger}')")
        connection.commit()
    rosa.sync()
    assert centre.sql("SELECT author_id FROM activity.contact") == rosa.person


def test_undo_is_a_further_act_and_another_nurse_may_not(
    centre: Centre, panel: str, rosa: DeskForTests, member: str, desk_of: MakeDesk
) -> None:
    rosa.call(member)
    rosa.sync()
    contact = str(rosa.sql("SELECT id FROM contact")[0][0])
    other = desk_of("olga", centre.staff("olga", "coordinator", panel))
    other.sync()
    other.act("retraction", {"member_id": member, "target_kind": "contact", "target_id": contact})
    assert other.sync().outcomes == {"quarantined": 1}
    rosa.act("retraction", {"member_id": member, "target_kind": "contact", "target_id": contact})
    assert rosa.sync().outcomes == {"applied": 1}
    other.sync()
    assert other.sql(f"SELECT count(*) FROM retraction WHERE target_id = '{contact}' AND row_version > 0") == [(1,)]


def test_a_review_is_a_supervisors_and_comes_back_to_the_nurse(
    centre: Centre, rosa: DeskForTests, member: str, desk_of: MakeDesk
) -> None:
    rosa.call(member)
    rosa.sync()
    contact = str(rosa.sql("SELECT id FROM contact")[0][0])
    rosa.act("review", {"member_id": member, "contact_id": contact, "result": "reviewed"})
    assert rosa.sync().outcomes == {"quarantined": 1}
    sam = desk_of("sam", centre.staff("sam", "supervisor"))
    sam.sync()
    assert sam.sql("SELECT outcome, note FROM contact") == [("reached", "she said")]
    sam.act("review", {"member_id": member, "contact_id": contact, "result": "returned", "comment": "when?"})
    assert sam.sync().outcomes == {"applied": 1}
    rosa.sync()
    assert rosa.sql("SELECT result, comment FROM review WHERE row_version > 0") == [("returned", "when?")]


def test_a_copied_store_is_noticed_and_its_unsent_work_kept(
    centre: Centre, rosa: DeskForTests, member: str, desk_of: MakeDesk
) -> None:
    twin = desk_of("rosa", rosa.person)
    with twin.store.saving() as connection:
        profile.write(connection, {profile.DEVICE: rosa.side.device_id()})
        connection.commit()
    twin.sync()
    rosa.call(member)
    twin.call(member, "busy")
    assert rosa.sync().outcomes == {"applied": 1}
    assert twin.sync().outcomes == {"quarantined": 1}
    assert twin.sync().outcomes == {}
    assert ("device_frozen", None) in asked_of_her(twin)
    assert twin.side.device_id() != rosa.side.device_id()
    twin.call(member, "no_answer")
    assert twin.sync().outcomes == {"applied": 1}
    assert centre.sql("SELECT count(*) FROM sync.op WHERE outcome = 'quarantined' AND payload IS NOT NULL") == "1"


def test_a_lost_outbox_is_reported_and_stops_nothing(centre: Centre, rosa: DeskForTests, member: str) -> None:
    rosa.call(member)
    rosa.call(member)
    with rosa.store.saving() as connection:
        connection.exec_driver_sql("DELETE FROM outbox WHERE device_seq = 1")
        connection.commit()
    assert rosa.sync().outcomes == {"applied": 1}
    assert centre.sql("SELECT facts FROM audit.event WHERE kind = 'outbox_gap'") == '{"came": 2, "after": 0}'


def test_acknowledged_work_is_kept_a_fortnight_and_the_numbers_go_on(
    centre: Centre, rosa: DeskForTests, member: str
) -> None:
    rosa.call(member)
    rosa.call(member)
    rosa.sync()
    with rosa.store.saving() as connection:
        connection.exec_driver_sql(f"UPDATE outbox SET acked_at = acked_at - {15 * 86400 * 1_000_000}")
        connection.commit()
    rosa.call(member)
    rosa.sync()
    assert rosa.sql("SELECT device_seq FROM outbox") == [(3,)]


def test_a_clock_set_years_ahead_forgets_no_acknowledged_work(centre: Centre, rosa: DeskForTests, member: str) -> None:
    rosa.call(member)
    rosa.sync()
    rosa.moment = datetime.now(UTC) + timedelta(days=3 * 365)
    rosa.call(member)
    rosa.sync()
    assert rosa.sql("SELECT device_seq FROM outbox ORDER BY 1") == [(1,), (2,)]


def test_what_waits_for_a_person_at_the_centre_waits_there_after_a_restore_too(
    centre: Centre, rosa: DeskForTests, member: str
) -> None:
    rosa.call(member)
    centre.move(member, centre.panel("West"))
    centre.sql("UPDATE sec.assignment SET valid = tstzrange('2026-01-01', '2026-02-01') WHERE NOT upper_inf(valid)")
    assert rosa.sync().outcomes == {"quarantined": 1}
    centre.sql(
        "SET session_replication_role = replica; DELETE FROM sync.op; TRUNCATE sync.change; "
        "UPDATE sync.device SET last_seq = 0, last_hash = ''; UPDATE sync.epoch SET feed_epoch = feed_epoch + 1"
    )
    assert rosa.sync().outcomes == {"quarantined": 1}
    assert centre.sql("SELECT count(*) FROM sync.op WHERE payload IS NOT NULL") == "1"
    assert len(asked_of_her(rosa)) == 1


def test_an_act_says_how_wrong_its_clock_was_also_after_the_clock_was_set(rosa: DeskForTests, member: str) -> None:
    from coordinator_app.storage.local.book import Bookkeeping, nothing_derived

    def save(moved: timedelta) -> int:
        with Bookkeeping(rosa.store, rosa.now, nothing_derived, lambda: moved).open_book() as book:
            book.add("note", {"member_id": member, "text": "x"})
            book.send("note", member)
            book.commit()
        return int(str(rosa.sql("SELECT skew_ms FROM outbox ORDER BY device_seq DESC LIMIT 1")[0][0]))

    as_told = save(timedelta())
    assert save(timedelta(hours=1)) == as_told - 3_600_000
    assert save(timedelta(hours=-1)) == as_told + 3_600_000


class TestRevisions:
    """Visits and referrals are chains; nothing anybody wrote is overwritten."""

    @pytest.fixture
    def olga(self, centre: Centre, panel: str, rosa: DeskForTests, desk_of: MakeDesk) -> DeskForTests:
        desk = desk_of("olga", centre.staff("olga", "coordinator", panel))
        desk.sync()
        return desk

    @pytest.fixture
    def visit(self, rosa: DeskForTests, olga: DeskForTests, member: str) -> dict[str, object]:
        row: dict[str, object] = {
            "member_id": member,
            "visit_id": new_id(),
            "state": "asked",
            "visit_type": "pcp",
            "starts_at": datetime(2026, 12, 1, 15, tzinfo=UTC),
        }
        base = rosa.act("visit", row)
        rosa.sync()
        olga.sync()
        return {**row, "base_id": base}

    def heads(self, desk: DeskForTests, columns: str) -> list[tuple[object, ...]]:
        return desk.sql(
            f"SELECT {columns} FROM visit AS v WHERE NOT EXISTS (SELECT 1 FROM visit AS n WHERE n.base_id = v.id)"
        )

    def test_a_revision_follows_its_base(self, rosa: DeskForTests, visit: dict[str, object]) -> None:
        rosa.act("visit", {**visit, "state": "cancelled"})
        assert rosa.sync().outcomes == {"applied": 1}
        assert self.heads(rosa, "state") == [("cancelled",)]

    def test_disjoint_changes_merge(self, rosa: DeskForTests, olga: DeskForTests, visit: dict[str, object]) -> None:
        rosa.act("visit", {**visit, "note": "needs a ride"})
        olga.act("visit", {**visit, "starts_at": datetime(2026, 12, 2, 15, tzinfo=UTC)})
        assert rosa.sync().outcomes == {"applied": 1}
        assert olga.sync().outcomes == {"merged": 1}
        rosa.sync()
        moment = round(datetime(2026, 12, 2, 15, tzinfo=UTC).timestamp() * 1_000_000)
        for desk in (rosa, olga):
            assert self.heads(desk, "note, starts_at") == [("needs a ride", moment)]
            assert desk.sql("SELECT count(*) FROM visit") == [(4,)]
            assert desk.exchange.verify() == 0

    def test_the_same_field_changed_twice_keeps_both_and_asks(
        self, rosa: DeskForTests, olga: DeskForTests, visit: dict[str, object]
    ) -> None:
        rosa.act("visit", {**visit, "state": "cancelled"})
        olga.act("visit", {**visit, "state": "kept", "note": "came"})
        rosa.sync()
        assert olga.sync().outcomes == {"conflict": 1}
        kind, arguments = olga.sql("SELECT kind, arguments FROM needs_you")[0]
        assert (kind, json.loads(str(arguments))) == ("conflict", {"fields": ["state"]})
        rosa.sync()
        for desk in (rosa, olga):
            assert self.heads(desk, "state") == [("cancelled",)]
            assert desk.sql("SELECT note FROM visit WHERE state = 'kept'") == [("came",)]

    def test_a_closed_referral_stays_closed_and_the_late_word_is_kept(
        self, rosa: DeskForTests, olga: DeskForTests, member: str
    ) -> None:
        row: dict[str, object] = {"member_id": member, "referral_id": new_id(), "program": "dm", "state": "wanted"}
        base = rosa.act("referral", row)
        rosa.sync()
        olga.sync()
        rosa.act("referral", {**row, "base_id": base, "state": "closed"})
        olga.act("referral", {**row, "base_id": base, "state": "sent"})
        rosa.sync()
        assert olga.sync().outcomes == {"conflict": 1}
        rosa.sync()
        for desk in (rosa, olga):
            followed = "SELECT base_id FROM referral WHERE base_id IS NOT NULL"
            assert desk.sql(f"SELECT state FROM referral WHERE id NOT IN ({followed})") == [("closed",)]
            assert desk.sql("SELECT count(*) FROM referral WHERE state = 'sent'") == [(1,)]

    def test_a_revision_that_was_taken_back_is_nobodys_base(
        self, centre: Centre, rosa: DeskForTests, visit: dict[str, object]
    ) -> None:
        slip = rosa.act("visit", {**visit, "state": "kept"})
        rosa.act("retraction", {"member_id": visit["member_id"], "target_kind": "visit", "target_id": slip})
        rosa.act("visit", {**visit, "state": "cancelled"})
        assert rosa.sync().outcomes == {"applied": 3}

    def test_the_second_in_one_slot_needs_another_time(
        self, centre: Centre, rosa: DeskForTests, olga: DeskForTests, member: str
    ) -> None:
        doctor = new_id()
        centre.sql(
            f"INSERT INTO org.clinician (id, initiative_id, family) VALUES ('{doctor}', '{centre.initiative}', 'Doe');"
            f"INSERT INTO org.resource (initiative_id, clinician_id) VALUES ('{centre.initiative}', '{doctor}')"
        )
        ids = []
        for desk in (rosa, olga):
            row = {
                "member_id": member,
                "visit_id": new_id(),
                "state": "confirmed",
                "confirmed_by": "front desk",
                "visit_type": "pcp",
                "clinician_id": doctor,
                "starts_at": datetime(2026, 12, 1, 15, tzinfo=UTC),
            }
            ids.append(desk.act("visit", row))
        assert rosa.sync().outcomes == {"applied": 1}
        assert olga.sync().outcomes == {"conflict": 1}
        assert sorted(self.heads(olga, "state, starts_at IS NULL")) == [("confirmed", 0), ("wanted", 1)]
        assert olga.sql("SELECT sentence FROM needs_you") == [("needs.conflict.slot_taken",)]
        slots = "SELECT count(*) FROM activity.slot WHERE released_at IS NULL"
        assert centre.sql(slots) == "1"
        rosa.act("retraction", {"member_id": member, "target_kind": "visit", "target_id": ids[0]})
        rosa.sync()
        assert centre.sql(slots) == "0"


def test_a_silent_line_is_given_up(centre: Centre, rosa: DeskForTests) -> None:
    from coordinator_app.storage.central.conversation import connected, patience

    with (
        connected(rosa.address, "rosa", centre.logins["rosa"]) as driver,
        psycopg.connect(
            host="127.0.0.1",
            port=centre.database.server.port,
            dbname=centre.database.name,
            user="postgres",
            passfile=str(centre.database.passfile),
        ) as holder,
    ):
        holder.execute("LOCK TABLE care.member IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(Trouble) as told, patience(driver, 0.2):
            driver.execute("SELECT count(*) FROM care.member")
    assert told.value.code == "offline"
