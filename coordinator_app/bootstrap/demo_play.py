"""The demo without a display: a morning played by key events on the real window, leaving pictures and a letter."""

import argparse
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from coordinator_app.bootstrap import demo
from coordinator_app.bootstrap.demo_kill import kill_in_mid_note
from coordinator_app.bootstrap.doors import open_panel
from coordinator_app.bootstrap.fingers import Fingers
from coordinator_app.bootstrap.window import Session
from coordinator_app.central import embedded
from coordinator_app.console.answers import Exit
from coordinator_app.domain.ids import MemberId
from coordinator_app.ui.shared.wording import Words

LETTER: Final = "referral-letter.pdf"
SIZE: Final = (1360, 850)
CALLABLE, TEACHABLE, PAYER, REFERRED, SAFE, DISPUTED = "000001", "000002", "000003", "000004", "000005", "000006"
"""DEMO numbers of the people in the play; docs/loading.md says who they are."""
MID_NOTE: Final = "Paid for his tablets himself in October, 38 dollars. Keeps the receipt in the kit"
MOST_ROWS: Final = 40
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

    def say(self, words: str) -> None:
        """Say a line of the play's account."""
        self._say(words)

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
        self._picture("today", "whom to call next, and why, in words")
        self._go_to_row(CALLABLE)
        self._fingers.press("W")
        self._picture("reasons", "every reason with its points, evidence, how old it is, and what is not known")
        self._cut_the_network()
        self._fingers.press("C", "3", "Return")
        self._picture("no-answer", "an unanswered call in three keys, offline")
        self._call_in_spanish()
        self._ask_for_a_visit()
        self._teach()
        self._raise_a_red_flag()
        self._be_killed()
        self._she_paid_cash()
        self._say_it_is_wrong()
        self._refer()
        self._find(SAFE)
        self._picture("safe-contact", "special contact: which number, when, no message; the cause is not told")
        self._fingers.press("Ctrl+1")
        self._mend_the_network()
        self._picture("sent", "the network is back: all that was done offline is sent")
        self._fingers.sync()
        self._fingers.press("Ctrl+K")
        self._fingers.type(self._words("window").say("command.about"))
        self._fingers.press("Return")
        self._picture("honesty", "the page that says what this is not, what is a draft, and how the day stands")

    def _go_to_row(self, number: str) -> None:
        """Go down the list to a person's row, as far as a screen or two."""
        side = self._view("today").list_side
        for _ in range(MOST_ROWS):
            row = side.rows.current()
            if row is not None and self._number_of(row.key) == number:
                return
            self._fingers.press("J")
        raise RuntimeError("the row is not among the first")

    def _number_of(self, member_id: str) -> str:
        desktop = self._session.desktop
        if desktop is None:
            return ""
        return desktop.desk.chart.open(MemberId(member_id)).member.member_number.removeprefix("DEMO ")

    def _call_in_spanish(self) -> None:
        self._find(TEACHABLE)
        self._fingers.press("C", "1", "D", "Z", "I", "Ctrl+T", "Space", "Ctrl+N")
        self._fingers.type("Respira mejor. Su hija la lleva a la cita. ")
        self._picture(
            "call", "a call in Spanish with an interpreter: outcome, identity, topics, the note kept as it is typed"
        )
        self._fingers.press("Ctrl+Return")

    def _ask_for_a_visit(self) -> None:
        self._find(TEACHABLE)
        self._fingers.press("A", "1")
        self._fingers.go_to(self._words("schedule").say("how"))
        self._fingers.type(self._words("schedule").say("how.phone")[:1])
        self._picture("schedule", "a visit asked of the practice: asked, not confirmed")
        self._fingers.press("Ctrl+Return")

    def _teach(self) -> None:
        self._find(TEACHABLE)
        self._fingers.press("E", "1", "1")
        self._picture("education", "what is taught, in the patient's language, and what she said back")
        self._fingers.press("Ctrl+Return")

    def _raise_a_red_flag(self) -> None:
        self._find(CALLABLE)
        self._fingers.press("C", "1", "D", "Z", "Ctrl+R")
        for words in ("weight up 2.4 kg in 3 days, short of breath lying down", "at home with her daughter"):
            self._fingers.type(words)
            self._fingers.press("Return")
        self._fingers.type("(413) 555-0141")
        self._fingers.press("Return", "Down", "Return")
        self._picture("red-flag", "a weight gain is a red flag with a clock: nobody else can see it yet")
        self._fingers.press("Ctrl+O", "T")
        self._fingers.type("Dr. Michael Santoro")
        self._fingers.press("Return")
        self._fingers.type("sees her at 15:00 today")
        self._fingers.press("Return", "Space")
        self._picture("red-flag-told", "who was told and what he answered; only somebody named can take it over")
        self._fingers.press("Return")
        self._fingers.type("Short of breath since Sunday, sleeps on three pillows. Her doctor sees her today.")
        self._picture("red-flag-closed", "taken over by name: the red flag is closed, every step is on the record")
        self._fingers.press("Ctrl+Return")

    def _be_killed(self) -> None:
        """Leave, let a second window be killed while a note is typed, and come back."""
        self._session.leave()
        profile, passphrase = self._place.profile(demo.NURSE), self._place.passphrase
        killed = kill_in_mid_note(profile, passphrase, self._lang, PAYER, MID_NOTE)
        self._say(f"process {killed}: killed while she typed a note; the window is started again")
        self._open(demo.NURSE)
        self._find(PAYER)
        self._fingers.press("C")
        self._picture("after-the-kill", "the program was killed in mid-note; the text is there")
        self._fingers.press("Escape")

    def _she_paid_cash(self) -> None:
        self._find(PAYER)
        self._fingers.press("C", "Ctrl+D")
        self._fingers.go_to(PAID_FOR)
        self._fingers.press("Down", "Down")
        self._picture("paid-cash", "a refill that is not in the claims is asked about; he paid cash")
        self._fingers.press("Ctrl+Return")
        self._find(PAYER)
        self._picture("refill-settled", "his answer ended the refill reason; nobody was called non-adherent")

    def _say_it_is_wrong(self) -> None:
        self._find(DISPUTED)
        self._fingers.press("X")
        self._picture("reason-wrong", "a reason is wrong: one key and a cause; it reaches whoever keeps the rule")
        self._fingers.press("1", "1")
        self._picture("reason-gone", "the reason is quiet from now on")

    def _refer(self) -> None:
        self._find(REFERRED)
        self._fingers.press("R", "Return", "Space")
        self._picture("letter", "a letter to the diabetes program, as it will be printed; he agreed")
        file = self._out / LETTER
        for earlier in self._out.glob(f"{file.stem}*{file.suffix}"):
            earlier.unlink()
        self._fingers.press("Ctrl+S")
        self._view("letter").leaving.set_path(str(file))
        self._fingers.press("Return")
        self._fingers.wait(file.exists, "the letter was not written")
        self._say(f"{file}: the letter, kept with the very bytes that were sent")

    def _supervisor(self) -> None:
        self._session.leave()
        self._open(demo.SUPERVISOR)
        self._fingers.sync()
        self._fingers.press("Ctrl+5")
        self._picture("review", "the supervisor sees each call once, at its true time")
        self._fingers.press("1", "1", "1", "1", "Return")
        self._picture("reviewed", "one record reviewed in five keys, the next one open")
        self._fingers.press("Ctrl+L")
        self._picture("sign-in", "locked: nothing of a patient is on the screen, a passphrase opens it")

    def _open(self, who: demo.Role) -> None:
        self._session.take(open_panel(self._place.profile(who), self._place.passphrase, self._lang))
        desktop = self._session.desktop
        if desktop is None:
            raise RuntimeError("the window did not open")
        desktop.window.resize(*SIZE)
        desktop.window.activateWindow()
        self._fingers = Fingers(desktop)
        self._fingers.settle()

    def _view(self, key: str) -> Any:
        desktop = self._session.desktop
        if desktop is None:
            raise RuntimeError("the window did not open")
        return next(each for each in desktop.ways.screens if each.key == key).widget

    def _words(self, screen: str) -> Words:
        desktop = self._session.desktop
        if desktop is None:
            raise RuntimeError("the window did not open")
        return Words(desktop.desk.catalogue, screen)

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
    if morning.failure is None:
        morning.say("To be the nurse yourself run `coordinator --demo`; it also says how to be the supervisor.")
    if morning.failure is not None:
        traceback.print_exception(morning.failure)
        return Exit.TROUBLE
    return Exit.OK


def _without_size_hints(_kind: QtMsgType, _where: QMessageLogContext, message: str) -> None:
    """Pass Qt's words on, but for the one the offscreen platform says of every window: it knows no window manager."""
    if "propagateSizeHints" not in message:
        sys.stderr.write(f"{message}\n")
