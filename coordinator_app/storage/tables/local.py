"""What only a workstation keeps: what waits to be sent, how far it has read, drafts, the rank, the people search."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, SmallInteger, Table, Text, text

from coordinator_app.storage.tables.registry import local_only, required_text
from coordinator_app.storage.tables.types import Id, Instant, Json

profile = Table(
    "profile",
    local_only,
    # login, person, role, server, epoch, device, password, skew_ms, bundles, frozen_on ... one fact a row.
    Column("key", Text, primary_key=True),
    Column("value", Json),
)

outbox = Table(
    "outbox",
    local_only,
    Column("op_id", Id, primary_key=True),
    Column("device_id", Id, nullable=False),
    # Without a hole: a missing number tells the centre that an outbox was lost (sync 4.6).
    Column("device_seq", BigInteger, nullable=False),
    required_text("kind"),
    Column("member_id", Id),
    # The act as it travels, byte for byte: what was hashed is what is sent.
    Column("payload", Text, nullable=False),
    Column("base", Text),
    Column("authored_at", Instant, nullable=False),
    Column("skew_ms", BigInteger, nullable=False, server_default=text("0")),
    Column("proto", SmallInteger, nullable=False, server_default=text("1")),
    Column("depends_on", Id),
    required_text("prev_hash"),
    required_text("hash"),
    # waiting, acked (applied, duplicate, merged or conflict), quarantined
    required_text("state", "waiting"),
    required_text("outcome"),
    Column("result", Json),
    Column("acked_at", Instant),
    Index("uq_outbox_device_seq", "device_id", "device_seq", unique=True),
    Index("ix_outbox_state", "state", "device_seq"),
    Index("ix_outbox_member_id", "member_id"),
)

draft = Table(
    "draft",
    local_only,
    Column("id", Id, primary_key=True),
    Column("member_id", Id),
    required_text("kind", "call"),
    Column("content", Json, nullable=False),
    Column("saved_at", Instant, nullable=False),
    Index("ix_draft_member_id", "member_id"),
)

feed_place = Table(
    "feed_place",
    local_only,
    Column("panel_id", Id, primary_key=True),
    Column("initiative_id", Id, nullable=False),
    required_text("name"),
    required_text("depth", "full"),
    required_text("epoch"),
    # The snapshots of sync 4.3; s_old is null until the first copy was begun, s_target while no round is under way.
    Column("s_old", Text),
    Column("s_target", Text),
    Column("pos", Id),
    Column("is_complete", Boolean, nullable=False, server_default=text("0")),
    # Members the first copy set out to bring, and the centre's time of the state the panel was last read in full.
    Column("total", Integer, nullable=False, server_default=text("0")),
    Column("as_of", Instant),
    Column("verified_at", Instant),
)

to_copy = Table(
    "to_copy",
    local_only,
    # The members a first copy still owes, in the order in which they come: those to be called first.
    Column("panel_id", Id, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("member_id", Id, nullable=False),
)

leaving = Table(
    "leaving",
    local_only,
    # Members no longer ours whose unsent work is still to be delivered; hidden everywhere, purged after it.
    Column("member_id", Id, primary_key=True),
    Column("panel_id", Id, nullable=False),
    Column("noted_at", Instant, nullable=False),
)

rank = Table(
    "rank",
    local_only,
    Column("member_id", Id, primary_key=True),
    Column("tier", SmallInteger, nullable=False),
    Column("points", Integer, nullable=False, server_default=text("0")),
    Column("due_on", Date),
    Column("rank", Integer, nullable=False, server_default=text("0")),
    # call_today, due_soon, waiting, done_today, not_listed
    required_text("state"),
    Column("computed_for", Date, nullable=False),
    # What the row shows, so that a list of 17,000 reads one table.
    Column("shown", Json, nullable=False),
    Index("ix_rank_order", "state", "rank", "member_id"),
    Index("ix_rank_computed_for", "computed_for"),
)

person_no = Table(
    "person_no",
    local_only,
    # The number of a person in the search index, whose rows know no other key.
    Column("no", Integer, primary_key=True),
    Column("member_id", Id, nullable=False, unique=True),
)

unread_row = Table(
    "unread_row",
    local_only,
    # Rows of the centre this program could not take in, as they were written there (sync 6, row 34).
    Column("table_name", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("member_id", Id, nullable=False),
    Column("raw", Text, nullable=False),
    Column("noted_at", Instant, nullable=False),
    Index("ix_unread_row_member_id", "member_id"),
)

needs_you = Table(
    "needs_you",
    local_only,
    Column("id", Id, primary_key=True),
    # conflict, refused, waiting_for_supervisor, to_decide, unreadable, returned, lost_outbox, device_frozen
    required_text("kind"),
    Column("member_id", Id),
    Column("op_id", Id),
    required_text("sentence"),
    Column("arguments", Json),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Index("ix_needs_you_closed_at", "closed_at"),
)

access_log = Table(
    "access_log",
    local_only,
    # What was looked at; a chain of its own for each device id, sent beside the acts (sync 4.10).
    Column("device_id", Id, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    # What was hashed is what is sent, byte for byte.
    Column("payload", Text, nullable=False),
    required_text("prev_hash"),
    required_text("hash"),
    Column("sent_at", Instant),
    Index("ix_access_log_sent_at", "sent_at"),
)

SEARCH = """
CREATE VIRTUAL TABLE people_search USING fts5(
    name, number, birth, phone, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
)
"""
"""The people search; its rowid is ``person_no.no``. FTS5 tables are beyond SQLAlchemy's definitions."""

HIDE_LEAVERS = """
CREATE TRIGGER hide_leavers AFTER INSERT ON rank
WHEN EXISTS (SELECT 1 FROM leaving WHERE leaving.member_id = NEW.member_id)
BEGIN DELETE FROM rank WHERE member_id = NEW.member_id; END
"""
"""Whoever is leaving has no place in a list, whoever writes it."""
