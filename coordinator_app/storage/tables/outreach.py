"""The ledger of reasons; the evaluator alone writes it (ruling 9)."""

from sqlalchemy import Column, Date, SmallInteger

from coordinator_app.storage.tables.registry import member_table, required_text
from coordinator_app.storage.tables.types import Json

reason = member_table(
    "outreach",
    "reason",
    required_text("kind"),
    required_text("rule"),
    required_text("rule_version"),
    required_text("subject"),
    required_text("episode"),
    required_text("sentence"),
    Column("arguments", Json, nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("due_on", Date),
    Column("ends_on", Date),
    required_text("end_cause"),
    Column("severity", SmallInteger, nullable=False),
    # [[fact id, what, day or null, source], ...] in the order shown.
    Column("evidence", Json, nullable=False),
    Column("evidence_on", Date),
    Column("actions", Json, nullable=False),
)
