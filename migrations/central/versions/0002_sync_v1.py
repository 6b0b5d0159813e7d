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
        run.as_definer("02_hello", "03_pull", "04_acts", "05_push", "06_who_may_call", "08_waiting")
    run.as_owner("07_who_may_touch", "09_given_up")


def downgrade() -> None:
    run = Migration(revision)
    run.say("DROP SCHEMA sync_v1 CASCADE")
    # What the definer made in `sync` is the definer's to drop.
    run.say("SET LOCAL ROLE @definer@")
    run.say(
        "DROP FUNCTION sync.try_unknown_again(), sync.close_months(), sync.closed_months(), sync.new_epoch(), "
        "sync.waits_for_me(sync.op, sec.staff), sync.try_again(uuid), sync.is_kept(jsonb), "
        "sync.take_op(sec.staff, uuid[], sync.device, jsonb), sync.try_op(sec.staff, uuid[], uuid, jsonb), "
        "sync.apply_act(sec.staff, uuid[], uuid, jsonb), "
        "sync.objection(sec.staff, text, jsonb), sync.pointed_at(text, jsonb), "
        "sync.settle_slot(uuid, jsonb), sync.free_times(bigint, timestamptz, int), sync.owned_by(uuid, uuid), "
        "sync.require_device(uuid), sync.insert_revision(text, jsonb), "
        "sync.head_of(text, uuid), sync.held_then(uuid, uuid, timestamptz), sync.insert_act(text, jsonb), "
        "sync.columns_of(text), "
        "sync.bundle_of(org.initiative), sync.reference_of(uuid), sync.require_panel(uuid), sync.require_pull(int), "
        "sync.protocol_of(int, int), sync.snapshot_now(), sync.history_now(), sync.caller(), sync.epoch_now()"
    )
    run.say("SET LOCAL ROLE @owner@")
    run.say("DROP FUNCTION sync.drop_closed_months()")
    run.say("DROP TABLE sync.feed_floor, sync.protocol, sync.allowance, sync.device_day")
    run.say(
        "DROP INDEX activity.ix_visit_visit_id, activity.ix_referral_referral_id, activity.ix_letter_file_letter_id, "
        "activity.ix_retraction_target_id, sync.ix_op_received_at_waiting, sync.ix_op_depends_on_waiting"
    )
