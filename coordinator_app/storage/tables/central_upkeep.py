"""What upkeep leaves behind: blocks of sealed audit rows, and how long things are kept."""

from sqlalchemy import BigInteger, Column, Table, Text

from coordinator_app.storage.tables.central_columns import TransactionNumber, instant_now
from coordinator_app.storage.tables.registry import central_only, required_text
from coordinator_app.storage.tables.types import Instant

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
