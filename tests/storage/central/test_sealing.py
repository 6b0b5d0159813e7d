"""The audit sealed in blocks: nothing is left out, nothing altered goes unseen, and only the administrator seals.

Taken away one at a time, each of these made a test fail: sealing only below the oldest transaction under way, comparing
rows, the chain, the heads kept elsewhere, looking at the server's count, the grant to the administrator alone, ending
only sessions of ours.
"""

import json
import os
import signal
import subprocess
import sys

import pytest

from coordinator_app.bootstrap.central import run
from coordinator_app.bootstrap.oversight import housekeeping, upkeep
from coordinator_app.storage.central.engine import transaction

pytestmark = pytest.mark.server

# What an owner can do who is not stopped by triggers and row security of his own tables.
AS_OWNER = """
BEGIN; SET LOCAL ROLE {owner}; ALTER TABLE audit.event NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit.event DISABLE TRIGGER USER; ALTER TABLE audit.seal NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit.seal DISABLE TRIGGER USER; {act};
ALTER TABLE audit.seal ENABLE TRIGGER USER; ALTER TABLE audit.seal FORCE ROW LEVEL SECURITY;
ALTER TABLE audit.event ENABLE TRIGGER USER; ALTER TABLE audit.event FORCE ROW LEVEL SECURITY; COMMIT;
"""


def as_owner(centre, act):
    return centre.value(AS_OWNER.format(owner=centre.address.roles.owner, act=act))


def note(centre, what):
    centre.value(f"SELECT audit.record('{what}', NULL, NULL, '{{Alpha}}', NULL, NULL)")


def kept_once(centre, capsys, *words):
    capsys.readouterr()
    code = run(["upkeep", "--url", centre.url, "--once", "--json", *words])
    return code, json.loads(capsys.readouterr().out)


def test_a_round_seals_every_row_and_the_next_only_what_came_after(own_centre, capsys):
    rows = int(own_centre.value("SELECT count(*) FROM audit.event"))
    code, kept = kept_once(own_centre, capsys)
    assert (code, kept["sealed"], kept["unsealed"], kept["blocks"]) == (0, rows, 0, 1)
    note(own_centre, "one_more")
    code, again = kept_once(own_centre, capsys)
    assert (code, again["sealed"], again["blocks"], again["faults"]) == (0, 1, 2, [])
    assert again["head"] != kept["head"]
    assert kept_once(own_centre, capsys)[1]["blocks"] == 2


def test_a_row_of_a_transaction_under_way_waits_and_is_sealed_once_it_ended(own_centre):
    house = housekeeping(own_centre.url)
    with transaction(own_centre.engine("postgres")) as slow:
        slow.exec_driver_sql("SELECT audit.record('slow', NULL, NULL, NULL, NULL, NULL)")
        note(own_centre, "quick")
        house.seal()
    assert house.seal_state().unsealed == 2
    assert house.seal() == 2
    assert house.faults() == []


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE audit.event SET login = 'somebody_else' WHERE kind = 'marked'",
        "UPDATE audit.event SET at = at + interval '1 microsecond' WHERE kind = 'marked'",
        "DELETE FROM audit.event WHERE kind = 'marked'",
        "INSERT INTO audit.event (kind, txid) SELECT 'slipped_in', txid FROM audit.event WHERE kind = 'marked'",
    ],
)
def test_a_row_an_owner_altered_is_found_by_the_next_round(own_centre, capsys, act):
    house = housekeeping(own_centre.url)
    house.seal()
    note(own_centre, "marked")
    assert kept_once(own_centre, capsys)[0] == 0
    as_owner(own_centre, act)
    code, kept = kept_once(own_centre, capsys)
    assert code == 1
    assert kept["faults"] == [{"block": 2, "fault": "events"}]


def test_a_block_taken_out_of_the_chain_is_found(own_centre, capsys):
    house = housekeeping(own_centre.url)
    for what in ("first", "second", "third"):
        note(own_centre, what)
        house.seal()
    as_owner(own_centre, "DELETE FROM audit.event WHERE kind = 'second'; DELETE FROM audit.seal WHERE number = 2")
    code, kept = kept_once(own_centre, capsys)
    assert (code, kept["faults"]) == (1, [{"block": 3, "fault": "chain"}])


def test_a_chain_rewritten_as_a_whole_is_found_by_the_heads_kept_elsewhere(own_centre, capsys, tmp_path, monkeypatch):
    heads = tmp_path / "heads"
    note(own_centre, "marked")
    assert kept_once(own_centre, capsys, "--heads", str(heads))[0] == 0
    assert heads.read_text().split()[0] == "1"
    as_owner(own_centre, "DELETE FROM audit.event WHERE kind = 'marked'; DELETE FROM audit.seal")
    assert kept_once(own_centre, capsys)[0] == 0, "within the database alone all is well"

    def verify(*words):
        monkeypatch.setenv("COORDINATOR_PASSWORD", own_centre.passwords["auditor_a"])
        capsys.readouterr()
        asked = ["audit", "--url", own_centre.url, "--login", "auditor_a", "verify", "--json", *words]
        return run(asked), json.loads(capsys.readouterr().out)

    assert verify()[0] == 0
    code, said = verify("--heads", str(heads))
    assert (code, said["faults"], said["compared"]) == (1, [{"block": 1, "fault": "head"}], 1)


def test_a_server_younger_than_its_seals_is_refused_with_a_sentence(own_centre, capsys):
    house = housekeeping(own_centre.url)
    house.seal()
    as_owner(own_centre, "UPDATE audit.seal SET ends = '4000000000'")
    assert run(["upkeep", "--url", own_centre.url, "--once"]) == 3
    assert "ahead of this server" in capsys.readouterr().err


@pytest.mark.parametrize("login", ["nurse1", "boss_a", "payer_a", "auditor_a", "loader", "evaluator"])
def test_nobody_but_the_administrator_seals(own_centre, login):
    done = own_centre.psql(login, "SELECT audit.seal_events()")
    assert done.returncode != 0
    assert "42501" in done.stderr


@pytest.mark.parametrize("login", ["nurse1", "boss_a", "payer_a", "loader", "evaluator"])
def test_who_neither_audits_nor_administers_reads_no_seal(own_centre, login):
    for asked in ("SELECT * FROM audit.seal", "SELECT * FROM audit.list_seals(0)", "SELECT * FROM audit.seal_state()"):
        assert "42501" in own_centre.psql(login, asked).stderr


def test_an_idle_transaction_of_ours_is_ended_and_no_other(own_centre):
    idle, of_another = own_centre.engine("nurse1").connect(), own_centre.engine("postgres").connect()
    idle.exec_driver_sql("SELECT 1")
    of_another.exec_driver_sql("SELECT 1")
    assert upkeep(own_centre.url).run().idle_ended == 0, "one just opened is left in peace"
    assert own_centre.value("SELECT roles.end_idle(0)") == own_centre.role("nurse1")
    with pytest.raises(Exception, match=r"terminat|clos|lost"):
        idle.exec_driver_sql("SELECT 1")
    idle.invalidate()
    idle.close()
    assert of_another.exec_driver_sql("SELECT 2").scalar() == 2
    of_another.close()
    assert own_centre.value("SELECT count(*) FROM roles.end_idle(0)") == "0"


def test_months_past_their_term_are_named_and_stay(own_centre, capsys):
    as_owner(
        own_centre,
        "CREATE TABLE audit.event_2001_02 PARTITION OF audit.event FOR VALUES FROM ('2001-02-01') TO ('2001-03-01');"
        "ALTER TABLE audit.event_2001_02 ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
    )
    kept = kept_once(own_centre, capsys)[1]
    assert kept["outlived"] == [{"kind": "audit", "months": 72, "part": "audit.event_2001_02"}]
    assert own_centre.value("SELECT to_regclass('audit.event_2001_02') IS NULL") == "f"


def test_as_a_service_it_seals_by_itself_and_ends_when_told(own_centre):
    note(own_centre, "waits_for_the_service")
    words = [
        "-c",
        "from coordinator_app.__main__ import central_main; central_main()",
        "upkeep",
        "--url",
        own_centre.url,
    ]
    serving = subprocess.Popen(
        [sys.executable, "-u", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    try:
        assert serving.stdout.readline().startswith("Sealed ")
        assert serving.stdout.readline().startswith("head 1 ")
    finally:
        serving.send_signal(signal.SIGTERM)
        _, said = serving.communicate(timeout=20)
    assert (serving.returncode, said) == (0, "")
    assert housekeeping(own_centre.url).seal_state().unsealed == 0
