"""What a workstation sends, as sync sees it: the outbox, what became of acts, and under which number they go."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from coordinator_app.domain.ids import new_id
from coordinator_app.domain.travel import Op, Verdict
from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.local import outbox, profile, to_decide
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.tables import local

# Two workstations under one id: what one of them wrote is at the centre, the other goes on under a new id.
_FROZEN = "device_frozen"
ASKED_AGAIN = 500


class SendingDesk:
    """The half of the desk that sends; ``now`` is this computer's clock and only dates what is shown."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now

    def device_id(self) -> str:
        """Return the id under which this workstation sends."""
        with self._store.reading() as connection:
            device = profile.read(connection, profile.DEVICE)
        if device is None:
            raise Trouble("not_enrolled", "This profile is not enrolled: run `coordinator enroll` first.")
        return str(device)

    def waiting(self, limit: int) -> Sequence[Op]:
        """Return the oldest unsent ops."""
        with self._store.reading() as connection:
            return tuple(
                Op(
                    op_id=row.op_id,
                    device_id=row.device_id,
                    device_seq=row.device_seq,
                    kind=row.kind,
                    member_id=row.member_id,
                    payload=row.payload,
                    authored_at=row.authored_at,
                    skew_ms=row.skew_ms,
                    proto=row.proto,
                    depends_on=row.depends_on,
                    prev_hash=row.prev_hash,
                    hash=row.hash,
                )
                for row in outbox.waiting(connection, limit)
            )

    def waiting_count(self) -> int:
        """Return how many ops are unsent."""
        with self._store.reading() as connection:
            return outbox.counts(connection).get(outbox.WAITING, 0)

    def settle(self, verdicts: Sequence[Verdict]) -> None:
        """Keep what became of ops, and open what only a person can settle."""
        with self._store.receiving() as connection:
            # How long an op is kept is counted by the centre's clock: this one may jump by years.
            now = self._now() + timedelta(milliseconds=profile.read(connection, profile.SKEW_MS, 0))
            for verdict in verdicts:
                outbox.settle(
                    connection,
                    verdict.op_id,
                    state=verdict.state,
                    outcome=verdict.outcome,
                    result=verdict.facts,
                    at=now,
                )
                if verdict.state == outbox.QUARANTINED:
                    outbox.take_back(connection, verdict.op_id)
                if verdict.needs_you:
                    self._ask(connection, verdict, now)
                else:
                    outbox.no_longer_ask(connection, verdict.op_id, now)
            outbox.forget_old(connection, now)
            connection.commit()

    def set_aside(self) -> Sequence[str]:
        """Return the ops the centre set aside and somebody may still decide about."""
        with self._store.reading() as connection:
            return outbox.set_aside(connection, ASKED_AGAIN)

    def hear_again(self, verdicts: Sequence[Verdict]) -> None:
        """Keep how set-aside ops stand now, and close or reopen what they asked of a person."""
        with self._store.reading() as connection:
            told = outbox.answers(connection, [each.op_id for each in verdicts])
        changed = [each for each in verdicts if told.get(each.op_id) != (each.outcome, dict(each.facts))]
        if not changed:
            return
        with self._store.receiving() as connection:
            for each in changed:
                outbox.no_longer_ask(connection, each.op_id, self._now())
            connection.commit()
        self.settle(changed)

    def keep_waiting(self, items: Sequence[Mapping[str, Any]]) -> None:
        """Replace the list of what waits for this supervisor's word."""
        with self._store.receiving() as connection:
            to_decide.keep(connection, items, self._now())
            connection.commit()

    def replay(self) -> int:
        """Have every op the centre may have lost sent again, and say how many."""
        with self._store.receiving() as connection:
            count = outbox.replay(connection)
            connection.commit()
        return count

    def renumber(self) -> str:
        """Take a new device id after the centre found two workstations under the old one."""
        fresh = new_id()
        with self._store.receiving() as connection:
            profile.write(connection, {profile.DEVICE: fresh})
            outbox.need_you(connection, _FROZEN, "needs.device_frozen", self._now())
            connection.commit()
        return fresh

    def _ask(self, connection: Connection, verdict: Verdict, at: datetime) -> None:
        asked = select(local.outbox.c.member_id).where(local.outbox.c.op_id == verdict.op_id)
        outbox.need_you(
            connection,
            verdict.needs_you,
            verdict.sentence,
            at,
            member_id=connection.execute(asked).scalar(),
            op_id=verdict.op_id,
            arguments=verdict.arguments,
        )
