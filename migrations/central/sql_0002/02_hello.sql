-- Who a workstation is, and what it may hold. Owned by the definer.

-- Which history a snapshot belongs to: cluster, timeline, database, the feed's own table (a restore makes it anew), and
-- a number an administrator raises. A snapshot of another epoch says nothing here (sync 4.3). Said by the primary alone.
CREATE FUNCTION sync.epoch_now() RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT concat_ws(':', (SELECT system_identifier FROM pg_control_system()),
                     substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8),
                     (SELECT oid FROM pg_database WHERE datname = current_database()), 'sync.change'::regclass::oid,
                     (SELECT feed_epoch FROM sync.epoch))
$$;

-- What the numbers of transactions mean: the epoch without the timeline, which a standby need not know.
CREATE FUNCTION sync.history_now() RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT concat_ws(':', (SELECT system_identifier FROM pg_control_system()),
                     (SELECT oid FROM pg_database WHERE datname = current_database()), 'sync.change'::regclass::oid)
$$;

-- The newest protocol both sides speak; whoever is older than all of them still sends, and is told to update.
CREATE FUNCTION sync.protocol_of(proto_min int, proto_max int) RETURNS sync.protocol LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT p FROM sync.protocol AS p WHERE p.number BETWEEN proto_min AND proto_max ORDER BY p.number DESC LIMIT 1
$$;

-- Receiving may end for an old protocol; sending never does (sync 4.13).
CREATE FUNCTION sync.require_pull(proto int) RETURNS void LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM sync.protocol AS p
                WHERE p.number = proto AND p.pull_until < (now() AT TIME ZONE 'UTC')::date) THEN
        PERFORM sec.refuse('protocol_ended');
    END IF;
END $$;

-- Whoever speaks sync_v1: an active coordinator or supervisor whose one-time password is gone.
CREATE FUNCTION sync.caller() RETURNS sec.staff LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me sec.staff;
BEGIN
    SELECT * INTO me FROM sec.staff AS s WHERE s.role_name = session_user AND s.is_active;
    IF me.id IS NULL OR me.role NOT IN ('coordinator', 'supervisor') THEN
        PERFORM sec.refuse('no_workstation_for_you');
    ELSIF me.must_change THEN
        PERFORM sec.refuse('must_change_password');
    END IF;
    RETURN me;
END $$;

-- The audit must not name a workstation its reader does not have.
CREATE FUNCTION sync.require_device(device uuid) RETURNS void LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM sync.device AS d JOIN sec.staff AS s ON s.id = d.staff_id
      WHERE d.id = device AND s.role_name = session_user;
    IF NOT FOUND THEN
        PERFORM sec.refuse('unknown_device');
    END IF;
END $$;

CREATE FUNCTION sync.require_panel(panel uuid) RETURNS void LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF panel IS NULL OR NOT panel = ANY (sec.my_panels()) THEN
        PERFORM sec.refuse('no_such_panel');
    END IF;
END $$;

-- What a workstation looks up: what was loaded or signed, and what the centre knows of its own.
CREATE FUNCTION sync.reference_of(initiative uuid) RETURNS TABLE (kind text, key text, content jsonb)
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH own AS (
        SELECT 'initiative' AS kind, i.id::text AS key, jsonb_build_object(
                   'name', i.name, 'zone', i.zone, 'calendar', i.calendar,
                   'office', i.office_opens || '-' || i.office_closes, 'frozen_on', i.frozen_on) AS content
          FROM org.initiative AS i WHERE i.id = initiative
        UNION ALL
        SELECT 'staff', s.id::text, jsonb_build_object(
                   'name', s.name, 'role', s.role, 'credentials', s.credentials, 'phone', s.phone)
          FROM sec.staff AS s
         WHERE s.initiative_id = initiative OR EXISTS (
               SELECT FROM sec.staff_initiative AS more WHERE more.staff_id = s.id AND more.initiative_id = initiative)
        UNION ALL
        SELECT 'source', s.source, jsonb_build_object('label', s.label, 'data_as_of', s.data_as_of)
          FROM org.source AS s WHERE s.initiative_id = initiative
        UNION ALL
        SELECT 'practice', p.id::text, to_jsonb(p) - '{id,initiative_id}'::text[]
          FROM org.practice AS p WHERE p.initiative_id = initiative
        UNION ALL
        SELECT 'clinician', c.id::text, to_jsonb(c) - '{id,initiative_id,practice_id,is_active}'::text[]
                   || jsonb_build_object(
                      'name', concat_ws(', ', btrim(c.given || ' ' || c.family), nullif(c.credentials, '')),
                      'practice', coalesce(p.name, ''),
                      'phone', coalesce(nullif(c.phone, ''), p.phone, ''),
                      'fax', coalesce(nullif(c.fax, ''), p.fax, ''), 'address', coalesce(p.address, ''),
                      'city', coalesce(p.city, ''), 'state', coalesce(p.state, ''), 'zip_code', coalesce(p.zip_code, ''))
          FROM org.clinician AS c LEFT JOIN org.practice AS p ON p.id = c.practice_id
         WHERE c.initiative_id = initiative AND c.is_active
    )
    SELECT r.kind, r.key, r.content FROM org.reference AS r WHERE r.initiative_id = initiative
    UNION ALL
    SELECT own.kind, own.key, own.content FROM own
     WHERE NOT EXISTS (SELECT FROM org.reference AS r
                        WHERE r.initiative_id = initiative AND r.kind = own.kind AND r.key = own.key)
$$;

-- Another text means another bundle. What has a counter is counted; the few tables without one are summed up.
CREATE FUNCTION sync.bundle_of(i org.initiative) RETURNS text LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT concat_ws('.', i.reference_version, to_hex(hashtextextended(i::text, 0)),
        (SELECT to_hex(bit_xor(hashtextextended(concat_ws('|', s.id, s.name, s.role, s.credentials, s.phone), 0)))
           FROM sec.staff AS s
          WHERE s.initiative_id = i.id OR EXISTS (
                SELECT FROM sec.staff_initiative AS m WHERE m.staff_id = s.id AND m.initiative_id = i.id)),
        (SELECT to_hex(bit_xor(hashtextextended(concat_ws('|', s.source, s.label, s.data_as_of), 0)))
           FROM org.source AS s WHERE s.initiative_id = i.id),
        (SELECT to_hex(bit_xor(hashtextextended(p::text, 0))) FROM org.practice AS p WHERE p.initiative_id = i.id),
        (SELECT to_hex(bit_xor(hashtextextended(c::text, 0))) FROM org.clinician AS c WHERE c.initiative_id = i.id))
$$;

CREATE FUNCTION sync_v1.hello(
    app text, proto_min int, proto_max int, schema_rev text, device uuid, challenge bytea
) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me sec.staff := sync.caller();
    seat sync.device;
    spoken sync.protocol := sync.protocol_of(proto_min, proto_max);
BEGIN
    IF spoken.number IS NULL THEN
        PERFORM sec.refuse('protocol_unknown');
    END IF;
    IF (SELECT count(*) FROM sync.device AS d
         WHERE d.staff_id = me.id AND d.id <> device AND d.enrolled_at > now() - interval '1 day') >= 20
       AND NOT EXISTS (SELECT FROM sync.device AS d WHERE d.id = device) THEN
        PERFORM sec.refuse('too_many_devices');
    END IF;
    INSERT INTO sync.device (id, staff_id, app_version, last_seen_at)
    VALUES (device, me.id, left(app, 40), clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET last_seen_at = excluded.last_seen_at, app_version = excluded.app_version
     WHERE sync.device.staff_id = me.id
    RETURNING * INTO seat;
    IF seat.id IS NULL THEN
        PERFORM sec.refuse('device_of_another');
    END IF;
    RETURN jsonb_build_object(
        'proto', spoken.number,
        'pull_until', spoken.pull_until,
        'may_pull', coalesce(spoken.pull_until >= (now() AT TIME ZONE 'UTC')::date, true),
        'schema_rev', schema_rev,
        -- A server set back to an older image gives numbers out again without another epoch; its log shrinks then.
        'log_end', pg_current_wal_lsn() - '0/0'::pg_lsn,
        'seen_at', seat.last_seen_at,
        'epoch', sync.epoch_now(),
        'server_time', clock_timestamp(),
        'staff', jsonb_build_object('id', me.id, 'name', me.name, 'role', me.role, 'login', me.login),
        'device_state', seat.state,
        'lease_until', now() + interval '7 days',
        'answer', encode(sec.answer_challenge(challenge), 'hex'),
        'panels', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                       'id', p.id, 'initiative_id', p.initiative_id, 'name', p.name,
                       'depth', coalesce(held.depth, CASE me.role WHEN 'supervisor' THEN 'review' ELSE 'full' END),
                       'members', (SELECT count(*) FROM care.member AS m WHERE m.panel_id = p.id)) ORDER BY p.name), '[]')
              FROM org.panel AS p
              LEFT JOIN LATERAL (
                   SELECT min(h.depth) AS depth FROM sec.staff_panel AS h
                    WHERE h.staff_id = me.id AND h.panel_id = p.id AND now() <@ h.valid) AS held ON true
             WHERE p.id = ANY ((SELECT sec.my_panels())::uuid[])),
        'initiatives', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                       'id', i.id, 'name', i.name, 'zone', i.zone, 'calendar', i.calendar,
                       'office', i.office_opens || '-' || i.office_closes, 'frozen_on', i.frozen_on,
                       'bundle', sync.bundle_of(i)) ORDER BY i.name), '[]')
              FROM org.initiative AS i WHERE i.id = ANY ((SELECT sec.my_initiatives())::uuid[])));
END $$;

CREATE FUNCTION sync_v1.reference(initiative uuid) RETURNS TABLE (kind text, key text, content text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF initiative IS NULL OR NOT initiative = ANY (sec.my_initiatives()) THEN
        PERFORM sec.refuse('no_such_initiative');
    END IF;
    RETURN QUERY SELECT r.kind, r.key, r.content::text FROM sync.reference_of(initiative) AS r;
END $$;
