"""What upkeep leaves behind: sealed blocks of audit, terms, keys for sealed outboxes, what workstations are told."""

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, LargeBinary, Table, Text

from coordinator_app.storage.tables.central_columns import TransactionNumber, instant_now, own_id, tenant
from coordinator_app.storage.tables.central_feed import device
from coordinator_app.storage.tables.central_org import of_initiative
from coordinator_app.storage.tables.registry import central_only, required_text
from coordinator_app.storage.tables.types import Id, Instant, Json

seal = Table(
    "seal",
    central_only,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    # The block holds the rows of the transactions from `starts` up to, without, `ends`.
    Column("starts", TransactionNumber, nullable=False),
    Column("ends", TransactionNumber, nullable=False),
    Column("events", BigInteger, nullable=False),
    Column("first_at", Instant),
    Column("last_at", Instant),
    Column("digest", Text, nullable=False),
    required_text("previous"),
    Column("head", Text, nullable=False),
    instant_now("sealed_at"),
    schema="audit",
)

retention = Table(
    "retention",
    central_only,
    Column("kind", Text, primary_key=True),
    Column("parent", Text, nullable=False),
    Column("months", BigInteger, nullable=False),
    required_text("why"),
    schema="sec",
)

seal_key = Table(
    "seal_key",
    central_only,
    own_id(),
    tenant(),
    # X25519, 32 bytes; the private half is in nobody's database.
    Column("public_key", LargeBinary, nullable=False),
    instant_now("made_at"),
    of_initiative("seal_key"),
    Index("ix_seal_key_initiative_id", "initiative_id", "made_at"),
    schema="sec",
)

device_keeping = Table(
    "device_keeping",
    central_only,
    Column("device_id", Id, primary_key=True),
    # Half of the key that opens this workstation's store without its keyring (slot C).
    Column("slot_secret", LargeBinary),
    Column("wipe_ordered_at", Instant),
    Column("wiped_at", Instant),
    Column("wiped_facts", Json),
    ForeignKeyConstraint(["device_id"], [device.c.id], name="fk_device_keeping_device"),
    schema="sync",
)
