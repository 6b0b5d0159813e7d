-- Lets the gatekeeper look up by what a person's password is checked, as it is now: a password chosen at the first
-- enrollment works at the gate at once. Run once by a superuser in @database@, after `migrate`; then write
-- "@database@_gate" "THE PASSWORD" into userlist.txt (mode 0600, PgBouncer's user).

CREATE ROLE @database@_gate LOGIN CONNECTION LIMIT 20 PASSWORD :'password';
GRANT CONNECT ON DATABASE @database@ TO @database@_gate;
CREATE SCHEMA gate;
REVOKE ALL ON SCHEMA gate FROM PUBLIC;
GRANT USAGE ON SCHEMA gate TO @database@_gate;

-- People alone come in by the gate: services run on the server's own network.
CREATE FUNCTION gate.verifier_of(login text) RETURNS TABLE (name text, verifier text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.rolname::text, a.rolpassword FROM pg_authid AS a
     WHERE a.rolname = login AND a.rolcanlogin AND NOT a.rolsuper
       AND EXISTS (SELECT FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid
                    WHERE m.member = a.oid AND g.rolname = '@database@_cc_person')
$$;
REVOKE ALL ON FUNCTION gate.verifier_of(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate.verifier_of(text) TO @database@_gate;
