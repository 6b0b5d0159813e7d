"""One window for one profile, also between processes, and also after one of them was killed."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from coordinator_app.domain.trouble import Refusal
from coordinator_app.workstation.in_use import InUse

HOLD = "import sys; from pathlib import Path; from coordinator_app.workstation.in_use import InUse; "
HOLD += "held = InUse(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"


def test_a_second_process_is_refused_until_the_first_is_gone_however_it_went(tmp_path: Path) -> None:
    place = tmp_path / "in-use"
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(Refusal) as told:
            InUse(place)
        assert told.value.code == "in_use"
        first.send_signal(signal.SIGKILL)
        first.wait(10)
    InUse(place).release()


def test_who_lets_go_lets_the_next_one_in(tmp_path: Path) -> None:
    first = InUse(tmp_path / "in-use")
    with pytest.raises(Refusal):
        InUse(tmp_path / "in-use")
    first.release()
    InUse(tmp_path / "in-use").release()
