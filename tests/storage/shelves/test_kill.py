"""What was shown as saved is there after a kill."""

import subprocess
import sys
from pathlib import Path

from coordinator_app.bootstrap.desk import Desk
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.local.shelves.everything import Shelves
from tests.ui.screens.sample_people import made
from tests.ui.screens.sample_store import Sample

ROOT = Path(__file__).resolve().parents[3]
ROSA = made("member", "204 118")
TYPING = """
import sys
from pathlib import Path
from coordinator_app.bootstrap.desk import build_desk
from coordinator_app.storage.local.engine import Store

desk = build_desk(Store(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])))
for letters in range(1, 10_000):
    desk.drafts.keep(sys.argv[3], "call", {"note": "x" * letters})
    print(letters, flush=True)
"""


def test_a_note_is_there_up_to_the_last_letter_that_was_kept(sample: Sample, desk: Desk) -> None:
    desk.close()
    words = [sys.executable, "-c", TYPING, str(sample.path), sample.key.hex(), ROSA]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as typing:
        assert typing.stdout is not None
        shown = 0
        for line in typing.stdout:
            shown = int(line)
            if shown == 40:
                typing.kill()
                break
    store = Store(sample.path, sample.key)
    with store.reading() as connection:
        [draft] = Shelves(connection).drafts.all()
    store.close()
    assert len(draft.content["note"]) >= shown
