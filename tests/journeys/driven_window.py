"""The real window in a process of its own, played by key events; obeys one JSON object a line, answers with one.

Wishes: {"press": ["C", "3", "Return"]}, {"type": "words"}, {"sync": true}, {"look": true}, {"picture": FILE},
{"defect": "words"}, which fails in a lane with these words, {"close": true}. An answer tells what a person at the
screen could see.
"""

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QListView, QTextEdit

from coordinator_app.bootstrap import window
from coordinator_app.bootstrap.doors import ComputerDoors
from coordinator_app.bootstrap.fingers import Fingers
from coordinator_app.ui.shared.courier import Lane


class Player(QObject):
    """Obeys on the window's thread."""

    wished = Signal(object)

    def __init__(self, app: QApplication, session: window.Session) -> None:
        super().__init__()
        self._app, self._session = app, session
        self.wished.connect(self.obey, Qt.ConnectionType.QueuedConnection)

    @property
    def desktop(self) -> Any:
        return self._session.desktop

    def obey(self, wish: dict[str, Any]) -> None:
        """Do what is wished and print what can be seen then."""
        try:
            if "close" in wish:
                self.desktop.window.close()
                return
            fingers = Fingers(self.desktop)
            fingers.press(*wish.get("press", ()))
            if "type" in wish:
                fingers.type(wish["type"])
            if "sync" in wish:
                fingers.sync()
            if "defect" in wish:
                self.desktop.parts.courier.send(Lane.READ, lambda: {}[wish["defect"]], to=tell)
            if "picture" in wish:
                fingers.picture(Path(wish["picture"]))
            fingers.settle()
            tell(self._seen())
        except Exception as fault:
            tell({"fault": f"{type(fault).__name__}: {fault}"})

    def _seen(self) -> dict[str, Any]:
        shown = self.desktop.window
        focus = QApplication.focusWidget()
        lists = [view for view in shown.findChildren(QListView) if view.isVisible()]
        notes = [field for field in shown.findChildren(QTextEdit) if field.isVisible()]
        return {
            "screen": shown.shown,
            "notes": [field.toPlainText() for field in notes],
            "title": shown.windowTitle(),
            "focus": "" if focus is None else focus.accessibleName(),
            "lists": {view.accessibleName(): rows_of(view) for view in lists},
            "current": {view.accessibleName(): view.currentIndex().row() for view in lists},
            "waiting": self.desktop.desk.status.now().waiting,
        }


def rows_of(view: QListView) -> list[str]:
    """Return each row as a screen reader hears it."""
    model = view.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


def tell(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


def main() -> int:
    """Open the window of the profile in the first argument; the passphrase is in COORDINATOR_PASSPHRASE."""
    folder = Path(sys.argv[1])
    app = window.application()
    session = window.Session(app, window.dressed(app, "light"), doors := ComputerDoors(folder.parent, lang="en"), "en")
    session.catch_defects()
    session.take(doors.unlock(folder.name, os.environ.pop("COORDINATOR_PASSPHRASE")))
    assert session.desktop is not None
    session.desktop.window.resize(1360, 850)
    session.desktop.window.activateWindow()
    player = Player(app, session)

    def listen() -> None:
        for line in sys.stdin:
            player.wished.emit(json.loads(line))

    threading.Thread(target=listen, daemon=True).start()
    player.wished.emit({"look": True})
    return int(app.exec())


if __name__ == "__main__":
    sys.exit(main())
