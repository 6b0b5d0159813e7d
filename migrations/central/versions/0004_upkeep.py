"""Upkeep: the audit sealed in blocks, who saw a person, workstations revoked and emptied, retention."""

from coordinator_app.storage.central.migrating import Migration

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run = Migration(revision)
    run.as_owner("01_tables", "07_keeping_tables")
    # Not the wider grant of other migrations: `sec` holds functions of the owner, which the definer may not give on.
    run.say("GRANT USAGE, CREATE ON SCHEMA audit, sec, sync, sync_v1 TO @definer@")
    run.as_definer("02_sealing", "03_who_saw", "04_devices", "05_who_may_call", "06_emergency", "08_keeping")
    run.say("REVOKE CREATE ON SCHEMA audit, sec, sync, sync_v1 FROM @definer@")


def downgrade() -> None:
    run = Migration(revision)
    run.say("SET LOCAL ROLE @definer@")
    run.say(
        "DROP FUNCTION audit.digest_of(xid8, xid8), audit.seal_events(), audit.faulty_seals(timestamptz), "
        "audit.list_seals(bigint), audit.seal_state(), audit.who_saw(uuid, timestamptz, timestamptz), "
        "sec.list_devices(), sec.revoke_device(uuid), sec.end_idle(int), sec.outlived(), "
        "sec.open_emergency(text, uuid, int, text), sec.list_emergencies(), sec.keep_seal_key(uuid, bytea), "
        "sec.without_seal_key(), sec.holder_of(uuid), sec.order_wipe(uuid), sec.list_keepings(), "
        "sync_v1.keeping(uuid), sync_v1.wiped(uuid, jsonb), sync_v1.slot_secret(uuid), sec.import_ops(uuid, jsonb)"
    )
    run.say("SET LOCAL ROLE @owner@")
    run.say("DROP TABLE audit.seal, sec.retention, sec.seal_key, sync.device_keeping")
    run.say("DROP INDEX audit.ix_event_txid")
    run.say("REVOKE USAGE ON SCHEMA audit FROM @cc_administrator@")
