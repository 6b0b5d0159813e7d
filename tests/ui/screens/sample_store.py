"""A real encrypted store that holds the sample people, and the desk on it."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert

from coordinator_app.bootstrap.desk import Desk, build_desk
from coordinator_app.storage.local import profile
from coordinator_app.storage.local.arrival import Arrival
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.local.upgrade import bring_up_to_date
from coordinator_app.storage.tables import activity as acts
from coordinator_app.storage.tables import care, local, org, outreach
from tests.ui.screens.sample_people import ANA, DEVICE, INITIATIVE, LUIS, NOW, PANEL, PENA, Person

ROOT = Path(__file__).resolve().parents[3]
RESOURCES = ROOT / "resources"

_TABLES = (
    care.member, care.contact_point, care.contact_profile, care.related_person, care.permission, care.fact,
    outreach.reason, acts.contact, acts.follow_up, acts.teaching,
)  # fmt: skip
_REFERENCE = (
    ("staff", ANA, {"name": "Ana Ruiz", "role": "coordinator"}),
    ("staff", LUIS, {"name": "Luis Moreno", "role": "coordinator"}),
    ("clinician", PENA, {"name": "Dr. Inés Peña", "practice": "Springfield North", "phone": "+14135550110"}),
    ("source", "claims", {"data_as_of": "2026-11-20"}),
    ("source", "hospital", {"data_as_of": "2026-11-24"}),
)


@dataclass
class Sample:
    """An enrolled store, made where there is none yet; the clock stands until a test moves it."""

    folder: Path
    key: bytes = field(default_factory=lambda: os.urandom(32))
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.path = self.folder / "store.db"
        is_new = bring_up_to_date(self.path, self.key, ROOT / "migrations" / "local")
        self.store = Store(self.path, self.key)
        if is_new:
            self._enroll()

    def copy_to(self, folder: Path) -> "Sample":
        """Return a sample on a copy of this one's file; this one is closed."""
        shutil.copy(self.path, folder)
        return Sample(folder, self.key)

    def _enroll(self) -> None:
        with self.store.saving() as connection:
            profile.write(connection, _PROFILE)
            connection.execute(
                insert(local.feed_place).values(
                    panel_id=PANEL, initiative_id=INITIATIVE, name="Springfield", is_complete=True, total=12, as_of=NOW
                )
            )
            connection.commit()

    def desk(self, lang: str = "en") -> Desk:
        return build_desk(self.store, lang=lang, wall=lambda: self.now)

    def fill(self, desk: Desk, who: Iterable[Person]) -> None:
        """Write people as a page of the centre would, with rank and search."""
        everybody = tuple(who)
        with self.store.receiving() as connection:
            connection.execute(
                insert(org.reference).prefix_with("OR REPLACE"),
                [{"initiative_id": INITIATIVE, "kind": k, "key": key, "content": c} for k, key, c in _REFERENCE],
            )
            for table in _TABLES:
                for each in everybody:
                    for row in each.rows.get(table.name, ()):
                        connection.execute(insert(table), row)
            arrival = Arrival(desk.hooks.after_page, desk.hooks.after_bundle, desk.hooks.after_names)
            arrival.derive(connection, [each.id for each in everybody], ["member", "contact_point"])
            arrival.compare_names(connection)
            connection.commit()

    def tell_source(self, source: str, day: str) -> None:
        """Say up to which day a source has told what it knows."""
        with self.store.receiving() as connection:
            put = insert(org.reference).prefix_with("OR REPLACE")
            told = {"initiative_id": INITIATIVE, "kind": "source", "key": source, "content": {"data_as_of": day}}
            connection.execute(put, told)
            connection.commit()

    def close(self) -> None:
        self.store.close()


_PROFILE = {
    profile.PERSON: ANA,
    profile.NAME: "Ana Ruiz, RN",
    profile.ROLE: "coordinator",
    profile.LOGIN: "ana",
    profile.DEVICE: DEVICE,
    profile.SERVER: "postgresql+psycopg://centre.example:5432/care",
    profile.EPOCH: "1",
    profile.INITIATIVES: [
        {
            "id": INITIATIVE, "name": "Springfield", "zone": "America/New_York", "calendar": "US-MA",
            "office": "08:00-17:00", "frozen_on": None,
        }
    ],
}  # fmt: skip
