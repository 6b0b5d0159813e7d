"""A profile as `enroll` and `sync` leave it, held on a Tuesday, and the commands as they are typed."""

import json
import shutil
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from coordinator_app.bootstrap import workstation
from coordinator_app.bootstrap.desk import build_desk
from coordinator_app.storage.local import profile
from coordinator_app.storage.local.keys import Cost, KeySlots
from coordinator_app.workstation.paths import ProfilePaths
from tests.ui.screens.sample_people import INITIATIVE, TODAY, people
from tests.ui.screens.sample_store import Sample

PASSPHRASE = "a passphrase of the tests"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


@dataclass(frozen=True)
class Answer:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def facts(self) -> dict[str, Any]:
        told = json.loads(self.out)
        assert isinstance(told, dict)
        return told


Coordinator = Callable[..., Answer]


@pytest.fixture(scope="session")
def made_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "profile"
    paths = ProfilePaths(folder)
    paths.make()
    sample = Sample(folder, KeySlots(paths.slots, time.time, CHEAP).make(PASSPHRASE, None))
    with sample.store.saving() as connection:
        [initiative] = profile.read(connection, profile.INITIATIVES)
        profile.write(connection, {profile.INITIATIVES: [{**initiative, "frozen_on": TODAY.isoformat()}]})
        profile.write(connection, {profile.SERVER: "postgresql+psycopg://127.0.0.1:5432/care?keyfile=/none"})
        connection.commit()
    assert initiative["id"] == INITIATIVE
    sample.fill(build_desk(sample.store), people())
    sample.close()
    return folder


@pytest.fixture
def profile_folder(made_profile: Path, tmp_path: Path) -> Path:
    """A copy of its own for each test."""
    return Path(shutil.copytree(made_profile, tmp_path / "profile"))


def run(*words: str, passphrase: str = PASSPHRASE) -> Answer:
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setenv("COORDINATOR_PASSPHRASE", passphrase)
        try:
            code = workstation.run(words)
        except SystemExit as left:
            code = int(left.code or 0)
    return Answer(code, out.getvalue(), err.getvalue())


@pytest.fixture
def coordinator(profile_folder: Path) -> Coordinator:
    """Run a command on the profile with --json: coordinator("queue", "--limit", "3")."""

    def command(word: str, *words: str, as_json: bool = True) -> Answer:
        more = ("--json",) if as_json else ()
        return run(word, "--profile", str(profile_folder), *words, *more)

    return command
