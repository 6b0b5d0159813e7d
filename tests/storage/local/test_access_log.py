"""The log of what was looked at: chained, kept until it was sent, gone on from after that."""

from datetime import timedelta
from itertools import pairwise

import pytest

from coordinator_app.domain.access import Looked, chained
from coordinator_app.storage.local import access, profile
from coordinator_app.storage.local.access import AccessLog
from coordinator_app.storage.local.engine import Store
from tests.storage.local.conftest import DEVICE, NOON

OTHER = "0b0b0b0b-0000-7000-8000-00000000000b"


class Days:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def log(store: Store, days: Days) -> AccessLog:
    return AccessLog(store, days)


def test_each_entry_holds_the_hash_of_the_one_before(log: AccessLog) -> None:
    for what in Looked:
        log.note(what, None, 1)
    unsent = log.waiting(100)
    entries = unsent.entries
    assert (unsent.device_id, unsent.is_oldest) == (DEVICE, True)
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert entries[0].prev_hash == ""
    assert all(before.hash == after.prev_hash for before, after in pairwise(entries))
    assert all(each.hash == chained(DEVICE, each.prev_hash, each.seq, each.payload) for each in entries)


def test_an_entry_says_what_and_whose_and_nothing_that_was_read(log: AccessLog, add_member) -> None:
    member = add_member("Canarywood")
    log.note(Looked.CHART_OPENED, member, 1)
    (entry,) = log.waiting(10).entries
    assert member in entry.payload
    assert "Canary" not in entry.payload


def test_what_was_sent_is_not_sent_again_and_the_count_goes_on(log: AccessLog) -> None:
    log.note(Looked.SEARCHED, None, 3)
    log.note(Looked.SEARCHED, None, 4)
    log.settle(DEVICE, 2)
    assert log.waiting(10) is None
    log.note(Looked.PRINTED, None, 1)
    unsent = log.waiting(10)
    assert ([each.seq for each in unsent.entries], unsent.is_oldest) == ([3], False)


def test_what_the_center_lost_is_sent_again(log: AccessLog) -> None:
    for _ in range(3):
        log.note(Looked.SEARCHED, None, 3)
    log.settle(DEVICE, 3)
    log.unsend(DEVICE, 1)
    assert [each.seq for each in log.waiting(10).entries] == [2, 3]


def test_entries_older_than_a_fortnight_go_but_for_the_last(log: AccessLog, days: Days, store: Store) -> None:
    log.note(Looked.SEARCHED, None, 3)
    log.note(Looked.SEARCHED, None, 4)
    log.settle(DEVICE, 2)
    days.now += access.KEPT + timedelta(hours=1)
    log.settle(DEVICE, 2)
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT seq FROM access_log").fetchall() == [(2,)]


def test_a_new_device_id_begins_a_chain_of_its_own_and_both_are_sent(log: AccessLog, store: Store) -> None:
    log.note(Looked.SEARCHED, None, 1)
    with store.saving() as connection:
        profile.write(connection, {profile.DEVICE: OTHER})
        connection.commit()
    log.note(Looked.SEARCHED, None, 2)
    sent = []
    while (unsent := log.waiting(10)) is not None:
        sent.append((unsent.device_id, [(each.seq, each.prev_hash) for each in unsent.entries]))
        log.settle(unsent.device_id, unsent.entries[-1].seq)
    assert sorted(sent) == sorted([(DEVICE, [(1, "")]), (OTHER, [(1, "")])])
