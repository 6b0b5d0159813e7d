"""A real centre with panels of people, and desks with real encrypted stores that speak to it."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import Connection

from coordinator_app.central import passfile
from coordinator_app.domain.ids import InitiativeId, new_id
from coordinator_app.domain.organization import NewStaff
from coordinator_app.storage.central.address import Address, address_of
from coordinator_app.storage.central.administration import Administration
from coordinator_app.storage.central.engine import open_service
from coordinator_app.storage.central.hub import CentralHub
from coordinator_app.storage.central.schema import CentralSchema
from coordinator_app.storage.local import profile
from coordinator_app.storage.local.arrival import Arrival
from coordinator_app.storage.local.book import Bookkeeping, Saved
from coordinator_app.storage.local.desk import StoreDesk
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.local.upgrade import bring_up_to_date
from coordinator_app.sync.exchange import Exchange, Received
from tests.conftest import DatabaseForTests, MakeDatabase, ServerForTests

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = "sync_template"


@pytest.fixture(scope="session")
def template(server: ServerForTests) -> str:
    """A migrated database to copy; its roles serve the copies."""
    lay_template(server)
    return TEMPLATE


def lay_template(server: ServerForTests) -> None:
    """Migrate the database whose copies tests work on."""
    server.sql(f'CREATE DATABASE "{TEMPLATE}"')
    passwords = server.folder.root / f"{TEMPLATE}.passfile"
    passfile.put(passwords, passfile.read(server.folder.passfile))

    def keep(known: dict[str, str]) -> None:
        passfile.put(passwords, [passfile.Entry("127.0.0.1", login, word) for login, word in known.items()])

    address = address_of(server.url(TEMPLATE, passwords))
    schema = CentralSchema(address, ROOT / "migrations" / "central")
    superuser = passfile.read(server.folder.passfile)[0].login
    schema.lay_and_upgrade(superuser, {}, keep, passfile.new_password, server.folder.local_key.read_bytes())  # type: ignore[arg-type]


@dataclass
class Centre:
    """One database with an initiative; tests put in people by SQL, as the loader would."""

    database: DatabaseForTests
    initiative: str
    logins: dict[str, str] = field(default_factory=dict)
    made: int = 0

    def sql(self, statement: str) -> str:
        return self.database.sql(statement)

    @property
    def address(self) -> Address:
        return replace(address_of(self.database.enroll_url), prefix=TEMPLATE)

    def panel(self, name: str) -> str:
        panel = new_id()
        self.sql(f"INSERT INTO org.panel (id, initiative_id, name) VALUES ('{panel}', '{self.initiative}', '{name}')")
        return panel

    @property
    def service_address(self) -> Address:
        """Where services come in, with the passwords the template's migration made."""
        passwords = self.database.server.folder.root / f"{TEMPLATE}.passfile"
        return replace(address_of(self.database.server.url(self.database.name, passwords)), prefix=TEMPLATE)

    def staff(self, login: str, role: str, *panels: str, must_change: bool = False) -> str:
        """Make a login, by default one whose password is changed already, and return the person's id."""
        password = passfile.new_password()
        self.logins[login] = password
        administration = Administration(open_service(self.service_address, "administrator"))
        administration.add_staff(NewStaff(login, login.title(), role, InitiativeId(self.initiative), None), password)
        person = self.sql(
            f"UPDATE sec.staff SET must_change = {must_change} WHERE login = '{login}';"
            f"SELECT id FROM sec.staff WHERE login = '{login}'"
        )
        for panel in panels:
            self.hold(person, panel)
        return person

    def hold(self, person: str, panel: str) -> None:
        self.sql(
            "INSERT INTO sec.staff_panel (staff_id, panel_id, valid)"
            f" VALUES ('{person}', '{panel}', tstzrange(now(), NULL))"
        )

    def people(self, panel: str, count: int, *, facts: int = 3) -> list[str]:
        """Put people into a panel, each with a number, some facts and every third with a reason; return their ids."""
        members = [new_id() for _ in range(count)]
        listed = ",".join(f"('{member}'::uuid, {self.made + n})" for n, member in enumerate(members))
        self.made += count
        self.sql(
            f"""
            CREATE TEMP TABLE fresh AS SELECT * FROM (VALUES {listed}) AS v (id, n);
            INSERT INTO care.member (id, panel_id, initiative_id, person_key, member_number, family, given, birth_date)
            SELECT id, '{panel}', '{self.initiative}', gen_random_uuid(), 'DEMO-' || n, 'Canary' || n, 'Ana',
                   date '1950-01-01' + n::int FROM fresh;
            INSERT INTO care.contact_point (id, member_id, panel_id, value, known_at)
            SELECT gen_random_uuid(), id, '{panel}', '413-555-01' || lpad((n % 100)::text, 2, '0'), now() FROM fresh;
            INSERT INTO care.fact (id, member_id, panel_id, kind, code, display, starts_on, starts_at, reasons, source)
            SELECT gen_random_uuid(), id, '{panel}', 'condition', 'E11.9', 'Type 2 diabetes ' || k, '2026-10-01',
                   '2026-10-01 12:34:56.789012+00', '[["icd10cm", "E11.9"]]', 'demo'
              FROM fresh CROSS JOIN generate_series(1, {facts}) AS k;
            INSERT INTO outreach.reason (id, member_id, panel_id, kind, rule, sentence, arguments, opens_on, due_on,
                                         severity, evidence, actions)
            SELECT gen_random_uuid(), id, '{panel}', 'discharge', 'discharge', 'discharge.home', '{{}}', '2026-11-20',
                   date '2026-11-20' + (n % 5)::int, 50, '[]', '[]' FROM fresh WHERE n % 3 = 0;
            DROP TABLE fresh
            """
        )
        return members

    def move(self, member: str, panel: str) -> None:
        self.sql(f"UPDATE care.member SET panel_id = '{panel}' WHERE id = '{member}'")


@pytest.fixture
def centre(template: str, fresh_database: MakeDatabase) -> Centre:
    return new_centre(fresh_database(template=template))


def new_centre(database: DatabaseForTests) -> Centre:
    """Give a fresh copy of the template an initiative."""
    initiative = new_id()
    database.sql(f"INSERT INTO org.initiative (id, name) VALUES ('{initiative}', 'demo')")
    return Centre(database, initiative)


@dataclass
class DeskForTests:
    """One nurse's workstation without a window."""

    centre: Centre
    login: str
    person: str
    path: Path
    key: bytes
    address: Address
    ranked: list[tuple[str, ...]] = field(default_factory=list)
    compared: int = 0
    moment: datetime | None = None

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        self.store = Store(self.path, self.key)
        arrival = Arrival(self._rank, lambda _: None, self._compare_names)
        self.side = StoreDesk(self.store, arrival, self.now)
        password = self.centre.logins[self.login]
        self.hub = CentralHub(self.address, lambda: (self.login, password), app="test", schema_rev="0001")
        self.exchange = Exchange(self.hub, self.side, self.now, monotonic)

    def now(self) -> datetime:
        return self.moment or datetime.now(UTC)

    def _rank(self, connection: Connection, members: object) -> None:
        assert connection.in_transaction()
        self.ranked.append(tuple(members))  # type: ignore[call-overload]

    def _compare_names(self, connection: Connection) -> None:
        assert connection.in_transaction()
        self.compared += 1

    def sync(self) -> Received:
        return self.exchange.round()

    def call(self, member: str, outcome: str = "reached", **more: object) -> Saved:
        with Bookkeeping(self.store, self.now, self._rank).open_book() as book:
            book.add("contact", {"member_id": member, "outcome": outcome, "note": "she said", **more})
            book.send("call", member)
            return book.commit()

    def act(self, table: str, row: dict[str, object]) -> str:
        with Bookkeeping(self.store, self.now, self._rank).open_book() as book:
            made = book.add(table, row)
            book.send(table, str(row["member_id"]))
            book.commit()
        return made

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        with self.store.reading() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement)]

    def held(self) -> set[str]:
        return {str(row[0]) for row in self.sql("SELECT id FROM member")}

    def close(self) -> None:
        self.store.close()


MakeDesk = Callable[..., DeskForTests]


@pytest.fixture(scope="session")
def blank_store(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """An empty store to copy, and its key."""
    path, key = tmp_path_factory.mktemp("blank") / "store.db", os.urandom(32)
    bring_up_to_date(path, key, ROOT / "migrations" / "local")
    return path.read_bytes(), key


@pytest.fixture
def desk_of(centre: Centre, tmp_path: Path, blank_store: tuple[bytes, bytes]) -> Iterator[MakeDesk]:
    made: list[DeskForTests] = []

    def make(login: str, person: str, address: Address | None = None) -> DeskForTests:
        path, key = tmp_path / f"{login}-{len(made)}.db", blank_store[1]
        path.write_bytes(blank_store[0])
        store = Store(path, key)
        with store.saving() as connection:
            facts = {profile.PERSON: person, profile.DEVICE: new_id(), profile.LOGIN: login}
            profile.write(connection, facts)
            connection.commit()
        store.close()
        made.append(DeskForTests(centre, login, person, path, key, address or centre.address))
        return made[-1]

    yield make
    for desk in made:
        desk.close()
