-- Owned by the owner: nobody else may drop what lies in the feed, and a patient's row is none of it.
CREATE FUNCTION sync.drop_closed_months() RETURNS int LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part regclass;
    dropped int := 0;
BEGIN
    FOR part IN SELECT * FROM sync.closed_months() LOOP
        EXECUTE format('DROP TABLE %s', part);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END $$;
GRANT EXECUTE ON FUNCTION sync.drop_closed_months() TO @cc_administrator@;
