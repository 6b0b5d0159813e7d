-- What the administrator, a supervisor and a person about herself may do. Owned by the definer; who may call what is
-- granted in 09; roles.* belongs to the groundwork a superuser lays. Each function looks at the initiatives of whoever asks.

CREATE FUNCTION sec.require_initiative(initiative uuid) RETURNS void LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF initiative IS NULL OR NOT initiative = ANY (sec.my_initiatives()) THEN
        PERFORM sec.refuse('no_such_initiative');
    END IF;
END $$;

CREATE FUNCTION sec.create_initiative(name text, zone text, calendar text, opens text, closes text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made uuid;
BEGIN
    IF EXISTS (SELECT FROM sec.service AS me WHERE me.role_name = session_user AND me.initiative_id IS NOT NULL) THEN
        PERFORM sec.refuse('bound_to_one_initiative');
    END IF;
    IF EXISTS (SELECT FROM org.initiative AS i WHERE i.name = create_initiative.name) THEN
        PERFORM sec.refuse('initiative_taken');
    END IF;
    INSERT INTO org.initiative (name, zone, calendar, office_opens, office_closes)
    VALUES (name, zone, calendar, opens, closes) RETURNING id INTO made;
    INSERT INTO org.panel (initiative_id, name, is_unassigned) VALUES (made, 'Unassigned', true);
    RETURN made;
END $$;

CREATE FUNCTION sec.freeze_initiative(initiative uuid, day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM sec.require_initiative(initiative);
    UPDATE org.initiative AS i SET frozen_on = day
     WHERE i.id = freeze_initiative.initiative AND i.frozen_on IS DISTINCT FROM day;
END $$;

CREATE FUNCTION sec.create_panel(initiative uuid, name text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made uuid;
BEGIN
    PERFORM sec.require_initiative(initiative);
    IF EXISTS (SELECT FROM org.panel AS p WHERE p.initiative_id = initiative AND p.name = create_panel.name) THEN
        PERFORM sec.refuse('panel_taken');
    END IF;
    INSERT INTO org.panel (initiative_id, name) VALUES (initiative, name) RETURNING id INTO made;
    RETURN made;
END $$;

CREATE FUNCTION sec.assign_panel(the_panel uuid, person text, kind text DEFAULT 'own', until timestamptz DEFAULT NULL)
    RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    receiver sec.staff;
    given org.panel;
BEGIN
    SELECT * INTO given FROM org.panel WHERE id = the_panel;
    IF given.id IS NULL OR NOT given.initiative_id = ANY (sec.my_initiatives()) THEN
        PERFORM sec.refuse('no_such_panel');
    END IF;
    SELECT * INTO receiver FROM sec.staff AS s WHERE s.login = person AND s.initiative_id = ANY (sec.my_initiatives());
    IF receiver.id IS NULL OR NOT receiver.is_active THEN
        PERFORM sec.refuse('no_such_staff');
    ELSIF receiver.role NOT IN ('coordinator', 'supervisor') THEN
        PERFORM sec.refuse('role_holds_no_panel');
    ELSIF receiver.initiative_id <> given.initiative_id AND NOT EXISTS (
            SELECT FROM sec.staff_initiative AS more WHERE more.staff_id = receiver.id
               AND more.initiative_id = given.initiative_id AND now() <@ more.valid) THEN
        PERFORM sec.refuse('other_initiative');
    END IF;
    IF NOT EXISTS (SELECT FROM sec.staff_panel AS held
                    WHERE held.staff_id = receiver.id AND held.panel_id = the_panel AND now() <@ held.valid) THEN
        INSERT INTO sec.staff_panel (staff_id, panel_id, valid, kind, depth)
        VALUES (receiver.id, the_panel, tstzrange(now(), until), kind,
                CASE receiver.role WHEN 'supervisor' THEN 'review' ELSE 'full' END);
    END IF;
END $$;

-- Moves people into a panel of their own initiative; their rows, feed entries and intervals follow by themselves.
CREATE FUNCTION sec.move_members(the_panel uuid, members uuid[]) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target org.panel;
    moved int;
    known int;
BEGIN
    SELECT * INTO target FROM org.panel WHERE id = the_panel;
    IF target.id IS NULL OR NOT target.initiative_id = ANY (sec.my_initiatives()) THEN
        PERFORM sec.refuse('no_such_panel');
    END IF;
    SELECT count(*) INTO known FROM (
        SELECT FROM care.member WHERE id = ANY (members) AND initiative_id = target.initiative_id
         ORDER BY id FOR UPDATE) AS locked;
    IF known <> (SELECT count(DISTINCT m) FROM unnest(members) AS m) THEN
        PERFORM sec.refuse('no_such_member');
    END IF;
    UPDATE care.member SET panel_id = the_panel WHERE id = ANY (members) AND panel_id <> the_panel;
    GET DIAGNOSTICS moved = ROW_COUNT;
    RETURN moved;
END $$;

CREATE FUNCTION sec.move_member(the_panel uuid, the_member uuid) RETURNS int LANGUAGE sql
    SET search_path = pg_catalog, pg_temp AS $$ SELECT sec.move_members(the_panel, ARRAY[the_member]) $$;

CREATE FUNCTION sec.add_staff(person text, full_name text, as_role text, initiative uuid, the_panel uuid, verifier text)
    RETURNS TABLE (staff_id uuid, role_name text) LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM sec.require_initiative(initiative);
    IF person !~ '^[a-z][a-z0-9_.-]{0,30}$' THEN
        PERFORM sec.refuse('bad_login');
    ELSIF as_role NOT IN ('coordinator', 'supervisor', 'case_manager', 'auditor') THEN
        PERFORM sec.refuse('bad_role');
    ELSIF EXISTS (SELECT FROM sec.staff AS s WHERE s.login = person) THEN
        PERFORM sec.refuse('login_taken');
    END IF;
    role_name := '@prefix@_' || person;
    PERFORM roles.make_login(role_name, verifier, as_role);
    INSERT INTO sec.staff (initiative_id, login, role_name, name, role)
    VALUES (initiative, person, add_staff.role_name, full_name, as_role) RETURNING id INTO staff_id;
    IF the_panel IS NOT NULL THEN
        PERFORM sec.assign_panel(the_panel, person);
    END IF;
    RETURN NEXT;
END $$;

CREATE FUNCTION sec.known_staff(person text) RETURNS sec.staff LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found sec.staff;
BEGIN
    SELECT * INTO found FROM sec.staff AS s WHERE s.login = person AND s.initiative_id = ANY (sec.my_initiatives());
    IF found.id IS NULL THEN
        PERFORM sec.refuse('no_such_staff');
    END IF;
    RETURN found;
END $$;

CREATE FUNCTION sec.reset_staff(person text, verifier text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    known sec.staff := sec.known_staff(person);
BEGIN
    UPDATE sec.staff SET must_change = true, is_active = true, disabled_at = NULL WHERE id = known.id;
    PERFORM roles.make_login(known.role_name, verifier, known.role);
    PERFORM roles.end_sessions(known.role_name);
    PERFORM audit.record('password_reset', NULL, NULL, known.initiative_id, NULL, jsonb_build_object('login', person));
END $$;

CREATE FUNCTION sec.disable_staff(person text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    known sec.staff := sec.known_staff(person);
BEGIN
    UPDATE sec.staff SET is_active = false, disabled_at = now() WHERE id = known.id AND is_active;
    PERFORM roles.close_login(known.role_name);
    PERFORM roles.end_sessions(known.role_name);
END $$;

-- The person's own choice; the server never sees the words, only what they are checked by.
CREATE FUNCTION sec.change_password(verifier text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me sec.staff;
BEGIN
    SELECT * INTO me FROM sec.staff AS s WHERE s.role_name = session_user AND s.is_active;
    IF me.id IS NULL THEN
        PERFORM sec.refuse('no_such_staff');
    END IF;
    PERFORM roles.make_login(me.role_name, verifier, me.role);
    UPDATE sec.staff SET must_change = false WHERE id = me.id AND must_change;
END $$;

-- Answers also while the one-time password stands, so that the workstation knows it must ask for another.
CREATE FUNCTION sec.about_me()
    RETURNS TABLE (staff_id uuid, login text, name text, role text, initiative_id uuid, must_change boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id, login, name, role, initiative_id, must_change FROM sec.staff
     WHERE role_name = session_user AND is_active
$$;

CREATE FUNCTION sec.list_staff() RETURNS TABLE (
    login text, role_name text, name text, role text, initiative text, panels text[], is_active boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.login, s.role_name, s.name, s.role, i.name,
           ARRAY(SELECT p.name FROM sec.staff_panel AS held JOIN org.panel AS p ON p.id = held.panel_id
                  WHERE held.staff_id = s.id AND now() <@ held.valid ORDER BY p.name),
           s.is_active
      FROM sec.staff AS s JOIN org.initiative AS i ON i.id = s.initiative_id
     WHERE s.initiative_id = ANY (sec.my_initiatives()) ORDER BY s.login
$$;

CREATE FUNCTION sec.list_panels() RETURNS TABLE (
    id uuid, name text, initiative_id uuid, initiative text, is_unassigned boolean, members bigint, staff text[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.id, p.name, i.id, i.name, p.is_unassigned,
           (SELECT count(*) FROM care.member AS m WHERE m.panel_id = p.id),
           ARRAY(SELECT s.login FROM sec.staff_panel AS held JOIN sec.staff AS s ON s.id = held.staff_id
                  WHERE held.panel_id = p.id AND now() <@ held.valid ORDER BY s.login)
      FROM org.panel AS p JOIN org.initiative AS i ON i.id = p.initiative_id
     WHERE p.initiative_id = ANY (sec.my_initiatives()) ORDER BY i.name, p.is_unassigned DESC, p.name
$$;
