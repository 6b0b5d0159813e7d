"""Nothing kept in the project tells of the machine or the place it was written on."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = re.compile(rb"/(?:home|root|Users)/[a-z]|registry[-.](?:mirror|proxy)")
PASSWORDS = re.compile(rb"://[^\s/\"'<{]*:[^\s/@\"'<{]+@")
BINARY = {".ttf", ".png", ".pdf", ".gz"}


def committed(*, without: str = "") -> dict[str, bytes]:
    """Return every committed text by its name, as it stands in the work tree."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
    names = [name.decode() for name in listed if name and Path(name.decode()).suffix not in BINARY]
    kept = [name for name in names if (ROOT / name).is_file() and not (without and name.startswith(without))]
    return {name: (ROOT / name).read_bytes() for name in kept}


def test_no_committed_file_names_a_home_folder_or_a_private_registry() -> None:
    texts = committed(without="tests/architecture/")
    assert texts
    assert [name for name, text in texts.items() if PLACES.search(text)] == []


def test_no_committed_url_carries_a_password() -> None:
    # Tests hold such URLs to prove that they are refused.
    assert [name for name, text in committed(without="tests/").items() if PASSWORDS.search(text)] == []
