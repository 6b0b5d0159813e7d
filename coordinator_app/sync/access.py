"""Sends the log of what was looked at, after a round: in its order, as far as the centre takes it."""

from dataclasses import replace
from typing import Protocol

from coordinator_app.domain.access import Unsent

AT_ONCE = 500


class Log(Protocol):
    """The log as the store keeps it."""

    def waiting(self, limit: int) -> Unsent | None:
        """Return the first unsent entries of a device id; None where all went."""

    def settle(self, device_id: str, upto: int) -> None:
        """Keep that the centre has taken entries up to a number."""

    def unsend(self, device_id: str, after: int) -> None:
        """Have entries sent again that the centre does not hold any more."""


class Line(Protocol):
    """The way to the centre."""

    def send(self, unsent: Unsent) -> int:
        """Send entries and return the number of the last one the centre holds; Trouble("offline")."""


class AccessSending:
    """Nothing is asked of the network while nothing waits."""

    def __init__(self, log: Log, line: Line) -> None:
        self._log, self._line = log, line

    def run(self) -> int:
        """Send all that waits and say how many entries went."""
        count, looked_back = 0, False
        while (unsent := self._log.waiting(AT_ONCE)) is not None:
            # Once is enough: what is not found further back is gone, and the centre is told so.
            taken = self._line.send(replace(unsent, is_oldest=unsent.is_oldest or looked_back))
            first = unsent.entries[0].seq
            if taken < first - 1 and not looked_back:
                self._log.unsend(unsent.device_id, taken)
                looked_back = True
            elif taken < first:
                break
            else:
                self._log.settle(unsent.device_id, taken)
                count += sum(each.seq <= taken for each in unsent.entries)
                looked_back = False
        return count
