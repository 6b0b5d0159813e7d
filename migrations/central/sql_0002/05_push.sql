-- Takes what workstations send, each op once, whatever is sent again (sync 4.6). Owned by the definer.

-- Tries an act in a savepoint of its own, and says in every case what became of it.
CREATE FUNCTION sync.try_op(author sec.staff, mine uuid[], device uuid, op jsonb) RETURNS jsonb LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    result jsonb;
    tries int := 0;
BEGIN
    LOOP
        tries := tries + 1;
        BEGIN
            RETURN sync.apply_act(author, mine, device, op);
        EXCEPTION
            WHEN serialization_failure OR deadlock_detected OR foreign_key_violation THEN
                result := jsonb_build_object('outcome', 'quarantined', 'cause', 'in_the_way', 'state', SQLSTATE);
                EXIT WHEN tries >= 3;
            WHEN SQLSTATE 'CC003' THEN
                RETURN jsonb_build_object('outcome', 'quarantined', 'cause', SQLERRM);
            WHEN OTHERS THEN
                -- Only the state: the words of an error may quote what was typed.
                RETURN jsonb_build_object('outcome', 'quarantined', 'cause', 'invalid', 'state', SQLSTATE);
        END;
    END LOOP;
    RETURN result;
END $$;

-- Whether what was sent has to be kept word for word: somebody still has to decide, or a later program has to read it.
CREATE FUNCTION sync.is_kept(result jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT result ->> 'outcome' IN ('quarantined', 'conflict') OR result ? 'unread'
$$;

CREATE FUNCTION sync.take_op(me sec.staff, mine uuid[], seat sync.device, op jsonb) RETURNS jsonb LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    this_id uuid := (op ->> 'op_id')::uuid;
    seq bigint := (op ->> 'device_seq')::bigint;
    about uuid := CASE WHEN op ->> 'member_id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                       THEN (op ->> 'member_id')::uuid END;
    known sync.op;
    needed sync.op;
    result jsonb;
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
        result := sync.try_op(me, mine, seat.id, op);
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
            CASE WHEN sync.is_kept(result) THEN op END,
            coalesce((op ->> 'proto')::smallint, 1::smallint), (op ->> 'authored_at')::timestamptz,
            (op ->> 'skew_ms')::bigint, (op ->> 'depends_on')::uuid,
            coalesce(op ->> 'prev_hash', ''), coalesce(op ->> 'hash', ''));
    RETURN result;
END $$;

CREATE FUNCTION sync_v1.push(device uuid, ops jsonb) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me sec.staff := sync.caller();
    -- Asked once for all: for each act it would be a tenth of the work.
    mine uuid[] := sec.my_panels();
    seat sync.device;
    op jsonb;
    result jsonb;
    results jsonb[] := '{}';
    seq bigint;
    today date := (now() AT TIME ZONE 'UTC')::date;
    allowed bigint := (SELECT a.number FROM sync.allowance AS a WHERE a.kind = 'ops_per_device_day');
    taken sync.device_day;
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
    INSERT INTO sync.device_day (device_id, day) VALUES (seat.id, today) ON CONFLICT DO NOTHING;
    SELECT * INTO taken FROM sync.device_day AS d WHERE d.device_id = seat.id AND d.day = today;
    FOR op IN SELECT * FROM jsonb_array_elements(ops) LOOP
        seq := (op ->> 'device_seq')::bigint;
        IF taken.ops >= allowed AND NOT EXISTS (SELECT FROM sync.op AS o WHERE o.op_id = (op ->> 'op_id')::uuid) THEN
            -- Not taken, and said so: it stays where it is and comes again tomorrow, with all that follows it.
            IF taken.told_at IS NULL THEN
                taken.told_at := now();
                PERFORM audit.record('too_many_ops', NULL, NULL, me.initiative_id, device,
                                     jsonb_build_object('taken', taken.ops, 'allowed', allowed));
            END IF;
            results := array_append(results, jsonb_build_object('op_id', op -> 'op_id', 'outcome', 'later', 'facts',
                jsonb_build_object('cause', 'too_many_ops', 'allowed', allowed, 'until', today + 1)));
            CONTINUE;
        END IF;
        IF seat.state = 'active' AND EXISTS (
               SELECT FROM sync.op AS o
                WHERE o.device_id = seat.id AND o.device_seq = seq AND o.op_id::text <> op ->> 'op_id') THEN
            -- Two workstations count under one id: a copy, or a restored image.
            UPDATE sync.device AS d SET state = 'frozen', last_seq = seat.last_seq, last_hash = seat.last_hash
             WHERE d.id = seat.id RETURNING * INTO seat;
            PERFORM audit.record('device_fork', NULL, NULL, me.initiative_id, device, jsonb_build_object('seq', seq));
        END IF;
        result := sync.take_op(me, mine, seat, op);
        taken.ops := taken.ops + CASE WHEN result ->> 'outcome' = 'duplicate' THEN 0 ELSE 1 END;
        results := array_append(results, jsonb_build_object(
            'op_id', op -> 'op_id', 'outcome', result -> 'outcome', 'facts', result - 'outcome'));
        IF seat.state = 'active' AND seq > seat.last_seq THEN
            IF seq > seat.last_seq + 1 THEN
                PERFORM audit.record('outbox_gap', NULL, NULL, me.initiative_id, device,
                                     jsonb_build_object('after', seat.last_seq, 'came', seq));
            ELSIF op ->> 'prev_hash' IS DISTINCT FROM seat.last_hash OR op ->> 'hash' IS DISTINCT FROM encode(sha256(
                    convert_to(concat_ws('|', op ->> 'prev_hash', op ->> 'op_id', seq, op ->> 'payload'), 'UTF8')), 'hex')
            THEN
                PERFORM audit.record('chain_broken', NULL, NULL, me.initiative_id, device, jsonb_build_object('seq', seq));
            END IF;
            seat.last_seq := seq;
            seat.last_hash := coalesce(op ->> 'hash', '');
        END IF;
    END LOOP;
    -- Once for all: what lies between is undone with this call or not at all.
    UPDATE sync.device AS d SET last_seq = seat.last_seq, last_hash = seat.last_hash
     WHERE d.id = seat.id AND d.last_seq < seat.last_seq;
    UPDATE sync.device_day AS d SET ops = taken.ops, told_at = taken.told_at WHERE d.device_id = seat.id AND d.day = today;
    RETURN to_jsonb(results);
END $$;
