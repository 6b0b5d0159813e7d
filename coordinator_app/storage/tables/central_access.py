"""How far the centre has taken each workstation's log of what was looked at."""

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Table, text

from coordinator_app.storage.tables.central_feed import device
from coordinator_app.storage.tables.registry import central_only, required_text
from coordinator_app.storage.tables.types import Id

access_chain = Table(
    "access_chain",
    central_only,
    Column("device_id", Id, primary_key=True),
    Column("last_seq", BigInteger, nullable=False, server_default=text("0")),
    required_text("last_hash"),
    ForeignKeyConstraint(["device_id"], [device.c.id], name="fk_access_chain_device"),
    schema="sync",
)
