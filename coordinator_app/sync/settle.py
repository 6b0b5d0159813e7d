"""Who wins: pure functions from what both sides hold to what becomes of it. Nobody's words are ever overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from coordinator_app.domain.travel import OpResult, Verdict

ACKED = "acked"
QUARANTINED = "quarantined"
WAITING = "waiting"
LATER = "later"


class Decision(StrEnum):
    """What becomes of two versions with one base."""

    KEEP = "keep"
    TAKE = "take"
    MERGE = "merge"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision; ``merged`` is the record it leads to, and ``fields`` are those a person must decide on."""

    decision: Decision
    merged: Mapping[str, Any]
    fields: tuple[str, ...] = ()


def settle(ours: Mapping[str, Any], theirs: Mapping[str, Any], base: Mapping[str, Any]) -> Settled:
    """Settle two versions of one standing record: disjoint changes merge, the same field differently asks a person.

    Where a person must decide, ``merged`` holds theirs in the fields in question: both versions are kept anyway, and
    what the centre has is what others already see.
    """
    names = sorted({*ours, *theirs, *base})
    mine = {name for name in names if ours.get(name) != base.get(name)}
    other = {name for name in names if theirs.get(name) != base.get(name)}
    asked = tuple(name for name in names if name in mine & other and ours.get(name) != theirs.get(name))
    merged = {name: ours.get(name) if name in mine and name not in other else theirs.get(name) for name in names}
    if asked:
        return Settled(Decision.ASK, merged, asked)
    if merged == {name: theirs.get(name) for name in names}:
        return Settled(Decision.TAKE, merged)
    if merged == {name: ours.get(name) for name in names}:
        return Settled(Decision.KEEP, merged)
    return Settled(Decision.MERGE, merged)


def judge(result: OpResult) -> Verdict:
    """Say what the centre's outcome of an op means here; an outcome nobody knows is kept as quarantined."""
    facts = dict(result.facts)
    # A repeat gives the first answer again.
    outcome = str(facts.get("first", result.outcome)) if result.outcome == "duplicate" else result.outcome
    match outcome:
        case "applied" | "merged" | "duplicate":
            return Verdict(result.op_id, result.outcome, ACKED, facts)
        case "later":
            return Verdict(result.op_id, result.outcome, WAITING, facts)
        case "conflict":
            return Verdict(
                result.op_id,
                result.outcome,
                ACKED,
                facts,
                needs_you="conflict",
                sentence=f"needs.conflict.{facts.get('cause', 'changed')}",
                arguments={"fields": list(_fields_in_question(facts))},
            )
        case "quarantined" if facts.get("refused_by"):
            return Verdict(
                result.op_id,
                result.outcome,
                QUARANTINED,
                facts,
                needs_you="refused",
                sentence="needs.refused.by_supervisor",
                arguments={
                    "cause": "refused_by_supervisor",
                    "by": facts.get("decided_by"),
                    "comment": facts.get("comment"),
                },
            )
        case "quarantined" if facts.get("cause") == "not_your_panel":
            return Verdict(
                result.op_id,
                result.outcome,
                QUARANTINED,
                facts,
                needs_you="waiting_for_supervisor",
                sentence="needs.waiting_for_supervisor",
            )
        case _:
            cause = str(facts.get("cause", "unknown"))
            return Verdict(
                result.op_id,
                result.outcome,
                QUARANTINED,
                facts,
                needs_you="refused",
                sentence="needs.refused",
                arguments={"cause": cause},
            )


def _fields_in_question(facts: Mapping[str, Any]) -> tuple[str, ...]:
    ours, theirs, base = (facts.get(name) for name in ("ours", "theirs", "base"))
    if not isinstance(ours, Mapping) or not isinstance(theirs, Mapping) or not isinstance(base, Mapping):
        return ()
    return settle(ours, theirs, base).fields
