"""One person whole: who it is, why on the list, what happened, how long medicines last, who may be told what."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coordinator_app.bootstrap.desk import Desk
from coordinator_app.domain.activity import Note, Outcome
from coordinator_app.domain.ids import FactId
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.services.call_logging import CallForm
from coordinator_app.services.lab_trends import LabTrend, LabValue
from coordinator_app.services.touched import Touched
from coordinator_app.ui.screens.patient.rows import PatientRows, figure
from coordinator_app.ui.screens.patient.states import PatientState
from coordinator_app.ui.screens.patient.view import PatientView
from coordinator_app.ui.screens.patient.view_model import PatientServices, PatientViewModel
from coordinator_app.ui.screens.patient.wording import PatientWording
from coordinator_app.ui.shared.layout import Breadth
from coordinator_app.ui.shared.patient_acts import PatientActs
from coordinator_app.ui.shared.patient_facts import PatientFacts
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.wording import Words

Key = Qt.Key
Open = Callable[[str], PatientState]


@pytest.fixture
def people(desk: Desk) -> PatientWords:
    return PatientWords(Words(desk.catalogue, "patient"))


@pytest.fixture
def model(desk, courier, noticeboard, people):
    services = PatientServices(desk.chart, desk.queue, desk.drafts, desk.clock)
    return PatientViewModel(services, courier, noticeboard, PatientWording(PatientFacts(people, desk.words)))


@pytest.fixture
def states(model):
    shown = []
    model.state_changed.connect(shown.append)
    return shown


@pytest.fixture
def member(desk):
    return lambda typed: desk.searching.find(typed)[0].member_id


@pytest.fixture
def opened(model, states, member) -> Open:
    def open_one(typed):
        model.open(member(typed))
        return states[-1]

    return open_one


@pytest.fixture
def acts(desk, courier, noticeboard, people):
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
def view(theme, model, acts, people, member, qtbot):  # noqa: PLR0917
    made = PatientView(theme, people.words, model, acts)
    qtbot.addWidget(made)
    made.resize(1188, 766)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    model.open(member("garc"))
    made.take_focus()
    return made


def press(*keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_the_banner_says_identity_first_then_how_to_reach(opened):
    assert opened("garc").banner.sentence.replace("\N{NO-BREAK SPACE}", " ") == (
        "GARCÍA LÓPEZ, María José. “Mari”. Born 14-Jul-1945 (81 y). Female. ID DEMO 204 118. Speaks Spanish. "
        "mobile (413) 555-0142, reached 2-Nov. Spanish, interpreter: not known. Dr. Inés Peña, Springfield North. "
        "Special contact instructions. data as of Tue 24-Nov 10:43"
    )


def test_a_look_alike_shows_the_other_birth_date_in_the_banner(opened):
    assert "Similar name, born 9-Sep-1952" in [chip.words for chip in opened("brien 04/01/1952").banner.chips]


def test_a_dead_person_has_the_word_over_everything(opened):
    assert opened("moore").banner.deceased == "Died 4-Nov-2026, told by claims"


def test_what_is_owed_stands_with_its_day(opened):
    [step] = opened("garc").steps
    assert (step.label, step.value) == ("today 17:00", "Call within 2 business days")
    [late] = opened("santiago").steps
    assert (late.label, late.value) == ("was Mon 23-Nov", "Call within 2 business days")


def test_the_timeline_is_newest_first_and_each_tab_shows_its_kind(opened):
    state = opened("garc")
    whats = [(row.date, row.what) for row in state.timeline["all"]]
    assert whats == [
        ("23-Nov", "No answer"),
        ("22-Nov", "Left hospital: heart failure, 4 d"),
        ("2-Nov", "Taught: Eat less salt, said it back"),
        ("2-Nov", "Spoke with patient, 6 min"),
        ("19-Oct", "Emergency visit: home the same day"),
    ]
    assert [row.what for row in state.timeline["calls"]] == ["No answer", "Spoke with patient, 6 min"]
    assert [tab.count for tab in state.tabs] == ["5", "2", "2", "0", "2"]
    assert state.history == "Before 19-Oct-2026 no history is on this computer."


def test_what_was_done_here_waits_to_be_sent_and_says_so(opened, desk, member, states, noticeboard):
    opened("garc")
    desk.calls.record(CallForm(member("garc"), Outcome.BUSY))
    noticeboard.post(Touched.CALLS)
    first = states[-1].timeline["all"][0]
    assert (first.what, first.chip.words) == ("Busy or line down", "waiting to send")


def test_an_open_draft_stands_on_top(opened, desk, member, states, noticeboard):
    opened("garc")
    noticeboard.post(desk.drafts.keep(member("garc"), "call", {}).touched)
    first = states[-1].timeline["all"][0]
    assert (first.what, first.who, first.chip.words) == ("Call open", "You, on this computer only", "Draft")


def test_medicines_say_how_long_they_last_and_never_that_one_was_skipped(opened):
    state = opened("garc")
    assert [(each.name, each.words, each.days) for each in state.medicines] == [
        ("Lisinopril 20 mg", "11 days past", -11),
        ("Metformin 1000 mg", "4 days left", 4),
        ("Carvedilol 12.5 mg", "15 days left", 15),
        ("Furosemide 40 mg", "28 days left", 28),
    ]
    assert state.medicines_foot == "Fills: claims"


def test_a_confidential_fill_is_not_named(opened):
    state = opened("lee")
    assert [(each.name, each.days) for each in state.medicines] == [("Confidential item", -6)]
    assert "dolutegravir" not in repr(state).casefold()


def test_results_say_their_age_once_it_matters(opened):
    labs = {each.name: each for each in opened("garc").labs}
    assert (labs["Potassium"].value, labs["Potassium"].unit, labs["Potassium"].age) == ("4.9", "mmol/L", "")
    assert (labs["A1c"].when, labs["A1c"].age) == ("2-Jul", "145 days old")
    assert labs["eGFR"].values == (62, 58, 56, 52, 48)


def test_the_two_pressures_of_one_day_are_one_line(desk, people, member):
    day = date(2026, 11, 18)
    made = [
        LabTrend(name, code, (LabValue(FactId(name), on, value, "mm[Hg]", "claims", Sensitivity.ORDINARY),), 6)
        for name, code, on, value in (
            ("Diastolic blood pressure", "8462-4", day, 81.0),
            ("Systolic blood pressure", "8480-6", day, 136.0),
        )
    ]
    rows = PatientRows(people, desk.chart.open(member("garc")), desk.clock.moment())
    assert [(each.name, each.value, each.unit) for each in rows.trends(made)] == [("Blood pressure", "136/81", "mmHg")]
    assert [each.name for each in rows.trends(made[:1])] == ["Diastolic pressure"]


def test_the_care_team_says_who_may_be_told(opened):
    team = [(each.label, each.value, each.second.replace("\N{NO-BREAK SPACE}", " ")) for each in opened("garc").team]
    assert team == [
        ("PCP", "Dr. Inés Peña", "(413) 555-0110 · Springfield North"),
        ("Daughter", "Lucía Pérez", "(413) 555-0143 · may be told"),
    ]
    assert ("Mother", "Rosa Díaz") in [(each.label, each.value) for each in opened("santiago").team]


def test_a_confidential_reason_opens_by_a_key_and_closes_with_the_next_person(opened, model, states, member):
    assert [reason.sentence for reason in opened("lee").reasons] == ["Confidential item"]
    model.toggle_confidential()
    assert states[-1].reasons[0].sentence.startswith("Dolutegravir may have run out Wednesday")
    model.open(member("garc"))
    model.open(member("lee"))
    assert [reason.sentence for reason in states[-1].reasons] == ["Confidential item"]


def test_a_person_who_left_is_said_to_be_gone(model, states, qtbot):
    with qtbot.waitSignal(model.lost):
        model.open("00000000-0000-7000-8000-000000000000")
    assert states[-1] is None


@pytest.mark.parametrize(("value", "words"), [(4.9, "4.9"), (48.0, "48"), (139.42, "139"), (7.04, "7"), (0.6, "0.6")])
def test_a_figure_has_as_many_places_as_anybody_reads(value, words):
    assert figure(value) == words


@pytest.mark.parametrize(
    ("key", "wish"),
    [
        (Key.Key_C, "call_requested"),
        (Key.Key_A, "appointment_requested"),
        (Key.Key_E, "teaching_requested"),
        (Key.Key_R, "letter_requested"),
    ],
)
def test_one_key_asks_for_another_screen(view, model, member, qtbot, key, wish):  # noqa: PLR0917
    with qtbot.waitSignal(getattr(model, wish)) as told:
        press(key)
    assert told.args == [member("garc")]


def test_a_note_is_typed_and_saved_by_keys_alone(view, desk):
    press(Key.Key_N)
    QTest.keyClicks(QApplication.focusWidget(), "scale at home")
    press(Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    with desk.queue._open_shelves() as shelves:
        assert [note.text for note in shelves.acts.of_all(Note)] == ["scale at home"]
    assert view.left.currentWidget() is view.reasons


def test_narrow_time_and_facts_share_one_column(view):
    view.set_breadth(Breadth.NARROW)
    assert (view.parts.isVisible(), view.timeline.isVisible(), view.facts.isVisible()) == (True, True, False)
    view.parts.chosen.emit("facts")
    assert (view.timeline.isVisible(), view.facts.isVisible()) == (False, True)
    view.set_breadth(Breadth.MIDDLE)
    assert (view.parts.isVisible(), view.timeline.isVisible(), view.facts.isVisible()) == (False, True, True)


def test_the_keyboard_goes_through_the_columns(view):
    press(Key.Key_F6)
    assert view.facts.isAncestorOf(QApplication.focusWidget())
    press(Key.Key_F6)
    assert view.left.isAncestorOf(QApplication.focusWidget())
    press(Key.Key_F6)
    assert view.timeline.isAncestorOf(QApplication.focusWidget())
