"""The centre: facts, reasons, acts, people, feed, ledger, audit, under row security from the first day."""

from coordinator_app.storage.central.migrating import Migration

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMAS = ("care", "outreach", "activity", "org", "sec", "sync", "load", "audit", "cm_v1")


def upgrade() -> None:
    run = Migration(revision)
    run.as_owner("01_shared_tables", "02_central_tables")
    with run.definer_may_create_in(*SCHEMAS):
        run.as_definer("03_who_asks", "04_feed", "05_audit", "07_people", "08_payer", "09_who_may_call")
    run.as_owner("06_protection", "10_who_may_touch")


def downgrade() -> None:
    # Roles stay: they belong to the whole cluster, and making them again is harmless.
    Migration(revision).say("DROP SCHEMA " + ", ".join(SCHEMAS) + " CASCADE")
