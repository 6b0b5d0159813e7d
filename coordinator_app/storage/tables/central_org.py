"""Who works where, at the centre: initiatives, practices, panels; staff, logins and what they hold."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKeyConstraint,
    Identity,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint
from sqlalchemy.schema import SchemaItem

from coordinator_app.storage.tables import care
from coordinator_app.storage.tables.central_columns import flag, instant_now, own_id, single_row, tenant
from coordinator_app.storage.tables.registry import central_only, required_text
from coordinator_app.storage.tables.types import Id, Instant, Json


def of_initiative(name: str) -> ForeignKeyConstraint:
    """Return the key to the initiative, for a table of this name."""
    return ForeignKeyConstraint(["initiative_id"], [initiative.c.id], name=f"fk_{name}_initiative")


def org_table(name: str, *items: SchemaItem) -> Table:
    """Define a table of an initiative's own book."""
    return Table(name, central_only, own_id(), tenant(), *items, of_initiative(name), schema="org")


initiative = Table(
    "initiative",
    central_only,
    own_id(),
    Column("name", Text, nullable=False, unique=True),
    required_text("zone", "America/New_York"),
    required_text("calendar", "US-MA"),
    required_text("office_opens", "08:00"),
    required_text("office_closes", "17:00"),
    # The initiative's day where it is held still (ruling 5); null where today is today.
    Column("frozen_on", Date),
    # Counted up by every change of the reference bundle (ruling 18).
    Column("reference_version", BigInteger, nullable=False, server_default=text("1")),
    instant_now("created_at"),
    schema="org",
)

practice = org_table(
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

clinician = org_table(
    "clinician",
    Column("practice_id", Id),
    required_text("npi"),
    Column("family", Text, nullable=False),
    required_text("given"),
    required_text("credentials"),
    required_text("specialty"),
    required_text("phone"),
    required_text("fax"),
    flag("is_pcp"),
    flag("is_active", default=True),
    ForeignKeyConstraint(["practice_id"], [practice.c.id], name="fk_clinician_practice"),
    Index("ix_clinician_initiative_id", "initiative_id"),
)

team = org_table("team", Column("name", Text, nullable=False), UniqueConstraint("initiative_id", "name"))

panel = org_table(
    "panel",
    Column("name", Text, nullable=False),
    # Where people wait who were given to nobody; one in each initiative (ruling 3).
    flag("is_unassigned"),
    Column("team_id", Id),
    instant_now("created_at"),
    UniqueConstraint("id", "initiative_id"),
    UniqueConstraint("initiative_id", "name"),
    ForeignKeyConstraint(["team_id"], [team.c.id], name="fk_panel_team"),
    Index("uq_panel_unassigned", "initiative_id", unique=True, postgresql_where=text("is_unassigned")),
)

source = Table(
    "source",
    central_only,
    tenant(),
    Column("source", Text, nullable=False),
    required_text("label"),
    # The day the source's data speaks of, kept once, outside every row (ruling 8).
    Column("data_as_of", Date),
    Column("loaded_at", Instant),
    PrimaryKeyConstraint("initiative_id", "source"),
    of_initiative("source"),
    schema="org",
)

rule_set = Table(
    "rule_set",
    central_only,
    tenant(),
    Column("name", Text, nullable=False),
    Column("version", Text, nullable=False),
    required_text("state", "draft"),
    required_text("approved_by"),
    Column("approved_on", Date),
    Column("content", Json, nullable=False),
    PrimaryKeyConstraint("initiative_id", "name", "version"),
    of_initiative("rule_set"),
    schema="org",
)

resource = Table(
    "resource",
    central_only,
    # A number, because an exclusion constraint on a uuid would need an extension (ruling 6).
    Column("resource_no", BigInteger, Identity(always=True), primary_key=True),
    tenant(),
    Column("clinician_id", Id),
    required_text("name"),
    UniqueConstraint("clinician_id"),
    of_initiative("resource"),
    ForeignKeyConstraint(["clinician_id"], [clinician.c.id], name="fk_resource_clinician"),
    schema="org",
)


def about_member(schema: str, name: str, *items: SchemaItem) -> Table:
    """Define a table about members that no workstation has; its rows follow their member into another panel."""
    return Table(
        name,
        central_only,
        own_id(),
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


sharing = about_member(
    "care",
    "sharing",
    # What lets the payer's case managers see this person, and from when to when (ruling 10).
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    required_text("source"),
)

slot = about_member(
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
    own_id(),
    tenant(),
    Column("login", Text, nullable=False, unique=True),
    Column("role_name", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    required_text("credentials"),
    required_text("phone"),
    # True from the one-time password until the person has chosen another; sees nothing until then (ruling 13).
    flag("must_change", default=True),
    flag("is_active", default=True),
    instant_now("created_at"),
    Column("disabled_at", Instant),
    of_initiative("staff"),
    schema="sec",
)


def of_staff(name: str) -> ForeignKeyConstraint:
    """Return the key to the member of staff, for a table of this name."""
    return ForeignKeyConstraint(["staff_id"], [staff.c.id], name=f"fk_{name}_staff")


staff_initiative = Table(
    "staff_initiative",
    central_only,
    own_id(),
    Column("staff_id", Id, nullable=False),
    tenant(),
    Column("valid", TSTZRANGE, nullable=False),
    Index("ix_staff_initiative_staff_id", "staff_id"),
    of_staff("staff_initiative"),
    of_initiative("staff_initiative"),
    schema="sec",
)

staff_panel = Table(
    "staff_panel",
    central_only,
    own_id(),
    Column("staff_id", Id, nullable=False),
    Column("panel_id", Id, nullable=False),
    Column("valid", TSTZRANGE, nullable=False),
    # own or cover; full or review (ruling 19).
    required_text("kind", "own"),
    required_text("depth", "full"),
    Index("ix_staff_panel_staff_id", "staff_id"),
    Index("ix_staff_panel_panel_id", "panel_id"),
    of_staff("staff_panel"),
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


local_key = single_row("local_key", "sec", Column("key", LargeBinary, nullable=False))
