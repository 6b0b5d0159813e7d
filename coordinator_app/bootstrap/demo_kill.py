"""A window of its own for the demo's scene in which the program is killed in mid-note: it types, says so, and stays.

Run as ``python -m coordinator_app.bootstrap.demo_kill PROFILE LANG NUMBER WORDS``; the passphrase comes by the
environment, as for every command.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

PASSPHRASE: Final = "COORDINATOR_PASSPHRASE"  # noqa: S105 (the variable's name)
_WRITTEN: Final = "written"
_PAUSE_MS: Final = 1500
PATIENCE_SECONDS: Final = 60.0


def kill_in_mid_note(profile: Path, passphrase: str, lang: str, number: str, words: str) -> int:
    """Have a second process write a note and kill it as it stands there; return its process id."""
    command = [sys.executable, "-m", __name__, str(profile), lang, number, words]
    environment = {**os.environ, PASSPHRASE: passphrase}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as child:  # noqa: S603 (our own)
        told = child.stdout.readline().strip() if child.stdout is not None else ""
        # Not asked to close: nothing is said goodbye to, as when the power fails.
        if hasattr(signal, "SIGKILL"):
            child.send_signal(signal.SIGKILL)
        else:
            child.kill()
    if told != _WRITTEN:
        raise RuntimeError("the second window did not come to write its note")
    return child.pid


def main() -> None:
    """Open the window, call somebody, type a note, say that it is on the disk, and go on typing until killed."""
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest

    from coordinator_app.bootstrap import window
    from coordinator_app.bootstrap.doors import ComputerDoors, open_panel
    from coordinator_app.bootstrap.fingers import Fingers

    profile, lang, number, words = sys.argv[1:]
    app = window.application()
    session = window.Session(
        app, window.dressed(app, None), ComputerDoors(Path(profile).parent, lang=lang, only=Path(profile)), lang
    )
    session.take(open_panel(Path(profile), os.environ.pop(PASSPHRASE), lang))

    def play() -> None:
        desktop = session.desktop
        if desktop is None:
            app.exit(1)
            return
        desktop.window.activateWindow()
        fingers = Fingers(desktop)
        fingers.press("Ctrl+K")
        fingers.type(number)
        fingers.press("Return", "C", "1", "D", "Z", "Ctrl+N")
        fingers.type(words)
        QTest.qWait(_PAUSE_MS)
        fingers.settle()
        sys.stdout.write(f"{_WRITTEN}\n")
        sys.stdout.flush()
        QTest.qWait(int(PATIENCE_SECONDS * 1000))
        app.exit(1)

    QTimer.singleShot(0, play)
    sys.exit(app.exec())


if __name__ == "__main__":
    main()
