"""Where a profile keeps its files; nothing of a patient is outside the encrypted store."""

from dataclasses import dataclass
from pathlib import Path


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
        """Make the folder, closed to everybody else."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
