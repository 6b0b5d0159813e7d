-- How a table is put under guard. Owned by the owner and run by migrations alone: each later table goes the same way.

CREATE FUNCTION sec.protect_inner_table(t regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY definer ON %s FOR ALL TO @definer@ USING (true) WITH CHECK (true)', t);
END $$;

CREATE FUNCTION sec.protect_tenant_table(t regclass, key text DEFAULT 'initiative_id') RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    mine text := format('(%I = ANY ((SELECT sec.my_initiatives())::uuid[]))', key);
BEGIN
    PERFORM sec.protect_inner_table(t);
    EXECUTE format('CREATE POLICY initiative ON %s FOR ALL USING %s WITH CHECK %s', t, mine, mine);
END $$;

-- `feed` is the table's number in the change feed, null for one that is not pulled.
CREATE FUNCTION sec.protect_member_table(t regclass, feed int, only_grows boolean DEFAULT false) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    mine text := '(panel_id = ANY ((SELECT sec.my_panels())::uuid[]))';
    member text := CASE WHEN t = 'care.member'::regclass THEN 'member_' ELSE '' END;
BEGIN
    PERFORM sec.protect_inner_table(t);
    EXECUTE format('CREATE POLICY panel ON %s FOR ALL USING %s WITH CHECK %s', t, mine, mine);
    EXECUTE format('CREATE POLICY ceiling ON %s AS RESTRICTIVE FOR SELECT '
                   'USING (sensitivity <= (SELECT sec.my_ceiling()))', t);

    -- The names say the order: PostgreSQL fires triggers of one kind by name.
    EXECUTE format('CREATE TRIGGER a_same BEFORE UPDATE ON %s FOR EACH ROW '
                   'EXECUTE FUNCTION suppress_redundant_updates_trigger()', t);
    IF only_grows THEN
        EXECUTE format('CREATE TRIGGER b_only_grows BEFORE UPDATE ON %s FOR EACH ROW '
                       'EXECUTE FUNCTION activity.only_panel_moves()', t);
        EXECUTE format('CREATE TRIGGER b_stays BEFORE DELETE OR TRUNCATE ON %s FOR EACH STATEMENT '
                       'EXECUTE FUNCTION audit.say_no()', t);
    END IF;
    EXECUTE format('CREATE TRIGGER c_version BEFORE UPDATE ON %s FOR EACH ROW '
                   'EXECUTE FUNCTION sync.count_version()', t);

    IF feed IS NOT NULL THEN
        EXECUTE format('CREATE TRIGGER feed_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows '
                       'FOR EACH STATEMENT EXECUTE FUNCTION sync.note_%sinsert(%s)', t, member, feed);
        EXECUTE format('CREATE TRIGGER feed_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows '
                       'NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sync.note_%supdate(%s)',
                       t, member, feed);
        EXECUTE format('CREATE TRIGGER feed_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows '
                       'FOR EACH STATEMENT EXECUTE FUNCTION sync.note_%sdelete(%s)', t, member, feed);
        EXECUTE format('CREATE TRIGGER feed_truncate BEFORE TRUNCATE ON %s '
                       'FOR EACH STATEMENT EXECUTE FUNCTION audit.say_no()', t);
    END IF;
END $$;

-- Rows that may be changed or removed leave what they were; `inserts` too where each new row matters.
CREATE FUNCTION sec.audit_table(t regclass, inserts boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    about_member text := CASE WHEN EXISTS (SELECT FROM pg_attribute WHERE attrelid = t AND attname = 'member_id')
                              THEN 'member_row_' ELSE '' END;
BEGIN
    EXECUTE format('CREATE TRIGGER audit_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows '
                   'NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.note_%supdate()', t, about_member);
    EXECUTE format('CREATE TRIGGER audit_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows '
                   'FOR EACH STATEMENT EXECUTE FUNCTION audit.note_delete()', t);
    IF inserts THEN
        EXECUTE format('CREATE TRIGGER audit_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows '
                       'FOR EACH STATEMENT EXECUTE FUNCTION audit.note_insert()', t);
    END IF;
END $$;

-- Makes the months' partitions ahead. What finds none falls into the default one, so nothing is ever refused for it.
CREATE FUNCTION sync.keep_partitions(months_ahead int DEFAULT 3) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    parent text;
    opens timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    month timestamp;
    child text;
    made int := 0;
BEGIN
    FOREACH parent IN ARRAY ARRAY['sync.change', 'audit.event'] LOOP
        FOR ahead IN -1 .. least(months_ahead, 24) LOOP
            month := opens + make_interval(months => ahead);
            child := CASE WHEN ahead < 0 THEN parent || '_rest' ELSE parent || to_char(month, '"_"YYYY"_"MM') END;
            CONTINUE WHEN to_regclass(child) IS NOT NULL;
            BEGIN
                IF ahead < 0 THEN
                    EXECUTE format('CREATE TABLE %s PARTITION OF %s DEFAULT', child, parent);
                ELSE
                    EXECUTE format('CREATE TABLE %s PARTITION OF %s FOR VALUES FROM (%L) TO (%L)', child, parent,
                                   month || '+00', month + interval '1 month' || '+00');
                END IF;
                EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', child);
                IF parent = 'audit.event' THEN
                    EXECUTE format('CREATE TRIGGER stays_whole BEFORE TRUNCATE ON %s '
                                   'FOR EACH STATEMENT EXECUTE FUNCTION audit.say_no()', child);
                END IF;
                made := made + 1;
            EXCEPTION WHEN check_violation THEN
                -- Rows of that month already lie in the default partition; they are as good there.
                NULL;
            END;
        END LOOP;
    END LOOP;
    RETURN made;
END $$;

DO $$
DECLARE
    place record;
BEGIN
    FOR place IN SELECT * FROM (VALUES
        ('care.member', 0), ('care.contact_point', 1), ('care.contact_profile', 2), ('care.related_person', 3),
        ('care.permission', 4), ('care.coverage', 5), ('care.attribution', 6), ('care.fact', 7),
        ('outreach.reason', 8), ('care.sharing', NULL), ('activity.slot', NULL)) AS listed (name, feed)
    LOOP
        PERFORM sec.protect_member_table(place.name, place.feed);
        PERFORM sec.audit_table(place.name);
    END LOOP;

    FOR place IN SELECT * FROM (VALUES
        ('activity.contact', 9), ('activity.response', 10), ('activity.follow_up', 11), ('activity.teaching', 12),
        ('activity.visit', 13), ('activity.letter', 14), ('activity.referral', 15), ('activity.note', 16),
        ('activity.retraction', 17), ('activity.review', 18), ('activity.red_flag', 19), ('activity.medicine', 20),
        ('activity.letter_file', NULL)) AS listed (name, feed)
    LOOP
        PERFORM sec.protect_member_table(place.name, place.feed, only_grows => true);
    END LOOP;

    FOR place IN SELECT unnest(ARRAY['org.reference', 'org.practice', 'org.clinician', 'org.team', 'org.panel',
                                     'org.source', 'org.rule_set', 'org.resource',
                                     'load.identity', 'load.batch', 'load.rejected', 'audit.event']) AS name
    LOOP
        PERFORM sec.protect_tenant_table(place.name);
    END LOOP;
    PERFORM sec.protect_tenant_table('org.initiative', 'id');

    FOR place IN SELECT unnest(ARRAY['sec.staff', 'sec.staff_initiative', 'sec.staff_panel', 'sec.assignment',
                                     'sec.service', 'sec.local_key', 'sync.change', 'sync.device', 'sync.op',
                                     'sync.epoch', 'load.secret']) AS name
    LOOP
        PERFORM sec.protect_inner_table(place.name);
    END LOOP;

    FOR place IN SELECT unnest(ARRAY['org.initiative', 'org.panel', 'org.team', 'sec.staff', 'sec.staff_initiative',
                                     'sec.staff_panel']) AS name
    LOOP
        PERFORM sec.audit_table(place.name, inserts => true);
    END LOOP;
END $$;

CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON audit.event FOR EACH ROW EXECUTE FUNCTION audit.say_no();
CREATE TRIGGER stays_whole BEFORE TRUNCATE ON audit.event FOR EACH STATEMENT EXECUTE FUNCTION audit.say_no();

CREATE TRIGGER count_insert AFTER INSERT ON org.reference REFERENCING NEW TABLE AS changed_rows
    FOR EACH STATEMENT EXECUTE FUNCTION org.count_reference();
CREATE TRIGGER a_same BEFORE UPDATE ON org.reference
    FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE TRIGGER count_update AFTER UPDATE ON org.reference REFERENCING NEW TABLE AS changed_rows
    FOR EACH STATEMENT EXECUTE FUNCTION org.count_reference();
CREATE TRIGGER count_delete AFTER DELETE ON org.reference REFERENCING OLD TABLE AS changed_rows
    FOR EACH STATEMENT EXECUTE FUNCTION org.count_reference();

SELECT sync.keep_partitions();
