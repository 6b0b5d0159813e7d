"""What an auditor's own login may ask: who saw a person, and whether the audit is as it was sealed."""

from datetime import datetime

from sqlalchemy import Engine, text

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.oversight import Incident, Named, Seal, SealFault, SealState, Sighting
from coordinator_app.storage.central.engine import transaction

_WHO_SAW = """
SELECT what, login, name, role, panel, device::text, first_at, last_at, times
  FROM audit.who_saw(CAST(:member AS uuid), :since, :until)
"""


class AuditBook:
    """Each call is one transaction; the database refuses whoever is no auditor of the person's initiative."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def who_saw(self, member: MemberId, since: datetime, until: datetime) -> list[Sighting]:
        """Return every sighting from ``since`` up to, without, ``until``; that it was asked is noted."""
        with transaction(self._engine) as connection:
            rows = connection.execute(text(_WHO_SAW), {"member": member, "since": since, "until": until})
            return [Sighting(*row) for row in rows]

    def incidents(self, since: datetime) -> list[Incident]:
        """Return what did not fit together since then, the oldest first."""
        with transaction(self._engine) as connection:
            sql = "SELECT at, kind, login, name, device::text, facts FROM audit.list_incidents(:since)"
            return [Incident(*row) for row in connection.execute(text(sql), {"since": since})]

    def named(self, said: str) -> list[Named]:
        """Return the people of the auditor's initiatives who have this number or id."""
        with transaction(self._engine) as connection:
            sql = "SELECT member_id::text, member_number, initiative, zone FROM audit.find_member(:said)"
            return [Named(*row) for row in connection.execute(text(sql), {"said": said})]

    def faults(self, since: datetime | None = None) -> list[SealFault]:
        """Return the blocks that are not as sealed; with ``since``, rows are read of younger blocks only."""
        with transaction(self._engine) as connection:
            sql = "SELECT number, fault FROM audit.faulty_seals(CAST(:since AS timestamptz))"
            return [SealFault(*row) for row in connection.execute(text(sql), {"since": since})]

    def seals(self, after: int = 0) -> list[Seal]:
        """Return the blocks after a number, in order."""
        with transaction(self._engine) as connection:
            sql = "SELECT number, head, events, sealed_at FROM audit.list_seals(:after)"
            return [Seal(*row) for row in connection.execute(text(sql), {"after": after})]

    def seal_state(self) -> SealState:
        """Return how far the sealing came."""
        with transaction(self._engine) as connection:
            sql = "SELECT blocks, head, sealed_at, unsealed, oldest_unsealed FROM audit.seal_state()"
            return SealState(*connection.execute(text(sql)).one())
