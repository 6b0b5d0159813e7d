"""Turns an auditor's question into one at the center, and the answer into a list, a page or a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.oversight import Named, Sighting
from coordinator_app.ui.screens.audit.rows import AuditState, as_csv, as_page
from coordinator_app.ui.screens.audit.wording import AuditWording
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.failure_words import KNOWN, failure_words


class Auditor(Protocol):
    """What an auditor's login may ask of the center."""

    def meant_by(self, said: str) -> Named:
        """Return the person who is meant by a number or an id."""
        ...

    def who_saw(self, member: MemberId, first: date, last: date, zone: str) -> Sequence[Sighting]:
        """Return every sighting of those days."""
        ...


class Press(Protocol):
    """The printers of this computer."""

    def put(self, page: str) -> None:
        """Print a page on the usual printer. Trouble: ``not_printed``."""
        ...


@dataclass(frozen=True, slots=True)
class AuditServices:
    """What the screen asks and has done; ``write_file`` writes a file that only its owner reads."""

    auditor: Auditor
    press: Press
    documents: Callable[[], Path]
    write_file: Callable[[Path, bytes], None]
    today: Callable[[], date]


class AuditViewModel(QObject):
    """One question at a time; the center notes that it was asked.

    Signals:
        changed(AuditState): show this.
        wrong(str, str): a field by its name, and what is wrong with it.
        told(str), refused(str): what was done, or why nothing was.
    """

    changed = Signal(object)
    wrong = Signal(str, str)
    told = Signal(str)
    refused = Signal(str)

    def __init__(self, services: AuditServices, courier: Errands, wording: AuditWording) -> None:
        super().__init__()
        self._of, self._courier, self._wording, self._words = services, courier, wording, wording.words
        self._state = AuditState()
        self._asked: tuple[str, date, date] | None = None

    def today(self) -> str:
        """Return today as the fields take it."""
        return self._of.today().isoformat()

    def ask(self, person: str, first: str, last: str) -> None:
        """Ask who saw a person, from one day to another."""
        days = {name: _day(said) for name, said in (("first", first), ("last", last))}
        wrong = [(name, "needs.day") for name, day in days.items() if day is None]
        if not person.strip():
            wrong.insert(0, ("person", "needs.person"))
        for name, key in wrong:
            self.wrong.emit(name, self._words.say(key))
        if wrong or days["first"] is None or days["last"] is None:
            return
        if days["last"] < days["first"]:
            self.wrong.emit("last", self._words.say("needs.order"))
            return
        self._asked = (person.strip(), days["first"], days["last"])
        self._show(AuditState(said=self._words.say("asking")))
        self._courier.send(Lane.NETWORK, partial(self._answer, *self._asked), to=self._take, failed=self._fail)

    def save(self) -> None:
        """Write the table beside other documents."""
        if not self._state.cells or self._asked is None:
            return
        name = f"{self._words.say('file')}-{self._of.today().isoformat()}.csv"
        path = self._of.documents() / name
        job = partial(self._of.write_file, path, as_csv(self._state))
        self._courier.send(Lane.WRITE, job, to=lambda _: self.told.emit(self._words.say("saved", file=path)),
                           failed=self._fail, asker=self)  # fmt: skip

    def print(self) -> None:
        """Put the table on paper."""
        if self._state.cells:
            try:
                self._of.press.put(as_page(self._state, self._words.say("title"), self._words.say("warning")))
            except KNOWN as failure:
                self._fail(failure)
            else:
                self.told.emit(self._words.say("printed"))

    def _answer(self, said: str, first: date, last: date) -> tuple[tuple[str, date, date], AuditState]:
        person = self._of.auditor.meant_by(said)
        seen = self._of.auditor.who_saw(MemberId(person.member_id), first, last, person.zone)
        return (said, first, last), self._wording.state(person, first, last, seen)

    def _take(self, answer: tuple[tuple[str, date, date], AuditState]) -> None:
        asked, state = answer
        if asked == self._asked:
            self._show(state)

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, KNOWN):
            raise error
        if not self._state.cells:
            self._show(AuditState())
        self.refused.emit(failure_words(self._words.catalogue, error))

    def _show(self, state: AuditState) -> None:
        self._state = state
        self.changed.emit(state)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said.strip())
    except ValueError:
        return None
