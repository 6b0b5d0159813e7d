"""A peopled centre on each supported server: two initiatives that must never see each other, and everybody's logins."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from sqlalchemy import Column, Table, text

from coordinator_app.bootstrap.central import initiatives, migrating, panels, staffing
from coordinator_app.bootstrap.oversight import emergencies
from coordinator_app.central import passfile
from coordinator_app.central.passfile import password_of
from coordinator_app.storage.central.address import Address, address_of
from coordinator_app.storage.central.engine import open_engine, open_service, transaction, verifier_of
from coordinator_app.storage.tables import PULLED, activity, care, central, org, outreach
from coordinator_app.storage.tables.types import Id

SERVERS = ("server", "server_16", "debian_server")

# Writes the statement that counts the rows of every table.
COUNTS = """
SELECT string_agg(format('SELECT %L AS t, count(*) AS n FROM %s', oid::regclass, oid::regclass),
                  ' UNION ALL ' ORDER BY oid)
  FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
   AND relnamespace::regnamespace::text = ANY ('{care,outreach,activity,org,sec,sync,load,audit}')
"""

RIGHTS = """
SELECT md5(string_agg(concat_ws(' ', oid::regclass, relacl, relowner, relrowsecurity, relforcerowsecurity), ','
                      ORDER BY oid)) FROM pg_class;
SELECT md5(string_agg(p::text, ',' ORDER BY p::text)) FROM pg_policies AS p;
SELECT md5(string_agg(r::text, ',' ORDER BY rolname)) FROM pg_roles AS r WHERE starts_with(rolname, '{prefix}')
"""


@dataclass
class Centre:
    """A migrated database with people and rows; each login's password is known."""

    server: Any
    name: str
    passfile: Any
    passwords: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    copied_from: str = ""

    @property
    def url(self) -> str:
        roles = f"&roles={self.copied_from}" if self.copied_from else ""
        return f"{self.server.url(self.name, self.passfile)}{roles}"

    @property
    def address(self) -> Address:
        return address_of(self.url)

    def role(self, login: str) -> str:
        return login if login == "postgres" else self.address.roles.login(login)

    def engine(self, login: str) -> Any:
        return open_engine(self.address, self.role(login), self.passwords.get(login), may_be_superuser=True)

    def psql(self, login: str, sql: str) -> Any:
        """Run SQL with the real psql as a real login; ids stand in the text as ``{name}``."""
        named = "\\set VERBOSITY sqlstate\n" + self.fill(sql)
        return self.server.psql(named, self.name, self.role(login), self.password(login))

    def password(self, login: str) -> str | None:
        if login in self.passwords:
            return self.passwords[login]
        return password_of(self.passfile, self.address.host, self.address.port, self.name, self.role(login))

    def fill(self, sql: str) -> str:
        for name, value in self.ids.items():
            sql = sql.replace("{" + name + "}", value)
        return sql

    def value(self, sql: str) -> str:
        """Ask as superuser."""
        return str(self.server.sql(self.fill(sql), self.name))

    def state(self) -> str:
        """Return the rows of every table, and who may do what, as one text to compare."""
        return self.value(f"{self.value(COUNTS)} ORDER BY 1; {RIGHTS.format(prefix=self.address.roles.prefix)}")


def migrated(server: Any) -> Centre:
    """Make an empty database on a server and migrate it, as the command does."""
    name = f"test_{uuid.uuid4().hex[:10]}"
    server.sql(f'CREATE DATABASE "{name}" TEMPLATE template0')
    words = server.folder.root / f"{name}.passfile"
    passfile.put(words, passfile.read(server.folder.passfile))
    centre = Centre(server, name, words)
    migrating(centre.url).run()
    return centre


def dropped(centre: Centre) -> None:
    centre.server.sql(f'DROP DATABASE "{centre.name}" WITH (FORCE)')
    centre.passfile.unlink()


def engage(centre: Centre, login: str, role: str, initiative: str, panel: str | None = None) -> None:
    """Make a login and choose a password of its own, as the first enroll does."""
    made = staffing(centre.url).add(login, login.title(), role, initiative, panel)
    chosen = f"chosen by {login}"
    with transaction(open_engine(centre.address, made.role_name, made.one_time_password)) as connection:
        verifier = verifier_of(connection, made.role_name, chosen)
        connection.execute(text("SELECT sec.change_password(:v)"), {"v": verifier})
    centre.passwords[login] = chosen


def peopled(centre: Centre) -> Centre:
    """Fill a migrated centre: two initiatives, their staff, and rows in every table about a member."""
    ids = centre.ids
    for initiative, held in (("Alpha", ("A1", "A2")), ("Beta", ("B1",))):
        ids[initiative] = initiatives(centre.url).create(initiative, "America/New_York", "US-MA", "08:00-17:00").id
        for panel in held:
            ids[panel] = panels(centre.url).create(panel, initiative).id
    for login, role, initiative, panel in (
        ("nurse1", "coordinator", "Alpha", "A1"),
        ("nurse2", "coordinator", "Alpha", "A2"),
        ("spare", "coordinator", "Alpha", None),
        ("boss_a", "supervisor", "Alpha", None),
        ("payer_a", "case_manager", "Alpha", None),
        ("auditor_a", "auditor", "Alpha", None),
        ("nurse_b", "coordinator", "Beta", "B1"),
        ("boss_b", "supervisor", "Beta", None),
        ("payer_b", "case_manager", "Beta", None),
        ("auditor_b", "auditor", "Beta", None),
    ):
        engage(centre, login, role, initiative, panel)
    newcomer = staffing(centre.url).add("newcomer", "New Comer", "coordinator", "Alpha", "A1")
    centre.passwords["newcomer"] = newcomer.one_time_password
    engage(centre, "leaver", "coordinator", "Alpha", "A1")
    staffing(centre.url).disable("leaver")
    _let_in(centre, "locum")
    _let_in(centre, "locum_before")
    # An hour that is over: the rest of the story is the same.
    centre.value(
        "UPDATE sec.staff_panel SET valid = tstzrange(now() - interval '2 hours', now() - interval '1 hour') "
        "WHERE kind = 'emergency' AND staff_id = (SELECT id FROM sec.staff WHERE login = 'locum_before')"
    )
    for member, initiative, panel in (("ann", "Alpha", "A1"), ("bob", "Alpha", "A2"), ("cy", "Beta", "B1")):
        ids[member] = str(uuid.uuid4())
        _give_rows(centre, member, initiative, panel)
    # A second person of panel A1, under 42 CFR Part 2, shared and covered like the first.
    ids["dee"] = str(uuid.uuid4())
    _give_rows(centre, "dee", "Alpha", "A1", sensitivity=2)
    return centre


def _let_in(centre: Centre, login: str) -> None:
    """Open panel A2 to a coordinator without one, as in an emergency."""
    engage(centre, login, "coordinator", "Alpha")
    emergencies(centre.url).open(login, "A2", 12, "the nurse of this panel was taken ill")


def _give_rows(centre: Centre, member: str, initiative: str, panel: str, sensitivity: int = 0) -> None:
    """Let the loader and the evaluator write what is theirs, and put acts in as the superuser."""
    ids = centre.ids
    home = {"panel_id": ids[panel], "initiative_id": ids[initiative], "sensitivity": sensitivity}
    with transaction(open_service(centre.address, "loader")) as loader:
        loader.execute(care.member.insert(), [_row(care.member, id=ids[member], family=f"CANARY{member}", **home)])
        for table in PULLED[1:8]:
            loader.execute(table.insert(), [_row(table, member_id=ids[member], **home)])
        sharing = central.sharing
        loader.execute(sharing.insert(), [_row(sharing, member_id=ids[member], **home)])
        identity = {"initiative_id": ids[initiative], "source": "payer", "source_id": member, "member_id": ids[member]}
        loader.execute(central.identity.insert(), [identity])
        batch = {"initiative_id": ids[initiative], "source": member, "format": "fhir-r4"}
        loader.execute(central.batch.insert(), [batch])
        reference = {"initiative_id": ids[initiative], "kind": "program", "key": member, "content": {}}
        loader.execute(org.reference.insert(), [reference])
    with transaction(open_service(centre.address, "evaluator")) as evaluator:
        evaluator.execute(outreach.reason.insert(), [_row(outreach.reason, member_id=ids[member], **home)])
    with transaction(centre.engine("postgres")) as superuser:
        for table in (*PULLED[9:], activity.letter_file):
            superuser.execute(table.insert(), [_row(table, member_id=ids[member], **home)])


def _row(table: Table, **known: Any) -> dict[str, Any]:
    """Return the least a table takes."""
    needed = (
        column
        for column in table.columns
        if not column.nullable and column.server_default is None and column.name not in known
    )
    return {column.name: _filler(column) for column in needed} | {k: v for k, v in known.items() if k in table.columns}


def _filler(column: Column[Any]) -> Any:
    if isinstance(column.type, Id):
        return str(uuid.uuid4())
    kind = column.type.python_type if not hasattr(column.type, "impl") else column.type.__class__.__name__
    from datetime import UTC, date, datetime

    fillers = {"Instant": datetime(2026, 3, 2, 15, tzinfo=UTC), "Json": [], date: date(2026, 1, 5), int: 1, bytes: b"x"}
    return fillers.get(kind, "CANARY")


@pytest.fixture(scope="session", params=SERVERS)
def centre(request: pytest.FixtureRequest) -> Iterator[Centre]:
    """A peopled centre, the same for all tests that leave no trace in it, on each server in turn."""
    made = peopled(migrated(request.getfixturevalue(request.param)))
    yield made
    dropped(made)


@pytest.fixture(scope="session")
def pattern(server: Any) -> Iterator[Centre]:
    """A peopled centre that is only copied."""
    made = peopled(migrated(server))
    yield made
    dropped(made)


@pytest.fixture
def own_centre(pattern: Centre) -> Iterator[Centre]:
    """A peopled centre of one test, which may change it: a copy that keeps the names of the pattern's roles."""
    name = f"test_{uuid.uuid4().hex[:10]}"
    pattern.server.sql(f'CREATE DATABASE "{name}" TEMPLATE "{pattern.name}"')
    words = pattern.passfile.with_name(f"{name}.passfile")
    passfile.put(words, [replace(entry, database="*") for entry in passfile.read(pattern.passfile)])
    made = replace(pattern, name=name, passfile=words, copied_from=pattern.name)
    yield made
    dropped(made)


@pytest.fixture(params=SERVERS)
def empty_centre(request: pytest.FixtureRequest) -> Iterator[Centre]:
    """A migrated database without people, on each server in turn, of one test."""
    made = migrated(request.getfixturevalue(request.param))
    yield made
    dropped(made)
