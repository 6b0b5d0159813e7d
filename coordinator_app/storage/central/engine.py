"""Connections to the central database, and its errors in words that never quote a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from coordinator_app.domain.trouble import Refusal, Trouble

if TYPE_CHECKING:
    from coordinator_app.storage.central.address import Address

OWN_REFUSAL = "CC001"
"""The SQLSTATE by which our functions refuse; the message is then a code word of ours, never a value."""

_REFUSALS: Mapping[str, str] = {
    "no_such_initiative": "There is no such initiative, or it is not yours.",
    "initiative_taken": "An initiative of this name exists.",
    "bound_to_one_initiative": "This administrator serves one initiative and can make no other.",
    "no_such_panel": "There is no such panel, or it is not yours.",
    "panel_taken": "The initiative has a panel of this name.",
    "no_such_staff": "There is no such login, or it is disabled or not yours.",
    "role_holds_no_panel": "Only coordinators and supervisors hold panels.",
    "other_initiative": "This person works in another initiative than the panel.",
    "no_such_member": "One of these people is unknown, or belongs to another initiative than the panel; nobody was moved.",
    "login_taken": "This login is taken.",
    "bad_login": "A login is 1 to 31 small letters, digits, dots, dashes or underscores, and begins with a letter.",
    "bad_role": "A role is coordinator, supervisor, case_manager or auditor.",
    "not_a_case_manager": "Only a payer's case manager may ask this.",
}


def open_engine(address: Address, login: str, password: str | None = None, *, name: str = "coordinator") -> Engine:
    """Return an engine that connects as ``login``, one connection for each use; nothing is opened yet."""
    told = address.arguments(login, password)

    def connect() -> psycopg.Connection:
        opened = psycopg.connect(**told, application_name=name, connect_timeout=10)  # type: ignore[arg-type]
        opened.execute("SET TIME ZONE 'UTC'")
        opened.commit()
        return opened

    return create_engine("postgresql+psycopg://", creator=connect, poolclass=NullPool, hide_parameters=True)


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction; a database error leaves as Refusal or Trouble, without the driver's words."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise failure_of(error) from None


def failure_of(error: DBAPIError) -> Refusal | Trouble:
    """Say what a database error means; only its SQLSTATE and type are told, for its words may quote a patient."""
    cause = error.orig
    state = getattr(cause, "sqlstate", None)
    if state == OWN_REFUSAL and isinstance(cause, psycopg.Error):
        code = cause.diag.message_primary or "refused"
        return Refusal(code, _REFUSALS.get(code, "The central database refuses this."))
    if state == "42501":
        return Refusal("not_allowed", "Your rights at the central database do not reach this.")
    if state is not None:
        return Trouble("server_error", f"The central database answered {state} ({type(cause).__name__}).")
    words = str(cause)
    if "password authentication failed" in words or "no password supplied" in words:
        return Refusal("wrong_password", "The central server does not accept this login and password.")
    if "is not permitted to log in" in words or "does not exist" in words:
        return Refusal("no_such_login", "The central server knows no such login or database, or it is disabled.")
    if "certificate" in words or "SSL" in words:
        return Trouble("not_trusted", "The server's certificate is not the one that was expected; nothing was sent.")
    return Trouble("no_server", "The central server does not answer. Is it started, and is the address right?")


def verifier_of(connection: Connection, login: str, password: str) -> str:
    """Return what a server checks a password by (SCRAM-SHA-256), so that the words never travel in a statement."""
    return _driver(connection).pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()


def run_script(connection: Connection, sql: str) -> None:
    """Run several statements in one trip, inside the connection's transaction; a ``%`` is just a ``%``."""
    _driver(connection).execute(sql.encode())


def _driver(connection: Connection) -> psycopg.Connection:
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError("not a psycopg connection")
    return driver
