"""Reasons and rows of the call list as commands print them (docs/cli.md)."""

from datetime import date
from typing import Any, Final

from coordinator_app.console.desk_commands import Catalogue, told, told_day
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.outreach import wording
from coordinator_app.domain.reasons import Tier
from coordinator_app.services.ledger import ShownReason

TIER_WORDS: Final = {
    Tier.SAFETY: "safety",
    Tier.DISCHARGE: "discharge clock",
    Tier.HIGH: "critical drug or worsening",
    Tier.DATED: "dated gap",
    Tier.ROUTINE: "routine",
}
CONFIDENTIAL: Final = "confidential"


def reason_record(shown: ShownReason, words: Catalogue, now: Moment, *, tries: int = 0) -> dict[str, Any]:
    """Return one reason; of a confidential one no rule, subject, evidence or name of points (practice 13)."""
    reason, is_closed = shown.reason, shown.is_confidential
    evidence = [] if is_closed else reason.evidence
    # A point is named after a class of drugs or a result.
    points = [(CONFIDENTIAL, shown.total)] if is_closed else [(each.name, each.points) for each in shown.points]
    return {
        "id": reason.id,
        "kind": reason.kind.value,
        "rule": CONFIDENTIAL if is_closed else reason.rule,
        "version": CONFIDENTIAL if is_closed else reason.rule_version,
        "subject": CONFIDENTIAL if is_closed else reason.subject,
        "episode": CONFIDENTIAL if is_closed else reason.episode,
        "tier": int(shown.tier),
        "points": [{"name": name, "points": number} for name, number in points],
        "evidence": [
            {"fact_id": each.fact_id, "what": each.what, "on": told_day(each.on), "source": each.source}
            for each in evidence
        ],
        "opens_on": told_day(reason.opens_on),
        "due_at": told(shown.due_at, now),
        "ends_on": told_day(reason.ends_on),
        "data_as_of": told_day(shown.data_as_of),
        "sentence": reason_sentence(shown, words, now.today, tries=tries),
        "sensitivity": reason.sensitivity.name.lower(),
        "open": shown.standing.is_open,
    }


def reason_sentence(shown: ShownReason, words: Catalogue, today: date, *, tries: int = 0) -> str:
    """Return why a person is on the list, or that the item is confidential."""
    if shown.is_confidential:
        return words.say("reasons.confidential")
    reason = shown.reason
    return wording.sentence(words, reason.sentence, reason.arguments, today, tries=tries, data_as_of=shown.data_as_of)
