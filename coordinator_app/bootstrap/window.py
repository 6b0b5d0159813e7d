"""The window of one process: its look, sign-in, one person's desktop, and what catches our own defects."""

import logging
import sys
import threading
from collections.abc import Callable
from functools import partial
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from coordinator_app.bootstrap.audit_window import AuditWindow, OpenedAudit
from coordinator_app.bootstrap.desktop import Around, Desktop
from coordinator_app.bootstrap.doors import ComputerDoors, OpenedPanel, check_passphrase
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.services.lease import CODES
from coordinator_app.storage.local.mending import is_damage, mark_suspect
from coordinator_app.ui.collector import WindowCollector
from coordinator_app.ui.screens.sign_in.gates import Foot
from coordinator_app.ui.screens.sign_in.view import SignInView
from coordinator_app.ui.screens.sign_in.view_model import SignInViewModel
from coordinator_app.ui.shared.courier import Courier, LanesClosed
from coordinator_app.ui.shared.failure_words import failure_words
from coordinator_app.ui.shared.system_look import SystemLook
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.wording import Words
from coordinator_app.workstation import log as logs
from coordinator_app.workstation.catalogue import Catalogue
from coordinator_app.workstation.incidents import Incidents
from coordinator_app.workstation.paths import ProfilePaths
from coordinator_app.workstation.resources import resources_folder

log = logging.getLogger(__name__)


def application() -> QApplication:
    """Return the one application of this process."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Coordinator")
    app.setQuitOnLastWindowClosed(False)
    if app.findChild(WindowCollector) is None:
        WindowCollector(app)
    return app


def dressed(app: QApplication, wish: str | None) -> Theme:
    """Return the look, light or dark as wished or as the system has it."""
    resources = resources_folder()
    theme = Theme(resources / "fonts", resources / "icons")
    SystemLook(theme, app, dark=None if wish is None else wish == "dark")
    theme.dress(app)
    return theme


class Session(QObject):
    """Sign-in and desktop, one after the other, until the window is closed.

    Signals:
        opened(): a panel is open and its window is shown.
    """

    opened = Signal()
    _defect = Signal(object)

    def __init__(self, app: QApplication, theme: Theme, doors: ComputerDoors, lang: str) -> None:
        super().__init__()
        self._app, self._theme, self._doors, self._lang = app, theme, doors, lang
        self._catalogue = Catalogue.load(resources_folder() / "i18n", lang, is_strict=False)
        self._incidents: Incidents | None = None
        self._panel: OpenedPanel | None = None
        self._sign_in: SignInView | None = None
        self._sign_in_lanes: Courier | None = None
        self.desktop: Desktop | None = None
        self.audit: AuditWindow | None = None
        self._defect.connect(self._tell_defect, Qt.ConnectionType.QueuedConnection)

    def sign_in(self) -> None:
        """Ask who it is."""
        words = Words(self._catalogue, "sign_in")
        self._sign_in_lanes = Courier(self.note)
        model = SignInViewModel(self._doors, self._sign_in_lanes, words)
        foot = Foot(words.say("/window.disclaimer"))
        self._sign_in = SignInView(self._theme, words, model, foot)
        model.setParent(self._sign_in)
        model.opened.connect(self.take)
        self._sign_in.closing.connect(self._close_sign_in)
        self._sign_in.show()

    def take(self, panel: OpenedPanel | OpenedAudit) -> None:
        """Show the desktop of an open panel, or an auditor's one screen."""
        if isinstance(panel, OpenedAudit):
            self._show_audit(panel)
            return
        self._panel = panel
        paths = ProfilePaths(panel.folder)
        self._incidents = Incidents(paths.folder / "incidents.log")
        self._log = logs.write_to(paths.log)
        around = Around(
            app=self._app,
            theme=self._theme,
            courier=Courier(self.note),
            check_passphrase=partial(check_passphrase, panel.folder),
            rounds=panel.rounds,
            is_demo=panel.is_demo,
        )
        desktop = self.desktop = Desktop(around, panel.desk, panel.person)
        desktop.closed.connect(self._finish)
        desktop.other_wished.connect(self._change_person)
        desktop.end_ordered.connect(self._end_profile)
        desktop.begin()
        self._drop_sign_in()
        self.opened.emit()

    def _show_audit(self, opened: OpenedAudit) -> None:
        self.audit = AuditWindow(self._app, self._theme, self._catalogue, opened, self.note)
        self.audit.closed.connect(self._end_audit)
        self.audit.closed.connect(self._app.quit)
        self.audit.idled.connect(self._end_audit)
        self.audit.idled.connect(self.sign_in)
        self.audit.begin()
        self._drop_sign_in()
        self.opened.emit()

    def _end_audit(self) -> None:
        gone, self.audit = self.audit, None
        if gone is not None:
            gone.finish()

    def note(self, error: BaseException) -> None:
        """Keep one of our own defects and tell its number; from any thread.

        Work that comes after the lanes were closed is none: the window is going, and what was saved is on the disk.
        """
        if not isinstance(error, LanesClosed):
            self._defect.emit(error)

    def catch_defects(self) -> None:
        """Have every error nobody took come here; Ctrl+C still ends the program."""
        sys.excepthook = self._caught
        threading.excepthook = lambda told: self.note(told.exc_value) if told.exc_value is not None else None

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._app.quit()
        else:
            self.note(error.with_traceback(trace))

    def _tell_defect(self, error: BaseException) -> None:
        if isinstance(error, Refusal) and error.code in CODES and self.desktop is not None:
            # A screen looked in the minute in which the lease ended, or beneath the curtain.
            if not self.desktop.curtain.is_closed:
                self.desktop.minutes.look()
            return
        if self._panel is not None and is_damage(error):
            # The next start looks at every page, and mends what it finds.
            mark_suspect(ProfilePaths(self._panel.folder).store)
        number = self._incidents.note(error) if self._incidents is not None else type(error).__name__
        log.error("incident", extra={"code": number}, exc_info=error)
        if self.desktop is not None:
            self.desktop.tell_incident(number)
        elif self._sign_in is not None:
            self._sign_in.refuse(Words(self._catalogue, "window").say("incident", number=number))

    def leave(self, ending: Callable[[OpenedPanel], None] | None = None) -> None:
        """Close the open panel as closing the window does, and stay; ``ending`` has it once nobody works on it."""
        gone = self.desktop
        if gone is None:
            return
        gone.window.hide()
        self._end_desktop(ending)
        # What listens to the whole application must not outlive its window.
        for part in (gone.hush, gone.idle, gone.window):
            part.deleteLater()

    def _finish(self) -> None:
        self._end_desktop()
        self._app.quit()

    def _change_person(self) -> None:
        self.leave()
        self.sign_in()

    def _end_profile(self) -> None:
        """Leave nothing of the panel here, and say on the first page why."""
        told: list[Refusal | Trouble] = []
        self.leave(lambda panel: told.append(panel.end()))
        self.sign_in()
        if told and self._sign_in is not None:
            self._sign_in.refuse(failure_words(self._catalogue, told[0]))

    def _end_desktop(self, ending: Callable[[OpenedPanel], None] | None = None) -> None:
        desktop, self.desktop = self.desktop, None
        if desktop is None or self._panel is None:
            return
        desktop.finish()
        logging.getLogger("coordinator_app").removeHandler(self._log)
        self._log.close()
        if ending is not None:
            ending(self._panel)
        self._panel.close()
        self._panel = None

    def _drop_sign_in(self) -> None:
        view, lanes, self._sign_in, self._sign_in_lanes = self._sign_in, self._sign_in_lanes, None, None
        if view is not None and lanes is not None:
            view.hide()
            lanes.close()
            view.deleteLater()

    def _close_sign_in(self) -> None:
        if self._sign_in is not None:
            self._drop_sign_in()
            self._app.quit()
