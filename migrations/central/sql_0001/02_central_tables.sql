-- The tables of the centre alone.

CREATE SCHEMA sec;
CREATE SCHEMA sync;
CREATE SCHEMA load;
CREATE SCHEMA audit;
CREATE SCHEMA cm_v1;

CREATE TABLE audit.event (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    txid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    login TEXT DEFAULT SESSION_USER NOT NULL,
    initiative_id UUID,
    kind TEXT NOT NULL,
    table_name TEXT DEFAULT '' NOT NULL,
    row_key TEXT DEFAULT '' NOT NULL,
    member_id UUID,
    panel_id UUID,
    device_id UUID,
    facts JSONB
)
 PARTITION BY RANGE (at);
CREATE INDEX ix_event_initiative_id_at ON audit.event (initiative_id, at);
CREATE INDEX ix_event_member_id ON audit.event (member_id, at);

CREATE TABLE care.sharing (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    source TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_sharing PRIMARY KEY (id),
    CONSTRAINT fk_sharing_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_sharing_member_id ON care.sharing (member_id);

CREATE TABLE load.identity (
    initiative_id UUID NOT NULL,
    source TEXT NOT NULL,
    source_id TEXT NOT NULL,
    member_id UUID NOT NULL,
    valid TSTZRANGE DEFAULT tstzrange(now(), NULL) NOT NULL,
    CONSTRAINT pk_identity PRIMARY KEY (initiative_id, source, source_id, valid)
);
CREATE INDEX ix_identity_member_id ON load.identity (member_id);
CREATE UNIQUE INDEX uq_identity_open ON load.identity (initiative_id, source, source_id) WHERE upper_inf(valid);

CREATE TABLE load.secret (
    place SMALLINT DEFAULT 1 NOT NULL,
    namespace UUID DEFAULT gen_random_uuid() NOT NULL,
    CONSTRAINT pk_secret PRIMARY KEY (place)
);

CREATE TABLE org.initiative (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    name TEXT NOT NULL,
    zone TEXT DEFAULT 'America/New_York' NOT NULL,
    calendar TEXT DEFAULT 'US-MA' NOT NULL,
    office_opens TEXT DEFAULT '08:00' NOT NULL,
    office_closes TEXT DEFAULT '17:00' NOT NULL,
    frozen_on DATE,
    reference_version BIGINT DEFAULT 1 NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_initiative PRIMARY KEY (id),
    CONSTRAINT uq_initiative_name UNIQUE (name)
);

CREATE TABLE sec.assignment (
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    valid TSTZRANGE NOT NULL,
    CONSTRAINT pk_assignment PRIMARY KEY (member_id, valid)
);
CREATE INDEX ix_assignment_panel_id ON sec.assignment (panel_id);
CREATE UNIQUE INDEX uq_assignment_open ON sec.assignment (member_id) WHERE upper_inf(valid);

CREATE TABLE sec.local_key (
    place SMALLINT DEFAULT 1 NOT NULL,
    key BYTEA NOT NULL,
    CONSTRAINT pk_local_key PRIMARY KEY (place)
);

CREATE TABLE sec.service (
    role_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    initiative_id UUID,
    CONSTRAINT pk_service PRIMARY KEY (role_name)
);

CREATE TABLE sync.change (
    panel_id UUID NOT NULL,
    txid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    member_id UUID NOT NULL,
    tbl SMALLINT NOT NULL,
    op CHAR(1) NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL
)
 PARTITION BY RANGE (at);
CREATE INDEX ix_change_panel_id_txid ON sync.change (panel_id, txid) INCLUDE (member_id, tbl, op);

CREATE TABLE sync.epoch (
    place SMALLINT DEFAULT 1 NOT NULL,
    feed_epoch INTEGER DEFAULT 1 NOT NULL,
    since TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_epoch PRIMARY KEY (place)
);

CREATE TABLE load.batch (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    initiative_id UUID NOT NULL,
    source TEXT NOT NULL,
    format TEXT NOT NULL,
    data_as_of DATE,
    known_at TIMESTAMP WITH TIME ZONE,
    files JSONB,
    counts JSONB,
    state TEXT DEFAULT 'running' NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_batch PRIMARY KEY (id),
    CONSTRAINT fk_batch_initiative FOREIGN KEY(initiative_id) REFERENCES org.initiative (id)
);

CREATE TABLE org.practice (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    initiative_id UUID NOT NULL,
    name TEXT NOT NULL,
    address TEXT DEFAULT '' NOT NULL,
    city TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT '' NOT NULL,
    zip_code TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    fax TEXT DEFAULT '' NOT NULL,
    hours TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_practice PRIMARY KEY (id),
    CONSTRAINT fk_practice_initiative FOREIGN KEY(initiative_id) REFERENCES org.initiative (id)
);

CREATE TABLE org.rule_set (
    initiative_id UUID NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    state TEXT DEFAULT 'draft' NOT NULL,
    approved_by TEXT DEFAULT '' NOT NULL,
    approved_on DATE,
    content JSONB NOT NULL,
    CONSTRAINT pk_rule_set PRIMARY KEY (initiative_id, name, version),
    CONSTRAINT fk_rule_set_initiative FOREIGN KEY(initiative_id) REFERENCES org.initiative (id)
);

CREATE TABLE org.source (
    initiative_id UUID NOT NULL,
    source TEXT NOT NULL,
    label TEXT DEFAULT '' NOT NULL,
    data_as_of DATE,
    loaded_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_source PRIMARY KEY (initiative_id, source),
    CONSTRAINT fk_source_initiative FOREIGN KEY(initiative_id) REFERENCES org.initiative (id)
);

CREATE TABLE org.team (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    initiative_id UUID NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_team PRIMARY KEY (id),
    CONSTRAINT uq_team_initiative_id_name UNIQUE (initiative_id, name),
    CONSTRAINT fk_team_initiative FOREIGN KEY(initiative_id) REFERENCES org.initiative (id)
);

CREATE TABLE sec.staff (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    initiative_id UUID NOT NULL,
    login TEXT NOT NULL,
    role_name TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    credentials TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    must_change BOOLEAN DEFAULT true NOT NULL,
    is_active BOOLEAN DEFAULT true NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    disabled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_staff PRIMARY KEY (id),
    CONSTRAINT fk_staff_initiative FOREIGN KEY(initiative_id) REFERENCES org.initiative (id),
    CONSTRAINT uq_staff_login UNIQUE (login),
    CONSTRAINT uq_staff_role_name UNIQUE (role_name)
);

CREATE TABLE load.rejected (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    initiative_id UUID NOT NULL,
    batch_id UUID NOT NULL,
    file TEXT NOT NULL,
    line BIGINT NOT NULL,
    cause TEXT NOT NULL,
    what TEXT DEFAULT '' NOT NULL,
    way_out TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_rejected PRIMARY KEY (id),
    CONSTRAINT fk_rejected_batch FOREIGN KEY(batch_id) REFERENCES load.batch (id)
);
CREATE INDEX ix_rejected_batch_id ON load.rejected (batch_id);

CREATE TABLE org.clinician (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    initiative_id UUID NOT NULL,
    practice_id UUID,
    npi TEXT DEFAULT '' NOT NULL,
    family TEXT NOT NULL,
    given TEXT DEFAULT '' NOT NULL,
    credentials TEXT DEFAULT '' NOT NULL,
    specialty TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    fax TEXT DEFAULT '' NOT NULL,
    is_pcp BOOLEAN DEFAULT false NOT NULL,
    is_active BOOLEAN DEFAULT true NOT NULL,
    CONSTRAINT pk_clinician PRIMARY KEY (id),
    CONSTRAINT fk_clinician_practice FOREIGN KEY(practice_id) REFERENCES org.practice (id),
    CONSTRAINT fk_clinician_initiative FOREIGN KEY(initiative_id) REFERENCES org.initiative (id)
);
CREATE INDEX ix_clinician_initiative_id ON org.clinician (initiative_id);

CREATE TABLE org.panel (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    initiative_id UUID NOT NULL,
    name TEXT NOT NULL,
    is_unassigned BOOLEAN DEFAULT false NOT NULL,
    team_id UUID,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_panel PRIMARY KEY (id),
    CONSTRAINT uq_panel_id_initiative_id UNIQUE (id, initiative_id),
    CONSTRAINT uq_panel_initiative_id_name UNIQUE (initiative_id, name),
    CONSTRAINT fk_panel_team FOREIGN KEY(team_id) REFERENCES org.team (id),
    CONSTRAINT fk_panel_initiative FOREIGN KEY(initiative_id) REFERENCES org.initiative (id)
);
CREATE UNIQUE INDEX uq_panel_unassigned ON org.panel (initiative_id) WHERE is_unassigned;

CREATE TABLE sec.staff_initiative (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    staff_id UUID NOT NULL,
    initiative_id UUID NOT NULL,
    valid TSTZRANGE NOT NULL,
    CONSTRAINT pk_staff_initiative PRIMARY KEY (id),
    CONSTRAINT fk_staff_initiative_staff FOREIGN KEY(staff_id) REFERENCES sec.staff (id),
    CONSTRAINT fk_staff_initiative_initiative FOREIGN KEY(initiative_id) REFERENCES org.initiative (id)
);
CREATE INDEX ix_staff_initiative_staff_id ON sec.staff_initiative (staff_id);

CREATE TABLE sync.device (
    id UUID NOT NULL,
    staff_id UUID NOT NULL,
    label TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT 'active' NOT NULL,
    app_version TEXT DEFAULT '' NOT NULL,
    last_seq BIGINT DEFAULT 0 NOT NULL,
    last_hash TEXT DEFAULT '' NOT NULL,
    enrolled_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_device PRIMARY KEY (id),
    CONSTRAINT fk_device_staff FOREIGN KEY(staff_id) REFERENCES sec.staff (id)
);
CREATE INDEX ix_device_staff_id ON sync.device (staff_id);

CREATE TABLE org.resource (
    resource_no BIGINT GENERATED ALWAYS AS IDENTITY,
    initiative_id UUID NOT NULL,
    clinician_id UUID,
    name TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_resource PRIMARY KEY (resource_no),
    CONSTRAINT uq_resource_clinician_id UNIQUE (clinician_id),
    CONSTRAINT fk_resource_initiative FOREIGN KEY(initiative_id) REFERENCES org.initiative (id),
    CONSTRAINT fk_resource_clinician FOREIGN KEY(clinician_id) REFERENCES org.clinician (id)
);

CREATE TABLE sec.staff_panel (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    staff_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    valid TSTZRANGE NOT NULL,
    kind TEXT DEFAULT 'own' NOT NULL,
    depth TEXT DEFAULT 'full' NOT NULL,
    CONSTRAINT pk_staff_panel PRIMARY KEY (id),
    CONSTRAINT fk_staff_panel_staff FOREIGN KEY(staff_id) REFERENCES sec.staff (id),
    CONSTRAINT fk_staff_panel_panel FOREIGN KEY(panel_id) REFERENCES org.panel (id)
);
CREATE INDEX ix_staff_panel_panel_id ON sec.staff_panel (panel_id);
CREATE INDEX ix_staff_panel_staff_id ON sec.staff_panel (staff_id);

CREATE TABLE sync.op (
    op_id UUID NOT NULL,
    device_id UUID NOT NULL,
    device_seq BIGINT NOT NULL,
    staff_id UUID NOT NULL,
    panel_id UUID,
    member_id UUID,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL,
    result JSONB,
    payload JSONB,
    proto SMALLINT DEFAULT 1 NOT NULL,
    authored_at TIMESTAMP WITH TIME ZONE,
    skew_ms BIGINT,
    depends_on UUID,
    prev_hash TEXT DEFAULT '' NOT NULL,
    hash TEXT DEFAULT '' NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    txid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT pk_op PRIMARY KEY (op_id),
    CONSTRAINT uq_op_device_id_device_seq UNIQUE (device_id, device_seq),
    CONSTRAINT fk_op_device FOREIGN KEY(device_id) REFERENCES sync.device (id)
);
CREATE INDEX ix_op_member_id ON sync.op (member_id);

CREATE TABLE activity.slot (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    visit_id UUID NOT NULL,
    resource_no BIGINT NOT NULL,
    slot TSTZRANGE NOT NULL,
    released_at TIMESTAMP WITH TIME ZONE,
    op_id UUID,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_slot PRIMARY KEY (id),
    CONSTRAINT fk_slot_resource FOREIGN KEY(resource_no) REFERENCES org.resource (resource_no),
    CONSTRAINT ex_slot_no_overlap EXCLUDE USING gist (int8range(resource_no, resource_no, '[]'::text) WITH &&, slot WITH &&) WHERE (released_at IS NULL),
    CONSTRAINT fk_slot_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_slot_member_id ON activity.slot (member_id);

-- A person's panel is a panel of the person's own initiative.
ALTER TABLE care.member ADD CONSTRAINT fk_member_panel
    FOREIGN KEY (panel_id, initiative_id) REFERENCES org.panel (id, initiative_id);
ALTER TABLE org.reference ADD CONSTRAINT fk_reference_initiative
    FOREIGN KEY (initiative_id) REFERENCES org.initiative (id);
ALTER TABLE sec.staff ADD CONSTRAINT ck_staff_role
    CHECK (role IN ('coordinator', 'supervisor', 'case_manager', 'auditor'));
ALTER TABLE sec.service ADD CONSTRAINT ck_service_kind CHECK (kind IN ('loader', 'evaluator', 'administrator'));
ALTER TABLE sec.local_key ADD CONSTRAINT ck_local_key_place CHECK (place = 1);
ALTER TABLE sync.epoch ADD CONSTRAINT ck_epoch_place CHECK (place = 1);
ALTER TABLE load.secret ADD CONSTRAINT ck_secret_place CHECK (place = 1);

INSERT INTO sync.epoch DEFAULT VALUES;
INSERT INTO load.secret DEFAULT VALUES;
INSERT INTO sec.service (role_name, kind) VALUES
    ('@loader@', 'loader'), ('@evaluator@', 'evaluator'), ('@administrator@', 'administrator');
