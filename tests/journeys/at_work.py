"""People at work in real processes: commands as typed, and windows played by key events."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PASSPHRASE = "four words nobody would guess"
QUIET = {"QT_QPA_PLATFORM": "offscreen"}


def run(command: str, *words: str, code: int = 0, **secrets: str) -> dict[str, Any]:
    """Run one of the two commands with --json and return what it printed; another exit code fails the test."""
    env = {**os.environ, **QUIET, **secrets}
    done = subprocess.run([BIN / command, *words, "--json"], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == code, f"{command} {words[0]}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return dict(json.loads(done.stdout)) if done.stdout.strip() else {}


@dataclass
class Workstation:
    """One person's profile folder."""

    folder: Path
    login: str
    windows: list["Window"] = field(default_factory=list)

    @classmethod
    def enrolled(cls, folder: Path, login: str, password: str, server: str) -> "Workstation":
        run(
            "coordinator", "enroll", "--profile", str(folder), "--server", server, "--login", login,
            "--passphrase-only", COORDINATOR_PASSWORD=password, COORDINATOR_PASSPHRASE=PASSPHRASE,
        )  # fmt: skip
        return cls(folder, login)

    def ask(self, *words: str) -> dict[str, Any]:
        """Run a command of this profile."""
        first, *rest = words
        place = ("--profile", str(self.folder))
        return run("coordinator", first, *place, *rest, COORDINATOR_PASSPHRASE=PASSPHRASE)

    def window(self) -> "Window":
        """Open the window in a process of its own."""
        self.windows.append(Window(self.folder))
        return self.windows[-1]


class Window:
    """A real window in its own process."""

    def __init__(self, folder: Path) -> None:
        self.home = folder.parent / "home"
        self._complaints = (folder.parent / f"{folder.name}-window.err").open("a", encoding="utf-8")
        (self.home / "Documents").mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.driven_window", str(folder)],
            cwd=ROOT, env={**os.environ, **QUIET, "HOME": str(self.home), "COORDINATOR_PASSPHRASE": PASSPHRASE},
            text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints,
        )  # fmt: skip
        self.seen = self._answer()

    @property
    def process_id(self) -> int:
        """Of the process the window lives in."""
        return self._process.pid

    def wish(self, **wish: Any) -> dict[str, Any]:
        """Send one wish and return what can be seen afterwards."""
        self._send(wish)
        self.seen = self._answer()
        return self.seen

    def press(self, *keys: str) -> dict[str, Any]:
        """Press keys, one after the other, as a person who looks between them."""
        return self.wish(press=list(keys))

    def type(self, words: str) -> dict[str, Any]:
        """Type into what has the focus."""
        return self.wish(type=words)

    def sync(self) -> dict[str, Any]:
        """Press F5 and wait until the round is over."""
        return self.wish(sync=True)

    def kill_while_typing(self, words: str) -> None:
        """Begin to type and kill the process without a word while it does."""
        self._send({"type": words})
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)
        self.abandon()

    def abandon(self) -> None:
        """End the process, however it stands, and let go of its pipes; harmless when it has ended."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)
        for pipe in (self._process.stdin, self._process.stdout, self._complaints):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    def close(self) -> None:
        """Close the window as a person does; it must end by itself."""
        if self._process.poll() is None:
            self._send({"close": True})
            assert self._process.wait(30) == 0
        self.abandon()

    def _send(self, wish: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(wish) + "\n")
        self._process.stdin.flush()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the window is gone, exit {self._process.wait(10)}"
        answer = dict(json.loads(line))
        assert "fault" not in answer, answer
        return answer
