-- What only a superuser can lay, once for each database and again without harm: roles, logins, what nobody may do.

DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY[
        '@owner@', '@definer@', '@keeper@', '@person@', '@cc_coordinator@', '@cc_supervisor@', '@cc_case_manager@',
        '@cc_auditor@', '@cc_loader@', '@cc_evaluator@', '@cc_administrator@',
        '@migrator@', '@loader@', '@evaluator@', '@administrator@'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        END IF;
    END LOOP;
END $$;

-- Roles that others are members of pass nothing on by themselves: one must say SET ROLE.
ALTER ROLE @owner@ NOLOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
ALTER ROLE @definer@ NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
ALTER ROLE @keeper@ NOLOGIN INHERIT NOSUPERUSER NOBYPASSRLS CREATEROLE NOCREATEDB NOREPLICATION;
ALTER ROLE @migrator@ LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
ALTER ROLE @loader@ LOGIN INHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
ALTER ROLE @evaluator@ LOGIN INHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
ALTER ROLE @administrator@ LOGIN INHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;

GRANT @owner@ TO @migrator@;
GRANT @definer@ TO @owner@;
GRANT @cc_loader@ TO @loader@;
GRANT @cc_evaluator@ TO @evaluator@;
GRANT @cc_administrator@ TO @administrator@;
GRANT @person@, @cc_coordinator@, @cc_supervisor@, @cc_case_manager@, @cc_auditor@ TO @keeper@ WITH ADMIN OPTION;
GRANT pg_signal_backend TO @keeper@;
-- Without it nobody but a superuser sees whose transaction lies idle.
GRANT pg_read_all_stats TO @keeper@;

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO @person@, @migrator@, @loader@, @evaluator@, @administrator@',
                   current_database());
    EXECUTE format('GRANT CREATE ON DATABASE %I TO @owner@', current_database());
    -- Loader and evaluator gather rows in tables of the session, for COPY does not write under row security.
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO @cc_loader@, @cc_evaluator@', current_database());
    EXECUTE format('ALTER DATABASE %I SET temp_file_limit = %L', current_database(), '4GB');
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
-- Alembic's own table lies there, so that every table of the eight schemas is under forced row security.
GRANT USAGE, CREATE ON SCHEMA public TO @owner@;
ALTER DEFAULT PRIVILEGES FOR ROLE @owner@ REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE @owner@ REVOKE USAGE ON TYPES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE @definer@ REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- What an angry login could hold others up with, or leave marks in.
DO $$
DECLARE
    loose regprocedure;
BEGIN
    FOR loose IN
        SELECT oid::regprocedure FROM pg_proc
         WHERE pronamespace = 'pg_catalog'::regnamespace
           AND (proname LIKE 'pg\_advisory%' OR proname LIKE 'pg\_try\_advisory%' OR proname LIKE 'pg\_sleep%'
                OR proname LIKE 'lo\_%' OR proname IN ('loread', 'lowrite', 'pg_notify', 'pg_logical_emit_message',
                                                      'pg_export_snapshot'))
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', loose);
    END LOOP;
END $$;

-- Four functions may make and close logins and end sessions; only the definer's functions may call them. The words of
-- a password never come here: what comes is what the server checks them by.
CREATE SCHEMA IF NOT EXISTS roles;
REVOKE ALL ON SCHEMA roles FROM PUBLIC;
GRANT USAGE ON SCHEMA roles TO @definer@, @keeper@;

CREATE OR REPLACE FUNCTION roles.make_login(login text, verifier text, kind text) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF verifier !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$'
       OR kind NOT IN ('coordinator', 'supervisor', 'case_manager', 'auditor') OR NOT starts_with(login, '@prefix@_') THEN
        RAISE EXCEPTION USING ERRCODE = 'CC001', MESSAGE = 'bad_login';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', login);
        EXECUTE format('GRANT @person@ TO %I', login);
    ELSIF NOT EXISTS (SELECT FROM pg_auth_members AS m JOIN pg_roles AS r ON r.oid = m.member
                       WHERE m.roleid = '@person@'::regrole AND r.rolname = login) THEN
        -- A group, a service or somebody else's role of this name.
        RAISE EXCEPTION USING ERRCODE = 'CC001', MESSAGE = 'login_taken';
    END IF;
    EXECUTE format('ALTER ROLE %I LOGIN CONNECTION LIMIT 5 PASSWORD %L', login, verifier);
    EXECUTE format('REVOKE @cc_coordinator@, @cc_supervisor@, @cc_case_manager@, @cc_auditor@ FROM %I', login);
    EXECUTE format('GRANT %I TO %I', '@prefix@_cc_' || kind, login);
END $$;

CREATE OR REPLACE FUNCTION roles.close_login(login text) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_auth_members AS m JOIN pg_roles AS r ON r.oid = m.member
                WHERE m.roleid = '@person@'::regrole AND r.rolname = login) THEN
        EXECUTE format('ALTER ROLE %I NOLOGIN', login);
    END IF;
END $$;

CREATE OR REPLACE FUNCTION roles.end_sessions(login text) RETURNS void LANGUAGE sql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
     WHERE usename = login AND pid <> pg_backend_pid() AND starts_with(login, '@prefix@_')
$$;

-- Ends sessions of ours that hold a transaction open and do nothing, and tells whose they were.
CREATE OR REPLACE FUNCTION roles.end_idle(seconds int) RETURNS SETOF text LANGUAGE sql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    -- First whose, then the end: in one condition the planner might ask the other way round.
    WITH idle AS MATERIALIZED (
        SELECT pid, usename::text AS login FROM pg_stat_activity
         WHERE datname = current_database() AND starts_with(usename, '@prefix@_') AND pid <> pg_backend_pid()
           AND state LIKE 'idle in transaction%' AND state_change <= clock_timestamp() - make_interval(secs => seconds))
    SELECT login FROM idle WHERE pg_terminate_backend(pid)
$$;

ALTER FUNCTION roles.make_login(text, text, text) OWNER TO @keeper@;
ALTER FUNCTION roles.close_login(text) OWNER TO @keeper@;
ALTER FUNCTION roles.end_sessions(text) OWNER TO @keeper@;
ALTER FUNCTION roles.end_idle(int) OWNER TO @keeper@;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA roles FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA roles TO @definer@;

-- Two migrations of one database wait for each other.
GRANT EXECUTE ON FUNCTION pg_catalog.pg_advisory_xact_lock(bigint) TO @migrator@;

-- Raised with every change of this file, so that a later program knows that a superuser must lay it anew.
COMMENT ON SCHEMA roles IS 'groundwork 2';
