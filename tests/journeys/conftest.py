"""One centre with two panels of 300 people each, two nurses and a supervisor, behind a cable one can pull."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import DatabaseForTests
from tests.journeys.at_work import Workstation, run
from tests.journeys.tcp_proxy import Cable

TODAY = date(2026, 11, 24)
PANEL = 300


@dataclass(frozen=True)
class Clinic:
    """The whole scene."""

    database: DatabaseForTests
    cable: Cable
    ana: Workstation
    bea: Workstation
    joan: Workstation

    def sql(self, statement: str) -> list[str]:
        """Return rows of the centre."""
        return [line for line in self.database.sql(statement).splitlines() if line]

    def central(self, word: str, *words: str, code: int = 0) -> dict[str, object]:
        """Run a command of the centre."""
        return run("coordinator-central", word, "--url", self.database.url, *words, code=code)


@pytest.fixture
def clinic(fresh_database: Callable[..., DatabaseForTests], tmp_path: Path) -> Iterator[Clinic]:
    """Make people, panels, logins and workstations by the commands as typed."""
    database = fresh_database()

    def central(word: str, *words: str) -> dict[str, object]:
        return run("coordinator-central", word, "--url", database.url, *words)

    central("migrate")
    central("populate", "--people", str(2 * PANEL + 60), "--seed", "5", "--as-of", TODAY.isoformat())
    central("evaluate", "--as-of", TODAY.isoformat(), "--all")
    members = database.sql("SELECT id FROM care.member ORDER BY member_number").splitlines()
    for name, held in (("North", members[:PANEL]), ("South", members[PANEL : 2 * PANEL])):
        central("panel", "create", name)
        central("panel", "move", name, *held)
    with Cable(database.server.port) as cable:
        server = database.enroll_url.replace(f":{database.server.port}/", f":{cable.port}/")

        def join(login: str, name: str, role: str, *more: str) -> Workstation:
            made = central("staff", "add", login, "--name", name, "--role", role, *more)
            return Workstation.enrolled(tmp_path / login, login, str(made["one_time_password"]), server)

        people = (
            join("ana", "Ana Ruiz, RN", "coordinator", "--panel", "North"),
            join("bea", "Bea Novak, RN", "coordinator", "--panel", "South"),
            join("joan", "Joan Ellis", "supervisor"),
        )
        try:
            yield Clinic(database, cable, *people)
        finally:
            for window in (each for person in people for each in person.windows):
                window.abandon()


def discharge(member_number: str, folder: Path) -> Path:
    """Write a FHIR R4 file with one unplanned stay for heart failure that ended yesterday."""
    stay = {
        "resourceType": "Encounter",
        "id": "stay-of-the-morning",
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
        "priority": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActPriority", "code": "EM"}]},
        "subject": {"reference": f"Patient/{member_number}"},
        "period": {"start": "2026-11-06T09:00:00-05:00", "end": "2026-11-23T14:00:00-05:00"},
        "reasonCode": [{"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I50.23"}]}],
        "hospitalization": {
            "dischargeDisposition": {
                "coding": [{"system": "http://terminology.hl7.org/CodeSystem/discharge-disposition", "code": "home"}]
            }
        },
    }
    file = folder / "encounter.ndjson"
    file.write_text(json.dumps(stay) + "\n", encoding="utf-8")
    return file
