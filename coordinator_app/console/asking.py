"""Passwords and passphrases: from the environment once, then from a prompt, never from the command line."""

import os
import sys
from collections.abc import MutableMapping
from getpass import getpass

from coordinator_app.domain.trouble import Refusal

PASSPHRASE = "COORDINATOR_PASSPHRASE"  # noqa: S105 (the variable's name)
NAMES = (
    "COORDINATOR_PASSWORD",
    "COORDINATOR_NEW_PASSWORD",
    PASSPHRASE,
    "COORDINATOR_NEW_PASSPHRASE",
    "COORDINATOR_RECOVERY_CODE",
)


class Secrets:
    """What the environment held when the program began; it is taken out of it, so that no child inherits it."""

    def __init__(self, environment: MutableMapping[str, str] = os.environ) -> None:
        self._held = {name: environment.pop(name) for name in NAMES if name in environment}

    def ask(self, name: str, prompt: str) -> str:
        """Return a secret, asked for at the terminal where the environment did not hold it."""
        held = self.look(name)
        if held is not None:
            return held
        if not sys.stdin.isatty():
            raise Refusal("no_secret", f"There is no terminal to ask at; set {name} for this command.")
        return getpass(f"{prompt}: ")

    def ask_twice(self, name: str, prompt: str) -> str:
        """Return a new secret; what is typed is typed twice."""
        first = self.ask(name, prompt)
        if self.look(name) is None and getpass(f"{prompt}, once more: ") != first:
            raise Refusal("not_the_same", "The two were not the same.")
        return first

    def look(self, name: str) -> str | None:
        """Return what the environment held, without asking anybody."""
        return self._held.get(name)
