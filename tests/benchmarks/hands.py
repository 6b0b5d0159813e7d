"""Logins that speak to the centre without a store: what they send is made here, what they hear is counted."""

import json
import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from coordinator_app.bootstrap import central
from coordinator_app.domain.ids import MemberId, OpId, new_id
from coordinator_app.domain.travel import Op, Place
from coordinator_app.storage.central.address import address_of
from coordinator_app.storage.central.door import CentralDoor
from coordinator_app.storage.central.hub import CentralHub, CentralSession
from coordinator_app.storage.local.book import chain
from tests.benchmarks.stage import Stage

PAGE = 500


@dataclass
class Hand:
    """One workstation's side of the conversation; its ops are chained as a real outbox is."""

    hub: CentralHub
    device: str = field(default_factory=new_id)
    seq: int = 0
    last_hash: str = ""

    def session(self) -> AbstractContextManager[CentralSession]:
        """Connect as this login."""
        return self.hub.session()

    def calls(self, members: Sequence[str], count: int) -> list[Op]:
        """Return calls about people in turn, as ``Book.commit`` writes them."""
        return [self._call(members[number % len(members)]) for number in range(count)]

    def follow(self, session: CentralSession, panel: str, since: str, epoch: str) -> tuple[int, str]:
        """Read the feed to its end; return how many people changed and the snapshot reached."""
        count, place = 0, Place(panel, epoch, since, None, None, is_complete=True, total=0, to_copy=0)
        while True:
            page = session.feed_page(place, PAGE, lambda _: set())
            count += len(page.asked)
            if page.last is None:
                return count, str(page.target)
            place = Place(panel, epoch, since, page.target, page.last, is_complete=True, total=0, to_copy=0)

    def _call(self, member: str) -> Op:
        op_id, now = OpId(new_id()), datetime.now(UTC)
        row = {
            "id": new_id(),
            "member_id": member,
            "occurred_at": now.isoformat(),
            "recorded_at": now.isoformat(),
            "outcome": "no_answer",
            "note": "Nobody answered; will try again in the afternoon.",
            "sensitivity": 0,
            "device_id": self.device,
        }
        payload = json.dumps({"kind": "call", "rows": {"contact": [row]}}, separators=(",", ":"))
        self.seq += 1
        before, self.last_hash = self.last_hash, chain(self.last_hash, op_id, self.seq, payload)
        return Op(
            op_id=op_id,
            device_id=self.device,
            device_seq=self.seq,
            kind="call",
            member_id=MemberId(member),
            payload=payload,
            authored_at=now,
            skew_ms=0,
            proto=1,
            depends_on=None,
            prev_hash=before,
            hash=self.last_hash,
        )


def hand(stage: Stage, login: str, once: str) -> Hand:
    """Return a login with a password of its own."""
    chosen = f"a bench's own {login} {os.urandom(4).hex()}"
    CentralDoor(stage.enroll_url, app="bench", schema_rev="").change_password(login, once, chosen)
    return Hand(CentralHub(address_of(stage.enroll_url), lambda: (login, chosen), app="bench", schema_rev="bench"))


def new_hand(stage: Stage, login: str, at_least: int) -> tuple[Hand, str, list[str]]:
    """Return a coordinator over at least so many people, the largest of her panels, and who is in it."""
    once, _ = stage.coordinator(login, at_least)
    made = hand(stage, login, once)
    with made.session() as session:
        hello = session.hello(made.device)
        panel = max(hello.panels, key=lambda each: each.members)
        return made, panel.id, list(session.listing(panel.id).members)


def panels_of(stage: Stage) -> list[tuple[str, int]]:
    """Return the panels with people in them."""
    every = central.panels(stage.url).all()
    return [(str(each.id), each.members) for each in every if each.members and not each.is_unassigned]
