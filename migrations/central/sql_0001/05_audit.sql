-- What was changed, by whom, from what to what (sync 4.10). Owned by the definer.

CREATE FUNCTION audit.record(
    what text, the_member uuid, the_panel uuid, initiative uuid, device uuid, details jsonb
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO audit.event (kind, member_id, panel_id, initiative_id, device_id, facts)
    VALUES (what, the_member, the_panel,
            coalesce(initiative, (SELECT initiative_id FROM org.panel WHERE id = the_panel)),
            device, details)
$$;

-- A row about a person. One that only followed its person into another panel says nothing: the person's own row does.
CREATE FUNCTION audit.note_member_row_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO audit.event (kind, table_name, row_key, member_id, panel_id, initiative_id, facts)
    SELECT 'update', TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, n.id,
           n.member_id, n.panel_id, p.initiative_id,
           differing.facts
      FROM new_rows AS n
      JOIN old_rows AS o ON o.id = n.id AND o.panel_id = n.panel_id
     CROSS JOIN LATERAL (SELECT to_jsonb(o) AS before, to_jsonb(n) AS after OFFSET 0) AS pair
     CROSS JOIN LATERAL (
           SELECT jsonb_object_agg(field, jsonb_build_array(pair.before -> field, pair.after -> field)) AS facts
             FROM jsonb_object_keys(pair.after) AS field
            WHERE pair.after -> field IS DISTINCT FROM pair.before -> field AND field <> 'row_version') AS differing
      LEFT JOIN org.panel AS p ON p.id = n.panel_id
     WHERE differing.facts IS NOT NULL;
    RETURN NULL;
END $$;

-- Any other row with an id.
CREATE FUNCTION audit.note_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO audit.event (kind, table_name, row_key, member_id, panel_id, initiative_id, facts)
    SELECT 'update', TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, n.id,
           CASE TG_TABLE_NAME WHEN 'member' THEN n.id END,
           (pair.after ->> 'panel_id')::uuid,
           coalesce((pair.after ->> 'initiative_id')::uuid, p.initiative_id),
           differing.facts
      FROM new_rows AS n
      JOIN old_rows AS o ON o.id = n.id
     CROSS JOIN LATERAL (SELECT to_jsonb(o) AS before, to_jsonb(n) AS after OFFSET 0) AS pair
     CROSS JOIN LATERAL (
           SELECT jsonb_object_agg(field, jsonb_build_array(pair.before -> field, pair.after -> field)) AS facts
             FROM jsonb_object_keys(pair.after) AS field
            WHERE pair.after -> field IS DISTINCT FROM pair.before -> field AND field <> 'row_version') AS differing
      LEFT JOIN org.panel AS p ON p.id = (pair.after ->> 'panel_id')::uuid
     WHERE differing.facts IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION audit.note_delete() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO audit.event (kind, table_name, row_key, member_id, panel_id, initiative_id, facts)
    SELECT 'delete', TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, o.id,
           CASE WHEN TG_TABLE_NAME = 'member' THEN o.id ELSE (gone.was ->> 'member_id')::uuid END,
           (gone.was ->> 'panel_id')::uuid,
           coalesce((gone.was ->> 'initiative_id')::uuid, p.initiative_id),
           gone.was
      FROM old_rows AS o
     CROSS JOIN LATERAL (SELECT to_jsonb(o) AS was OFFSET 0) AS gone
      LEFT JOIN org.panel AS p ON p.id = (gone.was ->> 'panel_id')::uuid;
    RETURN NULL;
END $$;

CREATE FUNCTION audit.note_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO audit.event (kind, table_name, row_key, panel_id, initiative_id, facts)
    SELECT 'insert', TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, n.id,
           (made.row ->> 'panel_id')::uuid,
           coalesce((made.row ->> 'initiative_id')::uuid, p.initiative_id),
           made.row
      FROM new_rows AS n
     CROSS JOIN LATERAL (SELECT to_jsonb(n) AS row OFFSET 0) AS made
      LEFT JOIN org.panel AS p ON p.id = (made.row ->> 'panel_id')::uuid;
    RETURN NULL;
END $$;

-- Says no to whatever would alter what only grows.
CREATE FUNCTION audit.say_no() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'CC002', MESSAGE = 'only_grows';
END $$;

-- An act may follow its member into another panel; nothing else about it ever changes.
CREATE FUNCTION activity.only_panel_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF to_jsonb(NEW) - '{panel_id,row_version}'::text[] <> to_jsonb(OLD) - '{panel_id,row_version}'::text[]
       OR NEW.panel_id = OLD.panel_id THEN
        RAISE EXCEPTION USING ERRCODE = 'CC002', MESSAGE = 'only_grows';
    END IF;
    RETURN NEW;
END $$;
