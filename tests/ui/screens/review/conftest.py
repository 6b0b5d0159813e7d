"""A morning's work of two nurses in a real store, and the review screen of whoever signs in on it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator_app.bootstrap.desk import Desk
from coordinator_app.domain.activity import Identifier, Outcome, TeachBack
from coordinator_app.domain.ids import ActivityId, MemberId
from coordinator_app.services.call_logging import CallForm, SaidBack
from coordinator_app.storage.local import profile
from coordinator_app.ui.screens.review.view import ReviewView
from coordinator_app.ui.screens.review.view_model import ReviewServices, ReviewViewModel
from coordinator_app.ui.screens.review.wording import ReviewWording
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.wording import Words
from tests.ui.screens import sample_store
from tests.ui.screens.sample_people import ANA, LUIS, NOW, made, people
from tests.ui.screens.sample_store import Sample

JOAN = made("joan")
TWO = (Identifier.BIRTH_DATE, Identifier.ZIP)
NAMES = {ANA: ("Ana Ruiz", "coordinator"), LUIS: ("Luis Moreno", "coordinator"), JOAN: ("Joan Ellis", "supervisor")}
MARIA, MINH, DENISE = (MemberId(made("member", each)) for each in ("204 118", "204 231", "204 305"))


@dataclass
class Team:
    """One store at which one after the other signs in."""

    sample: Sample

    def sign_in(self, staff_id: str) -> Desk:
        name, role = NAMES[staff_id]
        with self.sample.store.saving() as connection:
            profile.write(connection, {profile.PERSON: staff_id, profile.NAME: name, profile.ROLE: role})
            connection.commit()
        return self.sample.desk()


@dataclass(frozen=True)
class Morning:
    """What was written, newest first."""

    talk: ActivityId
    message: ActivityId
    undone: ActivityId
    talk_of_luis: ActivityId


@pytest.fixture
def team(nobody: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    reference = (*sample_store._REFERENCE, ("staff", JOAN, {"name": "Joan Ellis", "role": "supervisor"}))
    monkeypatch.setattr(sample_store, "_REFERENCE", reference)
    sample = nobody.copy_to(tmp_path)
    sample.fill(sample.desk(), [each for each in people() if each.id in {MARIA, MINH, DENISE}])
    with sample.store.saving() as connection:
        # The sample's own history is no part of this morning.
        for table in ("teaching", "follow_up", "contact"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        connection.commit()
    yield Team(sample)
    sample.close()


@pytest.fixture(autouse=True)
def morning(team: Team) -> Morning:
    sample = team.sample
    luis = team.sign_in(LUIS)
    sample.now = NOW - timedelta(hours=2)
    talk_of_luis = luis.calls.record(
        CallForm(DENISE, Outcome.REACHED, TWO, number="+14135550161", seconds=430, note="Takes it every evening.")
    ).contact.id
    ana = team.sign_in(ANA)
    sample.now = NOW - timedelta(minutes=50)
    undone = ana.calls.record(CallForm(MINH, Outcome.BUSY, number="+14135550151")).contact.id
    sample.now = NOW - timedelta(minutes=49, seconds=55)
    ana.undoing.take_back("contact", undone)
    sample.now = NOW - timedelta(minutes=45)
    message = ana.calls.record(CallForm(MINH, Outcome.LEFT_MESSAGE, number="+14135550151")).contact.id
    sample.now = NOW - timedelta(minutes=20)
    talk = ana.calls.record(
        CallForm(
            MARIA,
            Outcome.REACHED,
            TWO,
            number="+14135550142",
            language="es",
            interpreter="phone",
            topics=("medicines_picked_up", "daily_weight"),
            note="Feels better, weight 68 kg this morning. Daughter Lucía drives her. Has a scale and the new tablets.",
            seconds=250,
            lessons=(SaidBack("daily-weight", "1", TeachBack.SAID_BACK),),
        )
    ).contact.id
    sample.now = NOW - timedelta(minutes=9)
    [promise] = [each for each in ana.chart.open(MARIA).next_steps if each.kind == "call"]
    ana.undoing.take_back("follow_up", promise.act_id, "typed wrong day")
    sample.now = NOW
    return Morning(talk, message, undone, talk_of_luis)


Screen = tuple[ReviewViewModel, ReviewView]


class LateCourier:
    """Keeps every errand until it is told to bring the answers, as lanes do that take their time."""

    def __init__(self) -> None:
        self.kept = []

    def send(self, lane, job, *, to, failed=None, asker=None):
        self.kept.append((job, to))

    def bring(self) -> None:
        """Do everything that was asked, and everything asked in answer to it."""
        while self.kept:
            job, to = self.kept.pop(0)
            to(job())


@pytest.fixture
def late() -> LateCourier:
    return LateCourier()


@pytest.fixture
def open_as(team: Team, theme, qtbot, courier, noticeboard) -> Callable[[str], Screen]:
    """Open the screen for a person, as often as a test likes; the morning has to be written before."""

    def made_for(staff_id: str, with_courier=courier) -> Screen:
        desk = team.sign_in(staff_id)
        words = Words(desk.catalogue, "review")
        wording = ReviewWording(
            words,
            desk.words,
            PatientWords(Words(desk.catalogue, "patient")),
            is_supervisor=desk.person.role == "supervisor",
            me=desk.person.staff_id,
        )
        services = ReviewServices(desk.reviewing, desk.clock, desk.person)
        model = ReviewViewModel(services, with_courier, noticeboard, words, wording)
        view = ReviewView(theme, words, model)
        qtbot.addWidget(view)
        view.resize(1188, 766)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        model.refresh()
        view.take_focus()
        return model, view

    return made_for
