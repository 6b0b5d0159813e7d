-- Who held, received, read or changed a person between two instants (sync 4.10). It tells no fact about the person, so
-- it answers for every sensitivity; that it was asked is itself noted. Owned by the definer.

CREATE FUNCTION audit.who_saw(the_member uuid, since timestamptz, until timestamptz) RETURNS TABLE (
    what text, login text, name text, role text, panel text, device uuid,
    first_at timestamptz, last_at timestamptz, times bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    span tstzrange;
    home uuid;
BEGIN
    IF sec.my_role() IS DISTINCT FROM 'auditor' THEN
        PERFORM sec.refuse('not_an_auditor');
    ELSIF since IS NULL OR until IS NULL OR since >= until THEN
        PERFORM sec.refuse('bad_span');
    END IF;
    span := tstzrange(since, until);
    -- By the intervals, not by the person's row, which the ceiling may hide from whoever asks.
    SELECT p.initiative_id INTO home FROM sec.assignment AS a JOIN org.panel AS p ON p.id = a.panel_id
     WHERE a.member_id = the_member LIMIT 1;
    IF home IS NULL OR NOT home = ANY (sec.my_initiatives()) THEN
        PERFORM sec.refuse('unknown_member');
    END IF;
    PERFORM audit.record('who_saw', the_member, NULL, home, NULL, jsonb_build_object('since', since, 'until', until));

    RETURN QUERY
    WITH stay AS (
        SELECT a.panel_id, p.name, a.valid * span AS part FROM sec.assignment AS a JOIN org.panel AS p ON p.id = a.panel_id
         WHERE a.member_id = the_member AND a.valid && span
    ), person AS (
        SELECT s.role_name, s.login, s.name, s.role FROM sec.staff AS s
        UNION ALL
        SELECT v.role_name, v.role_name, ''::text, v.kind FROM sec.service AS v
    )
    SELECT CASE h.kind WHEN 'emergency' THEN 'emergency' ELSE 'held' END, s.login, s.name, s.role, stay.name, NULL::uuid, lower(stay.part * h.valid), upper(stay.part * h.valid),
           1::bigint
      FROM stay JOIN sec.staff_panel AS h ON h.panel_id = stay.panel_id AND h.valid && stay.part
      JOIN sec.staff AS s ON s.id = h.staff_id
    UNION ALL
    SELECT 'could_see', s.login, s.name, s.role, ''::text, NULL, lower(reach.part), upper(reach.part), 1
      FROM sec.staff AS s
      LEFT JOIN sec.staff_initiative AS more ON more.staff_id = s.id AND more.initiative_id = home
     CROSS JOIN LATERAL (
           SELECT span * tstzrange(s.created_at, s.disabled_at)
                  * CASE WHEN s.initiative_id = home THEN tstzrange(NULL, NULL) ELSE more.valid END AS part) AS reach
     WHERE s.role = 'supervisor' AND NOT isempty(reach.part)
    UNION ALL
    SELECT 'received', e.login, coalesce(w.name, ''), coalesce(w.role, ''), stay.name, e.device_id, min(e.at), max(e.at),
           count(*)
      FROM stay JOIN audit.event AS e ON e.panel_id = stay.panel_id AND e.at <@ stay.part AND e.kind IN ('copy', 'pull')
      LEFT JOIN person AS w ON w.role_name = e.login
     GROUP BY e.login, w.name, w.role, stay.name, e.device_id
    UNION ALL
    SELECT CASE WHEN e.table_name = '' THEN e.kind ELSE 'changed' END, e.login, coalesce(w.name, ''),
           coalesce(w.role, ''), coalesce(p.name, ''), e.device_id, min(said.at), max(said.at), count(*)
      FROM audit.event AS e LEFT JOIN person AS w ON w.role_name = e.login LEFT JOIN org.panel AS p ON p.id = e.panel_id
      -- What a workstation's own log tells came here later than it happened.
     CROSS JOIN LATERAL (SELECT CASE WHEN e.table_name = '' AND e.facts ? 'is_whole'
                                     THEN (e.facts ->> 'at')::timestamptz ELSE e.at END AS at) AS said
     WHERE e.member_id = the_member AND said.at <@ span
     GROUP BY 1, e.login, w.name, w.role, p.name, e.device_id
    UNION ALL
    SELECT 'sent', s.login, s.name, s.role, coalesce(p.name, ''), o.device_id, min(o.received_at), max(o.received_at),
           count(*)
      FROM sync.op AS o JOIN sec.staff AS s ON s.id = o.staff_id LEFT JOIN org.panel AS p ON p.id = o.panel_id
     WHERE o.member_id = the_member AND o.received_at <@ span
     GROUP BY s.login, s.name, s.role, p.name, o.device_id
    UNION ALL
    -- The payer's list names whoever was shared that day; the receipt counts them and names nobody.
    SELECT 'list_of_shared', e.login, coalesce(w.name, ''), coalesce(w.role, ''), ''::text, NULL, min(e.at), max(e.at),
           count(*)
      FROM audit.event AS e LEFT JOIN person AS w ON w.role_name = e.login
     WHERE e.initiative_id = home AND e.kind = 'shared_members' AND e.at <@ span
     GROUP BY e.login, w.name, w.role
     ORDER BY 7 NULLS FIRST, 1, 2;
END $$;
