"""A chart that was read by command on an enrolled workstation is in the audit after the next sync."""

from pathlib import Path

import pytest

from tests.sync.conftest import Centre
from tests.sync.test_commands import Typist, typist, url

__all__ = ["typist", "url"]

pytestmark = pytest.mark.server


def test_a_chart_read_by_command_is_in_the_audit_after_the_next_sync(
    typist: Typist,
    url: str,
    centre: Centre,
    tmp_path: Path,
) -> None:
    profile = str(tmp_path / "p")
    enroll = ("enroll", "--profile", profile, "--server", url, "--login", "newcomer", "--passphrase-only", "--json")
    assert typist.types(*enroll, PASSWORD=centre.logins["newcomer"]) == 0
    assert typist.types("sync", "--profile", profile, "--json") == 0
    member = centre.sql("SELECT id FROM care.member ORDER BY id LIMIT 1")
    assert typist.types("patient", member, "--profile", profile, "--json") == 0
    noted = (
        "SELECT kind || ' ' || member_id || ' ' || (facts ->> 'is_whole') FROM audit.event WHERE kind = 'chart_opened'"
    )
    assert centre.sql(noted) == ""
    assert typist.types("sync", "--profile", profile, "--json") == 0
    assert centre.sql(noted) == f"chart_opened {member} true"
