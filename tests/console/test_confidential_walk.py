"""What is confidential of a person is in no output of any command, in no form, but as "Confidential item"."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import text

from coordinator_app.bootstrap import profiles
from tests.console.conftest import PASSPHRASE, Coordinator
from tests.ui.screens.sample_people import made

LEE = made("member", "204 460")
SECRETS = ("dolutegravir", "antiretroviral", "1433868", "buprenorphine", "halfway house", "velvetgecko")
"""Her drug, its class and code, a stay that is coded, where it was, and what a nurse wrote of it."""


@pytest.fixture
def closed_profile(profile_folder: Path) -> Path:
    """Give Lee a coded stay for detoxification, a result, a call and a lesson, all confidential or under Part 2."""
    opened = profiles.unlock(profile_folder, PASSPHRASE)
    with opened.store.saving() as connection:
        panel = connection.execute(text("SELECT panel_id FROM member WHERE id = :id"), {"id": LEE}).scalar_one()
        columns = "id, member_id, panel_id, row_version, sensitivity"
        home = {"lee": LEE, "panel": panel}
        connection.execute(
            text(
                f"INSERT INTO fact ({columns}, kind, system, code, display, place, value_text, category, class_code,"
                " starts_on, ends_on, value_number, value_unit, source)"
                " VALUES ('f1', :lee, :panel, 1, 2, 'encounter', 'snomed', '1433868', 'Inpatient buprenorphine detox',"
                " 'halfway house', '', '', 'IMP', '2026-11-18', '2026-11-20', NULL, '', 'claims'),"
                " ('f2', :lee, :panel, 1, 2, 'observation', 'loinc', '1433868', 'Norbuprenorphine', '', '',"
                " 'laboratory', '', '2026-11-20', NULL, 3.0, 'ng/mL', 'lab')"
            ),
            home,
        )
        me = connection.execute(text("SELECT author_id FROM contact LIMIT 1")).scalar()
        assert me is not None
        connection.execute(
            text(
                f"INSERT INTO contact ({columns}, author_id, occurred_at, recorded_at, outcome, note)"
                " VALUES ('c1', :lee, :panel, 1, 2, :me, 1795100000000000, 1795100000000000, 'reached', 'velvetgecko')"
            ),
            {**home, "me": me},
        )
        connection.execute(
            text(
                f"INSERT INTO teaching ({columns}, author_id, occurred_at, recorded_at, topic, result)"
                " VALUES ('t1', :lee, :panel, 1, 2, :me, 1795100000000000, 1795100000000000, 'buprenorphine',"
                " 'said_back')"
            ),
            {**home, "me": me},
        )
        connection.execute(
            text(
                f"INSERT INTO review ({columns}, author_id, occurred_at, recorded_at, contact_id, result, comment)"
                " VALUES ('r1', :lee, :panel, 1, 2, :me, 1795100000000000, 1795100000000000, 'c1', 'returned',"
                " 'say more of the halfway house')"
            ),
            {**home, "me": me},
        )
        connection.commit()
    opened.close()
    return profile_folder


def outputs(coordinator: Coordinator, folder: Path) -> Iterator[tuple[str, str]]:
    """Give each command's words, for a person and as JSON, with what it printed."""
    file = folder.parent / "letter.pdf"
    for words in (
        ("queue",),
        ("patient", LEE),
        ("activity",),
        ("status",),
        ("letter", LEE, "--program", "diabetes", "--out", str(file), "--agreement", "yes"),
        ("log-call", LEE, "--outcome", "no_answer"),
        ("activity", "--since", "2026-11-01"),
    ):
        for as_json in (True, False):
            told = coordinator(*words, as_json=as_json)
            assert told.code == 0, told.err
            yield f"{' '.join(words)} {as_json}", told.out + told.err
    pdf = pypdfium2.PdfDocument(file)
    yield "letter.pdf", "".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()


def test_no_command_prints_what_is_confidential(coordinator: Coordinator, closed_profile: Path) -> None:
    printed = dict(outputs(coordinator, closed_profile))
    assert any("Confidential item" in words for words in printed.values())
    leaks = {name: [each for each in SECRETS if each in words.lower()] for name, words in printed.items()}
    assert {name: found for name, found in leaks.items() if found} == {}


def test_a_confidential_reason_names_no_rule_and_no_points(coordinator: Coordinator, closed_profile: Path) -> None:
    [reason] = coordinator("patient", LEE).facts["reasons"]
    assert {reason[each] for each in ("subject", "rule", "version", "episode")} == {"confidential"}
    assert [point["name"] for point in reason["points"]] == ["confidential"]
    assert reason["points"][0]["points"] > 0
