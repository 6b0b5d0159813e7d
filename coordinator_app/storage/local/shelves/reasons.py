"""The ledger of reasons as the centre wrote it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from coordinator_app.domain.ids import FactId, MemberId, ReasonId
from coordinator_app.domain.reasons import Evidence, Reason, ReasonKind
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.storage.local.shelves.people import in_lots
from coordinator_app.storage.tables import outreach


class ReasonShelf:
    """Reasons as one read connection sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, member_id: MemberId) -> tuple[Reason, ...]:
        """Return all reasons of a person, also ended ones, oldest first."""
        return tuple(self.of_all([member_id]))

    def of_all(self, ids: Iterable[MemberId] | None = None) -> Iterator[Reason]:
        """Yield the reasons of ``ids``, or everybody's."""
        table = outreach.reason
        in_order = (table.c.member_id, table.c.opens_on, table.c.id)
        if ids is None:
            yield from map(reason_of, self._connection.execute(select(table).order_by(*in_order)))
            return
        for some in in_lots(ids):
            asked = select(table).where(table.c.member_id.in_(some)).order_by(*in_order)
            yield from map(reason_of, self._connection.execute(asked))


def reason_of(row: Row[Any]) -> Reason:
    """Return the reason a row holds."""
    return Reason(
        id=ReasonId(row.id),
        member_id=MemberId(row.member_id),
        kind=ReasonKind(row.kind),
        rule=row.rule,
        rule_version=row.rule_version,
        subject=row.subject,
        episode=row.episode,
        sentence=row.sentence,
        opens_on=row.opens_on,
        due_on=row.due_on,
        ends_on=row.ends_on,
        end_cause=row.end_cause,
        severity=row.severity,
        evidence=tuple(_evidence(each) for each in row.evidence),
        evidence_on=row.evidence_on,
        arguments=row.arguments,
        actions=tuple(row.actions),
        sensitivity=Sensitivity(row.sensitivity),
    )


def _evidence(each: list[Any]) -> Evidence:
    fact_id, what, on, source = each
    return Evidence(FactId(fact_id), what, date.fromisoformat(on) if on else None, source)
