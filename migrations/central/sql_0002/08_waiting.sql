-- What waits at the centre: asked after by who sent it, decided by a supervisor, tried again by a newer centre.
-- Owned by the definer.

-- Tries again what was set aside, and everything that rested on it; the ledger says how it stands now.
CREATE FUNCTION sync.try_again(the_op uuid) RETURNS jsonb LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kept sync.op;
    author sec.staff;
    answer jsonb;
    next uuid;
BEGIN
    SELECT * INTO kept FROM sync.op AS o WHERE o.op_id = the_op AND o.outcome = 'quarantined' FOR UPDATE;
    IF kept.op_id IS NULL OR kept.payload IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT * INTO author FROM sec.staff AS s WHERE s.id = kept.staff_id;
    answer := sync.try_op(author, sec.my_panels(), kept.device_id, kept.payload);
    UPDATE sync.op AS o
       SET outcome = answer ->> 'outcome', result = (answer - 'outcome') || jsonb_build_object('settled_at', now()),
           payload = CASE WHEN sync.is_kept(answer) THEN o.payload END
     WHERE o.op_id = the_op;
    IF answer ->> 'outcome' <> 'quarantined' THEN
        FOR next IN SELECT o.op_id FROM sync.op AS o
                     WHERE o.depends_on = the_op AND o.outcome = 'quarantined' AND o.result ->> 'cause' = 'depends_on'
                     ORDER BY o.received_at, o.op_id LOOP
            PERFORM sync.try_again(next);
        END LOOP;
    END IF;
    RETURN answer;
END $$;

-- How things stand with acts the caller sent and was told of before; of other people's it says nothing.
CREATE FUNCTION sync_v1.outcomes(ops uuid[]) RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me sec.staff := sync.caller();
BEGIN
    IF cardinality(ops) > 1000 THEN
        PERFORM sec.refuse('bad_push');
    END IF;
    RETURN (SELECT coalesce(jsonb_agg(jsonb_build_object(
                       'op_id', o.op_id, 'outcome', o.outcome, 'facts', coalesce(o.result, '{}'))), '[]')
              FROM sync.op AS o WHERE o.op_id = ANY (ops) AND o.staff_id = me.id);
END $$;

-- Which panel an act waits in: the person's of now; a person who is not here any more waits where the sender works.
CREATE FUNCTION sync.waits_for_me(o sync.op, me sec.staff) RETURNS boolean LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT me.role = 'supervisor' AND o.outcome = 'quarantined' AND NOT coalesce(o.result ? 'refused_by', false)
           AND o.result ->> 'cause' IN ('not_your_panel', 'device_frozen', 'device_revoked', 'depends_on')
           AND coalesce((SELECT m.panel_id = ANY (sec.my_panels()) FROM care.member AS m WHERE m.id = o.member_id),
                        (SELECT s.initiative_id = ANY (sec.my_initiatives()) FROM sec.staff AS s WHERE s.id = o.staff_id))
$$;

CREATE FUNCTION sync_v1.waiting() RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me sec.staff := sync.caller();
    found jsonb;
BEGIN
    IF me.role <> 'supervisor' THEN
        PERFORM sec.refuse('not_a_supervisor');
    END IF;
    SELECT coalesce(jsonb_agg(jsonb_build_object(
               'op_id', o.op_id, 'kind', o.kind, 'member_id', o.member_id, 'author', s.name, 'cause', o.result -> 'cause',
               'authored_at', o.authored_at, 'received_at', o.received_at, 'rows', (o.payload ->> 'payload')::jsonb -> 'rows')
               ORDER BY o.received_at, o.op_id), '[]') INTO found
      FROM (SELECT * FROM sync.op AS every
             WHERE every.outcome = 'quarantined' AND sync.waits_for_me(every, me)
             ORDER BY every.received_at, every.op_id LIMIT 200) AS o
      JOIN sec.staff AS s ON s.id = o.staff_id;
    IF found <> '[]' THEN
        PERFORM audit.record('waiting_read', NULL, NULL, me.initiative_id, NULL,
                             jsonb_build_object('ops', jsonb_array_length(found)));
    END IF;
    RETURN found;
END $$;

-- A supervisor's word on what waits: taken up as its author's, or not, with the reason the author will read.
CREATE FUNCTION sync_v1.decide(op uuid, accept boolean, comment text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me sec.staff := sync.caller();
    kept sync.op;
    answer jsonb;
BEGIN
    SELECT * INTO kept FROM sync.op AS o WHERE o.op_id = decide.op FOR UPDATE;
    IF kept.op_id IS NULL OR NOT sync.waits_for_me(kept, me) THEN
        PERFORM sec.refuse('nothing_waits');
    ELSIF accept IS NOT TRUE AND btrim(coalesce(comment, '')) = '' THEN
        PERFORM sec.refuse('comment_needed');
    END IF;
    IF accept THEN
        answer := sync.try_again(kept.op_id);
    ELSE
        answer := jsonb_build_object('outcome', 'quarantined', 'cause', 'refused_by_supervisor');
        UPDATE sync.op AS o SET result = (answer - 'outcome') || jsonb_build_object('refused_by', me.id, 'settled_at', now())
         WHERE o.op_id = kept.op_id;
    END IF;
    UPDATE sync.op AS o SET result = o.result || jsonb_build_object('decided_by', me.name, 'comment', left(btrim(comment), 500))
     WHERE o.op_id = kept.op_id;
    PERFORM audit.record(CASE WHEN accept THEN 'op_accepted' ELSE 'op_refused' END, kept.member_id, kept.panel_id,
                         me.initiative_id, kept.device_id, jsonb_build_object('op', kept.op_id, 'outcome', answer -> 'outcome'));
    RETURN answer;
END $$;

-- A newer centre reads what an older one could not: acts of a kind it did not know, each under its author's rights then.
CREATE FUNCTION sync.try_unknown_again() RETURNS int LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    waiting uuid;
    settled int := 0;
BEGIN
    FOR waiting IN SELECT o.op_id FROM sync.op AS o
                    WHERE o.outcome = 'quarantined' AND o.result ->> 'cause' = 'unknown_kind'
                    ORDER BY o.received_at, o.op_id LOOP
        IF sync.try_again(waiting) ->> 'cause' IS DISTINCT FROM 'unknown_kind' THEN
            settled := settled + 1;
        END IF;
    END LOOP;
    RETURN settled;
END $$;

-- Gives up months of the feed that have outlived their term: first the floor is raised, so that a workstation from
-- before it copies its panels again, and what lies below goes with a later round, when nobody reads there any more.
CREATE FUNCTION sync.close_months() RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    upto timestamptz := (date_trunc('month', now() AT TIME ZONE 'UTC') - (
        SELECT make_interval(months => r.months::int) FROM sec.retention AS r WHERE r.kind = 'feed')) AT TIME ZONE 'UTC';
    highest xid8 := (SELECT c.txid FROM sync.change AS c WHERE c.at < upto ORDER BY c.txid DESC LIMIT 1);
BEGIN
    IF highest IS NOT NULL THEN
        UPDATE sync.feed_floor AS f
           SET floor = (highest::text::numeric + 1)::text::xid8, history = sync.history_now(), closed_upto = upto,
               closed_at = now()
         WHERE f.history <> sync.history_now() OR f.floor <= highest OR f.closed_upto IS DISTINCT FROM upto;
    END IF;
    RETURN (SELECT f.closed_upto FROM sync.feed_floor AS f WHERE f.history = sync.history_now());
END $$;

CREATE FUNCTION sync.closed_months() RETURNS SETOF regclass LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT part.oid::regclass
      FROM sync.feed_floor AS f JOIN pg_inherits AS i ON i.inhparent = 'sync.change'::regclass
      JOIN pg_class AS part ON part.oid = i.inhrelid AND part.relname ~ '^change_\d{4}_\d{2}$'
     WHERE f.history = sync.history_now() AND f.closed_at < now() - interval '1 hour'
       AND to_date(right(part.relname, 7), 'YYYY_MM') + interval '1 month' <= f.closed_upto AT TIME ZONE 'UTC'
       AND NOT EXISTS (SELECT FROM sync.change AS c WHERE c.tableoid = part.oid AND c.txid >= f.floor)
$$;

-- After a restore that the epoch cannot see by itself (rows put back into the same tables).
CREATE FUNCTION sync.new_epoch() RETURNS int LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    fresh int;
BEGIN
    UPDATE sync.epoch SET feed_epoch = feed_epoch + 1, since = now() RETURNING feed_epoch INTO fresh;
    UPDATE sync.feed_floor SET floor = '0', history = '', closed_upto = NULL;
    PERFORM audit.record('new_epoch', NULL, NULL, NULL, NULL, jsonb_build_object('epoch', fresh));
    RETURN fresh;
END $$;

GRANT EXECUTE ON FUNCTION sync_v1.outcomes(uuid[]), sync_v1.knows(uuid, timestamptz),
    sync_v1.note_read(text, uuid, uuid, int, text), sync_v1.purged(uuid, int, text)
    TO @cc_coordinator@, @cc_supervisor@;
GRANT EXECUTE ON FUNCTION sync_v1.waiting(), sync_v1.decide(uuid, boolean, text) TO @cc_supervisor@;
GRANT EXECUTE ON FUNCTION sync.try_unknown_again(), sync.close_months(), sync.new_epoch() TO @cc_administrator@;
