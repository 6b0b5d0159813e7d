-- What one act does here. Owned by the definer and called by push alone, each time inside a savepoint.

-- Two functions are written out here for the tables as they are: a statement the server has planned once costs a third of
-- one it plans for every act. A migration that gives a table of acts a column runs this block again; a test says so.
DO $$
DECLARE
    tbl text;
    named text;
    given text;
    all_of_it text;
    inserts text := '';
    listed text := '';
BEGIN
    FOR tbl IN SELECT c.relname FROM pg_class AS c
                WHERE c.relnamespace = 'activity'::regnamespace AND c.relkind = 'r' AND c.relname <> 'slot' ORDER BY 1 LOOP
        SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE a.attname <> 'row_version'),
               string_agg(CASE WHEN d.adbin IS NULL THEN format('r.%I', a.attname)
                               ELSE format('coalesce(r.%I, %s)', a.attname, pg_get_expr(d.adbin, d.adrelid)) END,
                          ', ' ORDER BY a.attnum) FILTER (WHERE a.attname <> 'row_version'),
               quote_literal(array_agg(a.attname::text)::text)
          INTO named, given, all_of_it
          FROM pg_attribute AS a LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
         WHERE a.attrelid = ('activity.' || quote_ident(tbl))::regclass AND a.attnum > 0 AND NOT a.attisdropped;
        inserts := inserts || format('WHEN %1$L THEN INSERT INTO activity.%2$I (%3$s) SELECT %4$s '
            'FROM jsonb_populate_record(NULL::activity.%2$I, said) AS r; ', tbl, tbl, named, given);
        listed := listed || format('WHEN %L THEN %s::text[] ', tbl, all_of_it);
    END LOOP;
    -- What a table of acts is made of.
    EXECUTE format('CREATE OR REPLACE FUNCTION sync.columns_of(tbl text) RETURNS text[] LANGUAGE sql IMMUTABLE '
                   'AS %L', 'SELECT CASE tbl ' || listed || 'END');
    -- Writes one row of an act: what the workstation may not say of itself is said by the caller.
    EXECUTE format('CREATE OR REPLACE FUNCTION sync.insert_act(tbl text, said jsonb) RETURNS void LANGUAGE plpgsql '
                   'SET search_path = pg_catalog, pg_temp AS %L', 'BEGIN CASE tbl ' || inserts || 'END CASE; END');
END $$;

-- Was this person's panel hers at the time she says, give or take three days (sync 4.5, ruling 20)?
CREATE FUNCTION sync.held_then(staff uuid, member uuid, at timestamptz) RETURNS boolean LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT at BETWEEN now() - interval '30 days' AND now() + interval '1 day' AND EXISTS (
        SELECT FROM sec.assignment AS a JOIN sec.staff_panel AS h ON h.panel_id = a.panel_id AND h.staff_id = staff
         WHERE a.member_id = member
           AND a.valid && tstzrange(at - interval '72 hours', at + interval '72 hours', '[]')
           AND h.valid && tstzrange(at - interval '72 hours', at + interval '72 hours', '[]'))
$$;

-- The revision of a visit or referral that no other follows; one that was taken back counts for nothing.
CREATE FUNCTION sync.head_of(tbl text, chain uuid) RETURNS jsonb LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    head jsonb;
BEGIN
    EXECUTE format('WITH standing AS (SELECT * FROM activity.%1$I AS r WHERE r.%2$I = $1 '
                   'AND NOT EXISTS (SELECT FROM activity.retraction AS x WHERE x.target_id = r.id)) '
                   'SELECT to_jsonb(r) FROM standing AS r '
                   'WHERE NOT EXISTS (SELECT FROM standing AS n WHERE n.base_id = r.id) '
                   'ORDER BY r.received_at DESC, r.id DESC LIMIT 1', tbl, tbl || '_id') INTO head USING chain;
    RETURN head;
END $$;

-- Writes a revision. One made on an older base keeps both: disjoint changes merge into a revision after it; the same
-- field changed twice leaves what the centre had in force, once more after it, and a person decides (sync 4.7).
CREATE FUNCTION sync.insert_revision(tbl text, ours jsonb) RETURNS jsonb LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    bookkeeping CONSTANT text[] := '{id,base_id,member_id,panel_id,author_id,occurred_at,recorded_at,received_at,op_id,'
                                   'device_id,sensitivity,row_version}';
    theirs jsonb := sync.head_of(tbl, (ours ->> (tbl || '_id'))::uuid);
    base jsonb;
    mine jsonb;
    other jsonb;
    clash text[];
BEGIN
    IF theirs IS NULL OR theirs ->> 'id' = ours ->> 'base_id' THEN
        PERFORM sync.insert_act(tbl, CASE WHEN theirs IS NULL THEN ours || '{"base_id": null}' ELSE ours END);
        RETURN jsonb_build_object('outcome', 'applied');
    END IF;
    EXECUTE format('SELECT to_jsonb(r) FROM activity.%I AS r WHERE r.id = $1 AND r.%I = $2', tbl, tbl || '_id')
       INTO base USING (ours ->> 'base_id')::uuid, (ours ->> (tbl || '_id'))::uuid;
    base := coalesce(base, '{}') - bookkeeping;
    -- As it will be read back, so that one instant written in two zones is no difference.
    EXECUTE format('SELECT to_jsonb(jsonb_populate_record(NULL::activity.%I, $1))', tbl) INTO mine USING ours;
    SELECT coalesce(jsonb_object_agg(key, value), '{}') INTO mine FROM jsonb_each(mine - bookkeeping)
     WHERE ours ? key AND value IS DISTINCT FROM base -> key;
    SELECT coalesce(jsonb_object_agg(key, value), '{}') INTO other FROM jsonb_each(theirs - bookkeeping)
     WHERE value IS DISTINCT FROM base -> key;
    SELECT array_agg(key) INTO clash FROM jsonb_each(mine) AS m
     WHERE other ? m.key AND other -> m.key IS DISTINCT FROM m.value;

    PERFORM sync.insert_act(tbl, ours || jsonb_build_object('base_id', theirs -> 'id'));
    IF clash IS NULL AND (theirs - bookkeeping) || mine = theirs - bookkeeping THEN
        RETURN jsonb_build_object('outcome', 'merged');
    END IF;
    PERFORM sync.insert_act(tbl, theirs || jsonb_build_object(
        'id', gen_random_uuid(), 'base_id', ours -> 'id', 'op_id', ours -> 'op_id', 'device_id', NULL,
        'received_at', ours -> 'received_at') || CASE WHEN clash IS NULL THEN mine ELSE '{}' END);
    RETURN CASE WHEN clash IS NULL THEN jsonb_build_object('outcome', 'merged')
           ELSE jsonb_build_object('outcome', 'conflict', 'cause', 'changed', 'table', tbl, 'fields', to_jsonb(clash),
                    'ours', base || mine, 'theirs', theirs - bookkeeping, 'base', base,
                    'by', (SELECT s.name FROM sec.staff AS s WHERE s.id = (theirs ->> 'author_id')::uuid),
                    'at', theirs -> 'occurred_at') END;
END $$;

-- The schedule of a clinician, where the person's initiative owns it.
CREATE FUNCTION sync.owned_by(member uuid, clinician uuid) RETURNS bigint LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.resource_no FROM org.resource AS r JOIN care.member AS m ON m.initiative_id = r.initiative_id
     WHERE m.id = member AND r.clinician_id = clinician
$$;

-- The next times of the same length that are free in a schedule, in office hours: to ask for, never to book unasked.
CREATE FUNCTION sync.free_times(resource bigint, after timestamptz, minutes int) RETURNS jsonb LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_agg(open.starts ORDER BY open.starts), '[]') FROM (
        SELECT offered.starts
          FROM org.resource AS r JOIN org.initiative AS i ON i.id = r.initiative_id
         CROSS JOIN LATERAL generate_series(after, after + interval '7 days', make_interval(mins => minutes)) AS offered (starts)
         CROSS JOIN LATERAL (SELECT offered.starts AT TIME ZONE i.zone AS local) AS here
         WHERE r.resource_no = resource AND offered.starts > now()
           AND extract(isodow FROM here.local) < 6
           AND here.local::time >= i.office_opens::time
           AND here.local + make_interval(mins => minutes) <= here.local::date + i.office_closes::time
           AND NOT EXISTS (SELECT FROM activity.slot AS s
                            WHERE s.resource_no = resource AND s.released_at IS NULL
                              AND s.slot && tstzrange(offered.starts, offered.starts + make_interval(mins => minutes)))
         ORDER BY offered.starts LIMIT 3) AS open
$$;

-- A visit in a schedule we own holds there the time its standing revision says, and no other; whoever comes second
-- needs another time. Whatever was added or taken back, an older revision can free nothing that a newer one holds.
CREATE FUNCTION sync.settle_slot(visit uuid, said jsonb) RETURNS jsonb LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    head jsonb := sync.head_of('visit', visit);
    minutes int := coalesce((head ->> 'minutes')::int, 30);
    starts timestamptz := (head ->> 'starts_at')::timestamptz;
    owned bigint := sync.owned_by((said ->> 'member_id')::uuid, (head ->> 'clinician_id')::uuid);
    wanted tstzrange := CASE WHEN owned IS NOT NULL AND head ->> 'state' IN ('confirmed', 'told')
                             THEN tstzrange(starts, starts + make_interval(mins => minutes)) END;
BEGIN
    PERFORM FROM activity.slot AS s
      WHERE s.visit_id = visit AND s.released_at IS NULL AND s.resource_no = owned AND s.slot = wanted;
    IF FOUND THEN
        RETURN NULL;
    END IF;
    UPDATE activity.slot AS s SET released_at = now() WHERE s.visit_id = visit AND s.released_at IS NULL;
    IF wanted IS NULL OR starts IS NULL THEN
        RETURN NULL;
    END IF;
    BEGIN
        INSERT INTO activity.slot (member_id, panel_id, visit_id, resource_no, slot, op_id, sensitivity)
        VALUES ((said ->> 'member_id')::uuid, (said ->> 'panel_id')::uuid, visit, owned, wanted,
                (said ->> 'op_id')::uuid, coalesce((head ->> 'sensitivity')::smallint, 0::smallint));
        RETURN NULL;
    EXCEPTION WHEN exclusion_violation THEN
        -- What the nurse wrote stands; after it the visit is wanted again, without a time.
        PERFORM sync.insert_act('visit', head || jsonb_build_object(
            'id', gen_random_uuid(), 'base_id', head -> 'id', 'state', 'wanted', 'starts_at', NULL, 'confirmed_by', '',
            'author_id', said -> 'author_id', 'op_id', said -> 'op_id', 'received_at', said -> 'received_at',
            'panel_id', said -> 'panel_id', 'device_id', NULL));
        RETURN jsonb_build_object('outcome', 'conflict', 'cause', 'slot_taken', 'table', 'visit', 'visit_id', visit,
                                  'taken', starts, 'free', sync.free_times(owned, starts, minutes));
    END;
END $$;

-- What an act points at: whether any of it is about another person, and the strictest sensitivity among it. What is
-- not here at all may still come, and stands in nobody's way.
CREATE FUNCTION sync.pointed_at(tbl text, said jsonb, OUT is_foreign boolean, OUT sensitivity smallint)
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    link record;
    found record;
BEGIN
    is_foreign := false;
    sensitivity := 0;
    FOR link IN
        SELECT named.key, named.place, named.field FROM (VALUES
            ('contact_id', 'activity.contact', 'id'), ('reason_id', 'outreach.reason', 'id'),
            ('letter_id', 'activity.letter', 'id'), ('base_id', 'activity.' || tbl, 'id'),
            ('visit_id', 'activity.visit', 'visit_id'), ('referral_id', 'activity.referral', 'referral_id'),
            ('target_id', 'activity.' || (said ->> 'target_kind'), 'id')) AS named (key, place, field)
         WHERE said ->> named.key IS NOT NULL
           AND EXISTS (SELECT FROM pg_attribute AS a
                        WHERE a.attrelid = ('activity.' || tbl)::regclass AND a.attname = named.key)
    LOOP
        EXECUTE format('SELECT count(*) FILTER (WHERE t.member_id <> $2) AS others, max(t.sensitivity) AS most '
                       'FROM %s AS t WHERE t.%I = $1', link.place, link.field)
           INTO found USING (said ->> link.key)::uuid, (said ->> 'member_id')::uuid;
        is_foreign := is_foreign OR found.others > 0;
        sensitivity := greatest(sensitivity, found.most);
    END LOOP;
END $$;

-- What is not for everybody to write, or must fit to something already here; null where nothing speaks against it.
CREATE FUNCTION sync.objection(me sec.staff, tbl text, said jsonb) RETURNS text LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target record;
BEGIN
    IF tbl = 'review' THEN
        IF me.role <> 'supervisor' THEN
            RETURN 'not_a_supervisor';
        END IF;
        PERFORM FROM activity.contact AS c
          WHERE c.id = (said ->> 'contact_id')::uuid AND c.member_id = (said ->> 'member_id')::uuid;
        RETURN CASE WHEN NOT FOUND THEN 'no_such_contact' END;
    ELSIF tbl = 'letter_file' THEN
        PERFORM FROM activity.letter AS l WHERE l.id = (said ->> 'letter_id')::uuid AND l.author_id = me.id
            AND l.member_id = (said ->> 'member_id')::uuid;
        IF NOT FOUND THEN
            RETURN 'no_such_letter';
        END IF;
        -- The pages that are kept are those the letter was signed for.
        PERFORM FROM activity.letter AS l WHERE l.id = (said ->> 'letter_id')::uuid
            AND l.pdf_sha256 = encode(sha256((said ->> 'content')::bytea), 'hex');
        RETURN CASE WHEN NOT FOUND THEN 'other_pages' END;
    ELSIF tbl = 'retraction' THEN
        IF said ->> 'target_kind' NOT IN ('contact', 'response', 'follow_up', 'teaching', 'visit', 'letter', 'referral',
                                          'note', 'review', 'red_flag', 'medicine') THEN
            RETURN 'unknown_kind';
        END IF;
        EXECUTE format('SELECT author_id, member_id FROM activity.%I WHERE id = $1', said ->> 'target_kind')
           INTO target USING (said ->> 'target_id')::uuid;
        IF target.member_id IS DISTINCT FROM (said ->> 'member_id')::uuid THEN
            RETURN 'no_such_act';
        ELSIF target.author_id <> me.id AND me.role <> 'supervisor' THEN
            RETURN 'act_of_another';
        END IF;
    ELSIF tbl = 'visit' THEN
        IF coalesce((said ->> 'minutes')::int, 30) NOT BETWEEN 1 AND 480
           OR NOT isfinite(coalesce((said ->> 'starts_at')::timestamptz, now())) THEN
            RETURN 'no_such_time';
        END IF;
        PERFORM FROM org.clinician AS c JOIN care.member AS m ON m.initiative_id <> c.initiative_id
          WHERE c.id = (said ->> 'clinician_id')::uuid AND m.id = (said ->> 'member_id')::uuid;
        IF FOUND THEN
            RETURN 'no_such_clinician';
        ELSIF said ->> 'state' = 'confirmed' AND btrim(coalesce(said ->> 'confirmed_by', '')) = ''
              AND sync.owned_by((said ->> 'member_id')::uuid, (said ->> 'clinician_id')::uuid) IS NULL THEN
            -- Sync alone never confirms (practice 18).
            RETURN 'confirmed_by_whom';
        END IF;
    END IF;
    RETURN NULL;
END $$;

-- ``mine`` are the panels of whoever sends it or decides about it.
CREATE FUNCTION sync.apply_act(me sec.staff, mine uuid[], device uuid, op jsonb) RETURNS jsonb LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tables CONSTANT text[] := '{contact,response,follow_up,teaching,visit,letter,letter_file,referral,note,retraction,'
                              'review,red_flag,medicine}';
    payload jsonb := (op ->> 'payload')::jsonb;
    about care.member;
    tbl text;
    said jsonb;
    objection text;
    pointed record;
    partial jsonb;
    result jsonb := jsonb_build_object('outcome', 'applied');
    left_over jsonb;
    unread text[];
BEGIN
    IF jsonb_typeof(payload -> 'rows') IS DISTINCT FROM 'object'
       OR EXISTS (SELECT FROM jsonb_object_keys(payload -> 'rows') AS k WHERE k <> ALL (tables)) THEN
        RETURN jsonb_build_object('outcome', 'quarantined', 'cause', 'unknown_kind');
    END IF;
    -- Held until the end, so that no move comes in between and revisions of one visit come one after the other.
    SELECT * INTO about FROM care.member AS m WHERE m.id = (op ->> 'member_id')::uuid FOR NO KEY UPDATE;
    -- A person who is not here is answered for as one of another panel.
    IF about.id IS NULL OR NOT about.panel_id = ANY (mine) AND NOT sync.held_then(
            me.id, about.id, (op ->> 'authored_at')::timestamptz + coalesce((op ->> 'skew_ms')::bigint, 0) * interval '1 ms')
    THEN
        RETURN jsonb_build_object('outcome', 'quarantined', 'cause', 'not_your_panel');
    END IF;
    -- In the order of the list, so that a letter comes before its file.
    FOREACH tbl IN ARRAY tables LOOP
        CONTINUE WHEN NOT payload -> 'rows' ? tbl;
        FOR said IN SELECT * FROM jsonb_array_elements(payload -> 'rows' -> tbl) LOOP
            IF (said ->> 'member_id')::uuid IS DISTINCT FROM about.id THEN
                RAISE EXCEPTION USING ERRCODE = 'CC003', MESSAGE = 'mixed_members';
            END IF;
            objection := sync.objection(me, tbl, said);
            IF objection IS NOT NULL THEN
                RAISE EXCEPTION USING ERRCODE = 'CC003', MESSAGE = objection;
            END IF;
            SELECT * INTO pointed FROM sync.pointed_at(tbl, said);
            IF pointed.is_foreign THEN
                RAISE EXCEPTION USING ERRCODE = 'CC003', MESSAGE = 'of_another_person';
            END IF;
            said := said || jsonb_build_object(
                'author_id', me.id, 'panel_id', about.panel_id, 'device_id', device, 'op_id', op -> 'op_id',
                'received_at', clock_timestamp(),
                -- Never less than what it speaks of.
                'sensitivity', least(greatest(coalesce((said ->> 'sensitivity')::int, 0), pointed.sensitivity, 0), 2));
            partial := NULL;
            IF tbl IN ('visit', 'referral') THEN
                partial := sync.insert_revision(tbl, said);
            ELSE
                PERFORM sync.insert_act(tbl, said);
            END IF;
            IF tbl = 'visit' THEN
                partial := coalesce(sync.settle_slot((said ->> 'visit_id')::uuid, said), partial);
            ELSIF tbl = 'retraction' AND said ->> 'target_kind' = 'visit' THEN
                partial := sync.settle_slot(
                    (SELECT v.visit_id FROM activity.visit AS v WHERE v.id = (said ->> 'target_id')::uuid), said);
            END IF;
            left_over := said - sync.columns_of(tbl);
            IF left_over <> '{}' THEN
                unread := unread || ARRAY(SELECT tbl || '.' || k FROM jsonb_object_keys(left_over) AS k);
            END IF;
            IF partial ->> 'outcome' = 'conflict'
               OR (partial ->> 'outcome' = 'merged' AND result ->> 'outcome' = 'applied') THEN
                result := partial;
            END IF;
        END LOOP;
    END LOOP;
    -- Fields of a newer program are not known here yet: the act counts, and its words are kept whole.
    RETURN result || CASE WHEN cardinality(unread) > 0 THEN jsonb_build_object('unread', to_jsonb(unread)) ELSE '{}' END;
END $$;
