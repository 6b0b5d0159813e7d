"""A nurse's workstation that speaks to the center by itself, and the oracle of what it did there."""

from contextlib import suppress
from random import Random
from time import monotonic

from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.central.hub import CentralHub
from coordinator_app.sync.exchange import Exchange, Received
from tests.simulation.centre import Centre
from tests.simulation.nurse import Nurse
from tests.simulation.workstation import Workstation, rows_of

NURSE_OF_NORTH = 2
"""Whose panel is the smallest: six people."""


class Desk(Workstation):
    """A workstation whose every session is a connection of its own, as in the product."""

    def start(self) -> None:
        super().start()
        words = self.person.login, self.person.password
        self.hub = CentralHub(self._address, lambda: words, app="faults", schema_rev="0001")
        self.exchange = Exchange(self.hub, self.desk, self.now, monotonic)

    def warm(self) -> None:
        """Open every connection to the store, so that what follows is work."""
        for opened in (self._store.reading, self._store.saving, self._store.receiving):
            with opened() as connection:
                connection.exec_driver_sql("SELECT 1")

    def round(self) -> Received:
        """Send and receive; Trouble is the caller's."""
        return self.exchange.round()

    def try_round(self) -> str:
        """Send and receive, and say how it ended."""
        with suppress(Trouble):
            self.round()
            return "done"
        return "offline"

    def save(self, count: int = 1) -> None:
        """Save some acts about her people."""
        nurse = Nurse(Random(len(self.outbox())), self._cast.doctors, self.now)
        for number in range(count):
            members = self.offered()
            member = members[number % len(members)]
            kind, rows, rests_on = nurse.next_act(self, member)
            self.act(kind, rows, member, rests_on)

    def states(self) -> set[str]:
        """Return the states of all ops."""
        return {state for state, _ in self.outbox().values()}


def nothing_lost(desk: Desk, centre: Centre) -> None:
    """Raise AssertionError unless every act is at the center once, or waits there whole, and both sides agree."""
    ledger = centre.ledger()
    box = desk.outbox()
    assert set(ledger) == set(box)
    for table in ("contact", "note", "response", "follow_up", "retraction"):
        wanted = {
            row: op
            for op, (_, payload) in box.items()
            if ledger[op].outcome != "quarantined"
            for row in rows_of(payload).get(table, ())
        }
        assert centre.acts(table) == wanted
    assert desk.states() <= {"acked", "quarantined"}
    with desk.hub.session() as session:
        session.hello(desk.desk.device_id())
        for place in desk.desk.places():
            assert place.is_complete
            assert session.digests(place.panel_id, place.depth) == desk.desk.digests(place.panel_id, place.depth)
    assert desk.held() == {
        member
        for member, panel in centre.members().items()
        if panel in centre.panels_of(desk.person.id, is_supervisor=False)
    }
