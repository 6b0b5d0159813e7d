-- What a payer's case manager reads: people covered today whose sharing is in force today, ordinary rows only (ruling 10).
-- Owned by the definer; the restrictive policy on sensitivity binds here too, because it asks for session_user.

CREATE FUNCTION cm_v1.shared_members() RETURNS TABLE (
    member_id uuid, member_number text, family text, given text, birth_date date, plan text, panel text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    seen bigint;
BEGIN
    IF sec.my_role() IS DISTINCT FROM 'case_manager' THEN
        PERFORM sec.refuse('not_a_case_manager');
    END IF;
    RETURN QUERY
    SELECT m.id, m.member_number, m.family, m.given, m.birth_date, m.plan, p.name
      FROM care.member AS m
      JOIN org.panel AS p ON p.id = m.panel_id
      JOIN org.initiative AS i ON i.id = m.initiative_id
     CROSS JOIN LATERAL (SELECT coalesce(i.frozen_on, (now() AT TIME ZONE i.zone)::date) AS today) AS clock
     WHERE m.initiative_id = ANY (sec.my_initiatives())
       AND m.sensitivity = 0
       AND EXISTS (SELECT FROM care.coverage AS c WHERE c.member_id = m.id AND c.sensitivity = 0
                      AND c.starts_on <= clock.today AND (c.ends_on IS NULL OR clock.today <= c.ends_on))
       AND EXISTS (SELECT FROM care.sharing AS s WHERE s.member_id = m.id AND s.sensitivity = 0
                      AND s.starts_on <= clock.today AND (s.ends_on IS NULL OR clock.today <= s.ends_on));
    GET DIAGNOSTICS seen = ROW_COUNT;
    PERFORM audit.record('shared_members', NULL, NULL, (sec.my_initiatives())[1], NULL,
                         jsonb_build_object('members', seen));
END $$;
