"""What is known of a person, as facts."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Row, select

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.storage.tables import care

_SAME = tuple(
    each.name
    for each in fields(Fact)
    if each.name not in {"kind", "codings", "negation_reason", "reasons", "value_coding", "sensitivity"}
)


class FactShelf:
    """Facts as one read connection sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, member_id: MemberId, kinds: Iterable[FactKind] = ()) -> tuple[Fact, ...]:
        """Return a person's facts, newest first; all kinds where none is named."""
        table = care.fact
        asked = select(table).where(table.c.member_id == member_id)
        wanted = [kind.value for kind in kinds]
        if wanted:
            asked = asked.where(table.c.kind.in_(wanted))
        newest = (table.c.starts_on.desc(), table.c.starts_at.desc(), table.c.id)
        return tuple(fact_of(row) for row in self._connection.execute(asked.order_by(*newest)))


def fact_of(row: Row[Any]) -> Fact:
    """Return the fact a row holds."""
    values = row._mapping  # noqa: SLF001 (SQLAlchemy's public name for it)
    return Fact(
        kind=FactKind(values["kind"]),
        codings=_codings(values),
        negation_reason=_coding(values["negation_reason"]),
        reasons=tuple(Coding(*pair) for pair in values["reasons"] or ()),
        value_coding=_coding(values["value_coding"]),
        sensitivity=Sensitivity(values["sensitivity"]),
        **{name: values[name] for name in _SAME},
    )


def _codings(values: Any) -> tuple[Coding, ...]:
    first = (Coding(values["system"], values["code"]),) if values["code"] else ()
    return first + tuple(Coding(*pair) for pair in values["codings"] or ())


def _coding(pair: Any) -> Coding | None:
    return Coding(*pair) if pair else None
