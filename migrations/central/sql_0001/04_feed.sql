-- The change feed and the row's version (sync 4.2, 4.3). Owned by the definer.

CREATE FUNCTION sync.count_version() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.row_version := OLD.row_version + 1;
    RETURN NEW;
END $$;

-- One entry for each (panel, member) a statement touched. A row that only followed its member into another panel
-- writes nothing: the member's own L and E cover it.
CREATE FUNCTION sync.note_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO sync.change (panel_id, member_id, tbl, op)
    SELECT DISTINCT panel_id, member_id, TG_ARGV[0]::smallint, 'U' FROM new_rows;
    RETURN NULL;
END $$;

CREATE FUNCTION sync.note_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO sync.change (panel_id, member_id, tbl, op)
    SELECT DISTINCT n.panel_id, n.member_id, TG_ARGV[0]::smallint, 'U'
      FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id AND (o.panel_id = n.panel_id OR o.member_id <> n.member_id);

    -- A row that turns out to be about somebody else is gone from the one it was held to be about.
    INSERT INTO sync.change (panel_id, member_id, tbl, op)
    SELECT DISTINCT o.panel_id, o.member_id, TG_ARGV[0]::smallint, 'D'
      FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id AND o.member_id <> n.member_id;
    RETURN NULL;
END $$;

CREATE FUNCTION sync.note_delete() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO sync.change (panel_id, member_id, tbl, op)
    SELECT DISTINCT panel_id, member_id, TG_ARGV[0]::smallint, 'D' FROM old_rows;
    RETURN NULL;
END $$;

-- A person's own row also opens and closes the intervals that say who held the person when.
CREATE FUNCTION sync.note_member_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO sync.change (panel_id, member_id, tbl, op)
    SELECT panel_id, id, TG_ARGV[0]::smallint, 'E' FROM new_rows;
    INSERT INTO sec.assignment (member_id, panel_id, valid)
    SELECT id, panel_id, tstzrange(clock_timestamp(), NULL) FROM new_rows;
    RETURN NULL;
END $$;

CREATE FUNCTION sync.note_member_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    at timestamptz := clock_timestamp();
BEGIN
    INSERT INTO sync.change (panel_id, member_id, tbl, op)
    SELECT n.panel_id, n.id, TG_ARGV[0]::smallint, 'U'
      FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id AND o.panel_id = n.panel_id;

    INSERT INTO sync.change (panel_id, member_id, tbl, op)
    SELECT side.panel_id, n.id, TG_ARGV[0]::smallint, side.op
      FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id AND o.panel_id <> n.panel_id
     CROSS JOIN LATERAL (VALUES (o.panel_id, 'L'), (n.panel_id, 'E')) AS side (panel_id, op);

    IF FOUND THEN
        -- Two moves within one microsecond still leave two intervals in their order.
        UPDATE sec.assignment AS a
           SET valid = tstzrange(lower(a.valid), greatest(at, lower(a.valid) + interval '1 microsecond'))
          FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id AND o.panel_id <> n.panel_id
         WHERE a.member_id = n.id AND upper_inf(a.valid);
        INSERT INTO sec.assignment (member_id, panel_id, valid)
        SELECT n.id, n.panel_id, tstzrange(
                   (SELECT max(upper(a.valid)) FROM sec.assignment AS a WHERE a.member_id = n.id), NULL)
          FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id AND o.panel_id <> n.panel_id;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION sync.note_member_delete() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO sync.change (panel_id, member_id, tbl, op)
    SELECT panel_id, id, TG_ARGV[0]::smallint, 'L' FROM old_rows;
    RETURN NULL;
END $$;

-- Workstations fetch the reference bundle again when its version differs (ruling 18).
CREATE FUNCTION org.count_reference() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE org.initiative SET reference_version = reference_version + 1
     WHERE id IN (SELECT initiative_id FROM changed_rows);
    RETURN NULL;
END $$;
