"""coordinator-central's words for people and panels, on a real database, as typed."""

import json
import uuid

import pytest

from coordinator_app.bootstrap.central import run
from coordinator_app.storage.central.address import address_of
from coordinator_app.storage.central.engine import open_engine, open_service, transaction, verifier_of

pytestmark = pytest.mark.server


class Typed:
    """Types commands and keeps what was said."""

    def __init__(self, url, capsys):
        self.url, self._capsys = url, capsys

    def __call__(self, command, *words):
        """Return (exit code, standard output, standard error)."""
        code = run([command, "--url", self.url, *words])
        told = self._capsys.readouterr()
        return code, told.out, told.err

    def json(self, command, *words):
        code, out, err = self(command, "--json", *words)
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def typed(fresh_database, capsys):
    told = Typed(fresh_database().url, capsys)
    assert told("migrate")[0] == 0
    return told


def test_an_initiative_is_made_with_the_usual_zone_calendar_and_hours(typed):
    made = typed.json("initiative", "create", "Baycare")
    assert made == {
        "id": made["id"],
        "name": "Baycare",
        "zone": "America/New_York",
        "calendar": "US-MA",
        "office": "08:00-17:00",
    }
    assert typed.json("initiative", "list") == {"initiatives": [made | {"frozen_on": None}]}
    assert typed("initiative", "create", "Baycare")[0] == 3


@pytest.mark.parametrize(
    "wrong",
    [["--zone", "Mars/Olympus"], ["--office", "17:00-08:00"], ["--office", "8-5"], ["--zone", "../../etc/passwd"]],
)
def test_an_initiative_with_an_impossible_zone_or_day_is_refused(typed, wrong):
    assert typed("initiative", "create", "X", *wrong)[0] == 3
    assert typed.json("initiative", "list") == {"initiatives": []}


def test_with_one_initiative_nobody_need_name_it_and_with_two_one_must(typed):
    typed("initiative", "create", "Alpha")
    assert typed.json("panel", "create", "North")["name"] == "North"
    typed("initiative", "create", "Beta")
    code, _, said = typed("panel", "create", "South")
    assert code == 3
    assert "--initiative" in said
    assert typed.json("panel", "create", "South", "--initiative", "Beta")
    homes = {panel["name"]: panel["initiative"] for panel in typed.json("panel", "list")["panels"]}
    assert (homes["North"], homes["South"]) == ("Alpha", "Beta")


def test_a_login_opens_nothing_until_its_owner_has_chosen_a_password(typed):
    typed("initiative", "create", "Alpha")
    typed("panel", "create", "North")
    made = typed.json("staff", "add", "ana", "--name", "Ana Ruiz", "--role", "coordinator", "--panel", "North")
    assert made["panel"]["name"] == "North"
    address = address_of(typed.url)

    def panels(password):
        with transaction(open_engine(address, made["role_name"], password)) as connection:
            return connection.exec_driver_sql("SELECT sec.my_panels()::text[]").scalar()

    assert panels(made["one_time_password"]) == []
    with transaction(open_engine(address, made["role_name"], made["one_time_password"])) as connection:
        verifier = verifier_of(connection, made["role_name"], "my own")
        connection.exec_driver_sql("SELECT sec.change_password(%s)", (verifier,))
    assert panels("my own") == [made["panel"]["id"]]

    again = typed.json("staff", "reset", "ana")["one_time_password"]
    assert panels(again) == []


def test_a_disabled_login_is_out_at_once_and_stays_on_the_list(typed):
    typed("initiative", "create", "Alpha")
    made = typed.json("staff", "add", "ana", "--name", "Ana Ruiz", "--role", "supervisor")
    engine = open_engine(address_of(typed.url), made["role_name"], made["one_time_password"])
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
        assert typed("staff", "disable", "ana")[0] == 0
        with pytest.raises(Exception, match=r"terminating connection|closed"):
            connection.exec_driver_sql("SELECT 1")
        connection.invalidate()
    listed = typed.json("staff", "list")["staff"]
    assert [(one["login"], one["active"]) for one in listed] == [("ana", False)]


@pytest.mark.parametrize(
    "login", ["Ana", "ana ruiz", "x" * 32, "-ana", 'ana"; DROP ROLE x', "owner", "loader", "cc_person"]
)
def test_a_login_that_cannot_be_one_is_refused(typed, login):
    typed("initiative", "create", "Alpha")
    assert typed("staff", "add", "--name", "X", "--role", "coordinator", "--", login)[0] == 3
    assert typed.json("staff", "list") == {"staff": []}


def test_a_case_manager_holds_no_panel(typed):
    typed("initiative", "create", "Alpha")
    typed("panel", "create", "North")
    add = ("staff", "add", "cm", "--name", "C M", "--role", "case_manager")
    assert typed(*add, "--panel", "North")[0] == 3
    assert typed.json("staff", "list") == {"staff": []}, "a refused login is not half made"
    assert typed(*add)[0] == 0
    assert typed("panel", "assign", "North", "cm")[0] == 3


def test_people_are_moved_into_a_panel_all_or_none(typed):
    home = typed.json("initiative", "create", "Alpha")["id"]
    typed("panel", "create", "North")
    waiting = next(one["id"] for one in typed.json("panel", "list")["panels"] if one["unassigned"])
    members = [str(uuid.uuid4()) for _ in range(3)]
    with transaction(open_service(address_of(typed.url), "loader")) as connection:
        for member in members:
            connection.exec_driver_sql(
                "INSERT INTO care.member (id, panel_id, initiative_id, person_key, birth_date) "
                "VALUES (%s, %s, %s, gen_random_uuid(), '1950-01-01')",
                (member, waiting, home),
            )
    assert typed("panel", "move", "North", members[0], str(uuid.uuid4()))[0] == 3
    assert typed.json("panel", "move", "North", *members[:2]) == {"moved": 2}
    assert typed.json("panel", "move", "North", *members) == {"moved": 1}
    counts = {one["name"]: one["members"] for one in typed.json("panel", "list")["panels"]}
    assert counts == {"Unassigned": 0, "North": 3}


def test_a_wrong_command_line_is_said_before_anything_is_done(typed, capsys):
    for words in (
        ["panel", "--url", typed.url, "move", "North", "no-uuid"],
        ["staff", "--url", typed.url],
        ["panel"],
        [],
    ):
        with pytest.raises(SystemExit) as ended:
            run(words)
        assert ended.value.code == 2
    assert run(["staff", "--url", "postgresql+psycopg://u:secret@127.0.0.1/x", "list"]) == 2
    assert "secret" not in capsys.readouterr().err


def test_before_migrate_each_command_says_what_is_missing(fresh_database, capsys):
    told = Typed(fresh_database().url, capsys)
    code, _, said = told("staff", "list")
    assert code in (3, 4)
    assert len(said.strip().splitlines()) == 1
