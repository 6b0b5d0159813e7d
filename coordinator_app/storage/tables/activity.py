"""What people did: tables that only grow; a person's name is never in them, only ids."""

from sqlalchemy import Column, Date, Integer, LargeBinary

from coordinator_app.storage.tables.registry import act_table, required_text
from coordinator_app.storage.tables.types import Id, Instant, Json

contact = act_table(
    "contact",
    required_text("outcome"),
    required_text("party", "patient"),
    required_text("channel", "phone"),
    required_text("direction", "out"),
    required_text("number"),
    Column("identity", Json),
    required_text("language"),
    required_text("interpreter"),
    Column("topics", Json),
    required_text("note"),
    Column("seconds", Integer, nullable=False, server_default="0"),
    Column("call_back_at", Instant),
)

response = act_table(
    "response",
    Column("contact_id", Id),
    Column("reason_id", Id, nullable=False),
    required_text("response"),
    required_text("cause"),
    Column("until", Date),
    Column("evidence_on", Date),
)

follow_up = act_table(
    "follow_up",
    Column("contact_id", Id),
    required_text("what", "call_again"),
    Column("due_at", Instant, nullable=False),
    required_text("rule"),
)

teaching = act_table(
    "teaching",
    Column("contact_id", Id),
    required_text("topic"),
    required_text("topic_version"),
    required_text("language", "en"),
    required_text("learner", "patient"),
    required_text("result"),
    required_text("plan"),
)

visit = act_table(
    "visit",
    Column("visit_id", Id, nullable=False),
    Column("base_id", Id),
    required_text("state"),
    required_text("visit_type"),
    Column("clinician_id", Id),
    required_text("place"),
    Column("starts_at", Instant),
    Column("minutes", Integer, nullable=False, server_default="30"),
    Column("deadline_on", Date),
    required_text("how_asked"),
    required_text("asked_of"),
    required_text("confirmed_by"),
    required_text("note"),
)

letter = act_table(
    "letter",
    required_text("program"),
    required_text("recipient"),
    required_text("copy_for", "program"),
    required_text("language", "en"),
    required_text("template"),
    required_text("template_version"),
    Column("facts", Json),
    required_text("pdf_sha256"),
    Column("pages", Integer, nullable=False, server_default="1"),
    required_text("agreement", "not_asked"),
    required_text("how", "printed"),
)

letter_file = act_table(
    "letter_file",
    Column("letter_id", Id, nullable=False),
    # The very bytes; pulled on demand (ruling 21).
    Column("content", LargeBinary, nullable=False),
)

referral = act_table(
    "referral",
    Column("referral_id", Id, nullable=False),
    Column("base_id", Id),
    required_text("program"),
    required_text("state", "wanted"),
    required_text("agreement", "not_asked"),
    Column("letter_id", Id),
    Column("answer_by", Date),
    required_text("note"),
)

medicine = act_table(
    "medicine",
    Column("contact_id", Id),
    required_text("how"),
    required_text("name"),
    required_text("rxcui"),
    required_text("dose"),
    Column("days_supply", Integer),
    required_text("told_by", "patient"),
)

note = act_table("note", required_text("text"))

red_flag = act_table(
    "red_flag",
    Column("flag_id", Id, nullable=False),
    required_text("step"),
    required_text("said"),
    required_text("whereabouts"),
    required_text("call_back"),
    required_text("advice"),
    required_text("who"),
    required_text("answer"),
)

retraction = act_table(
    "retraction",
    required_text("target_kind"),
    Column("target_id", Id, nullable=False),
    required_text("cause", "undo"),
)

review = act_table(
    "review",
    Column("contact_id", Id, nullable=False),
    required_text("result"),
    required_text("comment"),
    Column("scores", Json),
)
