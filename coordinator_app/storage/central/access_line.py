"""How the log of what was looked at goes to the centre."""

from psycopg.types.json import Jsonb

from coordinator_app.domain.access import Unsent
from coordinator_app.storage.central.address import Address
from coordinator_app.storage.central.conversation import SILENT_SECONDS, connected, patience, prove
from coordinator_app.storage.central.hub import Credentials


class AccessLine:
    """Sends entries on a connection of its own: the log may wait, a round may not."""

    def __init__(self, address: Address, credentials: Credentials) -> None:
        self._address, self._credentials = address, credentials

    def send(self, unsent: Unsent) -> int:
        """Send entries in their order and return the number of the last one the centre holds."""
        sent = [
            {"seq": each.seq, "payload": each.payload, "prev_hash": each.prev_hash, "hash": each.hash}
            for each in unsent.entries
        ]
        login, password = self._credentials()
        with connected(self._address, login, password) as driver:
            prove(driver, self._address)
            with patience(driver, SILENT_SECONDS):
                row = driver.execute(
                    "SELECT sync_v1.push_access(%s, %s, %s)", (unsent.device_id, Jsonb(sent), unsent.is_oldest)
                ).fetchone()
        return int(row[0]) if row is not None else 0
