"""A standby to read from, where there is one and it has come as far as what the primary just said (sync 4.3)."""

from contextlib import ExitStack
from threading import Event

from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.storage.central.address import Address
from coordinator_app.storage.central.conversation import SILENT_SECONDS, Driver, connected, patience, prove

_PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2)


class Standby:
    """Opened once a conversation, after hello; whatever speaks against it, the primary answers as ever."""

    def __init__(self, address: Address, login: str, password: str, stack: ExitStack) -> None:
        self._address, self._login, self._password, self._stack = address, login, password, stack

    def caught_up(self, device_id: str, seen_at: str) -> Driver | None:
        """Return a connection to read from, None where the standby is away, behind, or of another history.

        It must know the very hello the primary answered at ``seen_at``: then it knows everything any snapshot of the
        primary knew before, in this history and no other, whatever its clock or its log's numbers say.
        """
        try:
            driver = self._stack.enter_context(connected(self._address, self._login, self._password))
            prove(driver, self._address)
            with patience(driver, SILENT_SECONDS):
                for pause in _PAUSES:
                    row = driver.execute("SELECT sync_v1.knows(%s, %s)", (device_id, seen_at)).fetchone()
                    if row is not None and row[0]:
                        return driver
                    # The hello is some milliseconds old, and so is what a healthy standby has not seen yet.
                    Event().wait(pause)
        except (Refusal, Trouble):
            pass
        return None
