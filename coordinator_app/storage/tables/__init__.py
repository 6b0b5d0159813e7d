"""One definition for each table, used by both engines."""

from coordinator_app.storage.tables import activity, care, org, outreach
from coordinator_app.storage.tables.registry import LOCAL_SCHEMAS, central_only, local_only, shared

PULLED = (
    care.member,
    care.contact_point,
    care.contact_profile,
    care.related_person,
    care.permission,
    care.coverage,
    care.attribution,
    care.fact,
    outreach.reason,
    activity.contact,
    activity.response,
    activity.follow_up,
    activity.teaching,
    activity.visit,
    activity.letter,
    activity.referral,
    activity.note,
    activity.retraction,
    activity.review,
    activity.red_flag,
    activity.medicine,
)
"""What a full subscription copies, in an order in which parents come first; the position is the feed's table number."""

ACTS = (
    activity.contact,
    activity.response,
    activity.follow_up,
    activity.teaching,
    activity.visit,
    activity.letter,
    activity.letter_file,
    activity.referral,
    activity.note,
    activity.retraction,
    activity.review,
    activity.red_flag,
    activity.medicine,
)
"""What a workstation may send."""

__all__ = ["ACTS", "LOCAL_SCHEMAS", "PULLED", "central_only", "local_only", "org", "shared"]
