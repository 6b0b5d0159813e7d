"""Lanes for work that leaves the window: one writes the store, a few read it, one speaks to the network."""

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class Lane(Enum):
    """Where a job runs. WRITE and NETWORK keep their order; READ does not."""

    WRITE = "write"
    READ = "read"
    NETWORK = "network"


class LanesClosed(RuntimeError):
    """Work was sent after the window had closed its lanes."""


class Errands(Protocol):
    """What a view-model needs of a courier."""

    def send(
        self,
        lane: Lane,
        job: Callable[[], T],
        *,
        to: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
        asker: QObject | None = None,
    ) -> None:
        """Run the job on the lane and bring its answer to `to` on the window's thread.

        An answer whose asker is gone by then is dropped. An error goes to `failed`, else to the house's handler.
        Without an `asker`, the owner of a bound method `to` is taken for it.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Errand:
    job: Callable[[], Any]
    to: Callable[[Any], None]
    failed: Callable[[BaseException], None] | None
    asker: QObject | None

    @classmethod
    def of(
        cls,
        job: Callable[[], Any],
        to: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None,
        asker: QObject | None,
    ) -> "_Errand":
        owner = asker if asker is not None else getattr(to, "__self__", None)
        return cls(job, to, failed, owner if isinstance(owner, QObject) else None)

    @property
    def is_awaited(self) -> bool:
        return self.asker is None or shiboken6.isValid(self.asker)

    def answer(self, value: Any) -> None:
        if self.is_awaited:
            self.to(value)

    def fail(self, error: BaseException, trouble: Callable[[BaseException], None]) -> None:
        """Hand an error over; it is never dropped, even when nobody waits for it any more.

        Closed lanes are no answer to what was asked, so the house alone hears of them.
        """
        failed = self.failed if self.is_awaited and not isinstance(error, LanesClosed) else None
        (failed or trouble)(error)


class _Letterbox(QObject):
    """The one long-lived object that answers come back to; it lives on the window's thread.

    Errands stay here until they are delivered, so that a lane never holds the last reference to somebody's widget:
    a QObject freed on a pool thread is a crash.
    """

    answered = Signal(int, object)
    failed = Signal(int, object)

    def __init__(self, trouble: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._trouble = trouble
        self._numbers = itertools.count()
        self._errands: dict[int, _Errand] = {}
        self.answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self.failed.connect(self._complain, Qt.ConnectionType.QueuedConnection)

    def take(self, errand: _Errand) -> int:
        number = next(self._numbers)
        self._errands[number] = errand
        return number

    def run(self, number: int) -> None:
        """Do the job of an errand, on the thread of its lane."""
        try:
            value = self._errands[number].job()
        except BaseException as error:
            self._post(self.failed, number, error)
        else:
            self._post(self.answered, number, value)

    def refuse(self, number: int) -> None:
        self._post(self.failed, number, LanesClosed())

    def _post(self, signal: Any, number: int, answer: object) -> None:
        # At the very end of the program the letterbox may be gone before its lanes are.
        if shiboken6.isValid(self):
            signal.emit(number, answer)

    def _deliver(self, number: int, value: object) -> None:
        self._errands.pop(number).answer(value)

    def _complain(self, number: int, error: BaseException) -> None:
        self._errands.pop(number).fail(error, self._trouble)


class Courier:
    """The lanes of the running window. Build it on the window's thread; `send` may be called from any."""

    def __init__(self, trouble: Callable[[BaseException], None], readers: int = 2) -> None:
        self._letterbox = _Letterbox(trouble)
        self._lanes = {
            Lane.WRITE: ThreadPoolExecutor(1, "write-lane"),
            Lane.READ: ThreadPoolExecutor(readers, "read-lane"),
            Lane.NETWORK: ThreadPoolExecutor(1, "network-lane"),
        }
        self._under_way: set[Future[None]] = set()
        self._guard = threading.Lock()

    def send(
        self,
        lane: Lane,
        job: Callable[[], T],
        *,
        to: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
        asker: QObject | None = None,
    ) -> None:
        """Run the job on the lane; see `Errands.send`."""
        number = self._letterbox.take(_Errand.of(job, to, failed, asker))
        try:
            future = self._lanes[lane].submit(partial(self._letterbox.run, number))
        except RuntimeError:
            self._letterbox.refuse(number)
            return
        with self._guard:
            self._under_way.add(future)
        future.add_done_callback(self._forget)

    @property
    def is_idle(self) -> bool:
        """Whether no job is running or waiting; its answer may still be on the way."""
        with self._guard:
            return not self._under_way

    def drain(self, timeout: float | None = None) -> bool:
        """Wait until every job sent so far has run; say whether they all did within `timeout` seconds."""
        with self._guard:
            waiting = set(self._under_way)
        return not wait(waiting, timeout).not_done

    def close(self) -> None:
        """Finish every write sent so far, drop reads and network jobs that have not begun, and stop the lanes."""
        for lane, executor in self._lanes.items():
            executor.shutdown(wait=False, cancel_futures=lane is not Lane.WRITE)
        for executor in self._lanes.values():
            executor.shutdown(wait=True)

    def _forget(self, future: Future[None]) -> None:
        with self._guard:
            self._under_way.discard(future)


class InstantCourier:
    """The same promises on one thread and at once, for tests of view-models."""

    def __init__(self, trouble: Callable[[BaseException], None] | None = None) -> None:
        self._trouble = trouble
        self.sent: list[Lane] = []

    def send(
        self,
        lane: Lane,
        job: Callable[[], T],
        *,
        to: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
        asker: QObject | None = None,
    ) -> None:
        """Run the job now; an error with nobody to take it is raised."""
        self.sent.append(lane)
        errand = _Errand.of(job, to, failed, asker)
        try:
            value = job()
        except Exception as error:
            if failed is None and self._trouble is None:
                raise
            errand.fail(error, self._trouble or _raise)
        else:
            errand.answer(value)


def _raise(error: BaseException) -> None:
    raise error
