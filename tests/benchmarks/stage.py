"""A real centre with invented people, and coordinators whose panels have the sizes the figures ask for."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from coordinator_app.bootstrap import central, profiles
from coordinator_app.central import embedded
from coordinator_app.domain.ids import new_id
from coordinator_app.services.enrolling import Enrollment
from coordinator_app.storage.central.address import address_of
from coordinator_app.storage.central.engine import open_service, transaction

if TYPE_CHECKING:
    from coordinator_app.central.evaluating import Evaluating

AS_OF = date(2026, 11, 24)
PASSPHRASE = "a bench and nothing but a bench"
SEED = 7


_TOUCH = """
UPDATE care.fact SET display = :word WHERE id IN (
    SELECT DISTINCT ON (f.member_id) f.id FROM care.fact AS f
      JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM care.member) AS m ON m.id = f.member_id
     WHERE m.n % :one_in = 0 ORDER BY f.member_id, f.id)
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """A running centre and where workstations may be made."""

    folder: Path
    url: str
    enroll_url: str
    port: int

    def people(self, count: int) -> float:
        """Make and load people, judge them, and return the seconds the making and loading took."""
        report = central.populating(self.url).run(None, count, SEED, AS_OF)
        return float(report.as_facts()["seconds"])

    def judge(self) -> None:
        """Find the reasons of everybody."""
        self.judging().run(None, AS_OF, everybody=True, live=False)

    def judging(self) -> "Evaluating[Any]":
        """Return what judges, as a running process holds it."""
        return central.evaluating(self.url)

    def touch(self, one_in: int) -> int:
        """Tell something new of every so manyth person, as a feed does, and return of how many."""
        with transaction(open_service(address_of(self.url), "loader")) as connection:
            told = {"one_in": one_in, "word": new_id()}
            return connection.execute(text(_TOUCH), told).rowcount

    def coordinator(self, login: str, at_least: int) -> tuple[str, int]:
        """Make a login whose panels hold at least so many people; return its one-time password and how many."""
        password = central.staffing(self.url).add(login, login.title(), "coordinator", None, None).one_time_password
        held = 0
        for panel in central.panels(self.url).all():
            if held >= at_least:
                break
            if not panel.is_unassigned and panel.members:
                central.panels(self.url).assign(panel.id, login)
                held += panel.members
        return password, held

    def enroll(self, login: str, password: str) -> Path:
        """Make a workstation and return its folder."""
        folder = self.folder / login
        asked = Enrollment(self.enroll_url, login, password, PASSPHRASE, is_passphrase_only=True)
        profiles.enrolling(folder).enroll(asked)
        return folder


@contextmanager
def stage() -> Iterator[Stage]:
    """Start a centre in a temporary folder and take it down again."""
    folder = Path(tempfile.mkdtemp(prefix="coordinator-bench-"))
    folder.chmod(0o755)
    state = embedded.start(folder / "server")
    try:
        central.migrating(str(state.url)).run()
        yield Stage(folder, str(state.url), str(state.enroll_url), int(state.port or 0))
    finally:
        embedded.stop(folder / "server")
        shutil.rmtree(folder, ignore_errors=True)
