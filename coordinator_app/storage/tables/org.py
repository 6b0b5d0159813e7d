"""The reference bundle as both sides keep it: pulled whole when its version differs (ruling 18)."""

from sqlalchemy import Column, Table, Text

from coordinator_app.storage.tables.registry import shared
from coordinator_app.storage.tables.types import Id, Json

reference = Table(
    "reference",
    shared,
    Column("initiative_id", Id, primary_key=True),
    # clinician, practice, staff, source, rule_data, protocol, program, education, template, catalogue, initiative
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("content", Json, nullable=False),
    schema="org",
)
