"""The people of the panel and how each may be reached."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Connection, Row, Table, select

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.outreach.look_alikes import Named, look_alikes, plain_name
from coordinator_app.domain.person import ContactPoint, ContactProfile, Member, Permission, Reach, RelatedPerson
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.storage.local.shelves.reading import Reading, among, as_tuple, listed
from coordinator_app.storage.tables import care, local

T = TypeVar("T")

_MEMBER: Final = Reading(care.member, Member, {"sensitivity": Sensitivity})
_OF: Final = care.member.c
_MEMBERS: Final = _MEMBER.asking().where(among(_OF.id))
# Those on their way out are kept only until their unsent work is delivered (sync 4.5).
_STAYS: Final = _OF.id.not_in(select(local.leaving.c.member_id))
_STAYING: Final = _MEMBER.asking().where(_STAYS)
_NAMES: Final = select(_OF.id, _OF.family, _OF.given, _OF.birth_date).where(_STAYS)


class _Beside(Generic[T]):
    """Rows that stand beside a member: of everybody, or of some."""

    def __init__(self, table: Table, reading: Reading[T]) -> None:
        self.made = reading.made
        self._all = select(*reading.columns, table.c.member_id).order_by(table.c.member_id, table.c.id)
        self._some = self._all.where(among(table.c.member_id))

    def rows(self, connection: Connection, ids: Iterable[MemberId] | None) -> Iterable[Row[Any]]:
        """Return the rows of ``ids``, or everybody's."""
        return connection.execute(self._all) if ids is None else connection.execute(self._some, listed(ids))


_POINTS: Final = _Beside(care.contact_point, Reading(care.contact_point, ContactPoint))
_PROFILES: Final = _Beside(
    care.contact_profile, Reading(care.contact_profile, ContactProfile, {"no_contact": as_tuple})
)
_RELATIVES: Final = _Beside(care.related_person, Reading(care.related_person, RelatedPerson))
_PERMISSIONS: Final = _Beside(care.permission, Reading(care.permission, Permission, {"topics": as_tuple}))


class PeopleShelf:
    """Members, contact points, profiles, relatives and permissions, as one read connection sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def member(self, member_id: MemberId) -> Member | None:
        """Return the member, or nothing where she is not on this computer."""
        return self.members([member_id]).get(member_id)

    def members(self, ids: Iterable[MemberId] | None = None) -> dict[MemberId, Member]:
        """Return the members of ``ids``, or all who are not about to leave."""
        connection = self._connection
        rows = connection.execute(_STAYING) if ids is None else connection.execute(_MEMBERS, listed(ids))
        return {MemberId(row.id): _MEMBER.made(row) for row in rows}

    def reach(self, member_id: MemberId) -> Reach:
        """Return everything about reaching one person; the preferred number first, nurse entries before feeds."""
        points = self._made(_POINTS, member_id)
        profiles = self._made(_PROFILES, member_id)
        return Reach(
            points=tuple(sorted(points, key=lambda point: (not point.nurse_entered, not point.preferred, point.id))),
            profile=profiles[0] if profiles else ContactProfile(),
            related=self._made(_RELATIVES, member_id),
            permissions=self._made(_PERMISSIONS, member_id),
        )

    def guardians(self, ids: Iterable[MemberId] | None) -> dict[MemberId, RelatedPerson]:
        """Return the guardian of each of ``ids`` that has one, or everybody's."""
        rows = _RELATIVES.rows(self._connection, ids)
        return {MemberId(row.member_id): _RELATIVES.made(row) for row in rows if row.is_guardian}

    def profiles(self, ids: Iterable[MemberId] | None) -> dict[MemberId, ContactProfile]:
        """Return the contact profile of each of ``ids`` that has one, or everybody's."""
        return {MemberId(row.member_id): _PROFILES.made(row) for row in _PROFILES.rows(self._connection, ids)}

    def with_phone(self, ids: Iterable[MemberId] | None) -> set[MemberId]:
        """Return those of ``ids`` (or of all) who have a number that may be called."""
        rows = _POINTS.rows(self._connection, ids)
        return {MemberId(row.member_id) for row in rows if row.value and row.may_call != "no"}

    def names(self) -> tuple[Named, ...]:
        """Return the names and birth dates of everybody who is not about to leave."""
        return tuple(Named(MemberId(row[0]), *row[1:]) for row in self._connection.execute(_NAMES))

    def namesakes(self, member: Member) -> tuple[Member, ...]:
        """Return others on this computer who are easily taken for this member (practice 16)."""
        alike = look_alikes(self._names_like(member)).get(member.id, frozenset())
        return tuple(self.members(sorted(alike)).values())

    def _names_like(self, member: Member) -> Iterator[Named]:
        family, birth_date = plain_name(member.family), member.birth_date
        return (each for each in self.names() if each.birth_date == birth_date or plain_name(each.family) == family)

    def _made(self, beside: _Beside[T], member_id: MemberId) -> tuple[T, ...]:
        return tuple(beside.made(row) for row in beside.rows(self._connection, [member_id]))
