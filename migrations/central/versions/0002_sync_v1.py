"""The first protocol of sync: hello, the reference bundle, the feed, the op ledger."""

from coordinator_app.storage.central.migrating import Migration

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run = Migration(revision)
    run.as_owner("01_schema")
    with run.definer_may_create_in("sync", "sync_v1"):
        run.as_definer("02_hello", "03_pull", "04_acts", "05_push", "06_who_may_call")
    run.as_owner("07_who_may_touch")


def downgrade() -> None:
    run = Migration(revision)
    run.say("DROP SCHEMA sync_v1 CASCADE")
    # What the definer made in `sync` is the definer's to drop.
    run.say("SET LOCAL ROLE @definer@")
    run.say(
        "DROP FUNCTION sync.take_op(sec.staff, sync.device, jsonb), sync.apply_act(sec.staff, uuid, jsonb), "
        "sync.objection(sec.staff, text, jsonb), sync.pointed_at(text, jsonb), sync.take_slot(jsonb), "
        "sync.owned_by(uuid, uuid), sync.require_device(uuid), sync.insert_revision(text, jsonb), "
        "sync.head_of(text, uuid), sync.held_then(uuid, uuid, timestamptz), sync.insert_act(text, jsonb), "
        "sync.bundle_of(org.initiative), sync.reference_of(uuid), sync.require_panel(uuid), sync.caller(), "
        "sync.epoch_now()"
    )
    run.say("SET LOCAL ROLE @owner@")
    run.say(
        "DROP INDEX activity.ix_visit_visit_id, activity.ix_referral_referral_id, activity.ix_letter_file_letter_id, "
        "activity.ix_retraction_target_id"
    )
