-- What a workstation is told to do with its store, and the key its last words are sealed to. Owned by the owner.

CREATE TABLE sec.seal_key (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    initiative_id UUID NOT NULL,
    public_key BYTEA NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_seal_key PRIMARY KEY (id),
    CONSTRAINT fk_seal_key_initiative FOREIGN KEY(initiative_id) REFERENCES org.initiative (id)
);
CREATE INDEX ix_seal_key_initiative_id ON sec.seal_key (initiative_id, made_at);

CREATE TABLE sync.device_keeping (
    device_id UUID NOT NULL,
    slot_secret BYTEA,
    wipe_ordered_at TIMESTAMP WITH TIME ZONE,
    wiped_at TIMESTAMP WITH TIME ZONE,
    wiped_facts JSONB,
    CONSTRAINT pk_device_keeping PRIMARY KEY (device_id),
    CONSTRAINT fk_device_keeping_device FOREIGN KEY(device_id) REFERENCES sync.device (id)
);

SELECT sec.protect_inner_table('sec.seal_key'), sec.protect_inner_table('sync.device_keeping');
GRANT SELECT, INSERT ON sec.seal_key TO @definer@;
GRANT SELECT, INSERT, UPDATE ON sync.device_keeping TO @definer@;
