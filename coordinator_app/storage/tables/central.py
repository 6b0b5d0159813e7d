"""Tables of the centre alone: who works where, what was sent, what was loaded, who did what."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import CHAR, TSTZRANGE, ExcludeConstraint
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import UserDefinedType
from typing_extensions import override

from coordinator_app.storage.tables import care
from coordinator_app.storage.tables.registry import central_only, required_text
from coordinator_app.storage.tables.types import Id, Instant, Json


class TransactionNumber(UserDefinedType[str]):
    """PostgreSQL's ``xid8``: the whole transaction number, epoch included."""

    cache_ok = True

    @override
    def get_col_spec(self, **kw: Any) -> str:
        return "xid8"


def _own_id() -> Column[Any]:
    return Column("id", Id, primary_key=True, server_default=text("gen_random_uuid()"))


def _flag(name: str, *, default: bool = False) -> Column[Any]:
    return Column(name, Boolean, nullable=False, server_default=text(str(default).lower()))


def _instant_now(name: str) -> Column[Any]:
    return Column(name, Instant, nullable=False, server_default=text("now()"))


def _tenant() -> Column[Any]:
    return Column("initiative_id", Id, nullable=False)


def _of_initiative(name: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["initiative_id"], [initiative.c.id], name=f"fk_{name}_initiative")


def _org_table(name: str, *items: SchemaItem) -> Table:
    return Table(name, central_only, _own_id(), _tenant(), *items, _of_initiative(name), schema="org")


initiative = Table(
    "initiative",
    central_only,
    _own_id(),
    Column("name", Text, nullable=False, unique=True),
    required_text("zone", "America/New_York"),
    required_text("calendar", "US-MA"),
    required_text("office_opens", "08:00"),
    required_text("office_closes", "17:00"),
    # The initiative's day where it is held still (ruling 5); null where today is today.
    Column("frozen_on", Date),
    # Counted up by every change of the reference bundle (ruling 18).
    Column("reference_version", BigInteger, nullable=False, server_default=text("1")),
    _instant_now("created_at"),
    schema="org",
)

practice = _org_table(
    "practice",
    Column("name", Text, nullable=False),
    required_text("address"),
    required_text("city"),
    required_text("state"),
    required_text("zip_code"),
    required_text("phone"),
    required_text("fax"),
    required_text("hours"),
)

clinician = _org_table(
    "clinician",
    Column("practice_id", Id),
    required_text("npi"),
    Column("family", Text, nullable=False),
    required_text("given"),
    required_text("credentials"),
    required_text("specialty"),
    required_text("phone"),
    required_text("fax"),
    _flag("is_pcp"),
    _flag("is_active", default=True),
    ForeignKeyConstraint(["practice_id"], [practice.c.id], name="fk_clinician_practice"),
    Index("ix_clinician_initiative_id", "initiative_id"),
)

team = _org_table("team", Column("name", Text, nullable=False), UniqueConstraint("initiative_id", "name"))

panel = _org_table(
    "panel",
    Column("name", Text, nullable=False),
    # Where people wait who were given to nobody; one in each initiative (ruling 3).
    _flag("is_unassigned"),
    Column("team_id", Id),
    _instant_now("created_at"),
    UniqueConstraint("id", "initiative_id"),
    UniqueConstraint("initiative_id", "name"),
    ForeignKeyConstraint(["team_id"], [team.c.id], name="fk_panel_team"),
    Index("uq_panel_unassigned", "initiative_id", unique=True, postgresql_where=text("is_unassigned")),
)

source = Table(
    "source",
    central_only,
    _tenant(),
    Column("source", Text, nullable=False),
    required_text("label"),
    # The day the source's data speaks of, kept once, outside every row (ruling 8).
    Column("data_as_of", Date),
    Column("loaded_at", Instant),
    PrimaryKeyConstraint("initiative_id", "source"),
    _of_initiative("source"),
    schema="org",
)

rule_set = Table(
    "rule_set",
    central_only,
    _tenant(),
    Column("name", Text, nullable=False),
    Column("version", Text, nullable=False),
    required_text("state", "draft"),
    required_text("approved_by"),
    Column("approved_on", Date),
    Column("content", Json, nullable=False),
    PrimaryKeyConstraint("initiative_id", "name", "version"),
    _of_initiative("rule_set"),
    schema="org",
)

resource = Table(
    "resource",
    central_only,
    # A number, because an exclusion constraint on a uuid would need an extension (ruling 6).
    Column("resource_no", BigInteger, Identity(always=True), primary_key=True),
    _tenant(),
    Column("clinician_id", Id),
    required_text("name"),
    UniqueConstraint("clinician_id"),
    _of_initiative("resource"),
    ForeignKeyConstraint(["clinician_id"], [clinician.c.id], name="fk_resource_clinician"),
    schema="org",
)


def _about_member(schema: str, name: str, *items: SchemaItem) -> Table:
    return Table(
        name,
        central_only,
        _own_id(),
        Column("member_id", Id, nullable=False),
        Column("panel_id", Id, nullable=False),
        *items,
        Column("sensitivity", SmallInteger, nullable=False, server_default=text("0")),
        Column("row_version", BigInteger, nullable=False, server_default=text("1")),
        ForeignKeyConstraint(
            ["member_id", "panel_id"],
            [care.member.c.id, care.member.c.panel_id],
            onupdate="CASCADE",
            name=f"fk_{name}_member",
        ),
        Index(f"ix_{name}_member_id", "member_id"),
        schema=schema,
    )


sharing = _about_member(
    "care",
    "sharing",
    # What lets the payer's case managers see this person, and from when to when (ruling 10).
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    required_text("source"),
)

slot = _about_member(
    "activity",
    "slot",
    Column("visit_id", Id, nullable=False),
    Column("resource_no", BigInteger, nullable=False),
    Column("slot", TSTZRANGE, nullable=False),
    Column("released_at", Instant),
    Column("op_id", Id),
    ForeignKeyConstraint(["resource_no"], [resource.c.resource_no], name="fk_slot_resource"),
    ExcludeConstraint(
        (func.int8range(text("resource_no"), text("resource_no"), text("'[]'::text")), "&&"),
        ("slot", "&&"),
        where=text("released_at IS NULL"),
        name="ex_slot_no_overlap",
    ),
)

staff = Table(
    "staff",
    central_only,
    _own_id(),
    _tenant(),
    Column("login", Text, nullable=False, unique=True),
    Column("role_name", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    required_text("credentials"),
    required_text("phone"),
    # True from the one-time password until the person has chosen another; sees nothing until then (ruling 13).
    _flag("must_change", default=True),
    _flag("is_active", default=True),
    _instant_now("created_at"),
    Column("disabled_at", Instant),
    _of_initiative("staff"),
    schema="sec",
)


def _of_staff(name: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["staff_id"], [staff.c.id], name=f"fk_{name}_staff")


staff_initiative = Table(
    "staff_initiative",
    central_only,
    _own_id(),
    Column("staff_id", Id, nullable=False),
    _tenant(),
    Column("valid", TSTZRANGE, nullable=False),
    Index("ix_staff_initiative_staff_id", "staff_id"),
    _of_staff("staff_initiative"),
    _of_initiative("staff_initiative"),
    schema="sec",
)

staff_panel = Table(
    "staff_panel",
    central_only,
    _own_id(),
    Column("staff_id", Id, nullable=False),
    Column("panel_id", Id, nullable=False),
    Column("valid", TSTZRANGE, nullable=False),
    # own or cover; full or review (ruling 19).
    required_text("kind", "own"),
    required_text("depth", "full"),
    Index("ix_staff_panel_staff_id", "staff_id"),
    Index("ix_staff_panel_panel_id", "panel_id"),
    _of_staff("staff_panel"),
    ForeignKeyConstraint(["panel_id"], [panel.c.id], name="fk_staff_panel_panel"),
    schema="sec",
)

assignment = Table(
    "assignment",
    central_only,
    Column("member_id", Id, nullable=False),
    Column("panel_id", Id, nullable=False),
    Column("valid", TSTZRANGE, nullable=False),
    PrimaryKeyConstraint("member_id", "valid"),
    Index("uq_assignment_open", "member_id", unique=True, postgresql_where=text("upper_inf(valid)")),
    Index("ix_assignment_panel_id", "panel_id"),
    schema="sec",
)

service = Table(
    "service",
    central_only,
    Column("role_name", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    # Null: serves every initiative of this database.
    Column("initiative_id", Id),
    schema="sec",
)


def _single_row(name: str, schema: str, *items: SchemaItem) -> Table:
    place = Column("place", SmallInteger, primary_key=True, autoincrement=False, server_default=text("1"))
    return Table(name, central_only, place, *items, schema=schema)


local_key = _single_row("local_key", "sec", Column("key", LargeBinary, nullable=False))

change = Table(
    "change",
    central_only,
    Column("panel_id", Id, nullable=False),
    Column("txid", TransactionNumber, nullable=False, server_default=text("pg_current_xact_id()")),
    Column("member_id", Id, nullable=False),
    Column("tbl", SmallInteger, nullable=False),
    # U changed, D deleted, E entered the panel, L left it.
    Column("op", CHAR(1), nullable=False),
    # Only chooses the month's partition; no reader orders or filters by it.
    _instant_now("at"),
    Index("ix_change_panel_id_txid", "panel_id", "txid", postgresql_include=["member_id", "tbl", "op"]),
    schema="sync",
    postgresql_partition_by="RANGE (at)",
)

device = Table(
    "device",
    central_only,
    Column("id", Id, primary_key=True),
    Column("staff_id", Id, nullable=False),
    required_text("label"),
    required_text("state", "active"),
    required_text("app_version"),
    Column("last_seq", BigInteger, nullable=False, server_default=text("0")),
    required_text("last_hash"),
    _instant_now("enrolled_at"),
    Column("last_seen_at", Instant),
    Index("ix_device_staff_id", "staff_id"),
    _of_staff("device"),
    schema="sync",
)

op = Table(
    "op",
    central_only,
    Column("op_id", Id, primary_key=True),
    Column("device_id", Id, nullable=False),
    Column("device_seq", BigInteger, nullable=False),
    Column("staff_id", Id, nullable=False),
    Column("panel_id", Id),
    Column("member_id", Id),
    Column("kind", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("result", Json),
    # Kept while somebody still has to decide about it.
    Column("payload", Json),
    Column("proto", SmallInteger, nullable=False, server_default=text("1")),
    Column("authored_at", Instant),
    Column("skew_ms", BigInteger),
    Column("depends_on", Id),
    required_text("prev_hash"),
    required_text("hash"),
    _instant_now("received_at"),
    Column("txid", TransactionNumber, nullable=False, server_default=text("pg_current_xact_id()")),
    UniqueConstraint("device_id", "device_seq"),
    Index("ix_op_member_id", "member_id"),
    ForeignKeyConstraint(["device_id"], [device.c.id], name="fk_op_device"),
    schema="sync",
)

epoch = _single_row(
    "epoch",
    "sync",
    Column("feed_epoch", Integer, nullable=False, server_default=text("1")),
    _instant_now("since"),
)

identity = Table(
    "identity",
    central_only,
    _tenant(),
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
    _own_id(),
    _tenant(),
    Column("source", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("data_as_of", Date),
    # Unset means the time of loading (ruling 5).
    Column("known_at", Instant),
    Column("files", Json),
    Column("counts", Json),
    required_text("state", "running"),
    _instant_now("started_at"),
    Column("finished_at", Instant),
    _of_initiative("batch"),
    schema="load",
)

rejected = Table(
    "rejected",
    central_only,
    _own_id(),
    _tenant(),
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

secret = _single_row(
    "secret",
    "load",
    # Ids of facts are made under this namespace, so that nobody can guess them (ruling 6).
    Column("namespace", Id, nullable=False, server_default=text("gen_random_uuid()")),
)

event = Table(
    "event",
    central_only,
    Column("id", Id, nullable=False, server_default=text("gen_random_uuid()")),
    Column("at", Instant, nullable=False, server_default=text("clock_timestamp()")),
    Column("txid", TransactionNumber, nullable=False, server_default=text("pg_current_xact_id()")),
    Column("login", Text, nullable=False, server_default=text("SESSION_USER")),
    Column("initiative_id", Id),
    Column("kind", Text, nullable=False),
    required_text("table_name"),
    required_text("row_key"),
    Column("member_id", Id),
    Column("panel_id", Id),
    Column("device_id", Id),
    # For a change: column -> [before, after]; for an access: what was asked.
    Column("facts", Json),
    Index("ix_event_member_id", "member_id", "at"),
    Index("ix_event_initiative_id_at", "initiative_id", "at"),
    schema="audit",
    postgresql_partition_by="RANGE (at)",
)
