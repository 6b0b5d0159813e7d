"""What a workstation says to the centre at its end, and asks when its keyring is gone; each call is a connection."""

import json
from collections.abc import Mapping
from typing import Any

from coordinator_app.storage.central.address import Address
from coordinator_app.storage.central.conversation import SILENT_SECONDS, connected, patience, prove


class CentralCustody:
    """The centre at one address, for one workstation."""

    def __init__(self, address: Address, device: str) -> None:
        self._address, self._device = address, device

    def receipt(self, login: str, password: str, told: Mapping[str, Any]) -> None:
        """Say that the store was emptied, in counts. Refusal: ``no_wipe_ordered``."""
        self._ask(login, password, "SELECT sync_v1.wiped(%s, %s::jsonb)", json.dumps(dict(told)))

    def slot_secret(self, login: str, password: str) -> bytes:
        """Return the centre's half of slot C. Refusal: ``no_slot_secret`` for a workstation that was revoked."""
        return bytes.fromhex(self._ask(login, password, "SELECT sync_v1.slot_secret(%s)"))

    def _ask(self, login: str, password: str, sql: str, *more: str) -> str:
        with connected(self._address, login, password) as driver:
            prove(driver, self._address)
            with patience(driver, SILENT_SECONDS):
                row = driver.execute(sql, (self._device, *more)).fetchone()
        return str(row[0]) if row is not None else ""
