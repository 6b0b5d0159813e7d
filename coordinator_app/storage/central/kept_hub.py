"""The centre, with what it orders of a workstation beside what it says of patients (sync 4.12)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from typing_extensions import override

from coordinator_app.domain.travel import Hello
from coordinator_app.storage.central.address import Address
from coordinator_app.storage.central.conversation import SILENT_SECONDS, Driver, patience
from coordinator_app.storage.central.hub import CentralHub, CentralSession, Credentials

Learn = Callable[[Mapping[str, Any]], None]
"""Keeps facts of the profile; told at each hello, mostly what is known already."""


class KeptHub(CentralHub):
    """A centre whose orders are heard: to be emptied, to read no more; and what it tells beside hello."""

    def __init__(self, address: Address, credentials: Credentials, learn: Learn, *, app: str, schema_rev: str) -> None:
        super().__init__(address, credentials, app=app, schema_rev=schema_rev)
        self._learn = learn

    @override
    def _conversation(self, driver: Driver) -> CentralSession:
        return KeptSession(driver, self._address, self._app, self._schema_rev, self._learn)


class KeptSession(CentralSession):
    """One conversation, which ends after sending where nothing may be read any more."""

    def __init__(self, driver: Driver, address: Address, app: str, schema_rev: str, learn: Learn) -> None:
        super().__init__(driver, address, app, schema_rev)
        self._learn = learn

    @override
    def hello(self, device_id: str) -> Hello:
        # It proves the centre first; what follows is believed.
        said = super().hello(device_id)
        with patience(self._driver, SILENT_SECONDS):
            row = self._driver.execute("SELECT sync_v1.keeping(%s)", (device_id,)).fetchone()
        told: Mapping[str, Any] = row[0] if row is not None and row[0] is not None else {}
        must_wipe = bool(told.get("wipe"))
        # Always told, so that the list goes from a workstation whose person watches over nobody any more.
        facts = {
            "device_state": said.device_state,
            "wipe_ordered": must_wipe,
            "emergencies": told.get("emergencies") or [],
        }
        if told.get("seal_key"):
            facts["seal_key"] = told["seal_key"]
        self._learn(facts)
        return replace(said, may_pull=said.may_pull and not must_wipe and said.device_state != "revoked")
