-- Run as the definer, whose functions these are. What tells of seals names no person and no patient.

GRANT EXECUTE ON FUNCTION audit.seal_events() TO @cc_administrator@;
GRANT EXECUTE ON FUNCTION audit.faulty_seals(timestamptz), audit.list_seals(bigint), audit.seal_state()
    TO @cc_administrator@, @cc_auditor@;
GRANT EXECUTE ON FUNCTION audit.who_saw(uuid, timestamptz, timestamptz) TO @cc_auditor@;
GRANT EXECUTE ON FUNCTION sec.list_devices(), sec.revoke_device(uuid), sec.end_idle(int), sec.outlived()
    TO @cc_administrator@;
