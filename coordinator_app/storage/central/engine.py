"""Connections to the central database."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from coordinator_app.domain.trouble import Refusal
from coordinator_app.storage.central.address import Address
from coordinator_app.storage.central.errors import failure_of


def open_engine(
    address: Address,
    login: str,
    password: str | None = None,
    *,
    name: str = "coordinator",
    may_be_superuser: bool = False,
) -> Engine:
    """Return an engine that connects as ``login``, one connection for each use; nothing is opened yet.

    A superuser is refused unless that is said, for row security would not bind it (ruling 1).
    """
    told = address.arguments(login, password)

    def connect() -> psycopg.Connection:
        opened = psycopg.connect(**told, application_name=name, connect_timeout=10)  # type: ignore[arg-type]
        if not may_be_superuser and opened.pgconn.parameter_status(b"is_superuser") == b"on":
            opened.close()
            raise Refusal("superuser", "This command does not work as a superuser; row security would not bind it.")
        opened.execute("SET TIME ZONE 'UTC'")
        opened.commit()
        return opened

    return create_engine("postgresql+psycopg://", creator=connect, poolclass=NullPool, hide_parameters=True)


def open_service(address: Address, kind: str) -> Engine:
    """Return an engine for a service, ``loader``, ``evaluator`` or ``administrator``, by the passfile's password."""
    return open_engine(address, address.roles.service(kind), name=f"coordinator-central {kind}")


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction; a database error leaves as Refusal or Trouble, without the driver's words."""
    try:
        with engine.begin() as connection:
            yield connection
    except (DBAPIError, psycopg.Error) as error:
        raise failure_of(error) from None


def verifier_of(connection: Connection, login: str, password: str) -> str:
    """Return what a server checks a password by (SCRAM-SHA-256), so that the words never travel in a statement."""
    return driver_of(connection).pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()


def run_script(connection: Connection, sql: str) -> None:
    """Run several statements in one trip, inside the connection's transaction; a ``%`` is just a ``%``."""
    driver_of(connection).execute(sql.encode())


def driver_of(connection: Connection) -> psycopg.Connection:
    """Return the driver's own connection, inside the transaction of ``connection``."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError("not a psycopg connection")
    return driver
