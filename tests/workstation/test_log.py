import json
import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator_app.domain.trouble import Refusal
from coordinator_app.workstation.in_use import InUse
from coordinator_app.workstation.log import write_to
from coordinator_app.workstation.paths import ProfilePaths


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "coordinator.log"
    handler = write_to(path)
    yield path
    logger = logging.getLogger("coordinator_app")
    logger.removeHandler(handler)
    logger.propagate = True
    handler.close()


def test_only_allowed_facts_are_written(file: Path) -> None:
    logging.getLogger("coordinator_app.sync").warning(
        "sync put off", extra={"code": "offline", "count": 3, "patient": "Canary Ruiz"}
    )
    line = json.loads(file.read_text())
    assert (line["what"], line["code"], line["count"]) == ("sync put off", "offline", 3)
    assert "Canary" not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_arguments_of_a_message_and_words_of_an_error_stay_out(file: Path) -> None:
    try:
        int("Canary Ruiz, 413-555-0100")
    except ValueError:
        logging.getLogger("coordinator_app.x").exception("failed for %s", "Canary Ruiz")
    text = file.read_text()
    assert "Canary" not in text
    assert "0100" not in text
    line = json.loads(text)
    assert line["error"] == "ValueError"
    assert line["places"][0].startswith("test_log.py:")


def test_a_profile_folder_is_its_owners_alone(tmp_path: Path) -> None:
    paths = ProfilePaths(tmp_path / "a" / "profile")
    paths.make()
    paths.make()
    assert stat.S_IMODE(paths.folder.stat().st_mode) == 0o700


def test_an_empty_folder_that_is_open_is_closed_and_one_in_use_is_not_taken(tmp_path: Path) -> None:
    empty, shared = tmp_path / "empty", tmp_path / "shared"
    for folder in (empty, shared):
        folder.mkdir()
        folder.chmod(0o777)
    ProfilePaths(empty).make()
    assert stat.S_IMODE(empty.stat().st_mode) == 0o700
    (shared / "theirs").touch()
    with pytest.raises(Refusal, match="Others may write"):
        ProfilePaths(shared).make()
    assert stat.S_IMODE(shared.stat().st_mode) == 0o777


def test_a_second_window_of_a_profile_is_refused(tmp_path: Path) -> None:
    first = InUse(tmp_path / "in-use")
    with pytest.raises(Refusal, match="another window"):
        InUse(tmp_path / "in-use")
    first.release()
    InUse(tmp_path / "in-use").release()
