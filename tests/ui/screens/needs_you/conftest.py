"""Acts of a nurse that the centre did not simply take, in a real store, and the screen that says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from coordinator_app.bootstrap.desk import Desk
from coordinator_app.domain.activity import Outcome, VisitState
from coordinator_app.domain.ids import ClinicianId, MemberId
from coordinator_app.domain.travel import OpResult
from coordinator_app.services.booking import VisitForm
from coordinator_app.services.call_logging import CallForm
from coordinator_app.storage.local.arrival import Arrival
from coordinator_app.storage.local.desk import StoreDesk
from coordinator_app.storage.tables import local
from coordinator_app.sync.settle import judge
from coordinator_app.ui.screens.needs_you.view import NeedsYouView
from coordinator_app.ui.screens.needs_you.view_model import NeedsYouServices, NeedsYouViewModel
from coordinator_app.ui.screens.needs_you.wording import NeedsYouWording
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.wording import Words
from coordinator_app.workstation.private_file import write_private
from tests.ui.screens.sample_people import PENA, TODAY, clock, made, people
from tests.ui.screens.sample_store import Sample

MARIA, MINH, DENISE = (MemberId(made("member", each)) for each in ("204 118", "204 231", "204 305"))


@dataclass
class Centre:
    """Answers the acts that wait, as the centre would."""

    sample: Sample
    desk: Desk

    def answer(self, kind: str, outcome: str, **facts: object) -> None:
        with self.sample.store.reading() as connection:
            asked = select(local.outbox.c.op_id).where(local.outbox.c.kind == kind)
            ops = connection.execute(asked.order_by(local.outbox.c.device_seq.desc())).scalars().all()
        arrival = Arrival(self.desk.hooks.after_page, self.desk.hooks.after_bundle)
        store = StoreDesk(self.sample.store, arrival, lambda: self.sample.now)
        store.settle([judge(OpResult(ops[0], outcome, facts))])


@pytest.fixture
def centre(nobody: Sample, tmp_path: Path) -> Iterator[Centre]:
    sample = nobody.copy_to(tmp_path)
    desk = sample.desk()
    sample.fill(desk, [each for each in people() if each.id in {MARIA, MINH, DENISE}])
    yield Centre(sample, desk)
    sample.close()


@pytest.fixture
def three(centre: Centre) -> Centre:
    """A visit changed by two, a call about somebody who had moved, a note the centre could not place."""
    desk = centre.desk
    desk.booking.ask(
        VisitForm(
            MARIA, "pcp_after_hospital", VisitState.ASKED, ClinicianId(PENA), clock(TODAY, 14), asked_of="front desk"
        )
    )
    shared = {"visit_type": "pcp_after_hospital", "clinician_id": PENA}
    centre.answer(
        "visit", "conflict", cause="changed", table="visit", fields=["state", "starts_at", "clinician_id"],
        ours={**shared, "state": "asked", "starts_at": clock(TODAY, 14).isoformat()},
        theirs={**shared, "clinician_id": None, "state": "cancelled", "starts_at": None}, base={},
        by="Dana Cole, RN", at=(clock(TODAY, 16, 5) - timedelta(days=1)).isoformat(),
    )  # fmt: skip
    desk.calls.record(CallForm(MINH, Outcome.LEFT_MESSAGE, note="Will try the son."))
    centre.answer("call", "quarantined", cause="not_your_panel")
    desk.notes.keep(DENISE, "Asks for large print.")
    centre.answer("note", "quarantined", cause="unknown_member")
    return centre


@pytest.fixture
def decided(centre: Centre) -> list[tuple[str, str, bool]]:
    """What a supervisor says, as the centre would hear it."""
    heard: list[tuple[str, str, bool]] = []

    def decide(op_id: str, comment: str, *, accept: bool) -> object:
        heard.append((op_id, comment, accept))
        return None

    centre.desk.set_aside._decide = decide
    return heard


@pytest.fixture
def model(centre: Centre, courier, noticeboard, catalogue) -> NeedsYouViewModel:
    words = Words(catalogue, "needs_you")
    services = NeedsYouServices(centre.desk.set_aside, centre.desk.clock, write_private)
    wording = NeedsYouWording(words, PatientWords(Words(catalogue, "patient")))
    return NeedsYouViewModel(services, courier, noticeboard, words, wording)


@pytest.fixture
def view(qtbot, theme, catalogue, model) -> NeedsYouView:
    view = NeedsYouView(theme, Words(catalogue, "needs_you"), model)
    qtbot.addWidget(view)
    view.resize(1188, 766)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    return view
