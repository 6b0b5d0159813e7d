"""A migrated centre for tests that load, populate and judge through the real commands."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from coordinator_app.bootstrap import central
from coordinator_app.central import passfile

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@dataclass(frozen=True)
class Commanded:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def facts(self) -> dict[str, Any]:
        return json.loads(self.out)


@dataclass(frozen=True)
class LoadedCentre:
    """A migrated database that is spoken to by commands and asked by SQL as superuser."""

    server: Any
    name: str
    passfile: Path
    capsys: Any = None

    @property
    def url(self) -> str:
        return self.server.url(self.name, self.passfile)

    def sql(self, statement: str) -> str:
        return self.server.sql(statement, self.name)

    def number(self, statement: str) -> int:
        return int(self.sql(statement))


@pytest.fixture(scope="module")
def centre(server) -> Iterator[LoadedCentre]:
    name = f"test_{uuid.uuid4().hex[:10]}"
    server.sql(f'CREATE DATABASE "{name}" TEMPLATE template0')
    words = server.folder.root / f"{name}.passfile"
    passfile.put(words, passfile.read(server.folder.passfile))
    made = LoadedCentre(server, name, words)
    central.migrating(made.url).run()
    yield made
    server.sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    words.unlink()


@pytest.fixture
def command(centre, capsys):
    """Run a command of coordinator-central against the centre; ``--url`` and ``--json`` are put in."""

    def run(word: str, *arguments: object) -> Commanded:
        capsys.readouterr()
        code = central.run([word, "--url", centre.url, "--json", *map(str, arguments)])
        said = capsys.readouterr()
        return Commanded(code, said.out, said.err)

    return run


@pytest.fixture
def initiative(command):
    """Make an initiative of one test's own."""
    name = f"i{uuid.uuid4().hex[:8]}"
    assert command("initiative", "create", name).code == 0
    return name


@pytest.fixture(scope="session")
def public_data() -> Path:
    """Return the folder of public test data, which not every checkout has beside it."""
    if not DATA.is_dir():
        pytest.skip(f"no public data in {DATA.parent.name}/{DATA.name} beside the checkout")
    return DATA
