-- Workstations, idle transactions and what has outlived its term, for the administrator. Owned by the definer.

CREATE FUNCTION sec.list_devices() RETURNS TABLE (
    id uuid, login text, name text, state text, app_version text, last_seq bigint, enrolled_at timestamptz,
    last_seen_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT d.id, s.login, s.name, d.state, d.app_version, d.last_seq, d.enrolled_at, d.last_seen_at
      FROM sync.device AS d JOIN sec.staff AS s ON s.id = d.staff_id
     WHERE s.initiative_id = ANY (sec.my_initiatives()) ORDER BY s.login, d.enrolled_at
$$;

-- What such a workstation sends from now on waits for a person and is applied by nobody else; sessions end.
CREATE FUNCTION sec.revoke_device(the_device uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    holder sec.staff;
BEGIN
    SELECT s.* INTO holder FROM sync.device AS d JOIN sec.staff AS s ON s.id = d.staff_id
     WHERE d.id = the_device AND s.initiative_id = ANY (sec.my_initiatives());
    IF holder.id IS NULL THEN
        PERFORM sec.refuse('no_such_device');
    END IF;
    UPDATE sync.device AS d SET state = 'revoked' WHERE d.id = the_device AND d.state <> 'revoked';
    IF FOUND THEN
        PERFORM audit.record('device_revoked', NULL, NULL, holder.initiative_id, the_device,
                             jsonb_build_object('login', holder.login));
    END IF;
    PERFORM roles.end_sessions(holder.role_name);
    RETURN holder.login;
END $$;

-- A transaction left open holds back the feed's horizon and the sealing of everybody.
CREATE FUNCTION sec.end_idle(seconds int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    ended text;
    many int := 0;
BEGIN
    FOR ended IN SELECT * FROM roles.end_idle(greatest(seconds, 60)) LOOP
        PERFORM audit.record('idle_ended', NULL, NULL, NULL, NULL, jsonb_build_object('login', ended));
        many := many + 1;
    END LOOP;
    RETURN many;
END $$;

-- Months of which every row is older than its term; taking them away stays an act of people.
CREATE FUNCTION sec.outlived() RETURNS TABLE (kind text, months bigint, part text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.kind, r.months, c.oid::regclass::text
      FROM sec.retention AS r JOIN pg_inherits AS i ON i.inhparent = r.parent::regclass
      JOIN pg_class AS c ON c.oid = i.inhrelid
     WHERE c.relname ~ '_\d{4}_\d{2}$'
       AND to_date(right(c.relname, 7), 'YYYY_MM')
           < date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => r.months::int)
     ORDER BY 1, 3
$$;
