"""The one window of an auditor: nothing of it is kept on this computer, and quiet minutes close it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from typing_extensions import override

from coordinator_app.bootstrap.screens.letter import documents
from coordinator_app.domain.trouble import Refusal
from coordinator_app.ui.lock import IdleWatch
from coordinator_app.ui.screens.audit.paper import UsualPrinter
from coordinator_app.ui.screens.audit.view import AuditView
from coordinator_app.ui.screens.audit.view_model import AuditServices, AuditViewModel
from coordinator_app.ui.screens.audit.wording import AuditWording
from coordinator_app.ui.shared.courier import Courier
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.wording import Words
from coordinator_app.ui.window import SMALLEST, USUAL
from coordinator_app.workstation.catalogue import Catalogue
from coordinator_app.workstation.private_file import write_private

if TYPE_CHECKING:
    from coordinator_app.central.auditing import Auditing
    from coordinator_app.ui.screens.sign_in.view_model import Joining

AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class OpenedAudit:
    """An auditor who is known to the center."""

    person: str
    auditing: "Auditing"


def auditor_of(joining: "Joining") -> OpenedAudit | None:
    """Return what an auditor's login opens, None for any other. Refusal: ``choose_password`` for a one-time one."""
    from coordinator_app.bootstrap.profiles import version
    from coordinator_app.central.auditing import Auditing
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.auditing import AuditBook
    from coordinator_app.storage.central.door import CentralDoor
    from coordinator_app.storage.central.engine import open_engine

    door = CentralDoor(joining.server, app=version(), schema_rev="")
    about = door.about_me(joining.login, joining.password)
    if about.role != AUDITOR:
        return None
    password = joining.password
    if about.must_change:
        if not joining.new_password:
            # There is no store here in which a random one could be kept.
            raise Refusal("choose_password", "Choose a password of your own: the one you have is for one time.")
        password = joining.new_password
        door.change_password(joining.login, joining.password, password)
    at = address_of(joining.server)
    engine = open_engine(at, at.roles.login(joining.login), password, name="coordinator auditor")
    return OpenedAudit(about.name, Auditing(AuditBook(engine)))


class AuditWindow(QMainWindow):
    """The audit screen and nothing else.

    Signals:
        closed(): the window is closed.
        idled(): nobody worked here for some minutes.
    """

    closed = Signal()
    idled = Signal()

    def __init__(
        self, app: QApplication, theme: Theme, catalogue: Catalogue, opened: OpenedAudit,
        failed: Callable[[BaseException], None],
    ) -> None:  # fmt: skip
        super().__init__()
        words = Words(catalogue, "audit")
        self.lanes = Courier(failed)
        services = AuditServices(opened.auditing, UsualPrinter(), documents, write_private, date.today)
        model = AuditViewModel(services, self.lanes, AuditWording(words))
        self.view = AuditView(theme, words, model, opened.person)
        model.setParent(self.view)
        self.setWindowTitle(Words(catalogue, "window").say("title"))
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self.setCentralWidget(self.view)
        self._idle = IdleWatch(app)
        self._idle.idled.connect(self.idled)

    def begin(self) -> None:
        """Show the window."""
        self.show()
        self.view.take_focus()
        self._idle.start()

    def finish(self) -> None:
        """Let go of the lanes; what was shown is gone with the window."""
        self._idle.stop()
        self.lanes.close()
        self.hide()
        self._idle.deleteLater()
        self.deleteLater()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()
