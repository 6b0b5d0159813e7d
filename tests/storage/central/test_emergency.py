"""Access in an emergency: one panel, some hours, a reason, seen by those who watch; it ends by itself.

Taken away one at a time, each of these made a test fail: the bounds of the hours, the end, the note in the audit,
the look at who is a supervisor before a workstation is told.
"""

import json
import uuid
from datetime import UTC, datetime

import pytest

from coordinator_app.bootstrap.central import run
from coordinator_app.services.emergency_notice import emergencies_of
from coordinator_app.storage.central.kept_hub import KeptHub

pytestmark = pytest.mark.server

SEEN = "SELECT count(*) FROM care.member WHERE id = '{ann}'"
WHY = "nurse1 fell ill at noon"


def opened(centre, *words, login="nurse2", panel="A1", why=WHY):
    return run(["emergency", "--url", centre.url, "open", login, "--panel", panel, "--why", why, *words])


def rows(centre, login, sql):
    done = centre.psql(login, sql)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_panel_opens_is_noted_and_listed_for_those_who_watch(own_centre, capsys):
    assert rows(own_centre, "nurse2", SEEN) == "0"
    assert opened(own_centre, "--hours", "2") == 0
    assert rows(own_centre, "nurse2", SEEN) == "1"
    noted = (
        "SELECT login || ' ' || (facts ->> 'why') FROM audit.event WHERE kind = 'emergency' ORDER BY at DESC LIMIT 1"
    )
    assert own_centre.value(noted) == f"{own_centre.role('administrator')} {WHY}"
    capsys.readouterr()
    assert run(["emergency", "--url", own_centre.url, "--json", "list"]) == 0
    listed, *before = json.loads(capsys.readouterr().out)["emergencies"]
    assert {one["login"] for one in before} == {"locum", "locum_before"}
    assert (listed["login"], listed["panel"], listed["why"]) == ("nurse2", "A1", WHY)
    for watcher in ("boss_a", "auditor_a"):
        assert rows(own_centre, watcher, "SELECT why FROM sec.list_emergencies() LIMIT 1") == WHY
    assert rows(own_centre, "boss_b", "SELECT why FROM sec.list_emergencies()") == ""


def test_it_ends_by_itself(own_centre):
    assert opened(own_centre, "--hours", "1") == 0
    # As if it had been opened two hours ago.
    earlier = "tstzrange(lower(valid) - interval '2 hours', upper(valid) - interval '2 hours')"
    own_centre.value(f"UPDATE sec.staff_panel SET valid = {earlier} WHERE kind = 'emergency'")
    assert rows(own_centre, "nurse2", SEEN) == "0"
    assert opened(own_centre, "--hours", "1") == 0, "and can be opened again"


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ("--hours", "13")},
        {"words": ("--hours", "0")},
        {"why": "because"},
        {"login": "nurse1"},
        {"login": "nurse_b"},
        {"login": "payer_a"},
        {"login": "leaver"},
        {"login": "nobody"},
    ],
)
def test_what_is_too_long_without_reason_or_for_somebody_else_is_refused(own_centre, wrong):
    held = own_centre.value("SELECT count(*) FROM sec.staff_panel")
    asked = dict(wrong)
    assert opened(own_centre, *asked.pop("words", ()), **asked) == 3
    assert own_centre.value("SELECT count(*) FROM sec.staff_panel") == held


@pytest.mark.parametrize("login", ["nurse2", "boss_a", "auditor_a", "payer_a", "loader", "evaluator"])
def test_nobody_opens_it_to_herself(own_centre, login):
    asked = f"SELECT sec.open_emergency('nurse2', '{{A1}}', 1, '{WHY}')"
    assert "42501" in own_centre.psql(login, asked).stderr


def heard_at_a_workstation(centre, login):
    """Say hello as the program does, and return the facts its store would keep."""
    kept = {}
    hub = KeptHub(
        centre.address, lambda: (centre.role(login), centre.passwords[login]), kept.update, app="test", schema_rev=""
    )
    with hub.session() as session:
        session.hello(str(uuid.uuid4()))
    return kept["emergencies"]


def test_a_supervisors_workstation_hears_of_it_and_nobody_elses(own_centre):
    own_centre.value("DELETE FROM sec.staff_panel WHERE kind = 'emergency'")
    assert opened(own_centre, "--hours", "2") == 0
    [told] = heard_at_a_workstation(own_centre, "boss_a")
    assert (told["login"], told["name"], told["panel"], told["why"]) == ("nurse2", "Nurse2", "A1", WHY)
    assert emergencies_of({"emergencies": [told]}, datetime.now(UTC))[0].is_running
    for other in ("nurse1", "nurse2", "spare", "nurse_b", "boss_b"):
        assert heard_at_a_workstation(own_centre, other) == [], other
    # Nor by asking for the workstation of a supervisor.
    device = own_centre.value(
        "SELECT d.id FROM sync.device AS d JOIN sec.staff AS s ON s.id = d.staff_id WHERE s.login = 'boss_a' LIMIT 1"
    )
    for other in ("nurse2", "boss_b"):
        assert rows(own_centre, other, f"SELECT sync_v1.keeping('{device}')") == ""
    for other in ("payer_a", "auditor_a"):
        assert own_centre.psql(other, f"SELECT sync_v1.keeping('{device}')").returncode != 0


def test_a_supervisor_hears_of_it_for_seven_days(own_centre):
    own_centre.value("DELETE FROM sec.staff_panel WHERE kind = 'emergency'")
    assert opened(own_centre, "--hours", "2") == 0

    def let_pass(time):
        earlier = f"tstzrange(lower(valid) - interval '{time}', upper(valid) - interval '{time}')"
        own_centre.value(f"UPDATE sec.staff_panel SET valid = {earlier} WHERE kind = 'emergency'")

    let_pass("6 days 23 hours")
    [told] = heard_at_a_workstation(own_centre, "boss_a")
    [noticed] = emergencies_of({"emergencies": [told]}, datetime.now(UTC))
    assert not noticed.is_running
    let_pass("2 hours")
    assert heard_at_a_workstation(own_centre, "boss_a") == []
