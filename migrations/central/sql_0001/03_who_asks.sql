-- Who asks, and what that lets them see. Everything rests on session_user, which no client can set (sync 4.9).
-- Owned by the definer, a role nobody can log in as.

CREATE FUNCTION sec.refuse(code text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'CC001', MESSAGE = code;
END $$;

CREATE FUNCTION sec.my_staff_id() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT id FROM sec.staff WHERE role_name = session_user AND is_active AND NOT must_change
$$;

CREATE FUNCTION sec.my_role() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT role FROM sec.staff WHERE role_name = session_user AND is_active AND NOT must_change
    UNION ALL
    SELECT kind FROM sec.service WHERE role_name = session_user
    LIMIT 1
$$;

CREATE FUNCTION sec.my_initiatives() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(id), '{}') FROM (
        SELECT initiative_id AS id FROM sec.staff
         WHERE role_name = session_user AND is_active AND NOT must_change
        UNION
        SELECT more.initiative_id FROM sec.staff AS me JOIN sec.staff_initiative AS more ON more.staff_id = me.id
         WHERE me.role_name = session_user AND me.is_active AND NOT me.must_change AND now() <@ more.valid
        UNION
        SELECT i.id FROM sec.service AS me
          JOIN org.initiative AS i ON me.initiative_id IS NULL OR me.initiative_id = i.id
         WHERE me.role_name = session_user
    ) AS mine
$$;

-- Empty until the one-time password is changed, and for case managers, auditors and administrators always.
CREATE FUNCTION sec.my_panels() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(panel_id), '{}') FROM (
        SELECT held.panel_id FROM sec.staff AS me JOIN sec.staff_panel AS held ON held.staff_id = me.id
         WHERE me.role_name = session_user AND me.is_active AND NOT me.must_change
           AND me.role IN ('coordinator', 'supervisor') AND now() <@ held.valid
        UNION
        SELECT p.id FROM org.panel AS p
         WHERE p.initiative_id = ANY (sec.my_initiatives())
           AND EXISTS (
               SELECT FROM sec.staff AS me WHERE me.role_name = session_user AND me.role = 'supervisor'
               UNION ALL
               SELECT FROM sec.service AS me
                WHERE me.role_name = session_user AND me.kind IN ('loader', 'evaluator'))
    ) AS seen
$$;

-- The most careful row the asker may see: 0 ordinary, 1 confidential, 2 under 42 CFR Part 2 (ruling 10).
CREATE FUNCTION sec.my_ceiling() RETURNS smallint LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT (CASE WHEN sec.my_role() IN ('coordinator', 'supervisor', 'loader', 'evaluator', 'administrator')
                 THEN 2 ELSE 0 END)::smallint
$$;

-- HMAC-SHA256 under the key of the embedded server, so that a workstation knows whom it speaks to (ruling 12).
CREATE FUNCTION sec.answer_challenge(challenge bytea) RETURNS bytea LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    secret bytea := (SELECT key FROM sec.local_key);
    inner_pad bytea := decode(repeat('36', 64), 'hex');
    outer_pad bytea := decode(repeat('5c', 64), 'hex');
BEGIN
    IF secret IS NULL OR challenge IS NULL OR length(challenge) NOT BETWEEN 16 AND 64 THEN
        RETURN NULL;
    END IF;
    FOR place IN 0 .. length(secret) - 1 LOOP
        inner_pad := set_byte(inner_pad, place, get_byte(inner_pad, place) # get_byte(secret, place));
        outer_pad := set_byte(outer_pad, place, get_byte(outer_pad, place) # get_byte(secret, place));
    END LOOP;
    RETURN sha256(outer_pad || sha256(inner_pad || challenge));
END $$;

CREATE FUNCTION sec.keep_local_key(new_key bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF length(new_key) <> 32 THEN
        PERFORM sec.refuse('bad_local_key');
    END IF;
    INSERT INTO sec.local_key (key) VALUES (new_key) ON CONFLICT (place) DO UPDATE SET key = excluded.key;
END $$;

CREATE FUNCTION load.namespace() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT namespace FROM load.secret
$$;
