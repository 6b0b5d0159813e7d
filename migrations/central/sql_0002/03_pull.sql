-- What changed, for whom; the rows themselves are read under row security (sync 4.3, 4.4). Owned by the definer.

-- A standby calls what is under way visible: from there only what was finished before all of it may be kept as read.
CREATE FUNCTION sync.snapshot_now() RETURNS pg_snapshot LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN pg_is_in_recovery()
           THEN format('%1$s:%1$s:', pg_snapshot_xmin(pg_current_snapshot()))::pg_snapshot
           ELSE pg_current_snapshot() END
$$;

-- Has this server, a standby, come so far that it knows the hello the primary just answered? Then it knows all the
-- primary's snapshots did before it, and is of the same history (sync 4.3).
CREATE FUNCTION sync_v1.knows(device uuid, seen timestamptz) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM sync.device AS d JOIN sec.staff AS s ON s.id = d.staff_id
                    WHERE d.id = device AND s.role_name = session_user AND d.last_seen_at >= seen)
$$;

-- What is read from a standby, which can write nothing, is noted at the primary before it is used.
CREATE FUNCTION sync_v1.note_read(what text, panel uuid, device uuid, members int, digest text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM sync.require_panel(panel);
    PERFORM sync.require_device(device);
    PERFORM audit.record(CASE what WHEN 'copy' THEN 'copy' ELSE 'pull' END, NULL, panel, NULL, device,
                         jsonb_build_object('members', members, 'digest', left(digest, 64), 'from', 'standby'));
END $$;

-- Whom a first copy brings, those with something due in front, and the snapshot from which the feed goes on.
CREATE FUNCTION sync_v1.listing(panel uuid) RETURNS TABLE (snapshot text, members uuid[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM sync.require_panel(panel);
    PERFORM sync.require_pull(1);
    RETURN QUERY
    SELECT sync.snapshot_now()::text, coalesce(array_agg(m.id ORDER BY r.due NULLS LAST, m.id), '{}')
      FROM care.member AS m
      LEFT JOIN (
           SELECT open.member_id, min(coalesce(open.due_on, open.opens_on)) AS due FROM outreach.reason AS open
            WHERE open.panel_id = panel AND open.end_cause = '' GROUP BY open.member_id) AS r ON r.member_id = m.id
     WHERE m.panel_id = panel;
END $$;

-- Those of some members that are in the panel; what is about to be read of them is noted.
CREATE FUNCTION sync_v1.copied(panel uuid, asked uuid[], device uuid) RETURNS uuid[]
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    present uuid[];
BEGIN
    PERFORM sync.require_panel(panel);
    PERFORM sync.require_pull(1);
    PERFORM sync.require_device(device);
    SELECT coalesce(array_agg(m.id), '{}') INTO present
      FROM care.member AS m WHERE m.id = ANY (asked) AND m.panel_id = panel;
    IF NOT pg_is_in_recovery() THEN
        PERFORM audit.record('copy', NULL, panel, NULL, device, jsonb_build_object(
            'members', cardinality(present), 'digest', md5(array_to_string(present, ','))));
    END IF;
    RETURN present;
END $$;

-- The members with a change that is visible in the target and was not in the old snapshot, in the order of their ids:
-- [id, is in the panel, entered it, tables with changes, tables with rows removed]. The caller reads their rows in
-- the same REPEATABLE READ transaction, so that no row is older than the target.
CREATE FUNCTION sync_v1.changed(panel uuid, s_old pg_snapshot, s_target pg_snapshot, pos uuid, n int, device uuid)
    RETURNS TABLE (target text, members jsonb) LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    upto pg_snapshot := coalesce(s_target, sync.snapshot_now());
    found jsonb;
BEGIN
    PERFORM sync.require_panel(panel);
    PERFORM sync.require_pull(1);
    -- Below its xmin a snapshot has seen everything that was ever committed; what was given up lies below the floor.
    IF EXISTS (SELECT FROM sync.feed_floor AS f
                WHERE f.history = sync.history_now() AND pg_snapshot_xmin(s_old) < f.floor) THEN
        PERFORM sec.refuse('cursor_expired');
    END IF;
    PERFORM sync.require_device(device);
    SELECT jsonb_agg(jsonb_build_array(
               c.member_id,
               EXISTS (SELECT FROM care.member AS m WHERE m.id = c.member_id AND m.panel_id = panel),
               c.entered, coalesce(to_jsonb(c.changed), '[]'), coalesce(to_jsonb(c.dropped), '[]')) ORDER BY c.member_id)
      INTO found
      FROM (SELECT f.member_id, bool_or(f.op = 'E') AS entered,
                   array_agg(DISTINCT f.tbl) FILTER (WHERE f.op IN ('U', 'D')) AS changed,
                   array_agg(DISTINCT f.tbl) FILTER (WHERE f.op = 'D') AS dropped
              FROM sync.change AS f
             WHERE f.panel_id = panel AND f.txid >= pg_snapshot_xmin(s_old)
               AND NOT pg_visible_in_snapshot(f.txid, s_old) AND pg_visible_in_snapshot(f.txid, upto)
               AND (pos IS NULL OR f.member_id > pos)
             GROUP BY f.member_id ORDER BY f.member_id LIMIT least(greatest(n, 1), 5000)) AS c;
    IF found IS NOT NULL AND NOT pg_is_in_recovery() THEN
        PERFORM audit.record('pull', NULL, panel, NULL, device, jsonb_build_object(
            'members', jsonb_array_length(found), 'digest', md5(found::text)));
    END IF;
    RETURN QUERY SELECT upto::text, coalesce(found, '[]');
END $$;

-- One number per member over ids and versions, so that both sides can be compared without moving a row.
CREATE FUNCTION sync_v1.digests(panel uuid, with_facts boolean) RETURNS TABLE (member_id uuid, digest bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM sync.require_panel(panel);
    RETURN QUERY
    SELECT every.m, sum(('x' || substr(md5(every.id::text || ':' || every.v), 1, 12))::bit(48)::bigint)::bigint
      FROM (
        SELECT t.id AS m, t.id, t.row_version AS v FROM care.member AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM care.contact_point AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM care.contact_profile AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM care.related_person AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM care.permission AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM care.coverage AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM care.attribution AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM care.fact AS t WHERE t.panel_id = panel AND with_facts
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM outreach.reason AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM activity.contact AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM activity.response AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM activity.follow_up AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM activity.teaching AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM activity.visit AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM activity.letter AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM activity.referral AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM activity.note AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM activity.retraction AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM activity.review AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM activity.red_flag AS t WHERE t.panel_id = panel
        UNION ALL SELECT t.member_id, t.id, t.row_version FROM activity.medicine AS t WHERE t.panel_id = panel
      ) AS every GROUP BY every.m;
END $$;

-- The very bytes of a letter, as they were stored; null where the letter's file was never sent.
CREATE FUNCTION sync_v1.letter_file(letter uuid) RETURNS bytea LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kept activity.letter_file;
BEGIN
    PERFORM sync.caller();
    SELECT * INTO kept FROM activity.letter_file AS f
     WHERE f.letter_id = letter AND f.panel_id = ANY ((SELECT sec.my_panels())::uuid[]) LIMIT 1;
    IF kept.id IS NOT NULL THEN
        PERFORM audit.record('letter_read', kept.member_id, kept.panel_id, NULL, NULL,
                             jsonb_build_object('letter', letter));
    END IF;
    RETURN kept.content;
END $$;

-- A workstation says that it deleted people: how many and a number over who, no names (sync 4.5).
CREATE FUNCTION sync_v1.purged(device uuid, members int, digest text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me sec.staff := sync.caller();
BEGIN
    PERFORM sync.require_device(device);
    PERFORM audit.record('purged', NULL, NULL, me.initiative_id, device,
                         jsonb_build_object('members', members, 'digest', left(digest, 64)));
END $$;
