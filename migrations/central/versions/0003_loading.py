"""Loading and judging: drugs by reference, value sets, when a fact became known, how far the evaluator came."""

from coordinator_app.storage.central.migrating import Migration

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run = Migration(revision)
    run.as_owner("01_tables")
    with run.definer_may_create_in("outreach"):
        run.as_definer("02_what_changed")


def downgrade() -> None:
    run = Migration(revision)
    run.say("SET LOCAL ROLE @definer@")
    run.say(
        "DROP FUNCTION outreach.feed_epoch(), outreach.feed_reaches(text), outreach.changed_members(uuid, text, text)"
    )
    run.say("SET LOCAL ROLE @owner@")
    run.say("DROP TABLE load.origin, load.medication, load.value_set, outreach.course, outreach.appraisal")
