"""One start or stop of a server at a time; the lock ends with the process that holds it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coordinator_app.domain.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _hold(descriptor: int) -> None:
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError:  # the system gives up after ten seconds, we do not
                continue
            return
else:
    import fcntl

    def _hold(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until nobody else holds the lock at `path`, then hold it; Trouble if the file is not ours to open."""
    try:
        file = path.open("a+b")
    except OSError as error:
        raise Trouble("not_yours", f"{path.parent} belongs to somebody else or cannot be written.") from error
    with file:
        _hold(file.fileno())
        yield
