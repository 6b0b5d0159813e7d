"""The lanes: order, the window's thread, askers that are gone, errors that are never lost."""

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject, Signal

from coordinator_app.services.touched import Touched
from coordinator_app.ui.shared.courier import Courier, InstantCourier, Lane, LanesClosed
from coordinator_app.ui.shared.noticeboard import Noticeboard


class Asker(QObject):
    heard = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.threads: list[threading.Thread] = []

    def hear(self, answer: object) -> None:
        self.answers.append(answer)
        self.threads.append(threading.current_thread())
        self.heard.emit(answer)


@pytest.fixture
def troubles():
    return []


@pytest.fixture
def courier(qapp, troubles):
    courier = Courier(troubles.append)
    yield courier
    courier.close()


def test_a_job_runs_off_the_window_and_its_answer_comes_back_to_the_window(courier, qtbot):
    asker = Asker()
    with qtbot.waitSignal(asker.heard):
        courier.send(Lane.READ, threading.current_thread, to=asker.hear)
    assert asker.answers[0] is not threading.main_thread()
    assert asker.threads == [threading.main_thread()]


def test_the_write_lane_keeps_the_order_in_which_things_were_done(courier, qtbot):
    asker, written = Asker(), []
    for number in range(50):
        courier.send(Lane.WRITE, lambda number=number: written.append(number), to=asker.hear)
    qtbot.waitUntil(lambda: len(asker.answers) == 50)
    assert written == list(range(50))


def test_an_answer_is_dropped_when_its_asker_is_gone(courier, qtbot, troubles):
    gone, may_end, other = Asker(), threading.Event(), Asker()
    heard = gone.answers
    courier.send(Lane.WRITE, may_end.wait, to=gone.hear)
    shiboken6.delete(gone)
    with qtbot.waitSignal(other.heard):
        courier.send(Lane.WRITE, lambda: "after", to=other.hear)
        may_end.set()
    assert heard == []
    assert troubles == []


def test_an_error_goes_to_whoever_asked_to_hear_it(courier, qtbot, troubles):
    asker, errors = Asker(), Asker()
    with qtbot.waitSignal(errors.heard):
        courier.send(Lane.NETWORK, lambda: 1 // 0, to=asker.hear, failed=errors.hear)
    assert isinstance(errors.answers[0], ZeroDivisionError)
    assert troubles == []


def test_an_error_nobody_waits_for_still_reaches_the_house(courier, qtbot, troubles):
    gone = Asker()
    courier.send(Lane.WRITE, lambda: 1 // 0, to=gone.hear, failed=gone.hear)
    shiboken6.delete(gone)
    qtbot.waitUntil(lambda: len(troubles) == 1)
    assert isinstance(troubles[0], ZeroDivisionError)


def test_closing_finishes_every_write_and_refuses_what_comes_later(qapp, qtbot, troubles):
    courier, asker, may_begin, written = Courier(troubles.append), Asker(), threading.Event(), []
    courier.send(Lane.WRITE, may_begin.wait, to=asker.hear)
    for number in range(5):
        courier.send(Lane.WRITE, lambda number=number: written.append(number), to=asker.hear)
    may_begin.set()
    courier.close()
    assert written == [0, 1, 2, 3, 4]
    courier.send(Lane.WRITE, lambda: written.append(5), to=asker.hear)
    qtbot.waitUntil(lambda: len(troubles) == 1)
    assert isinstance(troubles[0], LanesClosed)
    assert written == [0, 1, 2, 3, 4]


def test_draining_waits_for_the_jobs_but_not_for_ever(courier):
    may_end, asker = threading.Event(), Asker()
    courier.send(Lane.WRITE, may_end.wait, to=asker.hear)
    assert not courier.drain(timeout=0.01)
    may_end.set()
    assert courier.drain(timeout=10)


def test_the_instant_courier_keeps_the_same_promises(qapp):
    asker, courier = Asker(), InstantCourier()
    courier.send(Lane.WRITE, lambda: "done", to=asker.hear)
    courier.send(Lane.READ, lambda: 1 // 0, to=asker.hear, failed=lambda error: asker.hear(type(error)))
    assert asker.answers == ["done", ZeroDivisionError]
    with pytest.raises(ZeroDivisionError):
        courier.send(Lane.READ, lambda: 1 // 0, to=asker.hear)
    assert courier.sent == [Lane.WRITE, Lane.READ, Lane.READ]


def test_a_notice_posted_on_a_lane_is_heard_on_the_windows_thread(courier, qtbot):
    board, told = Noticeboard(), []
    board.touched.connect(lambda touched: told.append((touched, threading.current_thread())))
    courier.send(Lane.WRITE, lambda: board.post(Touched.CALLS | Touched.OUTREACH), to=lambda _: None)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(Touched.CALLS | Touched.OUTREACH, threading.main_thread())]
    board.post(Touched.nothing())
    assert len(told) == 1
