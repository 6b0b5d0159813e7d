"""A damaged disk at a real desk: what was saved reaches the centre, and the people come again."""

from pathlib import Path

import pytest

from coordinator_app.bootstrap import profiles, workstation
from coordinator_app.storage.local.mending import mark_suspect
from tests.sync.conftest import Centre
from tests.sync.test_ending import PHRASE, WORDS, Nurse, Secret, notes

PAGE = 4096


@pytest.fixture
def nurse(centre: Centre, tmp_path: Path) -> Nurse:
    made = Nurse(centre, tmp_path / "rosa")
    made.enroll()
    return made


@pytest.mark.parametrize("page", [1, 4, -1])
def test_what_was_saved_before_the_damage_is_delivered_and_the_panel_comes_again(
    nurse: Nurse, centre: Centre, page: int
) -> None:
    nurse.save()
    store = nurse.folder / "store.db"
    content = bytearray(store.read_bytes())
    at = (page - 1) * PAGE + 1000 if page > 0 else len(content) - 2000
    content[at] ^= 0x40
    store.write_bytes(content)
    mark_suspect(store)
    with workstation.open_desk(nurse.folder, Secret()) as desk:  # type: ignore[arg-type]
        status = desk.status.now()
        assert (status.waiting, status.needs_you, status.members) == (1, 1, 0)
        assert [draft.content for draft in desk.drafts.unfinished()] == [{"note": f"half of {WORDS}"}]
    nurse.sync()
    assert notes(centre) == [WORDS]
    opened = profiles.unlock(nurse.folder, PHRASE)
    with opened.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM member").scalar_one() == 3
        assert connection.exec_driver_sql("SELECT count(*) FROM contact").scalar_one() == 1
    opened.close()
    assert centre.sql("SELECT count(*) FROM audit.event WHERE kind IN ('device_fork', 'chain_broken')") == "0"
