-- The first protocol a workstation speaks. Every later one is a schema of its own beside it (sync 4.13).

CREATE SCHEMA sync_v1;
CREATE INDEX ix_visit_visit_id ON activity.visit (visit_id);
CREATE INDEX ix_referral_referral_id ON activity.referral (referral_id);
CREATE INDEX ix_retraction_target_id ON activity.retraction (target_id);
-- One letter has one file, the first.
CREATE UNIQUE INDEX ix_letter_file_letter_id ON activity.letter_file (letter_id);
GRANT UPDATE ON sync.device, activity.slot TO @definer@;
-- What waits is asked after in every round of a supervisor, and is a handful among millions.
CREATE INDEX ix_op_received_at_waiting ON sync.op (received_at) WHERE outcome = 'quarantined';
CREATE INDEX ix_op_depends_on_waiting ON sync.op (depends_on) WHERE outcome = 'quarantined';

-- Up to which transaction the feed was given up, and of which history that number speaks.
CREATE TABLE sync.feed_floor (
    place SMALLINT DEFAULT 1 NOT NULL,
    floor xid8 DEFAULT '0' NOT NULL,
    history TEXT DEFAULT '' NOT NULL,
    closed_upto TIMESTAMP WITH TIME ZONE,
    closed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_feed_floor PRIMARY KEY (place)
);
ALTER TABLE sync.feed_floor ADD CONSTRAINT ck_feed_floor_place CHECK (place = 1);
INSERT INTO sync.feed_floor DEFAULT VALUES;

-- Every protocol ever released may send; until when one may also receive stands here.
CREATE TABLE sync.protocol (
    number BIGINT NOT NULL,
    pull_until DATE,
    CONSTRAINT pk_protocol PRIMARY KEY (number)
);
INSERT INTO sync.protocol (number) VALUES (1);

CREATE TABLE sync.allowance (
    kind TEXT NOT NULL,
    number BIGINT NOT NULL,
    why TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_allowance PRIMARY KEY (kind)
);
INSERT INTO sync.allowance (kind, number, why) VALUES
    ('ops_per_device_day', 5000, 'a busy nurse makes 150 acts a day; 14 days sent again after a restore still fit in');

CREATE TABLE sync.device_day (
    device_id UUID NOT NULL,
    day DATE NOT NULL,
    ops BIGINT DEFAULT '0' NOT NULL,
    told_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_device_day PRIMARY KEY (device_id, day)
);

SELECT sec.protect_inner_table('sync.feed_floor'), sec.protect_inner_table('sync.protocol'),
       sec.protect_inner_table('sync.allowance'), sec.protect_inner_table('sync.device_day');
GRANT SELECT, INSERT, UPDATE ON sync.feed_floor, sync.protocol, sync.allowance, sync.device_day TO @definer@;
