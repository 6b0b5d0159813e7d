"""What travels and what is remembered of it: change feed, workstations, op ledger, audit."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import CHAR

from coordinator_app.storage.tables.central_columns import TransactionNumber, instant_now, single_row
from coordinator_app.storage.tables.central_org import of_staff
from coordinator_app.storage.tables.registry import central_only, required_text
from coordinator_app.storage.tables.types import Id, Instant, Json

change = Table(
    "change",
    central_only,
    Column("panel_id", Id, nullable=False),
    Column("txid", TransactionNumber, nullable=False, server_default=text("pg_current_xact_id()")),
    Column("member_id", Id, nullable=False),
    Column("tbl", SmallInteger, nullable=False),
    # U changed, D deleted, E entered the panel, L left it.
    Column("op", CHAR(1), nullable=False),
    # Only chooses the month's partition; no reader orders or filters by it.
    instant_now("at"),
    Index("ix_change_panel_id_txid", "panel_id", "txid", postgresql_include=["member_id", "tbl", "op"]),
    schema="sync",
    postgresql_partition_by="RANGE (at)",
)

device = Table(
    "device",
    central_only,
    Column("id", Id, primary_key=True),
    Column("staff_id", Id, nullable=False),
    required_text("label"),
    required_text("state", "active"),
    required_text("app_version"),
    Column("last_seq", BigInteger, nullable=False, server_default=text("0")),
    required_text("last_hash"),
    instant_now("enrolled_at"),
    Column("last_seen_at", Instant),
    Index("ix_device_staff_id", "staff_id"),
    of_staff("device"),
    schema="sync",
)

op = Table(
    "op",
    central_only,
    Column("op_id", Id, primary_key=True),
    Column("device_id", Id, nullable=False),
    Column("device_seq", BigInteger, nullable=False),
    Column("staff_id", Id, nullable=False),
    Column("panel_id", Id),
    Column("member_id", Id),
    Column("kind", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("result", Json),
    # Kept while somebody still has to decide about it.
    Column("payload", Json),
    Column("proto", SmallInteger, nullable=False, server_default=text("1")),
    Column("authored_at", Instant),
    Column("skew_ms", BigInteger),
    Column("depends_on", Id),
    required_text("prev_hash"),
    required_text("hash"),
    instant_now("received_at"),
    Column("txid", TransactionNumber, nullable=False, server_default=text("pg_current_xact_id()")),
    UniqueConstraint("device_id", "device_seq"),
    Index("ix_op_member_id", "member_id"),
    ForeignKeyConstraint(["device_id"], [device.c.id], name="fk_op_device"),
    schema="sync",
)

epoch = single_row(
    "epoch",
    "sync",
    Column("feed_epoch", Integer, nullable=False, server_default=text("1")),
    instant_now("since"),
)

event = Table(
    "event",
    central_only,
    Column("id", Id, nullable=False, server_default=text("gen_random_uuid()")),
    Column("at", Instant, nullable=False, server_default=text("clock_timestamp()")),
    Column("txid", TransactionNumber, nullable=False, server_default=text("pg_current_xact_id()")),
    Column("login", Text, nullable=False, server_default=text("SESSION_USER")),
    Column("initiative_id", Id),
    Column("kind", Text, nullable=False),
    required_text("table_name"),
    required_text("row_key"),
    Column("member_id", Id),
    Column("panel_id", Id),
    Column("device_id", Id),
    # For a change: column -> [before, after]; for an access: what was asked.
    Column("facts", Json),
    Index("ix_event_member_id", "member_id", "at"),
    Index("ix_event_initiative_id_at", "initiative_id", "at"),
    schema="audit",
    postgresql_partition_by="RANGE (at)",
)
