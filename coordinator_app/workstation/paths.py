"""Where a profile keeps its files; nothing of a patient is outside the encrypted store."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from coordinator_app.domain.trouble import Refusal

_OTHERS, _OTHERS_WRITE = 0o077, 0o022


@dataclass(frozen=True, slots=True)
class ProfilePaths:
    """One profile's folder: the store, its key slots, the log."""

    folder: Path

    @property
    def store(self) -> Path:
        """The encrypted store."""
        return self.folder / "store.db"

    @property
    def slots(self) -> Path:
        """The store's key, wrapped."""
        return self.folder / "key-slots.json"

    @property
    def log(self) -> Path:
        """What happened, in ids and counts."""
        return self.folder / "coordinator.log"

    @property
    def in_use(self) -> Path:
        """Held by the window that has the profile open."""
        return self.folder / "in-use"

    @property
    def keyring_name(self) -> str:
        """Under which the keyring keeps this profile's secret."""
        return str(self.folder.resolve())

    def make(self) -> None:
        """Make the folder, closed to everybody else; Refusal where others may write into one that is in use."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "nt" or not stat.S_IMODE(self.folder.stat().st_mode) & _OTHERS:
            return
        if not any(self.folder.iterdir()):
            self.folder.chmod(0o700)
        elif stat.S_IMODE(self.folder.stat().st_mode) & _OTHERS_WRITE:
            # Closing it could lock others out of what is theirs, and they could put another key file in its place.
            raise Refusal("open_folder", "Others may write into this folder; choose a fresh one for the profile.")
