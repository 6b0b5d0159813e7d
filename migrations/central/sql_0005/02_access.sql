-- What was looked at on workstations, in the audit; and what does not fit together. Owned by the definer.

-- Takes entries in their order and answers with the number of the last one taken. An entry that does not hold the hash
-- of the one before it, or not its own, is kept and marked, and the break is an incident; so is a number that is missing,
-- where the workstation says that it has no older ones: after a restore it has, and sends them first.
CREATE FUNCTION sync_v1.push_access(device uuid, entries jsonb, is_oldest boolean) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me sec.staff := sync.caller();
    chain sync.access_chain;
    entry jsonb;
    said jsonb;
    seq bigint;
    is_whole boolean;
    home uuid;
    told timestamptz;
BEGIN
    IF jsonb_typeof(entries) IS DISTINCT FROM 'array' OR jsonb_array_length(entries) > 1000
       OR octet_length(entries::text) > 1048576 THEN
        PERFORM sec.refuse('bad_push');
    END IF;
    PERFORM sync.require_device(device);
    INSERT INTO sync.access_chain (device_id) VALUES (device) ON CONFLICT DO NOTHING;
    SELECT * INTO chain FROM sync.access_chain AS c WHERE c.device_id = device FOR UPDATE;
    FOR entry IN SELECT * FROM jsonb_array_elements(entries) LOOP
        seq := (entry ->> 'seq')::bigint;
        IF seq IS NULL OR seq <= chain.last_seq THEN
            CONTINUE;
        ELSIF seq > chain.last_seq + 1 THEN
            EXIT WHEN is_oldest IS NOT TRUE;
            PERFORM audit.record('access_gap', NULL, NULL, me.initiative_id, device,
                                 jsonb_build_object('after', chain.last_seq, 'came', seq));
        END IF;
        is_whole := entry ->> 'prev_hash' IS NOT DISTINCT FROM chain.last_hash
            AND entry ->> 'hash' IS NOT DISTINCT FROM encode(sha256(convert_to(
                concat_ws('|', entry ->> 'prev_hash', device, seq, entry ->> 'payload'), 'UTF8')), 'hex');
        IF NOT is_whole AND seq = chain.last_seq + 1 THEN
            PERFORM audit.record('access_chain_broken', NULL, NULL, me.initiative_id, device,
                                 jsonb_build_object('seq', seq));
        END IF;
        BEGIN
            said := (entry ->> 'payload')::jsonb;
            told := (said ->> 'at')::timestamptz;
            -- By whose panel it lies in, so that a login names nobody of another initiative.
            SELECT m.initiative_id INTO home FROM care.member AS m WHERE m.id = (said ->> 'member_id')::uuid;
            PERFORM audit.record(
                CASE WHEN said ->> 'kind' IN ('chart_opened', 'searched', 'printed', 'exported', 'confidential_opened')
                     THEN said ->> 'kind' ELSE 'looked' END,
                CASE WHEN home = ANY (sec.my_initiatives()) THEN (said ->> 'member_id')::uuid END,
                NULL, me.initiative_id, device,
                jsonb_build_object('at', coalesce(told, now()), 'seq', seq, 'count', (said ->> 'count')::int,
                                   'is_whole', is_whole));
        EXCEPTION WHEN OTHERS THEN
            -- What cannot be read cannot be shown; that it was there can.
            PERFORM audit.record('looked', NULL, NULL, me.initiative_id, device,
                                 jsonb_build_object('at', now(), 'seq', seq, 'is_whole', is_whole));
        END;
        UPDATE sync.access_chain AS c SET last_seq = seq, last_hash = coalesce(left(entry ->> 'hash', 64), '')
         WHERE c.device_id = device RETURNING * INTO chain;
    END LOOP;
    RETURN chain.last_seq;
END $$;

-- Breaks and gaps of what workstations send, and workstations that counted twice: each wants somebody to ask.
CREATE FUNCTION audit.list_incidents(since timestamptz) RETURNS TABLE (
    at timestamptz, kind text, login text, name text, device uuid, facts jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.at, e.kind, e.login, coalesce(s.name, ''), e.device_id, e.facts
      FROM audit.event AS e LEFT JOIN sec.staff AS s ON s.role_name = e.login
     WHERE e.kind IN ('access_chain_broken', 'access_gap', 'chain_broken', 'outbox_gap', 'device_fork')
       AND e.initiative_id = ANY (sec.my_initiatives()) AND e.at >= since
     ORDER BY e.at, e.id
$$;

-- Whom an auditor may mean by a number or an id: no name, for the auditor needs none to ask.
CREATE FUNCTION audit.find_member(said text) RETURNS TABLE (member_id uuid, member_number text, initiative text, zone text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF sec.my_role() IS DISTINCT FROM 'auditor' THEN
        PERFORM sec.refuse('not_an_auditor');
    END IF;
    -- An id by the intervals, for the ceiling may hide the person's row from whoever asks.
    RETURN QUERY
    SELECT DISTINCT a.member_id, coalesce(m.member_number, ''), i.name, i.zone
      FROM sec.assignment AS a JOIN org.panel AS p ON p.id = a.panel_id JOIN org.initiative AS i ON i.id = p.initiative_id
      LEFT JOIN care.member AS m ON m.id = a.member_id
     WHERE p.initiative_id = ANY (sec.my_initiatives())
       AND (a.member_id::text = lower(btrim(said)) OR m.member_number = nullif(btrim(said), ''))
     ORDER BY 3, 1 LIMIT 10;
END $$;

GRANT EXECUTE ON FUNCTION sync_v1.push_access(uuid, jsonb, boolean) TO @cc_coordinator@, @cc_supervisor@;
GRANT EXECUTE ON FUNCTION audit.list_incidents(timestamptz) TO @cc_administrator@, @cc_auditor@;
GRANT EXECUTE ON FUNCTION audit.find_member(text) TO @cc_auditor@;
