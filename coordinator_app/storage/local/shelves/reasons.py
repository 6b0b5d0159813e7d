"""The ledger of reasons as the centre wrote it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from coordinator_app.domain.ids import FactId, MemberId
from coordinator_app.domain.reasons import Evidence, Reason, ReasonKind
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.storage.local.shelves.reading import Reading, among, as_tuple, listed
from coordinator_app.storage.tables import outreach


def _evidence(told: list[list[Any]]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(FactId(fact_id), what, date.fromisoformat(on) if on else None, source)
        for fact_id, what, on, source in told
    )


_REASON: Final = Reading(
    outreach.reason,
    Reason,
    {"kind": ReasonKind, "evidence": _evidence, "actions": as_tuple, "sensitivity": Sensitivity},
)
_OF: Final = outreach.reason.c
_ALL: Final = _REASON.asking().order_by(_OF.member_id, _OF.opens_on, _OF.id)
_SOME: Final = _ALL.where(among(_OF.member_id))


class ReasonShelf:
    """Reasons as one read connection sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, member_id: MemberId) -> tuple[Reason, ...]:
        """Return all reasons of a person, also ended ones, oldest first."""
        return tuple(self.of_all([member_id]))

    def of_all(self, ids: Iterable[MemberId] | None = None) -> Iterator[Reason]:
        """Yield the reasons of ``ids``, or everybody's."""
        connection = self._connection
        rows = connection.execute(_ALL) if ids is None else connection.execute(_SOME, listed(ids))
        return map(_REASON.made, rows)
