"""The one connection of a load: what is staged lives in it, and a short transaction at a time is spoken on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.errors import DeadlockDetected, ForeignKeyViolation, SerializationFailure
from sqlalchemy import Engine

from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.central.errors import failure_of

MOVED_MEANWHILE = "moved_meanwhile"
"""The Trouble after which the same work may be tried again."""


class LoadingSession:
    """A session as the loader's login, opened when it is first spoken on."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._driver: psycopg.Connection[Any] | None = None

    @property
    def is_open(self) -> bool:
        """Whether something was said and the server has not hung up."""
        return self._driver is not None and not self._driver.closed

    @contextmanager
    def speaking(self) -> Iterator[psycopg.Connection[Any]]:
        """Give the session for one transaction. Trouble: ``MOVED_MEANWHILE``, or as ``failure_of`` tells."""
        try:
            driver = self._connected()
            with driver.transaction():
                yield driver
        except (ForeignKeyViolation, DeadlockDetected, SerializationFailure):
            raise Trouble(MOVED_MEANWHILE, "People were moved while their facts were written; try again.") from None
        except psycopg.Error as error:
            raise failure_of(error) from None

    def close(self) -> None:
        """End the session; its temporary tables are gone with it."""
        if self._driver is not None:
            self._driver.close()
            self._driver = None

    def _connected(self) -> psycopg.Connection[Any]:
        if self._driver is None:
            pooled = self._engine.raw_connection()
            driver = pooled.driver_connection
            pooled.detach()
            if not isinstance(driver, psycopg.Connection):
                raise TypeError("not a psycopg connection")
            driver.autocommit = True
            self._driver = driver
        return self._driver
