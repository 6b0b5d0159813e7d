"""The log of what was looked at on this workstation: written at once, sent with the next round, never changed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select, update

from coordinator_app.domain.access import AccessEntry, Looked, Unsent, chained, payload_of
from coordinator_app.domain.ids import MemberId
from coordinator_app.storage.local import profile
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.tables import local

# After this long an entry the centre has taken is not needed here (sync 4.6).
KEPT = timedelta(days=14)

_LOG = local.access_log.c
_ADD: Final = insert(local.access_log)
_LAST: Final = (
    select(_LOG.seq, _LOG.hash).where(_LOG.device_id == bindparam("wanted")).order_by(_LOG.seq.desc()).limit(1)
)


class AccessLog:
    """One store's log; ``now`` is this computer's clock."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now

    def note(self, what: Looked, member_id: MemberId | None, count: int) -> None:
        """Put an entry on the disk; it is there when this returns."""
        with self._store.saving() as connection:
            device = str(profile.read(connection, profile.DEVICE))
            seq, prev_hash = _last(connection, device)
            payload = payload_of(what, self._now(), member_id, count)
            entry = {"payload": payload, "prev_hash": prev_hash, "hash": chained(device, prev_hash, seq + 1, payload)}
            connection.execute(_ADD, {"device_id": device, "seq": seq + 1, **entry})
            connection.commit()

    def waiting(self, limit: int) -> Unsent | None:
        """Return the first unsent entries of a device id, in their order; None where all went."""
        unsent = select(local.access_log).where(_LOG.sent_at.is_(None)).order_by(_LOG.device_id, _LOG.seq)
        with self._store.reading() as connection:
            first = connection.execute(unsent.limit(1)).first()
            if first is None:
                return None
            mine = _LOG.device_id == first.device_id
            rows = connection.execute(unsent.where(mine).limit(limit)).all()
            before = select(_LOG.seq).where(mine, _LOG.seq < first.seq).limit(1)
            is_oldest = connection.execute(before).first() is None
        entries = tuple(AccessEntry(row.seq, row.payload, row.prev_hash, row.hash) for row in rows)
        return Unsent(first.device_id, entries, is_oldest)

    def unsend(self, device_id: str, after: int) -> None:
        """Have entries sent again that the centre does not hold: it was brought back from a backup."""
        with self._store.receiving() as connection:
            again = update(local.access_log).where(_LOG.device_id == device_id, _LOG.seq > after)
            connection.execute(again.values(sent_at=None))
            connection.commit()

    def settle(self, device_id: str, upto: int) -> None:
        """Keep that the centre has taken entries up to a number; old ones go, but the last stays to count on from."""
        now = self._now()
        with self._store.receiving() as connection:
            mine = (_LOG.device_id == device_id, _LOG.seq <= upto)
            connection.execute(update(local.access_log).where(*mine, _LOG.sent_at.is_(None)).values(sent_at=now))
            last = select(_LOG.seq).where(_LOG.device_id == device_id).order_by(_LOG.seq.desc()).limit(1)
            old = local.access_log.delete().where(
                _LOG.device_id == device_id, _LOG.sent_at < now - KEPT, _LOG.seq < last.scalar_subquery()
            )
            connection.execute(old)
            connection.commit()


def _last(connection: Connection, device: str) -> tuple[int, str]:
    row = connection.execute(_LAST, {"wanted": device}).first()
    return (0, "") if row is None else (row.seq, row.hash)
