"""Runs the centre's migrations on the connection handed over; the program opens it, no ini file is needed."""

from alembic import context
from sqlalchemy import Connection

from coordinator_app.storage.tables.central import central_only
from coordinator_app.storage.tables.registry import shared

connection: Connection | None = context.config.attributes.get("connection")
if connection is None:
    raise RuntimeError("run `coordinator-central migrate`, which opens the connection")
context.configure(
    connection=connection,
    target_metadata=[shared, central_only],
    version_table_schema="public",
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
