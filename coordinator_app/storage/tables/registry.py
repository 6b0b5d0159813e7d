"""One registry for all tables, with one naming convention, and the columns every member's row carries."""

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, MetaData, SmallInteger, Table, Text, text
from sqlalchemy.schema import SchemaItem

from coordinator_app.storage.tables.types import Id, Instant

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

shared = MetaData(naming_convention=NAMING)
"""Tables both sides have; on SQLite the schema names fall away."""

central_only = MetaData(naming_convention=NAMING)
"""Tables of the centre alone."""

local_only = MetaData(naming_convention=NAMING)
"""Tables of one workstation alone."""

LOCAL_SCHEMAS = dict.fromkeys(("care", "outreach", "activity", "org"))
"""The ``schema_translate_map`` of the local engine."""


def member_table(schema: str, name: str, *items: SchemaItem) -> Table:
    """Define a table of rows about one member.

    ``(member_id, panel_id)`` follows the member by a cascading key, so a row can never be left behind in another
    panel (sync 4.2); ``row_version`` is counted by the centre and is 0 for what it has not seen yet.
    """
    return Table(
        name,
        shared,
        Column("id", Id, primary_key=True),
        Column("member_id", Id, nullable=False),
        Column("panel_id", Id, nullable=False),
        *items,
        Column("sensitivity", SmallInteger, nullable=False, server_default=text("0")),
        Column("row_version", BigInteger, nullable=False, server_default=text("0")),
        ForeignKeyConstraint(
            ["member_id", "panel_id"],
            ["care.member.id", "care.member.panel_id"],
            onupdate="CASCADE",
            name=f"fk_{name}_member",
        ),
        Index(f"ix_{name}_member_id", "member_id"),
        schema=schema,
    )


def act_table(name: str, *items: SchemaItem) -> Table:
    """Define a table of acts: added, never changed; the author's times are claims, ``received_at`` is the centre's."""
    return member_table(
        "activity",
        name,
        Column("author_id", Id, nullable=False),
        Column("occurred_at", Instant, nullable=False),
        Column("recorded_at", Instant, nullable=False),
        Column("received_at", Instant),
        Column("op_id", Id),
        Column("device_id", Id),
        *items,
    )


def required_text(name: str, default: str = "") -> Column[Any]:
    """Return a text column that is never null; nothing said is the empty text."""
    return Column(name, Text, nullable=False, server_default=text(f"'{default}'"))
