"""The demo without a display: a morning played by key events on the real window, leaving pictures and a letter."""

import argparse
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from coordinator_app.bootstrap import demo
from coordinator_app.bootstrap.doors import open_panel
from coordinator_app.bootstrap.fingers import Fingers
from coordinator_app.bootstrap.window import Session
from coordinator_app.central import embedded
from coordinator_app.console.answers import Exit

LETTER: Final = "referral-letter.pdf"
SIZE: Final = (1360, 850)
TEACHABLE, CALLABLE, PAYER, REFERRED, SAFE = "000002", "000001", "000003", "000004", "000005"
"""DEMO numbers of the people in the play; docs/loading.md says who they are."""
PAID_FOR: Final = "Metform"
"""How the medicine he paid for begins in every language we speak."""


class Play:
    """One morning; every scene says what it showed."""

    def __init__(
        self, session: Session, place: demo.DemoPlace, out: Path, lang: str, say: Callable[[str], None]
    ) -> None:
        self._session, self._place, self._out, self._lang, self._say = session, place, out, lang, say
        self._shown = 0
        self.failure: BaseException | None = None

    def begin(self) -> None:
        """Play from the first event of the loop on, and end the loop."""
        QTimer.singleShot(0, self._play)

    def _play(self) -> None:
        app = QApplication.instance()
        try:
            self._nurse()
            self._supervisor()
        except Exception as failure:
            self.failure = failure
        finally:
            if app is not None:
                app.quit()

    def _nurse(self) -> None:
        self._open(demo.NURSE)
        self._picture("today", "whom to call next, and why")
        self._fingers.press("W")
        self._picture("reasons", "every reason with its points and evidence")
        self._cut_the_network()
        self._fingers.press("C", "3", "Return")
        self._picture("no-answer", "an unanswered call in three keys, offline")
        self._call_in_spanish()
        self._ask_for_a_visit()
        self._teach()
        self._she_paid_cash()
        self._refer()
        self._find(SAFE)
        self._picture("safe-contact", "how somebody wants to be reached, without the cause")
        self._mend_the_network()
        self._fingers.press("Ctrl+1")
        self._picture("sent", "all that was done offline is sent")

    def _call_in_spanish(self) -> None:
        self._find(TEACHABLE)
        self._fingers.press("C", "1", "D", "Z", "Ctrl+T", "Space", "Ctrl+N")
        self._fingers.type("Respira mejor. Su hija la lleva a la cita. ")
        self._picture("call", "a call: outcome, identity, topics, note saved as it is typed")
        self._fingers.press("Ctrl+Return")

    def _ask_for_a_visit(self) -> None:
        self._find(TEACHABLE)
        self._fingers.press("A")
        self._picture("schedule", "a visit is asked for; nothing is confirmed by the computer alone")
        self._fingers.press("1", "Ctrl+Return")

    def _teach(self) -> None:
        self._find(TEACHABLE)
        self._fingers.press("E")
        self._picture("education", "what is taught, and what she said back")
        self._fingers.press("1", "1", "Ctrl+Return")

    def _she_paid_cash(self) -> None:
        self._find(PAYER)
        self._fingers.press("C", "1", "D", "Z", "Ctrl+D")
        self._fingers.go_to(PAID_FOR)
        self._fingers.press("Down", "Down")
        self._picture("paid-cash", "a refill that is not in the claims is asked about; he paid cash")
        self._fingers.press("Ctrl+Return")
        self._find(PAYER)
        self._picture("refill-settled", "his answer ended the refill reason; nobody was called non-adherent")

    def _refer(self) -> None:
        self._find(REFERRED)
        self._fingers.press("R", "Return", "Space")
        self._picture("letter", "a letter to the diabetes program, as it will be printed; he agreed")
        file = self._out / LETTER
        file.unlink(missing_ok=True)
        desktop = self._session.desktop
        if desktop is None:
            return
        screen = next(each for each in desktop.ways.screens if each.key == "letter")
        self._fingers.press("Ctrl+S")
        leaving = screen.widget.leaving  # type: ignore[attr-defined]
        leaving.set_path(str(file))
        self._fingers.press("Return")
        self._say(f"{file}: the letter, kept with the very bytes that were sent")

    def _supervisor(self) -> None:
        self._session.leave()
        self._open(demo.SUPERVISOR)
        self._fingers.sync()
        self._fingers.press("Ctrl+5")
        self._picture("review", "the supervisor sees each call once, at its true time")
        self._fingers.press("1", "1", "1", "1", "Return")
        self._picture("reviewed", "one record reviewed in five keys, the next one open")

    def _open(self, who: demo.Role) -> None:
        self._session.take(open_panel(self._place.profile(who), self._place.passphrase, self._lang))
        desktop = self._session.desktop
        if desktop is None:
            raise RuntimeError("the window did not open")
        desktop.window.resize(*SIZE)
        desktop.window.activateWindow()
        self._fingers = Fingers(desktop)
        self._fingers.settle()

    def _find(self, number: str) -> None:
        self._fingers.press("Ctrl+K")
        self._fingers.type(number)
        self._fingers.press("Return")

    def _cut_the_network(self) -> None:
        embedded.stop(self._place.folder / "server")
        self._fingers.sync()
        self._picture("offline", "the center is away; everything goes on")

    def _mend_the_network(self) -> None:
        embedded.start(self._place.folder / "server")
        self._fingers.sync()
        self._fingers.sync()

    def _picture(self, name: str, what: str) -> None:
        self._shown += 1
        file = self._out / f"{self._shown:02d}-{name}.png"
        self._fingers.picture(file)
        self._say(f"{file}: {what}")


def play(given: argparse.Namespace, app: QApplication, session: Session) -> int:
    """Play the morning on a demo of its own, made anew each time; return the exit code."""
    if app.platformName() == "offscreen":
        qInstallMessageHandler(_without_size_hints)
    out: Path = (given.out or Path("out") / "demo").resolve()
    out.mkdir(parents=True, exist_ok=True)
    folder = (given.data or demo.usual_folder()) / "played"
    demo.clear(folder)
    place = demo.prepare(folder, demo.Wish(given.patients, given.as_of), print)
    morning = Play(session, place, out, given.lang, print)
    morning.begin()
    app.exec()
    demo.clear(folder)
    if morning.failure is not None:
        traceback.print_exception(morning.failure)
        return Exit.TROUBLE
    return Exit.OK


def _without_size_hints(_kind: QtMsgType, _where: QMessageLogContext, message: str) -> None:
    """Pass Qt's words on, but for the one the offscreen platform says of every window: it knows no window manager."""
    if "propagateSizeHints" not in message:
        sys.stderr.write(f"{message}\n")
