-- How far each workstation's log of what was looked at was taken. Owned by the owner.

CREATE TABLE sync.access_chain (
    device_id UUID NOT NULL,
    last_seq BIGINT DEFAULT 0 NOT NULL,
    last_hash TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_access_chain PRIMARY KEY (device_id),
    CONSTRAINT fk_access_chain_device FOREIGN KEY(device_id) REFERENCES sync.device (id)
);
SELECT sec.protect_inner_table('sync.access_chain');
GRANT SELECT, INSERT, UPDATE ON sync.access_chain TO @definer@;
CREATE INDEX ix_event_kind ON audit.event (kind, at)
    WHERE kind IN ('access_chain_broken', 'access_gap', 'chain_broken', 'outbox_gap', 'device_fork');
