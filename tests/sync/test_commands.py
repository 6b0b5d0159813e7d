"""The three commands as they are typed, on a real centre, one profile folder each."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from coordinator_app.bootstrap import workstation
from coordinator_app.storage.local.keys import Cost
from tests.sync.conftest import TEMPLATE, Centre

PHRASE = "correct horse battery"


class Typist:
    """Types commands and reads what they say."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys
        self.trouble = ""

    def types(self, *words: str, **secrets: str) -> int:
        for name, value in {"PASSPHRASE": PHRASE, **secrets}.items():
            self._monkeypatch.setenv(f"COORDINATOR_{name}", value)
        code = workstation.run([str(word) for word in words])
        self.said, self.trouble = self._capsys.readouterr()
        assert not [name for name in os.environ if name.startswith("COORDINATOR_P")]
        return code

    @property
    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.said))


@pytest.fixture
def typist(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typist:
    monkeypatch.setattr("coordinator_app.storage.local.keys.Cost", lambda *_, **__: Cost(64, 1, 1))
    return Typist(monkeypatch, capsys)


@pytest.fixture
def url(centre: Centre) -> str:
    panel = centre.panel("East")
    centre.people(panel, 5)
    centre.staff("newcomer", "coordinator", panel, must_change=True)
    return f"{centre.database.enroll_url}&roles={TEMPLATE}"


def test_from_a_one_time_password_to_a_panel_on_the_desk(
    typist: Typist, url: str, centre: Centre, tmp_path: Path
) -> None:
    profile = str(tmp_path / "p")
    enroll = ("enroll", "--profile", profile, "--server", url, "--login", "newcomer", "--passphrase-only", "--json")
    assert typist.types(*enroll, PASSWORD=centre.logins["newcomer"]) == 0
    promised = {"profile", "login", "person", "role", "initiatives", "key_slot", "panels", "recovery_code"}
    assert set(typist.json) == promised
    assert (typist.json["key_slot"], typist.json["panels"]) == ("P", 1)

    assert typist.types("sync", "--profile", profile, "--json") == 0
    said = typist.json
    as_of = said.pop("as_of")
    assert as_of.endswith("+00:00")
    assert said == {
        "received_members": 5,
        "received_rows": said["received_rows"],
        "sent": 0,
        "waiting": 0,
        "outcomes": {},
        "held_back": "",
        "differed": 0,
        "may_receive": True,
        "pull_until": None,
        "state": "online",
        "panels": [{"panel": "East", "members": 5, "complete": True}],
    }

    assert typist.types("status", "--profile", profile, "--json") == 0
    assert {name: typist.json[name] for name in ("login", "members", "waiting", "needs_you", "key_slot")} == {
        "login": "newcomer",
        "members": 5,
        "waiting": 0,
        "needs_you": 0,
        "key_slot": "P",
    }
    assert set(typist.json) == {
        "login",
        "person",
        "server",
        "epoch",
        "as_of",
        "members",
        "waiting",
        "needs_you",
        "set_aside",
        "held_back",
        "clock_off_seconds",
        "pull_until",
        "store_version",
        "key_slot",
        "frozen_on",
        "lease",
    }
    assert typist.json["lease"]["standing"] == "full"

    # The centre goes away: that is an answer, not an error.
    centre.sql(f"ALTER ROLE {TEMPLATE}_newcomer CONNECTION LIMIT 0")
    assert typist.types("sync", "--profile", profile, "--json") == 0
    assert typist.json["state"] == "offline"
    centre.sql(f"ALTER ROLE {TEMPLATE}_newcomer CONNECTION LIMIT 5")

    assert typist.types("status", "--profile", profile, PASSPHRASE="not the passphrase") == 3
    assert typist.trouble == "The passphrase is wrong.\n"


def test_a_profile_that_was_never_enrolled_says_so(typist: Typist, tmp_path: Path) -> None:
    assert typist.types("sync", "--profile", str(tmp_path / "nobody")) == 4
    assert "coordinator enroll" in typist.trouble


def test_a_password_in_a_url_is_a_wrong_command_line(typist: Typist, tmp_path: Path) -> None:
    bad = "postgresql+psycopg://127.0.0.1/x?password=secret"
    enroll = ("enroll", "--profile", str(tmp_path / "p"), "--server", bad, "--login", "rosa")
    assert typist.types(*enroll, PASSWORD="whatever it is") == 2
    assert "never carries a password" in typist.trouble
    assert not (tmp_path / "p").exists()
