"""Access in an emergency: one panel, some hours, a reason, seen by those who watch; it ends by itself.

Taken away one at a time, each of these made a test fail: the bounds of the hours, the end, the note in the audit.
"""

import json

import pytest

from coordinator_app.bootstrap.central import run

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
