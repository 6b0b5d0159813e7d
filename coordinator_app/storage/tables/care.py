"""What is known of a person: who they are, how they may be reached, what happened to them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    SmallInteger,
    Table,
    UniqueConstraint,
    text,
)

from coordinator_app.storage.tables.registry import member_table, required_text, shared
from coordinator_app.storage.tables.types import Id, Instant, Json

member = Table(
    "member",
    shared,
    Column("id", Id, primary_key=True),
    Column("panel_id", Id, nullable=False),
    Column("initiative_id", Id, nullable=False),
    Column("person_key", Id, nullable=False),
    required_text("member_number"),
    required_text("family"),
    required_text("given"),
    required_text("preferred"),
    Column("birth_date", Date, nullable=False),
    required_text("sex", "unknown"),
    required_text("language_spoken", "en"),
    required_text("language_read", "en"),
    required_text("interpreter"),
    required_text("address"),
    required_text("city"),
    required_text("state"),
    required_text("zip_code"),
    required_text("zone"),
    required_text("payer"),
    required_text("plan"),
    Column("clinician_id", Id),
    # Why a member is kept out of the call list, or "" for one who is called (practice 6).
    required_text("held_cause"),
    required_text("held_source"),
    Column("held_on", Date),
    Column("deceased_on", Date),
    Column("joined_on", Date),
    Column("left_on", Date),
    required_text("source"),
    Column("known_at", Instant),
    Column("sensitivity", SmallInteger, nullable=False, server_default=text("0")),
    Column("row_version", BigInteger, nullable=False, server_default=text("0")),
    UniqueConstraint("id", "panel_id"),
    Index("ix_member_panel_id", "panel_id"),
    schema="care",
)

contact_point = member_table(
    "care",
    "contact_point",
    required_text("kind", "mobile"),
    required_text("value"),
    required_text("as_typed"),
    # For each way of using it: yes, no, unknown (practice 11).
    required_text("may_call", "unknown"),
    required_text("may_leave_message", "unknown"),
    required_text("shared_with"),
    required_text("safe_hours"),
    required_text("technology", "voice"),
    Column("preferred", Boolean, nullable=False, server_default=text("false")),
    Column("valid_until", Date),
    required_text("source"),
    Column("known_at", Instant),
    Column("nurse_entered", Boolean, nullable=False, server_default=text("false")),
)

contact_profile = member_table(
    "care",
    "contact_profile",
    # Neutral words only: the cause of a safety flag stands nowhere a row, letter or export can take it from.
    required_text("instructions"),
    Column("special_contact", Boolean, nullable=False, server_default=text("false")),
    # Any of: this_topic, calls, letters, program (practice 11).
    Column("no_contact", Json),
    required_text("safe_address"),
    required_text("name_to_use"),
    required_text("best_hours"),
    Column("large_print", Boolean, nullable=False, server_default=text("false")),
    Column("prefers_pictures", Boolean, nullable=False, server_default=text("false")),
    required_text("interpreter_kind"),
    required_text("source"),
    Column("nurse_entered", Boolean, nullable=False, server_default=text("false")),
)

related_person = member_table(
    "care",
    "related_person",
    required_text("name"),
    required_text("relation"),
    required_text("phone"),
    Column("is_guardian", Boolean, nullable=False, server_default=text("false")),
    required_text("custody_note"),
    required_text("source"),
)

permission = member_table(
    "care",
    "permission",
    Column("related_person_id", Id, nullable=False),
    Column("topics", Json),
    required_text("form", "verbal"),
    Column("given_on", Date),
    Column("valid_until", Date),
    Column("withdrawn_on", Date),
)

coverage = member_table(
    "care",
    "coverage",
    required_text("payer"),
    required_text("plan"),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    required_text("source"),
)

attribution = member_table(
    "care",
    "attribution",
    Column("clinician_id", Id, nullable=False),
    required_text("role", "pcp"),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    required_text("source"),
)

fact = member_table(
    "care",
    "fact",
    required_text("kind"),
    Column("part", SmallInteger, nullable=False, server_default=text("0")),
    required_text("system"),
    required_text("code"),
    required_text("display"),
    # Further codings than the first, as [[system, code], ...]; null where there is one.
    Column("codings", Json),
    required_text("status"),
    required_text("intent"),
    Column("negated", Boolean, nullable=False, server_default=text("false")),
    Column("negation_reason", Json),
    required_text("verification"),
    required_text("category"),
    Column("starts_on", Date),
    Column("starts_at", Instant),
    Column("ends_on", Date),
    Column("ends_at", Instant),
    required_text("precision", "second"),
    Column("authored_on", Date),
    Column("encounter_id", Id),
    Column("reasons", Json),
    Column("value_number", Float),
    required_text("value_text"),
    required_text("value_unit"),
    Column("value_coding", Json),
    required_text("class_code"),
    required_text("priority"),
    required_text("disposition"),
    Column("quantity", Float),
    Column("days_supply", Integer),
    Column("refills", Integer),
    required_text("dose_text"),
    Column("per_day", Float),
    Column("clinician_id", Id),
    required_text("place"),
    Column("amount", Float),
    required_text("source"),
    Column("known_at", Instant),
    lies_by_member=True,
)
