-- Access in an emergency: a person who already works in the initiative holds one more panel for some hours, with a
-- reason, and everybody who watches over it can see that (sync 4.9). It ends by itself. Owned by the definer.

CREATE FUNCTION sec.open_emergency(person text, the_panel uuid, hours int, why text) RETURNS timestamptz
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    ends timestamptz := now() + make_interval(hours => hours);
    receiver sec.staff := sec.known_staff(person);
BEGIN
    IF hours IS NULL OR hours NOT BETWEEN 1 AND 12 THEN
        PERFORM sec.refuse('bad_hours');
    ELSIF length(btrim(coalesce(why, ''))) < 10 THEN
        PERFORM sec.refuse('no_reason_given');
    ELSIF EXISTS (SELECT FROM sec.staff_panel AS held
                   WHERE held.staff_id = receiver.id AND held.panel_id = the_panel AND now() <@ held.valid) THEN
        PERFORM sec.refuse('holds_it_already');
    END IF;
    -- It looks at the panel, the person's role and the initiatives of both.
    PERFORM sec.assign_panel(the_panel, person, 'emergency', ends);
    PERFORM audit.record('emergency', NULL, the_panel, NULL, NULL,
                         jsonb_build_object('login', person, 'until', ends, 'why', left(btrim(why), 500)));
    RETURN ends;
END $$;

CREATE FUNCTION sec.list_emergencies() RETURNS TABLE (
    login text, name text, panel text, since timestamptz, until timestamptz, why text, opened_by text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.login, s.name, p.name, lower(held.valid), upper(held.valid), coalesce(e.facts ->> 'why', ''),
           coalesce(e.login, '')
      FROM sec.staff_panel AS held JOIN sec.staff AS s ON s.id = held.staff_id JOIN org.panel AS p ON p.id = held.panel_id
      LEFT JOIN audit.event AS e ON e.kind = 'emergency' AND e.panel_id = p.id AND e.facts ->> 'login' = s.login
           AND (e.facts ->> 'until')::timestamptz = upper(held.valid)
     WHERE held.kind = 'emergency' AND p.initiative_id = ANY (sec.my_initiatives())
     ORDER BY lower(held.valid) DESC
$$;

GRANT EXECUTE ON FUNCTION sec.open_emergency(text, uuid, int, text) TO @cc_administrator@;
GRANT EXECUTE ON FUNCTION sec.list_emergencies() TO @cc_administrator@, @cc_supervisor@, @cc_auditor@;
