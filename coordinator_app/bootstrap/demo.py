"""The demo: a centre of its own, invented people in it, a nurse's and a supervisor's workstation, all in one folder."""

import hashlib
import json
import secrets
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from coordinator_app.domain.trouble import Refusal
from coordinator_app.workstation.resources import migrations_folder, resources_folder

SEED: Final = 24
INITIATIVE: Final = "demo"
ZONE: Final = "America/New_York"
_TELLING: Final = frozenset({".py", ".sql", ".json"})

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody the demo can be."""

    login: str
    name: str
    role: str


NURSE: Final = Role("ana", "Ana Ruiz, RN", "coordinator")
SUPERVISOR: Final = Role("joan", "Joan Ellis", "supervisor")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: how many people, and on which day they live; None is today where the demo is new."""

    people: int = 400
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """A demo that is ready: the folders of its people, the passphrase that opens both, the day it is."""

    folder: Path
    passphrase: str = field(repr=False)
    as_of: date

    def profile(self, who: Role) -> Path:
        """Return the workstation of one of its people."""
        return self.folder / who.login


def usual_folder() -> Path:
    """Return where a demo lives when nobody says."""
    from platformdirs import user_data_path

    return user_data_path("coordinator-demo", appauthor=False)


def prepare(folder: Path, wish: Wish, say: Say = print, *, run_as: str | None = None) -> DemoPlace:
    """Make the demo in ``folder``, or find it there, with its server running. Trouble and Refusal pass.

    ``run_as`` is who runs the server where we are root; not given, it is the usual account.
    """
    from coordinator_app.central import embedded

    known = _known(folder)
    if known is not None and known.made_with != _made_with():
        # Its tables are those of another version of this program: nothing in it could be opened.
        say(f"The demo in {folder} was made by another version of this program. Making it anew...")
        wish = Wish(known.people, wish.as_of or known.as_of) if wish == Wish() else wish
        clear(folder)
        known = None
    if known is not None and (wish.people, wish.as_of or known.as_of) != (known.people, known.as_of):
        raise Refusal(
            "other_demo",
            f"The demo in {folder} has {known.people} people on {known.as_of}; name another folder with --data.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    state = embedded.start(folder / "server", run_as=run_as)
    if known is None:
        known = _made(folder, str(state.url), wish, say)
    passphrase = (folder / "passphrase").read_text(encoding="utf-8").strip()
    place = DemoPlace(folder, passphrase, known.as_of)
    for who in (NURSE, SUPERVISOR):
        _enroll(place, who, str(state.url), str(state.enroll_url), say)
    return place


def tell_roles(place: DemoPlace, say: Say = print) -> None:
    """Say who one is in the demo, and how to be the supervisor."""
    say(
        f"You are {NURSE.name}. To be the supervisor, {SUPERVISOR.name}, run"
        f" `coordinator --profile {place.profile(SUPERVISOR)}` and type the passphrase {place.passphrase}"
    )


def clear(folder: Path) -> None:
    """Stop a demo's server and remove the demo; a folder that holds none is left alone."""
    from coordinator_app.central import embedded

    if (folder / "server").exists():
        embedded.stop(folder / "server")
    if _known(folder) is not None or (folder / "server").exists():
        shutil.rmtree(folder)


@dataclass(frozen=True, slots=True)
class _Known:
    people: int
    as_of: date
    made_with: str = ""


def _known(folder: Path) -> _Known | None:
    note = folder / "demo.json"
    if not note.exists():
        return None
    facts = json.loads(note.read_text(encoding="utf-8"))
    return _Known(int(facts["people"]), date.fromisoformat(facts["as_of"]), str(facts.get("made_with", "")))


def _made_with() -> str:
    """Return what the tables and the people of a demo of this program are made of, as one number."""
    folders = (migrations_folder("central"), migrations_folder("local"), resources_folder() / "demo")
    digest = hashlib.sha256(str(SEED).encode())
    for each in sorted(file for folder in folders for file in folder.rglob("*") if file.suffix in _TELLING):
        digest.update(each.read_bytes())
    return digest.hexdigest()


def _made(folder: Path, url: str, wish: Wish, say: Say) -> _Known:
    """Fill the centre; the note that says so is written last, so a demo cut short is made again."""
    from coordinator_app.bootstrap import central

    central.migrating(url).run()
    known = _Known(wish.people, wish.as_of or datetime.now(UTC).astimezone(ZoneInfo(ZONE)).date(), _made_with())
    say(f"Making {known.people} invented people of {known.as_of}...")
    named = INITIATIVE if any(one.name == INITIATIVE for one in central.initiatives(url).all()) else None
    central.populating(url).run(named, known.people, SEED, known.as_of)
    say("Finding out whom to call...")
    central.evaluating(url).run(INITIATIVE, known.as_of, everybody=True, live=False)
    passphrase = folder / "passphrase"
    passphrase.touch(mode=0o600)
    passphrase.write_text(secrets.token_urlsafe(12), encoding="utf-8")
    facts = {key: str(value) if isinstance(value, date) else value for key, value in asdict(known).items()}
    (folder / "demo.json").write_text(json.dumps(facts), encoding="utf-8")
    return known


def _enroll(place: DemoPlace, who: Role, url: str, enroll_url: str, say: Say) -> None:
    from coordinator_app.bootstrap import central, profiles
    from coordinator_app.bootstrap.desk import build_desk
    from coordinator_app.services.enrolling import Enrollment

    folder = place.profile(who)
    if (folder / "ready").exists():
        return
    staffing = central.staffing(url)
    if any(one.login == who.login for one in staffing.all()):
        password = staffing.reset(who.login)
    else:
        panel = _largest_panel(url) if who is NURSE else None
        password = staffing.add(who.login, who.name, who.role, INITIATIVE, panel).one_time_password
    say(f"Copying the patients of {who.name} to {folder}...")
    asked = Enrollment(enroll_url, who.login, password, place.passphrase, is_passphrase_only=True)
    profiles.enrolling(folder).enroll(asked)
    with closing(profiles.unlock(folder, place.passphrase)) as opened:
        profiles.rounds_of(opened, build_desk(opened.store)).run()
    (folder / "ready").touch()


def _largest_panel(url: str) -> str:
    from coordinator_app.bootstrap import central

    panels = [panel for panel in central.panels(url).all() if not panel.is_unassigned]
    return max(panels, key=lambda panel: panel.members).id
