"""What was looked at offline is in the audit after the next round, at its true time; an edited log is an incident."""

from datetime import UTC, datetime, timedelta

import pytest

from coordinator_app.domain.access import Looked
from coordinator_app.storage.central.access_line import AccessLine
from coordinator_app.storage.local.access import AccessLog
from coordinator_app.sync.access import AccessSending
from coordinator_app.sync.rounds import Rounds

pytestmark = pytest.mark.server

YESTERDAY = datetime.now(UTC) - timedelta(days=1)


class Seat:
    """A nurse's workstation with its log."""

    def __init__(self, centre, desk_of):
        self.panel = centre.panel("A")
        self.member = centre.people(self.panel, 1)[0]
        self.centre = centre
        self.desk = desk_of("rosa", centre.staff("rosa", "coordinator", self.panel))
        self.desk.sync()
        self.at = YESTERDAY
        self.log = AccessLog(self.desk.store, lambda: self.at)
        password = centre.logins["rosa"]
        self.sending = AccessSending(self.log, AccessLine(self.desk.address, lambda: ("rosa", password)))
        self.rounds = Rounds(self.desk.exchange, self.desk.side, self.sending)

    def looks(self, what=Looked.CHART_OPENED):
        self.at += timedelta(minutes=1)
        self.log.note(what, self.member, 1)

    def noted(self):
        told = self.centre.sql(
            "SELECT kind || ' ' || (facts ->> 'seq') || ' ' || (facts ->> 'is_whole') FROM audit.event "
            "WHERE facts ? 'is_whole' ORDER BY (facts ->> 'seq')::int"
        )
        return told.splitlines()

    def incidents(self):
        told = self.centre.sql(
            "SELECT kind || ' ' || facts::text FROM audit.event WHERE kind LIKE 'access%' ORDER BY at"
        )
        return told.splitlines()

    def edits(self, statement):
        with self.desk.store.saving() as connection:
            connection.exec_driver_sql(statement)
            connection.commit()


@pytest.fixture
def seat(centre, desk_of):
    return Seat(centre, desk_of)


def test_what_was_looked_at_offline_is_in_the_audit_at_its_true_time(seat):
    for what in Looked:
        seat.looks(what)
    seat.rounds.run()
    assert seat.noted() == [f"{what} {number} true" for number, what in enumerate(Looked, 1)]
    assert seat.incidents() == []
    first = seat.centre.sql("SELECT min((facts ->> 'at')::timestamptz) < now() - interval '23 hours' FROM audit.event")
    assert first == "t"
    whose = seat.centre.sql("SELECT DISTINCT member_id FROM audit.event WHERE kind = 'chart_opened'")
    assert whose == seat.member
    assert seat.log.waiting(10) is None


def test_entries_that_come_twice_are_noted_once(seat):
    seat.looks()
    unsent = seat.log.waiting(10)
    assert seat.sending._line.send(unsent) == seat.sending._line.send(unsent) == 1
    assert seat.noted() == ["chart_opened 1 true"]


def test_an_entry_edited_before_it_was_sent_is_an_incident(seat):
    for _ in range(3):
        seat.looks()
    seat.edits("UPDATE access_log SET payload = replace(payload, 'chart_opened', 'searched') WHERE seq = 2")
    seat.rounds.run()
    assert seat.noted() == ["chart_opened 1 true", "searched 2 false", "chart_opened 3 true"]
    assert seat.incidents() == ['access_chain_broken {"seq": 2}']


@pytest.mark.parametrize("sent_before", [False, True])
def test_an_entry_taken_out_is_an_incident(seat, sent_before):
    seat.looks()
    if sent_before:
        seat.rounds.run()
    seat.looks()
    seat.looks()
    seat.edits("DELETE FROM access_log WHERE seq = 2")
    seat.rounds.run()
    assert seat.incidents() == ['access_gap {"came": 3, "after": 1}']
    assert seat.log.waiting(10) is None


def test_a_log_whose_beginning_is_gone_is_an_incident(seat):
    for _ in range(3):
        seat.looks()
    seat.edits("DELETE FROM access_log WHERE seq < 3")
    seat.rounds.run()
    assert seat.incidents() == ['access_gap {"came": 3, "after": 0}']
    assert seat.noted() == ["chart_opened 3 false"]


def test_an_edited_entry_with_a_hash_of_its_own_breaks_at_the_next_one(seat):
    from coordinator_app.domain.access import chained

    for _ in range(3):
        seat.looks()
    device, payload = seat.desk.side.device_id(), '{"kind":"searched"}'
    before = seat.log.waiting(10).entries[0].hash
    seat.edits(
        f"UPDATE access_log SET payload = '{payload}', hash = '{chained(device, before, 2, payload)}' WHERE seq = 2"
    )
    seat.rounds.run()
    assert seat.incidents() == ['access_chain_broken {"seq": 3}']


def test_a_center_brought_back_from_a_backup_is_sent_what_it_lost(seat):
    for _ in range(4):
        seat.looks()
    seat.rounds.run()
    seat.centre.sql("UPDATE sync.access_chain SET last_seq = 2, last_hash = '" + hash_of(seat, 2) + "'")
    seat.centre.sql(
        "ALTER TABLE audit.event DISABLE TRIGGER stays; "
        "DELETE FROM audit.event WHERE (facts ->> 'seq')::int > 2; ALTER TABLE audit.event ENABLE TRIGGER stays"
    )
    seat.looks()
    seat.rounds.run()
    assert [line.split()[1] for line in seat.noted()] == ["1", "2", "3", "4", "5"]
    assert seat.incidents() == []


def hash_of(seat, number):
    return str(seat.desk.sql(f"SELECT hash FROM access_log WHERE seq = {number}")[0][0])


def test_a_person_of_another_initiative_is_not_named(seat):
    seat.log.note(Looked.CHART_OPENED, "0fffffff-ffff-4fff-8fff-ffffffffffff", 1)
    seat.rounds.run()
    assert (
        seat.centre.sql("SELECT count(member_id) || ' ' || count(*) FROM audit.event WHERE facts ? 'is_whole'") == "0 1"
    )


def test_a_log_that_cannot_be_sent_holds_up_no_round(seat):
    seat.looks()
    seat.centre.sql("REVOKE EXECUTE ON FUNCTION sync_v1.push_access FROM sync_template_cc_coordinator")
    try:
        report = seat.rounds.run()
    finally:
        seat.centre.sql("GRANT EXECUTE ON FUNCTION sync_v1.push_access TO sync_template_cc_coordinator")
    assert report.state == "online"
    assert seat.log.waiting(10) is not None
