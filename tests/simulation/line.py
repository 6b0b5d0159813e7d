"""The line between a workstation and the center: real sessions, and answers that are lost, late or given twice."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from coordinator_app.domain.travel import Op, OpResult, Page, Place
from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.central.address import Address
from coordinator_app.storage.central.conversation import Driver, connected
from coordinator_app.storage.central.hub import CentralSession

FAULTS = ("request_lost", "answer_lost", "twice", "delayed")
"""Before the center hears; after it did its work; heard twice; heard only after the workstation gave up."""


class Line:
    """A hub whose ``n``-th call of the next session goes wrong; the connection is kept between sessions."""

    def __init__(self, address: Address, login: str, password: str) -> None:
        self._address, self._login, self._password = address, login, password
        self._open: ExitStack | None = None
        self._driver: Driver | None = None
        self.fault: tuple[int, str] | None = None
        self.page_limit = 50
        self.delayed: list[tuple[str, tuple[Op, ...]]] = []

    @contextmanager
    def session(self) -> Iterator["FaultySession"]:
        """Converse; a fault is spent on one session."""
        session = FaultySession(self._genuine(), self)
        try:
            yield session
        finally:
            self.fault = None

    def cut(self) -> None:
        """End the connection."""
        if self._open is not None:
            self._open.close()
        self._open = self._driver = None

    def send_delayed(self) -> int:
        """Have the center hear what it should have heard long ago; nobody listens to the answer."""
        late, self.delayed = self.delayed, []
        for device, ops in late:
            self._genuine().push(device, ops)
        return len(late)

    def waiting(self) -> Sequence[Mapping[str, Any]]:
        """Read what waits for a supervisor."""
        return self._genuine().waiting()

    def decide(self, op: str, *, is_accepted: bool) -> str:
        """Say a supervisor's word and return what became of the act."""
        return self._genuine().decide(op, "looked at", accept=is_accepted).outcome

    def _genuine(self) -> CentralSession:
        if self._driver is None:
            self._open = ExitStack()
            self._driver = self._open.enter_context(connected(self._address, self._login, self._password))
        return CentralSession(self._driver, self._address, "simulation", "0001")


class FaultySession:
    """One conversation over a bad line."""

    def __init__(self, genuine: CentralSession, line: Line) -> None:
        self._genuine, self._line, self._calls = genuine, line, 0

    def __getattr__(self, word: str) -> Callable[..., Any]:
        """Say what needs no more than the line: every call of a session but those below."""
        genuine = getattr(self._genuine, word)
        return lambda *words: self._say(lambda: genuine(*words))

    def push(self, device_id: str, ops: Sequence[Op]) -> Sequence[OpResult]:
        """Send; what is delayed arrives one day."""
        if self._next_fault() == "delayed":
            self._line.delayed.append((device_id, tuple(ops)))
        return self._say(lambda: self._genuine.push(device_id, ops))

    def feed_page(self, place: Place, limit: int, unknown: Callable[[Iterable[str]], set[str]]) -> Page:
        """Read a page, a small one where pages are small."""
        return self._say(lambda: self._genuine.feed_page(place, min(limit, self._line.page_limit), unknown))

    def _next_fault(self) -> str:
        planned = self._line.fault
        return planned[1] if planned is not None and planned[0] == self._calls else ""

    def _say(self, ask: Callable[[], Any]) -> Any:
        fault = self._next_fault()
        self._calls += 1
        if fault in ("request_lost", "delayed"):
            self._line.cut()
            raise Trouble("offline", "The request was lost.")
        answer = ask()
        if fault == "twice":
            answer = ask()
        if fault == "answer_lost":
            self._line.cut()
            raise Trouble("offline", "The answer was lost.")
        return answer
