CREATE TABLE member (
    id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    initiative_id TEXT NOT NULL,
    person_key TEXT NOT NULL,
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
    "plan" TEXT DEFAULT '' NOT NULL,
    clinician_id TEXT,
    held_cause TEXT DEFAULT '' NOT NULL,
    held_source TEXT DEFAULT '' NOT NULL,
    held_on DATE,
    deceased_on DATE,
    joined_on DATE,
    left_on DATE,
    source TEXT DEFAULT '' NOT NULL,
    known_at BIGINT,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_member PRIMARY KEY (id),
    CONSTRAINT uq_member_id_panel_id UNIQUE (id, panel_id)
);

CREATE INDEX ix_member_panel_id ON member (panel_id);

CREATE TABLE reference (
    initiative_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    content TEXT NOT NULL,
    CONSTRAINT pk_reference PRIMARY KEY (initiative_id, kind, "key")
);

CREATE TABLE contact (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    received_at BIGINT,
    op_id TEXT,
    device_id TEXT,
    outcome TEXT DEFAULT '' NOT NULL,
    party TEXT DEFAULT 'patient' NOT NULL,
    channel TEXT DEFAULT 'phone' NOT NULL,
    direction TEXT DEFAULT 'out' NOT NULL,
    number TEXT DEFAULT '' NOT NULL,
    identity TEXT,
    language TEXT DEFAULT '' NOT NULL,
    interpreter TEXT DEFAULT '' NOT NULL,
    topics TEXT,
    note TEXT DEFAULT '' NOT NULL,
    seconds INTEGER DEFAULT '0' NOT NULL,
    call_back_at BIGINT,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_contact PRIMARY KEY (id)
);

CREATE INDEX ix_contact_member_id ON contact (member_id);

CREATE TABLE response (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    received_at BIGINT,
    op_id TEXT,
    device_id TEXT,
    contact_id TEXT,
    reason_id TEXT NOT NULL,
    response TEXT DEFAULT '' NOT NULL,
    cause TEXT DEFAULT '' NOT NULL,
    until DATE,
    evidence_on DATE,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_response PRIMARY KEY (id)
);

CREATE INDEX ix_response_member_id ON response (member_id);

CREATE TABLE follow_up (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    received_at BIGINT,
    op_id TEXT,
    device_id TEXT,
    contact_id TEXT,
    what TEXT DEFAULT 'call_again' NOT NULL,
    due_at BIGINT NOT NULL,
    rule TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_follow_up PRIMARY KEY (id)
);

CREATE INDEX ix_follow_up_member_id ON follow_up (member_id);

CREATE TABLE teaching (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    received_at BIGINT,
    op_id TEXT,
    device_id TEXT,
    contact_id TEXT,
    topic TEXT DEFAULT '' NOT NULL,
    topic_version TEXT DEFAULT '' NOT NULL,
    language TEXT DEFAULT 'en' NOT NULL,
    learner TEXT DEFAULT 'patient' NOT NULL,
    result TEXT DEFAULT '' NOT NULL,
    "plan" TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_teaching PRIMARY KEY (id)
);

CREATE INDEX ix_teaching_member_id ON teaching (member_id);

CREATE TABLE visit (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    received_at BIGINT,
    op_id TEXT,
    device_id TEXT,
    visit_id TEXT NOT NULL,
    base_id TEXT,
    state TEXT DEFAULT '' NOT NULL,
    visit_type TEXT DEFAULT '' NOT NULL,
    clinician_id TEXT,
    place TEXT DEFAULT '' NOT NULL,
    starts_at BIGINT,
    minutes INTEGER DEFAULT '30' NOT NULL,
    deadline_on DATE,
    how_asked TEXT DEFAULT '' NOT NULL,
    asked_of TEXT DEFAULT '' NOT NULL,
    confirmed_by TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_visit PRIMARY KEY (id)
);

CREATE INDEX ix_visit_member_id ON visit (member_id);

CREATE TABLE letter (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    received_at BIGINT,
    op_id TEXT,
    device_id TEXT,
    program TEXT DEFAULT '' NOT NULL,
    recipient TEXT DEFAULT '' NOT NULL,
    copy_for TEXT DEFAULT 'program' NOT NULL,
    language TEXT DEFAULT 'en' NOT NULL,
    template TEXT DEFAULT '' NOT NULL,
    template_version TEXT DEFAULT '' NOT NULL,
    facts TEXT,
    pdf_sha256 TEXT DEFAULT '' NOT NULL,
    pages INTEGER DEFAULT '1' NOT NULL,
    agreement TEXT DEFAULT 'not_asked' NOT NULL,
    how TEXT DEFAULT 'printed' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_letter PRIMARY KEY (id)
);

CREATE INDEX ix_letter_member_id ON letter (member_id);

CREATE TABLE letter_file (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    received_at BIGINT,
    op_id TEXT,
    device_id TEXT,
    letter_id TEXT NOT NULL,
    content BLOB NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_letter_file PRIMARY KEY (id)
);

CREATE INDEX ix_letter_file_member_id ON letter_file (member_id);

CREATE TABLE referral (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    received_at BIGINT,
    op_id TEXT,
    device_id TEXT,
    referral_id TEXT NOT NULL,
    base_id TEXT,
    program TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT 'wanted' NOT NULL,
    agreement TEXT DEFAULT 'not_asked' NOT NULL,
    letter_id TEXT,
    answer_by DATE,
    note TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_referral PRIMARY KEY (id)
);

CREATE INDEX ix_referral_member_id ON referral (member_id);

CREATE TABLE red_flag (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    received_at BIGINT,
    op_id TEXT,
    device_id TEXT,
    flag_id TEXT NOT NULL,
    step TEXT DEFAULT '' NOT NULL,
    said TEXT DEFAULT '' NOT NULL,
    whereabouts TEXT DEFAULT '' NOT NULL,
    call_back TEXT DEFAULT '' NOT NULL,
    advice TEXT DEFAULT '' NOT NULL,
    who TEXT DEFAULT '' NOT NULL,
    answer TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_red_flag PRIMARY KEY (id)
);

CREATE INDEX ix_red_flag_member_id ON red_flag (member_id);

CREATE TABLE medicine (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    received_at BIGINT,
    op_id TEXT,
    device_id TEXT,
    contact_id TEXT,
    how TEXT DEFAULT '' NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    rxcui TEXT DEFAULT '' NOT NULL,
    dose TEXT DEFAULT '' NOT NULL,
    days_supply INTEGER,
    told_by TEXT DEFAULT 'patient' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_medicine PRIMARY KEY (id)
);

CREATE INDEX ix_medicine_member_id ON medicine (member_id);

CREATE TABLE note (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    received_at BIGINT,
    op_id TEXT,
    device_id TEXT,
    text TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_note PRIMARY KEY (id)
);

CREATE INDEX ix_note_member_id ON note (member_id);

CREATE TABLE retraction (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    received_at BIGINT,
    op_id TEXT,
    device_id TEXT,
    target_kind TEXT DEFAULT '' NOT NULL,
    target_id TEXT NOT NULL,
    cause TEXT DEFAULT 'undo' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_retraction PRIMARY KEY (id)
);

CREATE INDEX ix_retraction_member_id ON retraction (member_id);

CREATE TABLE review (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    received_at BIGINT,
    op_id TEXT,
    device_id TEXT,
    contact_id TEXT NOT NULL,
    result TEXT DEFAULT '' NOT NULL,
    comment TEXT DEFAULT '' NOT NULL,
    scores TEXT,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_review PRIMARY KEY (id)
);

CREATE INDEX ix_review_member_id ON review (member_id);

CREATE TABLE contact_point (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
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
    known_at BIGINT,
    nurse_entered BOOLEAN DEFAULT false NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_contact_point PRIMARY KEY (id),
    CONSTRAINT fk_contact_point_member FOREIGN KEY(member_id, panel_id) REFERENCES member (id, panel_id) ON UPDATE CASCADE
);

CREATE INDEX ix_contact_point_member_id ON contact_point (member_id);

CREATE TABLE contact_profile (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    instructions TEXT DEFAULT '' NOT NULL,
    special_contact BOOLEAN DEFAULT false NOT NULL,
    no_contact TEXT,
    safe_address TEXT DEFAULT '' NOT NULL,
    name_to_use TEXT DEFAULT '' NOT NULL,
    best_hours TEXT DEFAULT '' NOT NULL,
    large_print BOOLEAN DEFAULT false NOT NULL,
    prefers_pictures BOOLEAN DEFAULT false NOT NULL,
    interpreter_kind TEXT DEFAULT '' NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    nurse_entered BOOLEAN DEFAULT false NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_contact_profile PRIMARY KEY (id),
    CONSTRAINT fk_contact_profile_member FOREIGN KEY(member_id, panel_id) REFERENCES member (id, panel_id) ON UPDATE CASCADE
);

CREATE INDEX ix_contact_profile_member_id ON contact_profile (member_id);

CREATE TABLE related_person (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    relation TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    is_guardian BOOLEAN DEFAULT false NOT NULL,
    custody_note TEXT DEFAULT '' NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_related_person PRIMARY KEY (id),
    CONSTRAINT fk_related_person_member FOREIGN KEY(member_id, panel_id) REFERENCES member (id, panel_id) ON UPDATE CASCADE
);

CREATE INDEX ix_related_person_member_id ON related_person (member_id);

CREATE TABLE permission (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    related_person_id TEXT NOT NULL,
    topics TEXT,
    form TEXT DEFAULT 'verbal' NOT NULL,
    given_on DATE,
    valid_until DATE,
    withdrawn_on DATE,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_permission PRIMARY KEY (id),
    CONSTRAINT fk_permission_member FOREIGN KEY(member_id, panel_id) REFERENCES member (id, panel_id) ON UPDATE CASCADE
);

CREATE INDEX ix_permission_member_id ON permission (member_id);

CREATE TABLE coverage (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    payer TEXT DEFAULT '' NOT NULL,
    "plan" TEXT DEFAULT '' NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    source TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_coverage PRIMARY KEY (id),
    CONSTRAINT fk_coverage_member FOREIGN KEY(member_id, panel_id) REFERENCES member (id, panel_id) ON UPDATE CASCADE
);

CREATE INDEX ix_coverage_member_id ON coverage (member_id);

CREATE TABLE attribution (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    clinician_id TEXT NOT NULL,
    role TEXT DEFAULT 'pcp' NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    source TEXT DEFAULT '' NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_attribution PRIMARY KEY (id),
    CONSTRAINT fk_attribution_member FOREIGN KEY(member_id, panel_id) REFERENCES member (id, panel_id) ON UPDATE CASCADE
);

CREATE INDEX ix_attribution_member_id ON attribution (member_id);

CREATE TABLE fact (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    part SMALLINT DEFAULT 0 NOT NULL,
    system TEXT DEFAULT '' NOT NULL,
    code TEXT DEFAULT '' NOT NULL,
    display TEXT DEFAULT '' NOT NULL,
    codings TEXT,
    status TEXT DEFAULT '' NOT NULL,
    intent TEXT DEFAULT '' NOT NULL,
    negated BOOLEAN DEFAULT false NOT NULL,
    negation_reason TEXT,
    verification TEXT DEFAULT '' NOT NULL,
    category TEXT DEFAULT '' NOT NULL,
    starts_on DATE,
    starts_at BIGINT,
    ends_on DATE,
    ends_at BIGINT,
    precision TEXT DEFAULT 'second' NOT NULL,
    authored_on DATE,
    encounter_id TEXT,
    reasons TEXT,
    value_number FLOAT,
    value_text TEXT DEFAULT '' NOT NULL,
    value_unit TEXT DEFAULT '' NOT NULL,
    value_coding TEXT,
    class_code TEXT DEFAULT '' NOT NULL,
    priority TEXT DEFAULT '' NOT NULL,
    disposition TEXT DEFAULT '' NOT NULL,
    quantity FLOAT,
    days_supply INTEGER,
    refills INTEGER,
    dose_text TEXT DEFAULT '' NOT NULL,
    per_day FLOAT,
    clinician_id TEXT,
    place TEXT DEFAULT '' NOT NULL,
    amount FLOAT,
    source TEXT DEFAULT '' NOT NULL,
    known_at BIGINT,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_fact PRIMARY KEY (member_id, id),
    CONSTRAINT fk_fact_member FOREIGN KEY(member_id, panel_id) REFERENCES member (id, panel_id) ON UPDATE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE reason (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    rule TEXT DEFAULT '' NOT NULL,
    rule_version TEXT DEFAULT '' NOT NULL,
    subject TEXT DEFAULT '' NOT NULL,
    episode TEXT DEFAULT '' NOT NULL,
    sentence TEXT DEFAULT '' NOT NULL,
    arguments TEXT NOT NULL,
    opens_on DATE NOT NULL,
    due_on DATE,
    ends_on DATE,
    end_cause TEXT DEFAULT '' NOT NULL,
    severity SMALLINT NOT NULL,
    evidence TEXT NOT NULL,
    evidence_on DATE,
    actions TEXT NOT NULL,
    sensitivity SMALLINT DEFAULT 0 NOT NULL,
    row_version BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_reason PRIMARY KEY (id)
);

CREATE INDEX ix_reason_member_id ON reason (member_id);

CREATE TABLE profile (
    "key" TEXT NOT NULL,
    value TEXT,
    CONSTRAINT pk_profile PRIMARY KEY ("key")
);

CREATE TABLE outbox (
    op_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    device_seq BIGINT NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    member_id TEXT,
    payload TEXT NOT NULL,
    base TEXT,
    authored_at BIGINT NOT NULL,
    skew_ms BIGINT DEFAULT 0 NOT NULL,
    proto SMALLINT DEFAULT 1 NOT NULL,
    depends_on TEXT,
    prev_hash TEXT DEFAULT '' NOT NULL,
    hash TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT 'waiting' NOT NULL,
    outcome TEXT DEFAULT '' NOT NULL,
    result TEXT,
    acked_at BIGINT,
    CONSTRAINT pk_outbox PRIMARY KEY (op_id)
);

CREATE INDEX ix_outbox_member_id ON outbox (member_id);

CREATE INDEX ix_outbox_state ON outbox (state, device_seq);

CREATE UNIQUE INDEX uq_outbox_device_seq ON outbox (device_id, device_seq);

CREATE TABLE draft (
    id TEXT NOT NULL,
    member_id TEXT,
    kind TEXT DEFAULT 'call' NOT NULL,
    content TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (id)
);

CREATE INDEX ix_draft_member_id ON draft (member_id);

CREATE TABLE feed_place (
    panel_id TEXT NOT NULL,
    initiative_id TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    depth TEXT DEFAULT 'full' NOT NULL,
    epoch TEXT DEFAULT '' NOT NULL,
    s_old TEXT,
    s_target TEXT,
    pos TEXT,
    is_complete BOOLEAN DEFAULT 0 NOT NULL,
    total INTEGER DEFAULT 0 NOT NULL,
    as_of BIGINT,
    verified_at BIGINT,
    CONSTRAINT pk_feed_place PRIMARY KEY (panel_id)
);

CREATE TABLE to_copy (
    panel_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    member_id TEXT NOT NULL,
    CONSTRAINT pk_to_copy PRIMARY KEY (panel_id, place)
);

CREATE TABLE leaving (
    member_id TEXT NOT NULL,
    panel_id TEXT NOT NULL,
    noted_at BIGINT NOT NULL,
    CONSTRAINT pk_leaving PRIMARY KEY (member_id)
);

CREATE TABLE rank (
    member_id TEXT NOT NULL,
    tier SMALLINT NOT NULL,
    points INTEGER DEFAULT 0 NOT NULL,
    due_on DATE,
    rank INTEGER DEFAULT 0 NOT NULL,
    state TEXT DEFAULT '' NOT NULL,
    computed_for DATE NOT NULL,
    shown TEXT NOT NULL,
    CONSTRAINT pk_rank PRIMARY KEY (member_id)
);

CREATE INDEX ix_rank_computed_for ON rank (computed_for);

CREATE INDEX ix_rank_order ON rank (state, rank, member_id);

CREATE TABLE person_no (
    no INTEGER NOT NULL,
    member_id TEXT NOT NULL,
    CONSTRAINT pk_person_no PRIMARY KEY (no),
    CONSTRAINT uq_person_no_member_id UNIQUE (member_id)
);

CREATE TABLE unread_row (
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    raw TEXT NOT NULL,
    noted_at BIGINT NOT NULL,
    CONSTRAINT pk_unread_row PRIMARY KEY (table_name, row_id)
);

CREATE INDEX ix_unread_row_member_id ON unread_row (member_id);

CREATE TABLE needs_you (
    id TEXT NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    member_id TEXT,
    op_id TEXT,
    sentence TEXT DEFAULT '' NOT NULL,
    arguments TEXT,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    CONSTRAINT pk_needs_you PRIMARY KEY (id)
);

CREATE INDEX ix_needs_you_closed_at ON needs_you (closed_at);

CREATE VIRTUAL TABLE people_search USING fts5(
    name, number, birth, phone, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TRIGGER hide_leavers AFTER INSERT ON rank
WHEN EXISTS (SELECT 1 FROM leaving WHERE leaving.member_id = NEW.member_id)
BEGIN DELETE FROM rank WHERE member_id = NEW.member_id; END;
