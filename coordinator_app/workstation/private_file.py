"""A plain file at a place somebody chose, for its owner alone."""

import os
from pathlib import Path

from coordinator_app.domain.trouble import Trouble


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, in place of one that was there. Trouble: ``file_not_written``."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            # The mode above holds for a new file only; this one may have been there.
            path.chmod(0o600)
            file.write(content)
    except OSError:
        raise Trouble("file_not_written", f"The file {path.name} cannot be written there. Nothing was kept.") from None
