-- The end of a workstation: ordered here, done there, with a receipt; and the way back in without a keyring. Owned by
-- the definer.

-- The key to which workstations of an initiative seal what they could not send; the newest counts.
CREATE FUNCTION sec.keep_seal_key(initiative uuid, key bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF initiative IS NULL OR NOT initiative = ANY (sec.my_initiatives()) THEN
        PERFORM sec.refuse('no_such_initiative');
    ELSIF length(key) IS DISTINCT FROM 32 THEN
        PERFORM sec.refuse('bad_seal_key');
    END IF;
    INSERT INTO sec.seal_key (initiative_id, public_key) VALUES (initiative, key);
    PERFORM audit.record('seal_key', NULL, NULL, initiative, NULL,
                         jsonb_build_object('key', encode(sha256(key), 'hex')));
END $$;

-- The initiatives whose workstations have no key to seal to.
CREATE FUNCTION sec.without_seal_key() RETURNS TABLE (initiative text) LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT i.name FROM org.initiative AS i
     WHERE i.id = ANY (sec.my_initiatives())
       AND NOT EXISTS (SELECT FROM sec.seal_key AS s WHERE s.initiative_id = i.id) ORDER BY i.name
$$;

-- Whose workstation it is, for the administrator of that person's initiative.
CREATE FUNCTION sec.holder_of(the_device uuid) RETURNS sec.staff LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    holder sec.staff;
BEGIN
    SELECT s.* INTO holder FROM sync.device AS d JOIN sec.staff AS s ON s.id = d.staff_id
     WHERE d.id = the_device AND s.initiative_id = ANY (sec.my_initiatives());
    IF holder.id IS NULL THEN
        PERFORM sec.refuse('no_such_device');
    END IF;
    RETURN holder;
END $$;

-- At its next hello the workstation sends what it has, and empties itself.
CREATE FUNCTION sec.order_wipe(the_device uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    holder sec.staff := sec.holder_of(the_device);
BEGIN
    IF NOT EXISTS (SELECT FROM sec.seal_key AS s WHERE s.initiative_id = holder.initiative_id) THEN
        -- What it cannot send would be lost.
        PERFORM sec.refuse('no_seal_key');
    END IF;
    INSERT INTO sync.device_keeping AS k (device_id, wipe_ordered_at) VALUES (the_device, now())
    ON CONFLICT (device_id) DO UPDATE SET wipe_ordered_at = now(), slot_secret = NULL WHERE k.wipe_ordered_at IS NULL;
    IF FOUND THEN
        PERFORM audit.record('wipe_ordered', NULL, NULL, holder.initiative_id, the_device,
                             jsonb_build_object('login', holder.login));
    END IF;
    RETURN holder.login;
END $$;

CREATE FUNCTION sec.list_keepings() RETURNS TABLE (device uuid, wipe_ordered_at timestamptz, wiped_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT k.device_id, k.wipe_ordered_at, k.wiped_at
      FROM sync.device_keeping AS k JOIN sync.device AS d ON d.id = k.device_id JOIN sec.staff AS s ON s.id = d.staff_id
     WHERE s.initiative_id = ANY (sec.my_initiatives()) AND k.wipe_ordered_at IS NOT NULL
$$;

-- What hello is not asked: whether this workstation is to be emptied, to which key it seals, and for a supervisor which
-- panels of her initiatives were opened in an emergency lately. Any protocol asks it.
CREATE FUNCTION sync_v1.keeping(device uuid) RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me sec.staff := sync.caller();
BEGIN
    RETURN (SELECT jsonb_build_object(
                'wipe', coalesce(k.wipe_ordered_at IS NOT NULL AND k.wiped_at IS NULL, false),
                'seal_key', (SELECT encode(s.public_key, 'hex') FROM sec.seal_key AS s
                              WHERE s.initiative_id = me.initiative_id ORDER BY s.made_at DESC LIMIT 1),
                'emergencies', CASE WHEN me.role = 'supervisor' THEN (
                    SELECT coalesce(jsonb_agg(to_jsonb(e) ORDER BY e.since DESC), '[]')
                      FROM sec.list_emergencies() AS e
                     WHERE e.since > now() - interval '7 days' OR e.until > now()) END)
              FROM sync.device AS d LEFT JOIN sync.device_keeping AS k ON k.device_id = d.id
             WHERE d.id = device AND d.staff_id = me.id);
END $$;

-- The receipt of an emptied workstation: counts and digests, and no more comes from it.
CREATE FUNCTION sync_v1.wiped(device uuid, told jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me sec.staff := sync.caller();
    receipt jsonb := jsonb_build_object('sealed', (told ->> 'sealed')::int, 'drafts', (told ->> 'drafts')::int,
                                        'digest', left(told ->> 'digest', 64));
BEGIN
    UPDATE sync.device_keeping AS k SET wiped_at = now(), wiped_facts = receipt
      FROM sync.device AS d
     WHERE k.device_id = device AND d.id = device AND d.staff_id = me.id AND k.wipe_ordered_at IS NOT NULL
       AND k.wiped_at IS NULL;
    IF NOT FOUND THEN
        PERFORM sec.refuse('no_wipe_ordered');
    END IF;
    UPDATE sync.device AS d SET state = 'revoked' WHERE d.id = device;
    PERFORM audit.record('device_wiped', NULL, NULL, me.initiative_id, device, receipt);
END $$;

-- The server's half of slot C. Whoever took the computer and knows the passphrase still needs the login.
CREATE FUNCTION sync_v1.slot_secret(device uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me sec.staff := sync.caller();
    kept bytea;
BEGIN
    PERFORM FROM sync.device AS d LEFT JOIN sync.device_keeping AS k ON k.device_id = d.id
      WHERE d.id = device AND d.staff_id = me.id AND d.state <> 'revoked' AND k.wipe_ordered_at IS NULL;
    IF NOT FOUND THEN
        PERFORM sec.refuse('no_slot_secret');
    END IF;
    INSERT INTO sync.device_keeping AS k (device_id, slot_secret)
    VALUES (device, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
    ON CONFLICT (device_id) DO UPDATE SET slot_secret = coalesce(k.slot_secret, excluded.slot_secret)
    RETURNING slot_secret INTO kept;
    PERFORM audit.record('slot_secret', NULL, NULL, me.initiative_id, device, NULL);
    RETURN encode(kept, 'hex');
END $$;

-- What a workstation sealed before it was emptied, brought by the administrator who holds the key: the same ledger, the
-- same savepoints, the same answers as if it had been sent. The administrator reads outcomes, not words.
CREATE FUNCTION sec.import_ops(the_device uuid, ops jsonb) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    holder sec.staff := sec.holder_of(the_device);
    seat sync.device;
    op jsonb;
    seq bigint;
    result jsonb;
    results jsonb := '[]';
BEGIN
    IF jsonb_typeof(ops) IS DISTINCT FROM 'array' OR jsonb_array_length(ops) > 1000 OR octet_length(ops::text) > 8388608 THEN
        PERFORM sec.refuse('bad_push');
    END IF;
    SELECT * INTO seat FROM sync.device AS d WHERE d.id = the_device FOR UPDATE;
    FOR op IN SELECT * FROM jsonb_array_elements(ops) LOOP
        seq := (op ->> 'device_seq')::bigint;
        -- An emptied workstation is revoked; what it sealed before it was is not under suspicion for that alone. A
        -- number that another act had is: then two workstations sent under one id.
        IF EXISTS (SELECT FROM sync.op AS o
                    WHERE o.device_id = seat.id AND o.device_seq = seq AND o.op_id::text <> op ->> 'op_id') THEN
            seat.state := 'frozen';
        ELSIF seat.state = 'revoked' AND EXISTS (
                SELECT FROM sync.device_keeping AS k WHERE k.device_id = seat.id AND k.wiped_at IS NOT NULL) THEN
            seat.state := 'active';
        END IF;
        result := sync.take_op(holder, sec.my_panels(), seat, op);
        results := results || jsonb_build_object(
            'op_id', op -> 'op_id', 'outcome', result -> 'outcome', 'facts', jsonb_build_object('cause', result -> 'cause'));
        UPDATE sync.device AS d SET last_seq = seq, last_hash = coalesce(op ->> 'hash', '')
         WHERE d.id = seat.id AND d.last_seq < seq;
    END LOOP;
    PERFORM audit.record('sealed_imported', NULL, NULL, holder.initiative_id, the_device,
                         jsonb_build_object('login', holder.login, 'ops', jsonb_array_length(ops)));
    RETURN results;
END $$;

-- A revoked workstation is answered at hello, sends what then waits for a person, and reads nothing more.
CREATE OR REPLACE FUNCTION sync.require_device(device uuid) RETURNS void LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found_state text := (SELECT d.state FROM sync.device AS d JOIN sec.staff AS s ON s.id = d.staff_id
                          WHERE d.id = device AND s.role_name = session_user);
BEGIN
    IF found_state IS NULL THEN
        PERFORM sec.refuse('unknown_device');
    ELSIF found_state = 'revoked' THEN
        PERFORM sec.refuse('device_revoked');
    END IF;
END $$;

GRANT EXECUTE ON FUNCTION sync_v1.keeping(uuid), sync_v1.wiped(uuid, jsonb), sync_v1.slot_secret(uuid)
    TO @cc_coordinator@, @cc_supervisor@;
GRANT EXECUTE ON FUNCTION sec.keep_seal_key(uuid, bytea), sec.without_seal_key(), sec.order_wipe(uuid), sec.list_keepings(),
    sec.import_ops(uuid, jsonb) TO @cc_administrator@;
