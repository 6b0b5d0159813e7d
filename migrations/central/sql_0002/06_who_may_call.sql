-- Coordinators and supervisors alone; whatever lies under these functions is called by them only.

GRANT EXECUTE ON FUNCTION sync_v1.hello(text, int, int, text, uuid, bytea), sync_v1.reference(uuid),
    sync_v1.listing(uuid), sync_v1.copied(uuid, uuid[], uuid),
    sync_v1.changed(uuid, pg_snapshot, pg_snapshot, uuid, int, uuid), sync_v1.digests(uuid, boolean),
    sync_v1.letter_file(uuid), sync_v1.push(uuid, jsonb) TO @cc_coordinator@, @cc_supervisor@;
