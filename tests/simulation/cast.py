"""Who takes part: one migrated database with people, panels and logins, copied for every seed."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import SimpleNamespace

from coordinator_app.central import passfile
from coordinator_app.domain import ids
from coordinator_app.domain.ids import new_id
from coordinator_app.storage.central.address import Address, address_of
from coordinator_app.storage.central.schema import CentralSchema
from coordinator_app.storage.local.upgrade import bring_up_to_date
from tests.conftest import DatabaseForTests, ServerForTests
from tests.sync.conftest import Centre

ROOT = Path(__file__).resolve().parents[2]
PANELS = {"East": 26, "West": 8, "North": 6, "Nobody": 0}
"""How many people a panel has at first; nobody holds the last. East is large enough for the rule of thirty percent."""
NURSES = 9
SECONDS = 1_000_000_000


@dataclass(frozen=True)
class Person:
    """A login of the cast."""

    login: str
    id: str
    password: str
    is_supervisor: bool


@dataclass(frozen=True)
class Cast:
    """Everything a seed starts from."""

    server: ServerForTests
    name: str
    panels: dict[str, str]
    people: tuple[Person, ...]
    doctors: tuple[str, ...]
    store: bytes
    key: bytes


def make_cast(server: ServerForTests, name: str = "simulation") -> Cast:
    """Lay the schema in a database of this name and put the cast in; the ids are the same in every process."""
    with known_ids(Random(0), lambda: 1_790_000_000 * SECONDS):
        centre = _template(server, name)
        panels = {each: centre.panel(each) for each in PANELS}
        for each, count in PANELS.items():
            if count:
                centre.people(panels[each], count, facts=2)
        people = []
        names = tuple(PANELS)[:3]
        for number in range(NURSES):
            held = {names[number % 3]} | ({"West"} if number % 4 == 3 else set())
            login = f"nurse{number}"
            person = centre.staff(login, "coordinator", *(panels[each] for each in sorted(held)))
            people.append(Person(login, person, centre.logins[login], is_supervisor=False))
        joan = centre.staff("joan", "supervisor")
        people.append(Person("joan", joan, centre.logins["joan"], is_supervisor=True))
        doctors = tuple(new_id() for _ in range(2))
        for doctor in doctors:
            centre.sql(
                "INSERT INTO org.clinician (id, initiative_id, family) "
                f"VALUES ('{doctor}', '{centre.initiative}', 'Doe');"
                f"INSERT INTO org.resource (initiative_id, clinician_id) VALUES ('{centre.initiative}', '{doctor}')"
            )
    key = os.urandom(32)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        bring_up_to_date(path, key, ROOT / "migrations" / "local")
        return Cast(server, name, panels, tuple(people), doctors, path.read_bytes(), key)


class _Template(Centre):
    @property
    def service_address(self) -> Address:
        return address_of(self.database.server.url(self.database.name, self.database.passfile))


def _template(server: ServerForTests, name: str) -> Centre:
    server.sql(f'CREATE DATABASE "{name}"')
    passwords = server.folder.root / f"{name}.passfile"
    passfile.put(passwords, passfile.read(server.folder.passfile))

    def keep(known: dict[str, str]) -> None:
        passfile.put(passwords, [passfile.Entry("127.0.0.1", login, word) for login, word in known.items()])

    schema = CentralSchema(address_of(server.url(name, passwords)), ROOT / "migrations" / "central")
    superuser = passfile.read(server.folder.passfile)[0].login
    key = server.folder.local_key.read_bytes()
    schema.lay_and_upgrade(superuser, {}, keep, passfile.new_password, key)  # type: ignore[arg-type]
    initiative = new_id()
    centre = _Template(DatabaseForTests(server, name, passwords), initiative)
    centre.sql(f"INSERT INTO org.initiative (id, name) VALUES ('{initiative}', 'demo')")
    return centre


@contextmanager
def known_ids(chance: Random, nanoseconds: object) -> Iterator[None]:
    """Have ids made of this chance and this clock, so that the same seed makes the same ones."""
    genuine = ids.os, ids.time
    ids.os, ids.time = SimpleNamespace(urandom=chance.randbytes), SimpleNamespace(time_ns=nanoseconds)  # type: ignore[assignment]
    try:
        yield
    finally:
        ids.os, ids.time = genuine  # type: ignore[assignment]
