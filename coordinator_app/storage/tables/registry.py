"""One registry for all tables, with one naming convention, and the columns every member's row carries."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import SchemaItem
from sqlalchemy.sql.compiler import DDLCompiler

from coordinator_app.storage.tables.types import Id, Instant

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

_LOCAL_KEY = "local_key"

shared = MetaData(naming_convention=NAMING)
"""Tables both sides have; on SQLite the schema names fall away."""

central_only = MetaData(naming_convention=NAMING)
"""Tables of the centre alone."""

local_only = MetaData(naming_convention=NAMING)
"""Tables of one workstation alone."""

LOCAL_SCHEMAS = dict.fromkeys(("care", "outreach", "activity", "org"))
"""The ``schema_translate_map`` of the local engine."""


def member_table(schema: str, name: str, *items: SchemaItem, lies_by_member: bool = False) -> Table:
    """Define a table of rows about one member.

    ``(member_id, panel_id)`` follows the member by a cascading key, so a row can never be left behind in another
    panel (sync 4.2); ``row_version`` is counted by the centre and is 0 for what it has not seen yet.

    On a workstation the rows of a table that ``lies_by_member`` lie in the order of members: a page of a copy then
    writes one stretch of the file instead of a row here and there in all of it, and a chart is read from one place.
    """
    by_member = Index(f"ix_{name}_member_id", "member_id")
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
        by_member.ddl_if(dialect="postgresql") if lies_by_member else by_member,
        schema=schema,
        sqlite_with_rowid=not lies_by_member,
        info={_LOCAL_KEY: ("member_id", "id") if lies_by_member else ("id",)},
    )


def local_key(table: Table) -> tuple[str, ...]:
    """Return the columns of a table's key on a workstation."""
    return tuple(table.info.get(_LOCAL_KEY) or (column.name for column in table.primary_key))


@compiles(PrimaryKeyConstraint, "sqlite")
def _compiled_key(constraint: PrimaryKeyConstraint, compiler: DDLCompiler, **given: Any) -> str:
    table = constraint.table
    if local_key(table) == tuple(column.name for column in constraint.columns):
        return compiler.visit_primary_key_constraint(constraint, **given)
    return f"CONSTRAINT pk_{table.name} PRIMARY KEY ({', '.join(local_key(table))})"


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
