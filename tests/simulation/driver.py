"""A database driver that dies at the n-th statement: by an exception, or with the whole process."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlcipher3 import dbapi2


class Crash(BaseException):
    """The program ended here; nothing after it was run."""


def crash() -> None:
    """End as an exception that nobody catches by mistake."""
    raise Crash


def kill() -> None:
    """End as after kill -9: no handler, no roll-back, no goodbye."""
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Fuse:
    """Counts statements on one store; burns at the ``at``-th, before or after it is run."""

    at: int = 0
    is_after: bool = False
    burn: Callable[[], None] = crash
    seen: int = 0

    def arm(self, at: int, *, is_after: bool = False) -> None:
        """Count from now on."""
        self.at, self.is_after, self.seen = at, is_after, 0

    def disarm(self) -> None:
        """Count without burning."""
        self.at = 0

    def run(self, statement: Callable[[], Any]) -> Any:
        """Run a statement, unless the fuse burns first."""
        self.seen += 1
        mine = self.seen
        if mine == self.at and not self.is_after:
            self.burn()
        result = statement()
        if mine == self.at and self.is_after:
            self.burn()
        return result


class _Cursor(dbapi2.Cursor):
    def execute(self, *words: Any) -> Any:
        return self.connection.fuse.run(lambda: super(_Cursor, self).execute(*words))

    def executemany(self, *words: Any) -> Any:
        return self.connection.fuse.run(lambda: super(_Cursor, self).executemany(*words))


class _Connection(dbapi2.Connection):
    fuse: Fuse

    def cursor(self, *_words: Any) -> Any:
        return super().cursor(_Cursor)

    def execute(self, *words: Any) -> Any:
        return self.cursor().execute(*words)

    def executemany(self, *words: Any) -> Any:
        return self.cursor().executemany(*words)

    def commit(self) -> None:
        # Where no transaction is open the driver does nothing, and neither do we.
        if self.in_transaction:
            self.fuse.run(super().commit)


@dataclass
class Fuses:
    """One fuse for each store, by its path."""

    of: dict[str, Fuse] = field(default_factory=dict)

    def __getitem__(self, path: object) -> Fuse:
        return self.of.setdefault(str(path), Fuse())


@contextmanager
def fused() -> Iterator[Fuses]:
    """Have every store opened meanwhile count its statements."""
    fuses, genuine = Fuses(), dbapi2.connect

    def connect(path: str, **more: Any) -> Any:
        made = genuine(path, factory=_Connection, **more)
        made.fuse = fuses[path]
        return made

    dbapi2.connect = connect
    try:
        yield fuses
    finally:
        dbapi2.connect = genuine
