"""The Today screen on the sample panel, with a courier that answers at once."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from coordinator_app.bootstrap.desk import Desk
from coordinator_app.ui.screens.today.states import DayState, ListState, PaneState
from coordinator_app.ui.screens.today.view import TodayView
from coordinator_app.ui.screens.today.view_model import TodayServices, TodayViewModel
from coordinator_app.ui.screens.today.wording import TodayWording
from coordinator_app.ui.shared.courier import InstantCourier
from coordinator_app.ui.shared.noticeboard import Noticeboard
from coordinator_app.ui.shared.patient_acts import PatientActs
from coordinator_app.ui.shared.patient_facts import PatientFacts
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.wording import Words


@dataclass
class Shown:
    """What the screen was told to show, the last of each."""

    model: TodayViewModel
    lists: list[ListState] = field(default_factory=list)
    panes: list[PaneState | None] = field(default_factory=list)
    days: list[DayState] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.model.list_changed.connect(self.lists.append)
        self.model.pane_changed.connect(self.panes.append)
        self.model.day_changed.connect(self.days.append)

    @property
    def names(self) -> list[str]:
        return [row.name for row in self.lists[-1].rows]

    def key_of(self, name: str) -> str:
        return next(row.key for row in self.lists[-1].rows if row.name.startswith(name))


@pytest.fixture
def people(desk: Desk) -> PatientWords:
    return PatientWords(Words(desk.catalogue, "patient"))


@pytest.fixture
def model(desk: Desk, courier: InstantCourier, noticeboard: Noticeboard, people: PatientWords) -> TodayViewModel:
    words = Words(desk.catalogue, "today")
    services = TodayServices(
        desk.queue, desk.chart, desk.drafts, desk.status, desk.reviewing, desk.clock, desk.person
    )  # fmt: skip
    return TodayViewModel(services, courier, noticeboard, words, TodayWording(words, PatientFacts(people, desk.words)))


@pytest.fixture
def acts(desk: Desk, courier: InstantCourier, noticeboard: Noticeboard, people: PatientWords) -> PatientActs:
    return PatientActs(
        answering=desk.answering,
        notes=desk.notes,
        medicines=desk.medicines,
        drafts=desk.drafts,
        clock=desk.clock,
        courier=courier,
        noticeboard=noticeboard,
        people=people,
    )


@pytest.fixture
def shown(model: TodayViewModel) -> Shown:
    return Shown(model)


@pytest.fixture
def view(theme: Theme, desk: Desk, model: TodayViewModel, acts: PatientActs, qtbot: object) -> Callable[[], TodayView]:
    def build() -> TodayView:
        made = TodayView(theme, Words(desk.catalogue, "today"), model, acts)
        qtbot.addWidget(made)  # type: ignore[attr-defined]
        made.resize(1188, 766)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)  # type: ignore[attr-defined]
        made.take_focus()
        return made

    return build


class SlowLanes:
    """A courier whose answers come when a test lets them."""

    def __init__(self) -> None:
        self._errands: list[tuple[Callable[[], object], Callable[[object], None]]] = []

    def send(self, lane, job, *, to, failed=None, asker=None):  # type: ignore[no-untyped-def]
        self._errands.append((job, to))

    def deliver(self) -> None:
        """Answer everything that was asked, also what the answers ask."""
        while self._errands:
            job, to = self._errands.pop(0)
            to(job())


@pytest.fixture
def shown_on_slow_lanes(
    desk: Desk, noticeboard: Noticeboard, people: PatientWords
) -> tuple[TodayViewModel, Shown, SlowLanes]:
    words, lanes = Words(desk.catalogue, "today"), SlowLanes()
    services = TodayServices(desk.queue, desk.chart, desk.drafts, desk.status, desk.reviewing, desk.clock, desk.person)
    model = TodayViewModel(services, lanes, noticeboard, words, TodayWording(words, PatientFacts(people, desk.words)))
    return model, Shown(model), lanes
