"""Where each thing lies in the folder given as --data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from pathlib import Path

HOST = "127.0.0.1"
DATABASE = "coordinator"
LOCAL_KEY = "local.key"
_LONGEST_SOCKET_PATH = 107


@dataclass(frozen=True, slots=True)
class ServerFolder:
    """One embedded server's folder. Whoever started it owns all but `cluster` and `run`, which the server owns."""

    root: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.root / "pgdata"

    @property
    def settings(self) -> Path:
        """Holds postgresql.conf and pg_hba.conf; the server may read but not change them."""
        return self.root / "conf"

    @property
    def run(self) -> Path:
        """Holds the Unix socket, where `has_socket`, and what the server said at its start."""
        return self.root / "run"

    @property
    def log(self) -> Path:
        """Holds what the server says once it runs, one file per weekday."""
        return self.cluster / "log"

    @property
    def start_log(self) -> Path:
        """What the server said at its last start."""
        return self.run / "start.log"

    @property
    def passfile(self) -> Path:
        """Logins with their passwords, mode 0600, in libpq's format."""
        return self.root / "passfile"

    @property
    def local_key(self) -> Path:
        """32 random bytes by which a workstation knows this server, mode 0600."""
        return self.root / LOCAL_KEY

    @property
    def remembered_port(self) -> Path:
        """The port of the last start."""
        return self.root / "port"

    @property
    def lock(self) -> Path:
        """Held while a start or a stop is going on."""
        return self.root / "lock"

    @property
    def is_made(self) -> bool:
        """Whether a server was ever made here."""
        return self.passfile.exists() and self.cluster.exists()

    def has_socket(self) -> bool:
        """Whether a Unix socket here is short enough for the kernel, whatever the port."""
        return len(str(self.run / ".s.PGSQL.65535").encode()) <= _LONGEST_SOCKET_PATH

    def url(self, port: int, database: str = DATABASE) -> str:
        """Return the URL for the commands of the centre: no user name, no password, the passfile's place."""
        return f"postgresql+psycopg://{HOST}:{port}/{quote(database)}?passfile={_quoted(self.passfile)}"

    def enroll_url(self, port: int, database: str = DATABASE) -> str:
        """Return the URL a workstation enrolls with; its keyfile marks the server as local embedded."""
        return f"postgresql+psycopg://{HOST}:{port}/{quote(database)}?keyfile={_quoted(self.local_key)}"


def _quoted(path: Path) -> str:
    return quote(path.as_posix(), safe="/:")
