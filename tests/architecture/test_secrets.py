"""Nothing kept in the project tells of the machine or the place it was written on."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = re.compile(rb"/(?:home|root|Users)/[a-z]|registry[-.](?:mirror|proxy)|://[^\s/\"']*:[^\s/@\"']+@")
BINARY = {".ttf", ".png", ".pdf", ".gz"}


def test_no_committed_file_names_a_home_folder_or_a_password_in_a_url() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
    names = [name.decode() for name in listed if name and Path(name.decode()).suffix not in BINARY]
    assert names
    guilty = [name for name in names if (ROOT / name).is_file() and PLACES.search((ROOT / name).read_bytes())]
    assert [name for name in guilty if not name.startswith("tests/architecture/")] == []
