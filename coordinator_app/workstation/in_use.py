"""One window for one profile: the second says so and goes."""

import os
import sys
from pathlib import Path

from coordinator_app.domain.trouble import Refusal


class InUse:
    """Holds a profile until it is released or the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle)
        except OSError:
            os.close(self._handle)
            raise Refusal("in_use", "This profile is open in another window.") from None

    def release(self) -> None:
        """Let the next window have the profile."""
        os.close(self._handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
