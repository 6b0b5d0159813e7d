"""Joins the commands of the centre with what does the work; nothing is imported before its command runs."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from coordinator_app.bootstrap import oversight
from coordinator_app.console import (
    audit_commands,
    conformance_command,
    device_commands,
    doctor_commands,
    emergency_commands,
    evaluate_commands,
    initiative_commands,
    load_commands,
    migrate_commands,
    panel_commands,
    populate_commands,
    provision_commands,
    rules_commands,
    server_commands,
    staff_commands,
    upkeep_commands,
)
from coordinator_app.console.central_parser import central_parser, obey
from coordinator_app.console.options import Subparsers

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from coordinator_app.central.conformance.judging import Conformance
    from coordinator_app.central.demo_people.populating import Populating
    from coordinator_app.central.evaluating import Evaluating
    from coordinator_app.central.feeds.loading import Loading
    from coordinator_app.central.migrating import Migrating
    from coordinator_app.central.people import Initiatives, Panels, Staffing
    from coordinator_app.central.rule_precision import RuleAnswers
    from coordinator_app.console.server_commands import EmbeddedServer, ServerState


def run(argv: Sequence[str] | None = None) -> int:
    """Run one command of coordinator-central and return its exit code."""
    return obey(central_parser(_commands()), argv)


def _commands() -> list[Callable[[Subparsers], None]]:
    embedded: EmbeddedServer = _Embedded()
    return [
        partial(server_commands.register, server=embedded),
        partial(migrate_commands.register, migrating=migrating),
        partial(initiative_commands.register, initiatives=initiatives),
        partial(staff_commands.register, staffing=staffing),
        partial(panel_commands.register, panels=panels),
        partial(populate_commands.register, populating=populating),
        partial(load_commands.register, loading=loading),
        partial(evaluate_commands.register, evaluating=evaluating),
        partial(rules_commands.register, rule_answers=rule_answers),
        partial(conformance_command.register, conformance=conformance),
        partial(
            upkeep_commands.register_device,
            workstations=oversight.housekeeping,
            add_verbs=partial(device_commands.add_verbs, keeping=oversight.device_keeping),
        ),
        partial(emergency_commands.register, emergencies=oversight.emergencies),
        partial(doctor_commands.register, doctoring=oversight.doctoring, at_gate=oversight.gate_doctoring),
        partial(upkeep_commands.register, upkeep=oversight.upkeep, serve=oversight.serve),
        partial(audit_commands.register, auditing=oversight.auditing),
        partial(provision_commands.register, provision=oversight.provision),
    ]


class _Embedded:
    """The embedded server, imported when it is asked for something."""

    def start(self, data: "Path", port: int | None = None, run_as: str | None = None) -> "ServerState":
        from coordinator_app.central import embedded

        return embedded.start(data, port, run_as)

    def stop(self, data: "Path", run_as: str | None = None) -> "ServerState":
        from coordinator_app.central import embedded

        return embedded.stop(data, run_as)

    def status(self, data: "Path") -> "ServerState":
        from coordinator_app.central import embedded

        return embedded.status(data)


def migrating(url: str) -> "Migrating":
    """Return the migration of the database at ``url``."""
    from coordinator_app.central.migrating import Migrating, Place
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.schema import CentralSchema
    from coordinator_app.workstation.resources import migrations_folder

    at = address_of(url)
    place = Place(at.host, at.port, at.database, at.passfile, at.local_key, at.is_local)
    return Migrating(CentralSchema(at, migrations_folder("central")), place)


def initiatives(url: str) -> "Initiatives":
    """Return the service for the database at ``url``, working as its administrator."""
    from coordinator_app.central.people import Initiatives
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.administration import Administration
    from coordinator_app.storage.central.engine import open_service

    return Initiatives(Administration(open_service(address_of(url), "administrator")))


def panels(url: str) -> "Panels":
    """Return the service for the database at ``url``, working as its administrator."""
    from coordinator_app.central.people import Initiatives, Panels
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.administration import Administration
    from coordinator_app.storage.central.engine import open_service

    register = Administration(open_service(address_of(url), "administrator"))
    return Panels(register, Initiatives(register))


def staffing(url: str) -> "Staffing":
    """Return the service for the database at ``url``, working as its administrator."""
    from coordinator_app.central.people import Initiatives, Panels, Staffing
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.administration import Administration
    from coordinator_app.storage.central.engine import open_service

    register = Administration(open_service(address_of(url), "administrator"))
    return Staffing(register, Initiatives(register), Panels(register, Initiatives(register)))


def loading(url: str) -> "Loading[Any]":
    """Return the load into the database at ``url``, working as its loader."""
    from datetime import UTC, datetime

    from coordinator_app.central.feeds.loading import Loading
    from coordinator_app.central.feeds.sensitive import SensitiveCodes
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.engine import open_service
    from coordinator_app.storage.central.loader import Loader

    rules = _documents("rules")
    sensitive = SensitiveCodes(rules["sensitive-codes"], rules["drugs"])
    return Loading(Loader(open_service(address_of(url), "loader")), sensitive, lambda: datetime.now(UTC).date())


def evaluating(url: str) -> "Evaluating[Any]":
    """Return the evaluation of the database at ``url``, working as its evaluator."""
    from datetime import UTC, datetime

    from coordinator_app.central.evaluating import Evaluating
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.engine import open_service
    from coordinator_app.storage.central.ledger import Ledger

    store = Ledger(open_service(address_of(url), "evaluator"))
    return Evaluating(store, lambda: _documents("rules"), lambda: datetime.now(UTC))


def rule_answers(url: str) -> "RuleAnswers":
    """Return the count of answers by rule of the database at ``url``, working as its evaluator."""
    from coordinator_app.central.rule_precision import RuleAnswers
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.engine import open_service
    from coordinator_app.storage.central.ledger import Ledger

    return RuleAnswers(Ledger(open_service(address_of(url), "evaluator")))


def populating(url: str) -> "Populating[Any]":
    """Return the maker of invented people for the database at ``url``, as administrator and loader in turn."""
    from datetime import UTC, datetime

    from coordinator_app.central.demo_people.catalogue import Catalogue
    from coordinator_app.central.demo_people.populating import Populating
    from coordinator_app.central.feeds.sensitive import SensitiveCodes
    from coordinator_app.central.people import Initiatives
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.administration import Administration
    from coordinator_app.storage.central.engine import open_service
    from coordinator_app.storage.central.loader import Loader

    at = address_of(url)
    register = Administration(open_service(at, "administrator"))
    store = Loader(open_service(at, "loader"))
    rules = _documents("rules")
    sensitive = SensitiveCodes(rules["sensitive-codes"], rules["drugs"])
    catalogue = Catalogue(_documents("demo"), rules["drugs"], sensitive)
    return Populating(register, Initiatives(register), store, lambda: catalogue, lambda: datetime.now(UTC))


def conformance() -> "Conformance":
    """Return what holds our measures against decks of test patients; it needs no database."""
    from coordinator_app.central.conformance.judging import Conformance
    from coordinator_app.central.feeds.sensitive import SensitiveCodes

    rules = _documents("rules")
    return Conformance(SensitiveCodes(rules["sensitive-codes"], rules["drugs"]))


def _documents(kind: str) -> "dict[str, dict[str, Any]]":
    import json

    from coordinator_app.workstation.resources import resources_folder

    return {file.stem: json.loads(file.read_text("utf-8")) for file in (resources_folder() / kind).glob("*.json")}
