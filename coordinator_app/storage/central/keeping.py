"""What an administrator may order of workstations, and bring in of what they sealed; no patient is seen."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, text

from coordinator_app.storage.central.engine import transaction


class Keeping:
    """Each call is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep_seal_key(self, initiative: str, public: bytes) -> None:
        """Name the key to which workstations of an initiative seal from now on."""
        self._one("SELECT sec.keep_seal_key(CAST(:initiative AS uuid), :key)", initiative=initiative, key=public)

    def order_wipe(self, device: str) -> str:
        """Have a workstation empty itself at its next hello; return whose it is."""
        return str(self._one("SELECT sec.order_wipe(CAST(:device AS uuid))", device=device))

    def import_ops(self, device: str, ops: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """Take what a workstation sealed as if it had sent it; return what became of each op, in their order."""
        found: Sequence[Mapping[str, Any]] = self._one(
            "SELECT sec.import_ops(CAST(:device AS uuid), CAST(:ops AS jsonb))",
            device=device,
            ops=json.dumps(list(ops), ensure_ascii=False),
        )
        return found

    def _one(self, sql: str, **asked: Any) -> Any:
        with transaction(self._engine) as connection:
            return connection.execute(text(sql), asked).scalar_one()
