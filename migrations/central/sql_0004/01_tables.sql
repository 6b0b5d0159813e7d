-- Blocks of sealed audit rows, and how long things are kept. Owned by the owner.

CREATE TABLE audit.seal (
    number BIGINT NOT NULL,
    starts xid8 NOT NULL,
    ends xid8 NOT NULL,
    events BIGINT NOT NULL,
    first_at TIMESTAMP WITH TIME ZONE,
    last_at TIMESTAMP WITH TIME ZONE,
    digest TEXT NOT NULL,
    previous TEXT DEFAULT '' NOT NULL,
    head TEXT NOT NULL,
    sealed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_seal PRIMARY KEY (number)
);
CREATE INDEX ix_event_txid ON audit.event (txid);

CREATE TABLE sec.retention (
    kind TEXT NOT NULL,
    parent TEXT NOT NULL,
    months BIGINT NOT NULL,
    why TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_retention PRIMARY KEY (kind)
);
INSERT INTO sec.retention (kind, parent, months, why) VALUES
    ('audit', 'audit.event', 72, '45 CFR 164.316(b)(2): documentation is kept six years'),
    ('feed', 'sync.change', 3, 'a workstation away for longer copies its panels again');

SELECT sec.protect_inner_table('audit.seal'), sec.protect_inner_table('sec.retention');
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON audit.seal FOR EACH ROW EXECUTE FUNCTION audit.say_no();
CREATE TRIGGER stays_whole BEFORE TRUNCATE ON audit.seal FOR EACH STATEMENT EXECUTE FUNCTION audit.say_no();

GRANT SELECT, INSERT ON audit.seal TO @definer@;
GRANT SELECT ON sec.retention TO @definer@;
GRANT USAGE ON SCHEMA audit TO @cc_administrator@;
