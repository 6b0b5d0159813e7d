"""What is known about an embedded server after a command."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ServerState:
    """One server as it stands; `url` and the rest are None while it does not run."""

    data: Path
    running: bool
    sentence: str
    port: int | None = None
    pid: int | None = None
    version: str | None = None
    url: str | None = None
    enroll_url: str | None = None
    passfile: Path | None = None
    keyfile: Path | None = None
    socket: Path | None = None
    log: Path | None = None

    def facts(self) -> dict[str, object]:
        """Return the fields as JSON can hold them."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: str(value) if isinstance(value, Path) else value for name, value in values.items()}
