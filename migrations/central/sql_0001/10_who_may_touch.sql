-- Who may touch what. Nobody but the definer writes acts, staff, feed, ledger or audit; nobody at all deletes.

GRANT USAGE ON SCHEMA care, outreach, activity, org, sec TO @cc_coordinator@, @cc_supervisor@, @cc_evaluator@;
GRANT USAGE ON SCHEMA care, org, sec, load, sync TO @cc_loader@;
GRANT USAGE ON SCHEMA load, sync TO @cc_evaluator@;
GRANT USAGE ON SCHEMA org, sec, sync TO @cc_administrator@;
GRANT USAGE ON SCHEMA sec TO @cc_case_manager@, @cc_auditor@;
GRANT USAGE ON SCHEMA cm_v1 TO @cc_case_manager@;
GRANT USAGE ON SCHEMA audit TO @cc_auditor@;

GRANT SELECT ON ALL TABLES IN SCHEMA care, outreach, activity, org TO @cc_coordinator@, @cc_supervisor@;
-- Letters as they were printed are read through a function of the sync alone, which notes each reading.
REVOKE SELECT ON care.sharing, activity.slot, activity.letter_file FROM @cc_coordinator@, @cc_supervisor@;

GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA care TO @cc_loader@;
GRANT SELECT, INSERT, UPDATE ON org.reference, org.practice, org.clinician, org.source, org.resource, org.rule_set
    TO @cc_loader@;
GRANT SELECT ON org.initiative, org.panel, org.team TO @cc_loader@;
GRANT SELECT, INSERT, UPDATE ON load.identity, load.batch TO @cc_loader@;
GRANT SELECT, INSERT ON load.rejected TO @cc_loader@;

GRANT SELECT ON ALL TABLES IN SCHEMA care, org TO @cc_evaluator@;
REVOKE SELECT ON care.sharing FROM @cc_evaluator@;
GRANT SELECT, INSERT, UPDATE ON outreach.reason TO @cc_evaluator@;
GRANT SELECT ON activity.response, activity.follow_up, activity.teaching, activity.visit, activity.referral,
    activity.retraction, activity.medicine TO @cc_evaluator@;
-- A contact without its words.
GRANT SELECT (id, member_id, panel_id, author_id, occurred_at, recorded_at, received_at, outcome, party, channel,
    direction, call_back_at, sensitivity, row_version) ON activity.contact TO @cc_evaluator@;
GRANT INSERT, UPDATE ON org.reference TO @cc_evaluator@;

GRANT SELECT ON ALL TABLES IN SCHEMA org TO @cc_administrator@;
GRANT SELECT ON audit.event TO @cc_auditor@;

-- What the definer's functions need, and the upkeep of partitions.
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA care, outreach, org, sec, sync, load TO @definer@;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA activity TO @definer@;
GRANT SELECT, INSERT ON audit.event TO @definer@;
GRANT UPDATE ON activity.slot TO @definer@;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA org TO @definer@, @cc_loader@;
GRANT EXECUTE ON FUNCTION sync.keep_partitions(int) TO @cc_loader@, @cc_evaluator@, @cc_administrator@, @definer@;
