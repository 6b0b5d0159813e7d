"""Who saw a person between two days, asked by an auditor; and a workstation that is revoked.

Taken away one at a time, each of these made a test fail: the look at the person's initiative, the time of the stay in
receipts, finding the person by intervals and not by the row the ceiling hides, noting the question, the state of a
revoked workstation.
"""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from coordinator_app.bootstrap.central import run, staffing

pytestmark = pytest.mark.server

DEVICE = str(uuid.UUID(int=7))
TODAY = datetime.now(UTC).date()


def pulls(centre, login, panel, *members):
    """Say hello and copy people, as a workstation does."""
    listed = ", ".join(f"'{{{member}}}'" for member in members)
    done = centre.psql(
        login,
        f"SELECT sync_v1.hello('t', 1, 1, 'x', '{DEVICE}', NULL) IS NOT NULL;"
        f"SELECT cardinality(sync_v1.copied('{{{panel}}}', ARRAY[{listed}]::uuid[], '{DEVICE}'))",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == str(len(members))


@pytest.fixture
def who_saw(own_centre, capsys, monkeypatch):
    def ask(member, login="auditor_a", first=TODAY - timedelta(days=1), last=TODAY + timedelta(days=1)):
        monkeypatch.setenv("COORDINATOR_PASSWORD", own_centre.passwords[login])
        capsys.readouterr()
        words = ["who-saw", own_centre.ids[member], "--from", str(first), "--to", str(last), "--zone", "UTC", "--json"]
        code = run(["audit", "--url", own_centre.url, "--login", login, *words])
        said = capsys.readouterr()
        return code, json.loads(said.out)["sightings"] if code == 0 else said.err

    return ask


def told(sightings):
    return {(one["what"], one["login"], one["panel"]) for one in sightings}


def test_holders_supervisors_and_receipts_are_named_and_nobody_else(own_centre, who_saw):
    pulls(own_centre, "nurse1", "A1", "ann")
    code, sightings = who_saw("ann")
    assert code == 0
    seen = told(sightings)
    assert {("held", "nurse1", "A1"), ("could_see", "boss_a", "")} <= seen
    received = [one for one in sightings if one["what"] == "received"]
    assert [(one["name"], one["device"], one["times"]) for one in received] == [("Nurse1", DEVICE, 1)]
    assert {login for _, login, _ in seen} & {"nurse2", "nurse_b", "boss_b"} == set()


def test_a_person_who_moved_was_held_by_each_in_her_time(own_centre, who_saw):
    pulls(own_centre, "nurse1", "A1", "ann")
    moved = own_centre.psql("boss_a", "SELECT sec.move_members('{A2}', ARRAY['{ann}']::uuid[])")
    assert moved.returncode == 0, moved.stderr
    # A receipt of the first panel after she left it says nothing about her.
    pulls(own_centre, "nurse1", "A1", "dee")
    sightings = who_saw("ann")[1]
    held = {one["login"]: one for one in sightings if one["what"] == "held"}
    assert held["nurse1"]["last_at"] <= held["nurse2"]["first_at"]
    assert [one["times"] for one in sightings if one["what"] == "received"] == [1]


def test_a_person_under_part_2_is_answered_for_too(own_centre, who_saw):
    assert ("held", "nurse1", "A1") in told(who_saw("dee")[1])


def test_that_it_was_asked_is_itself_a_sighting(own_centre, who_saw):
    who_saw("ann")
    assert ("who_saw", own_centre.role("auditor_a"), "") in told(who_saw("ann")[1])


def test_other_days_show_nobody(own_centre, who_saw):
    old = TODAY - timedelta(days=900)
    assert who_saw("ann", first=old, last=old) == (0, [])
    assert who_saw("ann", first=TODAY, last=old)[0] == 3


@pytest.mark.parametrize("login", ["auditor_b", "boss_a", "nurse1", "payer_a"])
def test_only_an_auditor_of_the_persons_own_initiative_is_answered(own_centre, who_saw, login):
    before = own_centre.value("SELECT count(*) FROM audit.event")
    code, said = who_saw("ann", login)
    assert code == 3
    assert len(said.strip().splitlines()) == 1
    assert own_centre.value("SELECT count(*) FROM audit.event") == before


def test_an_auditors_one_time_password_is_changed_before_the_first_answer(own_centre, who_saw, monkeypatch):
    made = staffing(own_centre.url).add("auditor_new", "New", "auditor", "Alpha")
    own_centre.passwords["auditor_new"] = made.one_time_password
    assert "COORDINATOR_NEW_PASSWORD" in who_saw("ann", "auditor_new")[1]
    monkeypatch.setenv("COORDINATOR_NEW_PASSWORD", "chosen by the auditor")
    assert who_saw("ann", "auditor_new")[0] == 0
    own_centre.passwords["auditor_new"] = "chosen by the auditor"
    assert who_saw("ann", "auditor_new")[0] == 0


def test_a_revoked_workstation_is_listed_so_and_what_it_sends_waits(own_centre, capsys):
    pulls(own_centre, "nurse1", "A1", "ann")
    assert run(["device", "--url", own_centre.url, "revoke", DEVICE]) == 0
    capsys.readouterr()
    assert run(["device", "--url", own_centre.url, "--json", "list"]) == 0
    listed = json.loads(capsys.readouterr().out)["devices"]
    assert [(one["id"], one["login"], one["state"]) for one in listed] == [(DEVICE, "nurse1", "revoked")]
    assert own_centre.value("SELECT device_id FROM audit.event WHERE kind = 'device_revoked'") == DEVICE
    op = json.dumps([{"op_id": str(uuid.uuid4()), "device_seq": 1, "kind": "note", "payload": "{}"}])
    sent = own_centre.psql("nurse1", f"SELECT sync_v1.push('{DEVICE}', '{op}') -> 0 ->> 'outcome'")
    assert sent.stdout.strip() == "quarantined", sent.stderr


def test_a_workstation_of_another_or_none_is_not_revoked(own_centre, capsys):
    assert run(["device", "--url", own_centre.url, "revoke", str(uuid.uuid4())]) == 3
    assert "no such workstation" in capsys.readouterr().err
    pulls(own_centre, "nurse1", "A1", "ann")
    for login in ("nurse1", "boss_a", "auditor_a", "loader"):
        assert "42501" in own_centre.psql(login, f"SELECT sec.revoke_device('{DEVICE}')").stderr


def test_breaks_in_what_workstations_sent_are_told_to_auditor_and_administrator(own_centre, monkeypatch, capsys):
    at = "audit.event (initiative_id, kind, device_id, login, facts)"
    said = f"'access_chain_broken', gen_random_uuid(), '{own_centre.role('nurse1')}', '{{\"seq\": 2}}'"
    own_centre.value(f"INSERT INTO {at} VALUES ('{own_centre.ids['Alpha']}', {said})")
    words = ["audit", "--url", own_centre.url, "--login", "auditor_a", "--json", "incidents", "--since", "2026-01-01"]
    monkeypatch.setenv("COORDINATOR_PASSWORD", own_centre.passwords["auditor_a"])
    assert run(words) == 1
    (one,) = json.loads(capsys.readouterr().out)["incidents"]
    assert (one["kind"], one["name"], one["facts"]) == ("access_chain_broken", "Nurse1", {"seq": 2})
    for login, seen in (("administrator", "1"), ("auditor_b", "0")):
        asked = own_centre.psql(login, "SELECT count(*) FROM audit.list_incidents('2026-01-01')")
        assert asked.stdout.strip() == seen, login


def test_a_person_is_meant_by_a_number_or_an_id_and_only_within_the_initiative(own_centre):
    own_centre.value(f"UPDATE care.member SET member_number = '77' WHERE id = '{own_centre.ids['ann']}'")
    for said, login, seen in (
        ("77", "auditor_a", "1"),
        (own_centre.ids["ann"], "auditor_a", "1"),
        (own_centre.ids["dee"], "auditor_a", "1"),
        ("77", "auditor_b", "0"),
        ("", "auditor_a", "0"),
    ):
        asked = own_centre.psql(login, f"SELECT count(*) FROM audit.find_member('{said}')")
        assert asked.stdout.strip() == seen, (said, login)
    assert own_centre.psql("nurse1", "SELECT audit.find_member('77')").returncode != 0
