-- What the evaluator asks the feed: of whom own rows, coverage, facts, answers or retractions became visible between
-- two snapshots; answers may tell what somebody takes.
CREATE FUNCTION outreach.changed_members(initiative uuid, since text, upto text) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM sec.require_initiative(initiative);
    RETURN QUERY
    SELECT DISTINCT c.member_id
      FROM sync.change AS c
     WHERE c.panel_id IN (SELECT p.id FROM org.panel AS p WHERE p.initiative_id = initiative)
       AND c.tbl IN (0, 5, 7, 10, 17, 20)
       AND c.txid >= pg_snapshot_xmin(since::pg_snapshot)
       AND NOT pg_visible_in_snapshot(c.txid, since::pg_snapshot)
       AND pg_visible_in_snapshot(c.txid, upto::pg_snapshot);
END $$;

CREATE FUNCTION outreach.feed_epoch() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$ SELECT feed_epoch FROM sync.epoch $$;

-- Whether the feed still holds everything that came after a snapshot: old months of it are given up.
CREATE FUNCTION outreach.feed_reaches(since text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT NOT EXISTS (SELECT FROM sync.feed_floor AS f WHERE pg_snapshot_xmin(since::pg_snapshot) < f.floor) $$;

-- How many coordinators share the work of each panel today; the evaluator learns no name.
CREATE FUNCTION outreach.coordinators(initiative uuid) RETURNS TABLE (panel text, coordinators integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM sec.require_initiative(initiative);
    RETURN QUERY
    SELECT p.name, count(DISTINCT s.id)::integer
      FROM org.panel AS p
      JOIN sec.staff_panel AS h ON h.panel_id = p.id AND h.valid @> now()
      JOIN sec.staff AS s ON s.id = h.staff_id AND s.is_active AND s.role = 'coordinator'
     WHERE p.initiative_id = initiative
     GROUP BY p.name;
END $$;

GRANT EXECUTE ON FUNCTION outreach.changed_members(uuid, text, text), outreach.feed_epoch(), outreach.feed_reaches(text),
    outreach.coordinators(uuid) TO @cc_evaluator@;
