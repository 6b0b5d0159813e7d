"""What the loader and the evaluator keep for themselves: who is who, batches, value sets, how far they came."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import TSTZRANGE

from coordinator_app.storage.tables.central_columns import flag, instant_now, own_id, single_row, tenant
from coordinator_app.storage.tables.central_org import of_initiative
from coordinator_app.storage.tables.registry import central_only, required_text
from coordinator_app.storage.tables.types import Id, Instant, Json

identity = Table(
    "identity",
    central_only,
    tenant(),
    Column("source", Text, nullable=False),
    Column("source_id", Text, nullable=False),
    Column("member_id", Id, nullable=False),
    Column("valid", TSTZRANGE, nullable=False, server_default=text("tstzrange(now(), NULL)")),
    PrimaryKeyConstraint("initiative_id", "source", "source_id", "valid"),
    Index(
        "uq_identity_open",
        "initiative_id",
        "source",
        "source_id",
        unique=True,
        postgresql_where=text("upper_inf(valid)"),
    ),
    Index("ix_identity_member_id", "member_id"),
    schema="load",
)

batch = Table(
    "batch",
    central_only,
    own_id(),
    tenant(),
    Column("source", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("data_as_of", Date),
    # Unset means the time of loading (ruling 5).
    Column("known_at", Instant),
    Column("files", Json),
    Column("counts", Json),
    required_text("state", "running"),
    instant_now("started_at"),
    Column("finished_at", Instant),
    of_initiative("batch"),
    schema="load",
)

rejected = Table(
    "rejected",
    central_only,
    own_id(),
    tenant(),
    Column("batch_id", Id, nullable=False),
    Column("file", Text, nullable=False),
    Column("line", BigInteger, nullable=False),
    Column("cause", Text, nullable=False),
    required_text("what"),
    required_text("way_out"),
    Index("ix_rejected_batch_id", "batch_id"),
    ForeignKeyConstraint(["batch_id"], [batch.c.id], name="fk_rejected_batch"),
    schema="load",
)

secret = single_row(
    "secret",
    "load",
    # Ids of facts are made under this namespace, so that nobody can guess them (ruling 6).
    Column("namespace", Id, nullable=False, server_default=text("gen_random_uuid()")),
)

origin = Table(
    "origin",
    central_only,
    # When a fact became known, where the load did not say: the batch that brought or last changed it (ruling 5).
    Column("fact_id", Id, primary_key=True),
    tenant(),
    Column("batch_id", Id, nullable=False),
    ForeignKeyConstraint(["batch_id"], [batch.c.id], name="fk_origin_batch"),
    schema="load",
)

medication = Table(
    "medication",
    central_only,
    Column("id", Id, nullable=False),
    tenant(),
    required_text("system"),
    required_text("code"),
    required_text("display"),
    Column("codings", Json),
    PrimaryKeyConstraint("initiative_id", "id"),
    schema="load",
)

value_set = Table(
    "value_set",
    central_only,
    tenant(),
    Column("source", Text, nullable=False),
    Column("oid", Text, nullable=False),
    required_text("name"),
    required_text("version"),
    flag("complete", default=True),
    Column("codes", Json, nullable=False),
    PrimaryKeyConstraint("initiative_id", "source", "oid"),
    schema="load",
)

course = Table(
    "course",
    central_only,
    # How far the evaluator came in the change feed, for which day and by which rules.
    Column("initiative_id", Id, primary_key=True),
    Column("judged_for", Date, nullable=False),
    Column("rules", Text, nullable=False),
    Column("feed_epoch", Integer, nullable=False),
    Column("seen", Text, nullable=False),
    instant_now("judged_at"),
    of_initiative("course"),
    schema="outreach",
)

appraisal = Table(
    "appraisal",
    central_only,
    # The day by which a person must be looked at again though nothing was loaded.
    Column("member_id", Id, primary_key=True),
    tenant(),
    Column("next_on", Date, nullable=False),
    Index("ix_appraisal_initiative_id_next_on", "initiative_id", "next_on"),
    schema="outreach",
)
