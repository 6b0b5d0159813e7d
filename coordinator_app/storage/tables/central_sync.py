"""What sync keeps to itself at the centre: the floor of the feed, protocols, how much a workstation may send."""

from sqlalchemy import BigInteger, Column, Date, Table, Text, text

from coordinator_app.storage.tables.central_columns import TransactionNumber, instant_now, single_row
from coordinator_app.storage.tables.registry import central_only, required_text
from coordinator_app.storage.tables.types import Id, Instant

feed_floor = single_row(
    "feed_floor",
    "sync",
    # A cursor whose snapshot begins below it may have missed what was given up; `history` says whose numbers these are.
    Column("floor", TransactionNumber, nullable=False, server_default=text("'0'")),
    required_text("history"),
    Column("closed_upto", Instant),
    instant_now("closed_at"),
)

protocol = Table(
    "protocol",
    central_only,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    # The last day on which it may receive; it may always send. None where no end is planned.
    Column("pull_until", Date),
    schema="sync",
)

allowance = Table(
    "allowance",
    central_only,
    Column("kind", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
    required_text("why"),
    schema="sync",
)

device_day = Table(
    "device_day",
    central_only,
    Column("device_id", Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("ops", BigInteger, nullable=False, server_default=text("0")),
    Column("told_at", Instant),
    schema="sync",
)
