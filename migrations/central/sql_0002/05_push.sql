-- Takes what workstations send, each op once, whatever is sent again (sync 4.6). Owned by the definer.

CREATE FUNCTION sync.take_op(me sec.staff, seat sync.device, op jsonb) RETURNS jsonb LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    this_id uuid := (op ->> 'op_id')::uuid;
    seq bigint := (op ->> 'device_seq')::bigint;
    about uuid := CASE WHEN op ->> 'member_id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                       THEN (op ->> 'member_id')::uuid END;
    known sync.op;
    needed sync.op;
    result jsonb;
    tries int := 0;
BEGIN
    SELECT * INTO known FROM sync.op AS o WHERE o.op_id = this_id;
    IF known.op_id IS NOT NULL THEN
        -- The first answer again, to whoever got it; anybody else learns nothing.
        RETURN CASE WHEN known.staff_id = me.id
               THEN coalesce(known.result, '{}') || jsonb_build_object('outcome', 'duplicate', 'first', known.outcome)
               ELSE jsonb_build_object('outcome', 'quarantined', 'cause', 'op_taken') END;
    END IF;

    SELECT * INTO needed FROM sync.op AS o WHERE o.op_id = (op ->> 'depends_on')::uuid;
    IF seat.state <> 'active' THEN
        result := jsonb_build_object('outcome', 'quarantined', 'cause', 'device_' || seat.state);
    ELSIF op ->> 'depends_on' IS NOT NULL AND coalesce(needed.outcome, 'quarantined') = 'quarantined' THEN
        result := jsonb_build_object('outcome', 'quarantined', 'cause', 'depends_on');
    ELSE
        LOOP
            tries := tries + 1;
            BEGIN
                result := sync.apply_act(me, seat.id, op);
                EXIT;
            EXCEPTION
                WHEN serialization_failure OR deadlock_detected OR foreign_key_violation THEN
                    result := jsonb_build_object('outcome', 'quarantined', 'cause', 'in_the_way', 'state', SQLSTATE);
                    EXIT WHEN tries >= 3;
                WHEN SQLSTATE 'CC003' THEN
                    result := jsonb_build_object('outcome', 'quarantined', 'cause', SQLERRM);
                    EXIT;
                WHEN OTHERS THEN
                    -- Only the state: the words of an error may quote what was typed.
                    result := jsonb_build_object('outcome', 'quarantined', 'cause', 'invalid', 'state', SQLSTATE);
                    EXIT;
            END;
        END LOOP;
    END IF;

    IF seat.state <> 'active' THEN
        -- The number is taken or not ours to count any more; below zero there is room for all.
        seq := least(0, (SELECT min(o.device_seq) FROM sync.op AS o WHERE o.device_id = seat.id)) - 1;
        result := result || jsonb_build_object('device_seq', op -> 'device_seq');
    END IF;
    INSERT INTO sync.op (op_id, device_id, device_seq, staff_id, panel_id, member_id, kind, outcome, result, payload,
                         proto, authored_at, skew_ms, depends_on, prev_hash, hash)
    VALUES (this_id, seat.id, seq, me.id,
            (SELECT m.panel_id FROM care.member AS m WHERE m.id = about), about,
            coalesce(op ->> 'kind', ''), result ->> 'outcome', result - 'outcome',
            CASE WHEN result ->> 'outcome' IN ('quarantined', 'conflict') THEN op END,
            coalesce((op ->> 'proto')::smallint, 1::smallint), (op ->> 'authored_at')::timestamptz,
            (op ->> 'skew_ms')::bigint, (op ->> 'depends_on')::uuid,
            coalesce(op ->> 'prev_hash', ''), coalesce(op ->> 'hash', ''));
    RETURN result;
END $$;

CREATE FUNCTION sync_v1.push(device uuid, ops jsonb) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me sec.staff := sync.caller();
    seat sync.device;
    op jsonb;
    result jsonb;
    results jsonb := '[]';
    seq bigint;
BEGIN
    -- A workstation sends 200 at most and half a megabyte, or one letter.
    IF jsonb_typeof(ops) IS DISTINCT FROM 'array' OR jsonb_array_length(ops) > 1000 OR octet_length(ops::text) > 8388608 THEN
        PERFORM sec.refuse('bad_push');
    END IF;
    -- A zombie of the same workstation finishes first; then everything it sent is a duplicate.
    SELECT * INTO seat FROM sync.device AS d WHERE d.id = device AND d.staff_id = me.id FOR UPDATE;
    IF seat.id IS NULL THEN
        PERFORM sec.refuse('unknown_device');
    END IF;
    FOR op IN SELECT * FROM jsonb_array_elements(ops) LOOP
        seq := (op ->> 'device_seq')::bigint;
        IF seat.state = 'active' AND EXISTS (
               SELECT FROM sync.op AS o
                WHERE o.device_id = seat.id AND o.device_seq = seq AND o.op_id::text <> op ->> 'op_id') THEN
            -- Two workstations count under one id: a copy, or a restored image.
            UPDATE sync.device AS d SET state = 'frozen' WHERE d.id = seat.id RETURNING * INTO seat;
            PERFORM audit.record('device_fork', NULL, NULL, me.initiative_id, device, jsonb_build_object('seq', seq));
        END IF;
        result := sync.take_op(me, seat, op);
        results := results || jsonb_build_object(
            'op_id', op -> 'op_id', 'outcome', result -> 'outcome', 'facts', result - 'outcome');
        IF seat.state = 'active' AND seq > seat.last_seq THEN
            IF seq > seat.last_seq + 1 THEN
                PERFORM audit.record('outbox_gap', NULL, NULL, me.initiative_id, device,
                                     jsonb_build_object('after', seat.last_seq, 'came', seq));
            ELSIF op ->> 'prev_hash' IS DISTINCT FROM seat.last_hash OR op ->> 'hash' IS DISTINCT FROM encode(sha256(
                    convert_to(concat_ws('|', op ->> 'prev_hash', op ->> 'op_id', seq, op ->> 'payload'), 'UTF8')), 'hex')
            THEN
                PERFORM audit.record('chain_broken', NULL, NULL, me.initiative_id, device, jsonb_build_object('seq', seq));
            END IF;
            UPDATE sync.device AS d SET last_seq = seq, last_hash = coalesce(op ->> 'hash', '') WHERE d.id = seat.id
            RETURNING * INTO seat;
        END IF;
    END LOOP;
    RETURN results;
END $$;
