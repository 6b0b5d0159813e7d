"""The people of the panel and how each may be reached."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Table, or_, select

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.outreach.look_alikes import Named, look_alikes
from coordinator_app.domain.person import ContactPoint, ContactProfile, Member, Permission, Reach, RelatedPerson
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.storage.tables import care, local

T = TypeVar("T")

_LISTS = frozenset({"topics", "no_contact"})

AT_ONCE = 500
"""Ids in one statement; SQLite takes far more, but a statement of this size is prepared once and kept."""


class PeopleShelf:
    """Members, contact points, profiles, relatives and permissions, as one read connection sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def member(self, member_id: MemberId) -> Member | None:
        """Return the member, or nothing where she is not on this computer."""
        row = self._connection.execute(select(care.member).where(care.member.c.id == member_id)).one_or_none()
        return None if row is None else _member(row)

    def members(self, ids: Iterable[MemberId] | None = None) -> dict[MemberId, Member]:
        """Return the members of ``ids``, or all of them."""
        if ids is None:
            # Those on their way out are kept only until their unsent work is delivered (sync 4.5).
            staying = select(care.member).where(care.member.c.id.not_in(select(local.leaving.c.member_id)))
            rows: Iterable[Row[Any]] = self._connection.execute(staying)
        else:
            rows = self._some(care.member, "id", ids)
        return {MemberId(row.id): _member(row) for row in rows}

    def reach(self, member_id: MemberId) -> Reach:
        """Return everything about reaching one person; the preferred number first, nurse entries before feeds."""
        points = [_made(ContactPoint, row) for row in self._of(care.contact_point, member_id)]
        profiles = [_made(ContactProfile, row) for row in self._of(care.contact_profile, member_id)]
        return Reach(
            points=tuple(sorted(points, key=lambda point: (not point.nurse_entered, not point.preferred, point.id))),
            profile=profiles[0] if profiles else ContactProfile(),
            related=tuple(_made(RelatedPerson, row) for row in self._of(care.related_person, member_id)),
            permissions=tuple(_made(Permission, row) for row in self._of(care.permission, member_id)),
        )

    def guardians(self, ids: Iterable[MemberId] | None) -> dict[MemberId, RelatedPerson]:
        """Return the guardian of each of ``ids`` that has one, or everybody's."""
        rows = self._some(care.related_person, "member_id", ids)
        return {MemberId(row.member_id): _made(RelatedPerson, row) for row in rows if row.is_guardian}

    def profiles(self, ids: Iterable[MemberId] | None) -> dict[MemberId, ContactProfile]:
        """Return the contact profile of each of ``ids`` that has one, or everybody's."""
        rows = self._some(care.contact_profile, "member_id", ids)
        return {MemberId(row.member_id): _made(ContactProfile, row) for row in rows}

    def with_phone(self, ids: Iterable[MemberId] | None) -> set[MemberId]:
        """Return those of ``ids`` (or of all) who have a number that may be called."""
        rows = self._some(care.contact_point, "member_id", ids)
        return {MemberId(row.member_id) for row in rows if row.value and row.may_call != "no"}

    def names_like(self, ids: Iterable[MemberId]) -> tuple[Named, ...]:
        """Return these people and everybody who shares a family name, or a birth date, with one of them."""
        of = care.member.c
        columns = (of.id, of.family, of.given, of.birth_date)
        found: dict[MemberId, Named] = {}
        for some in in_lots(ids):
            own = select(care.member).where(of.id.in_(some)).subquery()
            alike = or_(of.family.in_(select(own.c.family)), of.birth_date.in_(select(own.c.birth_date)))
            for row in self._connection.execute(select(*columns).where(alike)):
                found[MemberId(row.id)] = Named(MemberId(row.id), row.family, row.given, row.birth_date)
        return tuple(found.values())

    def namesakes(self, member: Member) -> tuple[Member, ...]:
        """Return others on this computer who are easily taken for this member (practice 16)."""
        alike = look_alikes(self.names_like([member.id])).get(member.id, frozenset())
        return tuple(self.members(sorted(alike)).values())

    def _of(self, table: Table, member_id: MemberId) -> Iterable[Row[Any]]:
        return self._connection.execute(select(table).where(table.c.member_id == member_id).order_by(table.c.id))

    def _some(self, table: Table, column: str, ids: Iterable[MemberId] | None) -> Iterator[Row[Any]]:
        if ids is None:
            yield from self._connection.execute(select(table))
            return
        for some in in_lots(ids):
            yield from self._connection.execute(select(table).where(table.c[column].in_(some)))


def in_lots(ids: Iterable[T]) -> Iterator[list[T]]:
    """Yield ids in lots that fit one statement."""
    every = list(ids)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))


def _member(row: Row[Any]) -> Member:
    values = row._mapping  # noqa: SLF001
    content = {each.name: values[each.name] for each in fields(Member)}
    return Member(**{**content, "sensitivity": Sensitivity(values["sensitivity"])})


def _made(kind: type[T], row: Row[Any]) -> T:
    values = row._mapping  # noqa: SLF001
    content = {each.name: values[each.name] for each in fields(kind)}  # type: ignore[arg-type]
    return kind(
        **{name: tuple(value) if isinstance(value, list) else _or_empty(name, value) for name, value in content.items()}
    )


def _or_empty(name: str, value: Any) -> Any:
    return () if value is None and name in {"topics", "no_contact"} else value
