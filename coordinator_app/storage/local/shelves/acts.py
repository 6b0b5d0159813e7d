"""What people did, sent or not: only acts that nobody took back, unless asked for."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, select

from coordinator_app.domain.activity import Act, Contact, LetterPrinted, Retraction
from coordinator_app.domain.ids import ActivityId, MemberId
from coordinator_app.storage.local.shelves.act_rows import READINGS, TABLES, table_of
from coordinator_app.storage.local.shelves.reading import among, listed
from coordinator_app.storage.tables import activity, local

A = TypeVar("A", bound=Act)


class ActShelf:
    """Acts as one read connection sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, kind: type[A], member_id: MemberId) -> tuple[A, ...]:
        """Return a person's acts of one kind, oldest first, without those taken back."""
        return self.of_all(kind, [member_id])

    def of_all(
        self, kind: type[A], ids: Iterable[MemberId] | None = None, *, since: datetime | None = None
    ) -> tuple[A, ...]:
        """Return the acts of one kind of ``ids`` (or everybody's) that happened since, without those taken back."""
        reading = READINGS[kind]
        asked = _standing(table_of(kind), of_some=ids is not None, since=since is not None)
        given: dict[str, Any] = {} if since is None else {"since": since}
        given |= {} if ids is None else listed(ids)
        return tuple(map(reading.made, self._connection.execute(asked, given)))

    def one(self, kind: type[A], act_id: ActivityId) -> A | None:
        """Return one act, also one taken back."""
        reading, table = READINGS[kind], table_of(kind)
        row = self._connection.execute(reading.asking().where(table.c.id == act_id)).one_or_none()
        return None if row is None else reading.made(row)

    def with_contact(self, kind: type[A], contact: Contact) -> tuple[A, ...]:
        """Return the acts saved together with a contact, also those taken back."""
        reading, of = READINGS[kind], table_of(kind).c
        asked = reading.asking().where(of.member_id == contact.member_id, of.contact_id == contact.id).order_by(of.id)
        return tuple(map(reading.made, self._connection.execute(asked)))

    def newest(self, kind: type[A], *, since: datetime | None, limit: int) -> tuple[A, ...]:
        """Return the newest acts of one kind, newest first, also those taken back."""
        reading, of = READINGS[kind], table_of(kind).c
        asked = reading.asking().order_by(of.occurred_at.desc(), of.id.desc()).limit(limit)
        if since is not None:
            asked = asked.where(of.occurred_at >= since)
        return tuple(map(reading.made, self._connection.execute(asked)))

    def taken_back(self, ids: Iterable[ActivityId]) -> dict[ActivityId, Retraction]:
        """Return the retraction of each of ``ids`` that has one."""
        reading = READINGS[Retraction]
        asked = reading.asking().where(among(activity.retraction.c.target_id))
        return {ActivityId(row.target_id): reading.made(row) for row in self._connection.execute(asked, listed(ids))}

    def waiting(self, ids: Iterable[ActivityId]) -> set[ActivityId]:
        """Return those whose op still waits to be sent."""
        unsent = select(local.outbox.c.op_id).where(local.outbox.c.state == "waiting")
        ops = set(self._connection.execute(unsent).scalars())
        if not ops:
            return set()
        found: set[ActivityId] = set()
        given = listed(ids)
        for table in TABLES.values():
            asked = select(table.c.id, table.c.op_id).where(among(table.c.id))
            found.update(ActivityId(row.id) for row in self._connection.execute(asked, given) if row.op_id in ops)
        return found

    def letter_content(self, letter: LetterPrinted) -> bytes | None:
        """Return the pages of a letter as they were printed, or nothing where they are not on this computer."""
        asked = select(activity.letter_file.c.content).where(activity.letter_file.c.letter_id == letter.id)
        return self._connection.execute(asked).scalar_one_or_none()


@cache
def _standing(table: Table, *, of_some: bool, since: bool) -> Select[Any]:
    """Return the question for acts nobody took back; kept, for putting it together costs as much as asking it."""
    gone = select(activity.retraction.c.target_id)
    reading = next(READINGS[kind] for kind, kept_in in TABLES.items() if kept_in is table)
    asked = reading.asking().where(table.c.id.not_in(gone)).order_by(table.c.occurred_at, table.c.id)
    if of_some:
        asked = asked.where(among(table.c.member_id))
    if since:
        asked = asked.where(table.c.occurred_at >= bindparam("since", type_=table.c.occurred_at.type))
    return asked
