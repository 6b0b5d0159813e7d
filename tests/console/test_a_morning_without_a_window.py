"""The commands from an empty database to a supervisor's review, on a real server and real stores."""

import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from coordinator_app.bootstrap import central, workstation
from tests.conftest import DatabaseForTests, MakeDatabase

pytestmark = pytest.mark.server

PASSPHRASE = "a passphrase of the tests"
DAY = "2026-11-24"


def told(run: Callable[[list[str]], int], *words: str, code: int = 0, **environment: str) -> dict[str, Any]:
    """Run a command with --json and return what it said."""
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name, value in environment.items():
            patch.setenv(name, value)
        assert run([*words, "--json"]) == code, err.getvalue()
    said = json.loads(out.getvalue()) if out.getvalue() else {}
    assert isinstance(said, dict)
    return said


@dataclass(frozen=True)
class Site:
    """A centre with people in two panels, and the folder of its workstations."""

    database: DatabaseForTests
    folder: Path

    def centre(self, word: str, *words: str) -> dict[str, Any]:
        return told(central.run, word, "--url", self.database.url, *words)

    def enroll(self, login: str, *words: str) -> None:
        made = self.centre("staff", "add", login, "--name", login.title(), *words)
        place = ("--profile", str(self.folder / login), "--server", self.database.enroll_url, "--login", login)
        password = made["one_time_password"]
        secrets = {"COORDINATOR_PASSWORD": password, "COORDINATOR_PASSPHRASE": PASSPHRASE}
        assert told(workstation.run, "enroll", *place, "--passphrase-only", **secrets)["login"] == login

    def at(self, login: str, word: str, *words: str, code: int = 0) -> dict[str, Any]:
        place = ("--profile", str(self.folder / login))
        return told(workstation.run, word, *place, *words, code=code, COORDINATOR_PASSPHRASE=PASSPHRASE)


@pytest.fixture
def site(fresh_database: MakeDatabase, tmp_path: Path) -> Site:
    made = Site(fresh_database(), tmp_path)
    made.centre("migrate")
    made.centre("populate", "--people", "90", "--seed", "7", "--as-of", DAY)
    made.centre("evaluate")
    panels = [panel for panel in made.centre("panel", "list")["panels"] if not panel["unassigned"]]
    first, second = sorted(panels, key=lambda panel: -panel["members"])[:2]
    made.enroll("ana", "--role", "coordinator", "--panel", first["id"])
    made.enroll("luis", "--role", "coordinator", "--panel", second["id"])
    made.enroll("joan", "--role", "supervisor")
    return made


def test_a_morning_goes_from_the_feed_to_the_review_and_back(site: Site, tmp_path: Path) -> None:
    received = site.at("ana", "sync")
    assert (received["state"], received["panels"][0]["complete"]) == ("online", True)
    assert site.at("ana", "sync")["received_rows"] == 0

    queue = site.at("ana", "queue")
    assert queue["computed_for"] == DAY
    tiers = [item["tier"] for item in queue["items"] if item["state"] == "call_today"]
    assert tiers == sorted(tiers)
    home = [item for item in queue["items"] if item["tier"] == 2]
    first, second, third = [item["member_id"] for item in home[:3]]
    assert home[0]["reasons"][0]["kind"] == "discharge"
    page = site.at("ana", "patient", first)
    assert page["clinician"]
    assert page["care_team"][0]["phone"]

    # The day's work, before anybody else can know of it.
    calls = [
        site.at("ana", "log-call", first, "--outcome", "reached", "--identity", "birth_date,zip", "--note", "better"),
        site.at("ana", "log-call", second, "--outcome", "no_answer"),
        site.at("ana", "log-call", third, "--outcome", "wrong_number"),
    ]
    at = ("--at", "2026-11-27T14:00:00-05:00", "--type", "pcp_after_hospital", "--state", "asked")
    assert not site.at("ana", "book", first, "--with", page["clinician"], *at)["late"]
    site.at("ana", "teach", first, "--topic", "after-hospital", "--result", "said_back")
    letter = site.at("ana", "letter", first, "--program", "diabetes", "--out", str(tmp_path / "letter.pdf"))
    states = {item["member_id"]: item["state"] for item in site.at("ana", "queue")["items"]}
    assert {states[each] for each in (first, second, third)} == {"done_today"}
    assert site.at("ana", "status")["waiting"] == 6

    sent = site.at("ana", "sync")
    assert (sent["sent"], sent["waiting"], sent["outcomes"]) == (6, 0, {"applied": 6})
    assert site.at("ana", "sync")["sent"] == 0
    states = {item["member_id"]: item["state"] for item in site.at("ana", "queue")["items"]}
    assert {states[each] for each in (first, second, third)} == {"done_today"}

    # The other nurse has none of these people, the supervisor sees each call once, at its true time.
    site.at("luis", "sync")
    assert {first, second, third}.isdisjoint(item["member_id"] for item in site.at("luis", "queue")["items"])
    site.at("luis", "patient", first, code=3)
    site.at("joan", "sync")
    seen = [item for item in site.at("joan", "activity")["items"] if item["author"] == "Ana"]
    contacts = [item for item in seen if item["kind"] == "contact"]
    assert [item["id"] for item in contacts] == [call["contact_id"] for call in calls[::-1]]
    assert [item["at"] for item in contacts] == [call["at"] for call in calls[::-1]]
    assert letter["letter_id"] in {item["id"] for item in seen}

    # A record comes back with a comment that its author receives.
    comment = "Which medicines did she pick up?"
    site.at("joan", "review", calls[0]["contact_id"], "--result", "returned", "--comment", comment)
    site.at("ana", "review", calls[0]["contact_id"], "--result", "reviewed", code=3)
    assert site.at("joan", "sync")["sent"] == 1
    site.at("ana", "sync")
    [returned] = [item for item in site.at("ana", "activity")["items"] if item["id"] == calls[0]["contact_id"]]
    assert returned["review"] == {"result": "returned", "comment": comment, "by": "Joan"}
    [(sent_calls, ops)] = [
        tuple(row.split("|")) for row in site.database.sql(
            "SELECT (SELECT count(*) FROM activity.contact AS c JOIN sec.staff AS s ON s.id = c.author_id"
            " WHERE s.login = 'ana'), (SELECT count(*) FROM sync.op WHERE outcome = 'applied')"
        ).splitlines()
    ]  # fmt: skip
    assert (int(sent_calls), int(ops)) == (3, 7)
