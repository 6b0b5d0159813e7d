"""One number per member, the same on both sides when both hold the same rows in the same versions (sync 4.4)."""

import hashlib
from collections.abc import Mapping
from typing import Any

from coordinator_app.storage.tables.wire import tables_of


def of_panel(driver: Any, panel_id: str, depth: str) -> Mapping[str, int]:
    """Return for each member of a panel the sum of 48 bits of md5(id:version) over all rows the centre has seen."""
    driver.create_function("row_digest", 2, _row_digest, deterministic=True)
    parts = " UNION ALL ".join(
        f"SELECT {'id' if table.name == 'member' else 'member_id'} AS m, row_digest(id, row_version) AS d "
        f"FROM {table.name} WHERE panel_id = :panel AND row_version > 0"
        for table in tables_of(depth)
    )
    return dict(driver.execute(f"SELECT m, sum(d) FROM ({parts}) GROUP BY m", {"panel": panel_id}).fetchall())


def _row_digest(row_id: str, version: int) -> int:
    # md5 is a checksum here, and PostgreSQL has it without an extension.
    return int(hashlib.md5(f"{row_id}:{version}".encode(), usedforsecurity=False).hexdigest()[:12], 16)
