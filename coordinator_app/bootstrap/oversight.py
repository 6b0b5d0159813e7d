"""Joins what watches over the centre: doctor, upkeep, the auditor's questions, provision."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from coordinator_app.central.auditing import Auditing
    from coordinator_app.central.device_keeping import DeviceKeeping
    from coordinator_app.central.doctoring import Doctoring
    from coordinator_app.central.emergencies import Emergencies
    from coordinator_app.central.gate_rules import GateDoctoring
    from coordinator_app.central.upkeep import Upkeep
    from coordinator_app.console.asking import Secrets
    from coordinator_app.console.upkeep_commands import Round
    from coordinator_app.storage.central.upkeep import Housekeeping


def doctoring(url: str, login: str | None) -> "Doctoring":
    """Return the look at the server at ``url``, as its administrator or as another line of the passfile."""
    import json
    from datetime import UTC, datetime

    from coordinator_app.central.doctoring import Doctoring
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.engine import open_engine
    from coordinator_app.storage.central.inspection import Inspection
    from coordinator_app.workstation.resources import resources_folder

    at = address_of(url)
    role = at.roles.service("administrator") if login is None else login
    # A superuser may look: nothing is written, and more of the server is readable.
    engine = open_engine(at, role, name="coordinator-central doctor", may_be_superuser=login is not None)
    floors = json.loads((resources_folder() / "provision" / "server-floors.json").read_text("utf-8"))
    return Doctoring(Inspection(engine, at.roles, is_local=at.is_local), floors["minors"], lambda: datetime.now(UTC))


def gate_doctoring(settings: "Path") -> "GateDoctoring":
    """Return the look at a gatekeeper on this machine; its program is asked for its version where there is one."""
    import json
    import shutil
    import subprocess

    from coordinator_app.central.gate_rules import Gate, GateDoctoring
    from coordinator_app.domain.trouble import Trouble
    from coordinator_app.workstation.resources import resources_folder

    floors = json.loads((resources_folder() / "provision" / "server-floors.json").read_text("utf-8"))

    def gate() -> Gate:
        try:
            text = settings.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise Trouble("no_gate_file", "The settings of the gatekeeper cannot be read.") from None
        program = shutil.which("pgbouncer", path="/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin")
        if program is None:
            return Gate(text, None)
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
        return Gate(text, told.stdout)

    return GateDoctoring(gate, floors["pgbouncer"])


def housekeeping(url: str) -> "Housekeeping":
    """Return what the administrator's login may do at ``url`` to keep it in order."""
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.engine import open_service
    from coordinator_app.storage.central.upkeep import Housekeeping

    return Housekeeping(open_service(address_of(url), "administrator"))


def upkeep(url: str) -> "Upkeep":
    """Return the rounds over the database at ``url``."""
    from datetime import UTC, datetime

    from coordinator_app.central.upkeep import Upkeep

    return Upkeep(housekeeping(url), lambda: datetime.now(UTC))


def serve(each_minute: "Round", each_night: "Round") -> None:
    """Run the rounds by the timetable until SIGTERM or SIGINT; a round under way is finished."""
    import signal
    from datetime import UTC, datetime, timedelta
    from threading import Event

    from coordinator_app.jobs.timetable import Timetable

    told_to_end = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_end.set())
    timetable = Timetable()
    # One lane: the timetable's own thread, on which rounds never overlap.
    timetable.every("upkeep", timedelta(minutes=1), each_minute, lambda work: work())
    timetable.daily("upkeep over all", datetime(2000, 1, 1, 3, 10, tzinfo=UTC), each_night, lambda work: work())
    timetable.start()
    timetable.do_now("upkeep")
    try:
        told_to_end.wait()
    finally:
        timetable.stop()


def auditing(url: str, login: str, secrets: "Secrets") -> "Auditing":
    """Return what answers an auditor at ``url``; a one-time password is changed first, as the first enroll does."""
    from coordinator_app.central.auditing import Auditing
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.auditing import AuditBook
    from coordinator_app.storage.central.door import CentralDoor
    from coordinator_app.storage.central.engine import open_engine

    at = address_of(url)
    password = secrets.ask("COORDINATOR_PASSWORD", "Password at the center")
    door = CentralDoor(url, app="coordinator-central", schema_rev="")
    if door.about_me(login, password).must_change:
        fresh = secrets.ask_twice("COORDINATOR_NEW_PASSWORD", "A password of your own, for the one-time one")
        door.change_password(login, password, fresh)
        password = fresh
    return Auditing(AuditBook(open_engine(at, at.roles.login(login), password, name="coordinator-central auditor")))


def emergencies(url: str) -> "Emergencies":
    """Return what opens access in an emergency at ``url``, as its administrator."""
    from coordinator_app.central.emergencies import Emergencies
    from coordinator_app.central.people import Initiatives, Panels
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.administration import Administration
    from coordinator_app.storage.central.emergencies import EmergencyDoor
    from coordinator_app.storage.central.engine import open_service

    engine = open_service(address_of(url), "administrator")
    register = Administration(engine)
    return Emergencies(EmergencyDoor(engine), Panels(register, Initiatives(register)))


def device_keeping(url: str) -> "DeviceKeeping":
    """Return what ends workstations at ``url``, as its administrator."""
    from coordinator_app.central.device_keeping import DeviceKeeping
    from coordinator_app.central.people import Initiatives
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.administration import Administration
    from coordinator_app.storage.central.engine import open_service
    from coordinator_app.storage.central.keeping import Keeping
    from coordinator_app.storage.sealed import new_pair, unseal

    engine = open_service(address_of(url), "administrator")
    return DeviceKeeping(Keeping(engine), Initiatives(Administration(engine)), new_pair, unseal)


def provision(asked: "Mapping[str, Any]") -> "list[Path]":
    """Write what a server needs, and return the files; what was not asked for has its usual value."""
    from coordinator_app.central.provisioning import Order, Provisioning
    from coordinator_app.workstation.resources import resources_folder

    order = Order(**{**asked, "networks": tuple(asked.get("networks", ()))})
    return Provisioning(resources_folder() / "provision").write(order)
