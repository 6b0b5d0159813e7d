"""What a nurse may save next: calls, notes, visits and their revisions, undo, and once in a while nonsense."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from coordinator_app.domain.ids import new_id
from tests.simulation.workstation import Workstation

Act = tuple[str, Mapping[str, Sequence[Mapping[str, object]]], str | None]

_HEADS = (
    "SELECT v.id, v.visit_id, v.state, v.note, v.starts_at FROM visit AS v WHERE v.member_id = ? "
    "AND NOT EXISTS (SELECT 1 FROM visit AS n WHERE n.base_id = v.id) ORDER BY v.id"
)
_OWN = (
    "SELECT id, '{0}' FROM {0} AS t WHERE t.member_id = ? AND t.author_id = ? "
    "AND NOT EXISTS (SELECT 1 FROM retraction AS x WHERE x.target_id = t.id)"
)


class Nurse:
    """Chooses acts; ``now`` is the true time, by which visits are planned."""

    def __init__(self, chance: Random, doctors: Sequence[str], now: Callable[[], datetime]) -> None:
        self._chance, self._doctors = chance, doctors
        self._first_slot = now().replace(minute=0, second=0, microsecond=0) + timedelta(days=7)

    def next_act(self, station: Workstation, member: str) -> Act:
        """Return kind, rows by table, and the op it rests on."""
        hit = self._chance.random()
        if hit < 0.40:
            return self._call(member)
        if hit < 0.55:
            last = list(station.sql("SELECT op_id FROM outbox ORDER BY rowid DESC LIMIT 1"))
            rests_on = str(last[0][0]) if last and self._chance.random() < 0.3 else None
            return "note", {"note": [{"member_id": member, "text": "more"}]}, rests_on
        if hit < 0.70:
            return self._visit(member)
        if hit < 0.84:
            return self._revision(station, member)
        if hit < 0.96:
            return self._undo(station, member)
        # What the center refuses: a visit of nine hours.
        return "visit", {"visit": [{"member_id": member, "visit_id": new_id(), "state": "asked", "minutes": 540}]}, None

    def _call(self, member: str) -> Act:
        contact = new_id()
        rows: dict[str, list[Mapping[str, object]]] = {
            "contact": [{"id": contact, "member_id": member, "outcome": "reached", "note": "she said"}]
        }
        if self._chance.random() < 0.5:
            rows["response"] = [
                {"member_id": member, "contact_id": contact, "reason_id": new_id(), "response": "answered"}
                for _ in range(2)
            ]
        if self._chance.random() < 0.5:
            due = self._first_slot
            rows["follow_up"] = [{"member_id": member, "contact_id": contact, "due_at": due}]
        return "call", rows, None

    def _visit(self, member: str) -> Act:
        row = {
            "member_id": member,
            "visit_id": new_id(),
            "state": "confirmed",
            "confirmed_by": "front desk",
            "visit_type": "pcp",
            "clinician_id": self._chance.choice(self._doctors),
            "starts_at": self._slot(),
        }
        return "visit", {"visit": [row]}, None

    def _revision(self, station: Workstation, member: str) -> Act:
        heads = station.sql(_HEADS, member)
        if not heads:
            return self._visit(member)
        base, visit, state, note, _ = self._chance.choice(heads)
        row: dict[str, object] = {
            "member_id": member,
            "visit_id": str(visit),
            "base_id": str(base),
            "state": str(state),
            "note": str(note),
            "confirmed_by": "front desk",
        }
        match self._chance.randrange(3):
            case 0:
                row["state"] = self._chance.choice(["cancelled", "kept", "missed"])
            case 1:
                row["note"] = f"ride {self._chance.randrange(5)}"
            case _:
                row["starts_at"] = self._slot()
        return "visit", {"visit": [row]}, None

    def _undo(self, station: Workstation, member: str) -> Act:
        question = " UNION ALL ".join(_OWN.format(table) for table in ("contact", "note", "visit")) + " ORDER BY 1"
        own = station.sql(question, *(each for _ in range(3) for each in (member, station.person.id)))
        if not own:
            return self._call(member)
        target, kind = self._chance.choice(own)
        row = {"member_id": member, "target_kind": str(kind), "target_id": str(target)}
        return "retraction", {"retraction": [row]}, None

    def _slot(self) -> datetime:
        return self._first_slot + timedelta(minutes=30 * self._chance.randrange(6))
