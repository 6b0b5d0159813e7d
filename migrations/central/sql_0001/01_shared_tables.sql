-- The tables both sides know. A row's version starts at 1 here and is 0 on a workstation until the centre has seen it.

CREATE SCHEMA care;
CREATE SCHEMA outreach;
CREATE SCHEMA activity;
CREATE SCHEMA org;

CREATE TABLE care.member (
    id UUID NOT NULL,
    panel_id UUID NOT NULL,
    initiative_id UUID NOT NULL,
    person_key UUID NOT NULL,
    member_number TEXT DEFAULT '' NOT NULL,
    family TEXT DEFAULT '' NOT NULL,
    given TEXT DEFAULT '' NOT NULL,
    preferred TEXT DEFAULT '' NOT NULL,
    birth_date DATE NOT NULL,
    sex TEXT DEFAULT 'unknown' NOT NULL,
    language_spoken TEXT DEFAULT 'en' NOT NULL,
    language_read TEXT DEFAULT 'en' NOT NULL,
    interpreter TEXT DEFAULT '' NOT NULL,
    address TEXT DEFAULT '' NOT NULL,
    city TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT '' NOT NULL,
    zip_code TEXT DEFAULT '' NOT NULL,
    zone TEXT DEFAULT '' NOT NULL,
    payer TEXT DEFAULT '' NOT NULL,
    plan TEXT DEFAULT '' NOT NULL,
    clinician_id UUID,
    held_cause TEXT DEFAULT '' NOT NULL,
    held_source TEXT DEFAULT '' NOT NULL,
    held_on DATE,
    deceased_on DATE,
    joined_on DATE,
    left_on DATE,
    source TEXT DEFAULT '' NOT NULL,
    known_at TIMESTAMP WITH TIME ZONE,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_member PRIMARY KEY (id),
    CONSTRAINT uq_member_id_panel_id UNIQUE (id, panel_id)
);
CREATE INDEX ix_member_panel_id ON care.member (panel_id);

CREATE TABLE org.reference (
    initiative_id UUID NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    content JSONB NOT NULL,
    CONSTRAINT pk_reference PRIMARY KEY (initiative_id, kind, key)
);

CREATE TABLE activity.contact (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    author_id UUID NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE,
    op_id UUID,
    device_id UUID,
    outcome TEXT DEFAULT '' NOT NULL,
    party TEXT DEFAULT 'patient' NOT NULL,
    channel TEXT DEFAULT 'phone' NOT NULL,
    direction TEXT DEFAULT 'out' NOT NULL,
    number TEXT DEFAULT '' NOT NULL,
    identity JSONB,
    language TEXT DEFAULT '' NOT NULL,
    interpreter TEXT DEFAULT '' NOT NULL,
    topics JSONB,
    note TEXT DEFAULT '' NOT NULL,
    seconds INTEGER DEFAULT '0' NOT NULL,
    call_back_at TIMESTAMP WITH TIME ZONE,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_contact PRIMARY KEY (id),
    CONSTRAINT fk_contact_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_contact_member_id ON activity.contact (member_id);

CREATE TABLE activity.follow_up (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    author_id UUID NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE,
    op_id UUID,
    device_id UUID,
    contact_id UUID,
    what TEXT DEFAULT 'call_again' NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    rule TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_follow_up PRIMARY KEY (id),
    CONSTRAINT fk_follow_up_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_follow_up_member_id ON activity.follow_up (member_id);

CREATE TABLE activity.letter (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    author_id UUID NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE,
    op_id UUID,
    device_id UUID,
    program TEXT DEFAULT '' NOT NULL,
    recipient TEXT DEFAULT '' NOT NULL,
    copy_for TEXT DEFAULT 'program' NOT NULL,
    language TEXT DEFAULT 'en' NOT NULL,
    template TEXT DEFAULT '' NOT NULL,
    template_version TEXT DEFAULT '' NOT NULL,
    facts JSONB,
    pdf_sha256 TEXT DEFAULT '' NOT NULL,
    pages INTEGER DEFAULT '1' NOT NULL,
    agreement TEXT DEFAULT 'not_asked' NOT NULL,
    how TEXT DEFAULT 'printed' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_letter PRIMARY KEY (id),
    CONSTRAINT fk_letter_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_letter_member_id ON activity.letter (member_id);

CREATE TABLE activity.letter_file (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    author_id UUID NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE,
    op_id UUID,
    device_id UUID,
    letter_id UUID NOT NULL,
    content BYTEA NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_letter_file PRIMARY KEY (id),
    CONSTRAINT fk_letter_file_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_letter_file_member_id ON activity.letter_file (member_id);

CREATE TABLE activity.medicine (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    author_id UUID NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE,
    op_id UUID,
    device_id UUID,
    contact_id UUID,
    how TEXT DEFAULT '' NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    rxcui TEXT DEFAULT '' NOT NULL,
    dose TEXT DEFAULT '' NOT NULL,
    days_supply INTEGER,
    told_by TEXT DEFAULT 'patient' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_medicine PRIMARY KEY (id),
    CONSTRAINT fk_medicine_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_medicine_member_id ON activity.medicine (member_id);

CREATE TABLE activity.note (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    author_id UUID NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE,
    op_id UUID,
    device_id UUID,
    text TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_note PRIMARY KEY (id),
    CONSTRAINT fk_note_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_note_member_id ON activity.note (member_id);

CREATE TABLE activity.red_flag (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    author_id UUID NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE,
    op_id UUID,
    device_id UUID,
    flag_id UUID NOT NULL,
    step TEXT DEFAULT '' NOT NULL,
    said TEXT DEFAULT '' NOT NULL,
    whereabouts TEXT DEFAULT '' NOT NULL,
    call_back TEXT DEFAULT '' NOT NULL,
    advice TEXT DEFAULT '' NOT NULL,
    who TEXT DEFAULT '' NOT NULL,
    answer TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_red_flag PRIMARY KEY (id),
    CONSTRAINT fk_red_flag_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_red_flag_member_id ON activity.red_flag (member_id);

CREATE TABLE activity.referral (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    author_id UUID NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE,
    op_id UUID,
    device_id UUID,
    referral_id UUID NOT NULL,
    base_id UUID,
    program TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT 'wanted' NOT NULL,
    agreement TEXT DEFAULT 'not_asked' NOT NULL,
    letter_id UUID,
    answer_by DATE,
    note TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_referral PRIMARY KEY (id),
    CONSTRAINT fk_referral_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_referral_member_id ON activity.referral (member_id);

CREATE TABLE activity.response (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    author_id UUID NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE,
    op_id UUID,
    device_id UUID,
    contact_id UUID,
    reason_id UUID NOT NULL,
    response TEXT DEFAULT '' NOT NULL,
    cause TEXT DEFAULT '' NOT NULL,
    until DATE,
    evidence_on DATE,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_response PRIMARY KEY (id),
    CONSTRAINT fk_response_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_response_member_id ON activity.response (member_id);

CREATE TABLE activity.retraction (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    author_id UUID NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE,
    op_id UUID,
    device_id UUID,
    target_kind TEXT DEFAULT '' NOT NULL,
    target_id UUID NOT NULL,
    cause TEXT DEFAULT 'undo' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_retraction PRIMARY KEY (id),
    CONSTRAINT fk_retraction_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_retraction_member_id ON activity.retraction (member_id);

CREATE TABLE activity.review (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    author_id UUID NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE,
    op_id UUID,
    device_id UUID,
    contact_id UUID NOT NULL,
    result TEXT DEFAULT '' NOT NULL,
    comment TEXT DEFAULT '' NOT NULL,
    scores JSONB,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_review PRIMARY KEY (id),
    CONSTRAINT fk_review_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_review_member_id ON activity.review (member_id);

CREATE TABLE activity.teaching (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    author_id UUID NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE,
    op_id UUID,
    device_id UUID,
    contact_id UUID,
    topic TEXT DEFAULT '' NOT NULL,
    topic_version TEXT DEFAULT '' NOT NULL,
    language TEXT DEFAULT 'en' NOT NULL,
    learner TEXT DEFAULT 'patient' NOT NULL,
    result TEXT DEFAULT '' NOT NULL,
    plan TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_teaching PRIMARY KEY (id),
    CONSTRAINT fk_teaching_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_teaching_member_id ON activity.teaching (member_id);

CREATE TABLE activity.visit (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    author_id UUID NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE,
    op_id UUID,
    device_id UUID,
    visit_id UUID NOT NULL,
    base_id UUID,
    state TEXT DEFAULT '' NOT NULL,
    visit_type TEXT DEFAULT '' NOT NULL,
    clinician_id UUID,
    place TEXT DEFAULT '' NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE,
    minutes INTEGER DEFAULT '30' NOT NULL,
    deadline_on DATE,
    how_asked TEXT DEFAULT '' NOT NULL,
    asked_of TEXT DEFAULT '' NOT NULL,
    confirmed_by TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_visit PRIMARY KEY (id),
    CONSTRAINT fk_visit_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_visit_member_id ON activity.visit (member_id);

CREATE TABLE care.attribution (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    clinician_id UUID NOT NULL,
    role TEXT DEFAULT 'pcp' NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    source TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_attribution PRIMARY KEY (id),
    CONSTRAINT fk_attribution_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_attribution_member_id ON care.attribution (member_id);

CREATE TABLE care.contact_point (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    kind TEXT DEFAULT 'mobile' NOT NULL,
    value TEXT DEFAULT '' NOT NULL,
    as_typed TEXT DEFAULT '' NOT NULL,
    may_call TEXT DEFAULT 'unknown' NOT NULL,
    may_leave_message TEXT DEFAULT 'unknown' NOT NULL,
    shared_with TEXT DEFAULT '' NOT NULL,
    safe_hours TEXT DEFAULT '' NOT NULL,
    technology TEXT DEFAULT 'voice' NOT NULL,
    preferred BOOLEAN DEFAULT false NOT NULL,
    valid_until DATE,
    source TEXT DEFAULT '' NOT NULL,
    known_at TIMESTAMP WITH TIME ZONE,
    nurse_entered BOOLEAN DEFAULT false NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_contact_point PRIMARY KEY (id),
    CONSTRAINT fk_contact_point_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_contact_point_member_id ON care.contact_point (member_id);

CREATE TABLE care.contact_profile (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    instructions TEXT DEFAULT '' NOT NULL,
    special_contact BOOLEAN DEFAULT false NOT NULL,
    no_contact JSONB,
    safe_address TEXT DEFAULT '' NOT NULL,
    name_to_use TEXT DEFAULT '' NOT NULL,
    best_hours TEXT DEFAULT '' NOT NULL,
    large_print BOOLEAN DEFAULT false NOT NULL,
    prefers_pictures BOOLEAN DEFAULT false NOT NULL,
    interpreter_kind TEXT DEFAULT '' NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    nurse_entered BOOLEAN DEFAULT false NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_contact_profile PRIMARY KEY (id),
    CONSTRAINT fk_contact_profile_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_contact_profile_member_id ON care.contact_profile (member_id);

CREATE TABLE care.coverage (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    payer TEXT DEFAULT '' NOT NULL,
    plan TEXT DEFAULT '' NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    source TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_coverage PRIMARY KEY (id),
    CONSTRAINT fk_coverage_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_coverage_member_id ON care.coverage (member_id);

CREATE TABLE care.fact (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    part SMALLINT DEFAULT 0 NOT NULL,
    system TEXT DEFAULT '' NOT NULL,
    code TEXT DEFAULT '' NOT NULL,
    display TEXT DEFAULT '' NOT NULL,
    codings JSONB,
    status TEXT DEFAULT '' NOT NULL,
    intent TEXT DEFAULT '' NOT NULL,
    negated BOOLEAN DEFAULT false NOT NULL,
    negation_reason JSONB,
    verification TEXT DEFAULT '' NOT NULL,
    category TEXT DEFAULT '' NOT NULL,
    starts_on DATE,
    starts_at TIMESTAMP WITH TIME ZONE,
    ends_on DATE,
    ends_at TIMESTAMP WITH TIME ZONE,
    precision TEXT DEFAULT 'second' NOT NULL,
    authored_on DATE,
    encounter_id UUID,
    reasons JSONB,
    value_number FLOAT,
    value_text TEXT DEFAULT '' NOT NULL,
    value_unit TEXT DEFAULT '' NOT NULL,
    value_coding JSONB,
    class_code TEXT DEFAULT '' NOT NULL,
    priority TEXT DEFAULT '' NOT NULL,
    disposition TEXT DEFAULT '' NOT NULL,
    quantity FLOAT,
    days_supply INTEGER,
    refills INTEGER,
    dose_text TEXT DEFAULT '' NOT NULL,
    per_day FLOAT,
    clinician_id UUID,
    place TEXT DEFAULT '' NOT NULL,
    amount FLOAT,
    source TEXT DEFAULT '' NOT NULL,
    known_at TIMESTAMP WITH TIME ZONE,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_fact PRIMARY KEY (id),
    CONSTRAINT fk_fact_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_fact_member_id ON care.fact (member_id);

CREATE TABLE care.permission (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    related_person_id UUID NOT NULL,
    topics JSONB,
    form TEXT DEFAULT 'verbal' NOT NULL,
    given_on DATE,
    valid_until DATE,
    withdrawn_on DATE,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_permission PRIMARY KEY (id),
    CONSTRAINT fk_permission_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_permission_member_id ON care.permission (member_id);

CREATE TABLE care.related_person (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    relation TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    is_guardian BOOLEAN DEFAULT false NOT NULL,
    custody_note TEXT DEFAULT '' NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_related_person PRIMARY KEY (id),
    CONSTRAINT fk_related_person_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_related_person_member_id ON care.related_person (member_id);

CREATE TABLE outreach.reason (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    panel_id UUID NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    rule TEXT DEFAULT '' NOT NULL,
    rule_version TEXT DEFAULT '' NOT NULL,
    subject TEXT DEFAULT '' NOT NULL,
    episode TEXT DEFAULT '' NOT NULL,
    sentence TEXT DEFAULT '' NOT NULL,
    arguments JSONB NOT NULL,
    opens_on DATE NOT NULL,
    due_on DATE,
    ends_on DATE,
    end_cause TEXT DEFAULT '' NOT NULL,
    severity SMALLINT NOT NULL,
    evidence JSONB NOT NULL,
    evidence_on DATE,
    actions JSONB NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 1 NOT NULL,
    CONSTRAINT pk_reason PRIMARY KEY (id),
    CONSTRAINT fk_reason_member FOREIGN KEY(member_id, panel_id) REFERENCES care.member (id, panel_id) ON UPDATE CASCADE
);
CREATE INDEX ix_reason_member_id ON outreach.reason (member_id);
