"""What was looked at on workstations, chained and checked; what does not fit together; who is meant by a number."""

from coordinator_app.storage.central.migrating import Migration

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run = Migration(revision)
    run.as_owner("01_tables")
    run.say("GRANT USAGE, CREATE ON SCHEMA audit, sync_v1 TO @definer@")
    run.as_definer("02_access")
    run.say("REVOKE CREATE ON SCHEMA audit, sync_v1 FROM @definer@")


def downgrade() -> None:
    run = Migration(revision)
    run.say("SET LOCAL ROLE @definer@")
    run.say(
        "DROP FUNCTION sync_v1.push_access(uuid, jsonb, boolean), audit.list_incidents(timestamptz), "
        "audit.find_member(text)"
    )
    run.say("SET LOCAL ROLE @owner@")
    run.say("DROP TABLE sync.access_chain")
    run.say("DROP INDEX audit.ix_event_kind")
