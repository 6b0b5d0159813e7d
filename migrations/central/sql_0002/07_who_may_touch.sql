GRANT USAGE ON SCHEMA sync_v1 TO @cc_coordinator@, @cc_supervisor@;
