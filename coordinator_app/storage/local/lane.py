"""One writer at a time, a nurse's save before the next page."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class WriteLane:
    """Gives turns: whoever asks as first goes before all others that wait, and waits for the one under way."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._is_taken = False
        self._firsts_waiting = 0

    @contextmanager
    def turn(self, *, first: bool) -> Iterator[None]:
        """Wait for the lane, hold it, give it back."""
        with self._changed:
            self._firsts_waiting += first
            try:
                self._changed.wait_for(lambda: not self._is_taken and (first or not self._firsts_waiting))
                self._is_taken = True
            finally:
                self._firsts_waiting -= first
        try:
            yield
        finally:
            with self._changed:
                self._is_taken = False
                self._changed.notify_all()
