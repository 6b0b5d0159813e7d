"""The window of one signed-in person: takes the screens in, connects them with sync and lock, and closes in order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from coordinator_app.bootstrap.desk import Desk
from coordinator_app.bootstrap.locking import Locking, lock_words
from coordinator_app.bootstrap.minutes import Minutes
from coordinator_app.bootstrap.parts import CopyProgress, Parts, Screen
from coordinator_app.bootstrap.screens import (
    about,
    call,
    education,
    key_help,
    letter,
    needs_you,
    patient,
    review,
    schedule,
    today,
)
from coordinator_app.bootstrap.syncing import Syncing
from coordinator_app.bootstrap.ways import Acts, WindowWays
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.services.undoing import TakenBack
from coordinator_app.sync.rounds import OFFLINE, Report, Rounds
from coordinator_app.ui.frame_model import Command, FrameModel
from coordinator_app.ui.key_hush import KeyHush
from coordinator_app.ui.lock import IdleWatch, LockCurtain
from coordinator_app.ui.shared.courier import Courier, Lane
from coordinator_app.ui.shared.failure_words import KNOWN, failure_words
from coordinator_app.ui.shared.noticeboard import Noticeboard
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.toast import Toast
from coordinator_app.ui.shared.wording import Words
from coordinator_app.ui.window import FrameWords, MainWindow

Build = Callable[[Parts], Screen]

BUILDERS: Final[Sequence[Build]] = (
    today.build,
    patient.build,
    call.build,
    schedule.build,
    review.build,
    education.build,
    letter.build,
    needs_you.build,
    key_help.build,
    about.build,
)
"""The screens in the order of the rail; each one's file in ``bootstrap/screens`` says how it is built."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the window stands in: look, lanes, what checks a passphrase and what syncs, if anything does."""

    app: QApplication
    theme: Theme
    courier: Courier
    check_passphrase: Callable[[str], None]
    rounds: Rounds | None = None
    is_demo: bool = False
    builders: Sequence[Build] = field(default=BUILDERS)


class Desktop(QObject):
    """Everything of one signed-in person.

    Signals:
        closed(): the window is closed; call ``finish`` once, off no lane.
        other_wished(): somebody else wants to sign in.
        end_ordered(): the centre has this profile ended.
    """

    closed = Signal()
    other_wished = Signal()
    end_ordered = Signal()

    def __init__(self, around: Around, desk: Desk, person: str) -> None:
        super().__init__()
        self.desk, self._around, self._person = desk, around, person
        self._words = Words(desk.catalogue, "window")
        self.noticeboard = Noticeboard()
        self.window = MainWindow(around.theme, self._frame_words())
        self.hush = KeyHush(around.app)
        self.ways = WindowWays(self.window, self.hush, self._words.say("undo"), self._take_back)
        people = PatientWords(Words(desk.catalogue, "patient"))
        self.frame = FrameModel(desk.status, desk.searching, desk.clock, around.courier, people)
        progress = CopyProgress()
        self.parts = Parts(
            theme=around.theme,
            catalogue=desk.catalogue,
            courier=around.courier,
            noticeboard=self.noticeboard,
            desk=desk,
            ways=self.ways,
            progress=progress,
            is_demo=around.is_demo,
        )
        self._is_asked_for, self._waited = False, 0
        self.syncing = self._made_syncing(progress)
        self._add_screens()
        covered = self.window.centralWidget()
        assert covered is not None  # noqa: S101 (the frame is always there)
        lock = lock_words(self._words, is_demo=around.is_demo)
        self.curtain = LockCurtain(around.theme, lock, self.window, covered)
        self.idle = IdleWatch(around.app)
        self.locking = Locking(
            self.curtain,
            self.idle,
            courier=around.courier,
            check=around.check_passphrase,
            lease=desk.lease,
            words=self._words,
            person=person,
            unfinished=lambda: [each.unfinished() for each in self.ways.screens if each.unfinished is not None],
        )
        self.minutes = Minutes(desk.lease, desk.queue, around.courier)
        self._connect()

    def begin(self) -> None:
        """Show the window and start everything that goes by itself."""
        self.frame.begin(self.noticeboard, self._commands())
        self.window.show()
        self.ways.go("today")
        self.minutes.start()
        self.idle.start()
        if self.syncing is not None:
            self.syncing.begin()

    def finish(self) -> None:
        """Stop the timetable and the round, finish every save, forget the key; in this order (style 6.9)."""
        writing = self.window.focusWidget()
        if writing is not None:
            # A note tells what was typed last when it loses the keyboard; its draft must still find the lane open.
            writing.clearFocus()
        self.minutes.stop()
        self.idle.stop()
        if self.syncing is not None:
            self.syncing.stop()
        self._around.courier.close()
        self.desk.close()

    @property
    def is_idle(self) -> bool:
        """Whether no lane works; answers may still be on their way to the screen."""
        return self._around.courier.is_idle

    def tell_incident(self, number: str) -> None:
        """Say that the program failed, by its number, and that what was saved is safe."""
        self.window.show_toast(Toast(self._words.say("incident", number=number)))

    def _add_screens(self) -> None:
        for build in self._around.builders:
            screen = build(self.parts)
            self.ways.take(screen)
            if screen.off_rail:
                self.window.add_page(screen.key, screen.widget)
            else:
                title = self._words.say(f"screen.{screen.key}")
                self.window.add_screen(
                    screen.key, title, screen.icon, screen.widget, digit=screen.digit, at_foot=screen.is_at_foot
                )

    def _connect(self) -> None:
        window, frame = self.window, self.frame
        frame.status_changed.connect(window.show_status)
        frame.needs_you_changed.connect(partial(self.ways.count, "needs"))
        frame.found.connect(window.show_found)
        frame.searched.connect(self.parts.note_search)
        window.find_typed.connect(frame.find)
        window.find_opened.connect(self._open_found)
        window.lock_wished.connect(self.locking.lock_now)
        window.help_wished.connect(partial(self.ways.go, "help"))
        window.closing.connect(self.closed)
        self.minutes.touched.connect(self.noticeboard.post)
        self.minutes.locked.connect(self.locking.lock_for_lease)
        self.minutes.locked.connect(frame.refresh)
        self.curtain.other_wished.connect(self.other_wished)
        if self.syncing is not None:
            window.sync_wished.connect(self.syncing.sync_now)
            self.syncing.connection_changed.connect(frame.set_connection)
            window.sync_wished.connect(self._remember_asking)
            self.syncing.reported.connect(self._tell_report)
            self.syncing.ordered.connect(self.end_ordered)

    def _open_found(self, key: object) -> None:
        command = str(key).removeprefix("/")
        if command == key:
            self.ways.go("patient", MemberId(str(key)))
            return
        acts: dict[str, Callable[[], object]] = {
            "lock": self.locking.lock_now,
            "larger": self._around.theme.larger,
            "smaller": self._around.theme.smaller,
            "dark": self._turn_dark,
            "sync": self.window.sync_wished.emit,
            "help": self.window.help_wished.emit,
        }
        acts.get(command, partial(self.ways.go, command))()

    def _commands(self) -> tuple[Command, ...]:
        say = self._words.say
        screens = [
            Command(each.key, say(f"screen.{each.key}"), f"Ctrl+{each.digit}" if each.digit else "")
            for each in self.ways.screens
            if not each.off_rail
        ]
        keys = {
            "sync": "F5",
            "lock": "Ctrl+L",
            "larger": "Ctrl+=",
            "smaller": "Ctrl+-",
            "dark": "",
            "help": "F1",
            "about": "",
        }
        return (*screens, *(Command(key, say(f"command.{key}"), cap) for key, cap in keys.items()))

    def _turn_dark(self) -> None:
        self._around.theme.use_dark(dark=not self._around.theme.tokens.is_dark)

    def _take_back(self, acts: Acts) -> None:
        job = partial(self._undo, tuple(acts))
        self._around.courier.send(Lane.WRITE, job, to=self._is_taken_back, failed=self._tell_failure, asker=self)

    def _undo(self, acts: Acts) -> list[TakenBack]:
        return [self.desk.undoing.take_back(kind, act_id) for kind, act_id in acts]

    def _is_taken_back(self, done: list[TakenBack]) -> None:
        self.ways.tell(self._words.say("undone"))
        for each in done:
            self.noticeboard.post(each.touched)

    def _tell_failure(self, error: BaseException) -> None:
        if not isinstance(error, KNOWN):
            raise error
        self.ways.tell(failure_words(self.desk.catalogue, error))

    def _made_syncing(self, progress: CopyProgress) -> Syncing | None:
        if self._around.rounds is None:
            return None
        made = Syncing(
            self._around.rounds, self._around.courier, self.noticeboard, self.desk.clock.instant, self._failure_words
        )
        made.moved.connect(progress.moved)
        return made

    def _failure_words(self, failure: Refusal | Trouble) -> str:
        return failure_words(self.desk.catalogue, failure)

    def _remember_asking(self) -> None:
        self._is_asked_for, self._waited = True, self.frame.waiting

    def _tell_report(self, report: Report) -> None:
        # What was heard may have ended the lease, or the day.
        self.minutes.look()
        if not self._is_asked_for:
            return
        self._is_asked_for = False
        if report.state == OFFLINE:
            self.ways.tell(self._words.say("sync.offline"))
        else:
            told = report.received
            total = max(told.sent, self._waited)
            self.ways.tell(
                self._words.say(
                    "sync.done" if total else "sync.none", sent=told.sent, total=total, members=told.members
                )
            )

    def _frame_words(self) -> FrameWords:
        say, is_demo = self._words.say, self._around.is_demo
        return FrameWords(
            title=say("title"),
            find_name=say("find"),
            find_hint=say("find"),
            rail_name=say("rail"),
            person=self._person,
            lock=say("lock"),
            demo=say("demo") if is_demo else "",
            demo_note=say("fictional") if is_demo else "",
        )
