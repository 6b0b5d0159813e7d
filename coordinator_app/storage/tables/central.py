"""Tables of the centre alone, gathered from the files that define them."""

from coordinator_app.storage.tables.central_access import access_chain
from coordinator_app.storage.tables.central_columns import TransactionNumber
from coordinator_app.storage.tables.central_feed import change, device, epoch, event, op
from coordinator_app.storage.tables.central_loading import (
    appraisal,
    batch,
    course,
    identity,
    medication,
    origin,
    rejected,
    secret,
    value_set,
)
from coordinator_app.storage.tables.central_org import (
    assignment,
    clinician,
    initiative,
    local_key,
    panel,
    practice,
    resource,
    rule_set,
    service,
    sharing,
    slot,
    source,
    staff,
    staff_initiative,
    staff_panel,
    team,
)
from coordinator_app.storage.tables.central_sync import allowance, device_day, feed_floor, protocol
from coordinator_app.storage.tables.central_upkeep import retention, seal
from coordinator_app.storage.tables.registry import central_only

__all__ = [
    "TransactionNumber",
    "access_chain",
    "allowance",
    "appraisal",
    "assignment",
    "batch",
    "central_only",
    "change",
    "clinician",
    "course",
    "device",
    "device_day",
    "epoch",
    "event",
    "feed_floor",
    "identity",
    "initiative",
    "local_key",
    "medication",
    "op",
    "origin",
    "panel",
    "practice",
    "protocol",
    "rejected",
    "resource",
    "retention",
    "rule_set",
    "seal",
    "secret",
    "service",
    "sharing",
    "slot",
    "source",
    "staff",
    "staff_initiative",
    "staff_panel",
    "team",
    "value_set",
]
