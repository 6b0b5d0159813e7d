"""The commands of a desk: their words, their JSON (docs/cli.md), their exit codes."""

import hashlib
import re
import stat
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from coordinator_app.domain.activity import Identifier, Outcome, TeachBack
from coordinator_app.domain.visit_chain import VISIT_TYPES
from tests.console.conftest import Answer, Coordinator, run
from tests.ui.screens.sample_people import made

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
ROSA = made("member", "204 118")
LEE = "LEE, Robin"
NOWHERE = "00000000-0000-4000-8000-000000000000"


def keys_of(command: str) -> set[str]:
    """Return the top-level keys the page promises for a command."""
    [line] = [each for each in PAGE.splitlines() if each.startswith(f"- `{command}`:") or f"· `{command}`:" in each]
    told = line.split(f"`{command}`:")[1].split("· `")[0].split("`{")[1].split("}`")[0]
    while re.search(r"[\[{][^\[\]{}]*[\]}]", told):
        told = re.sub(r"[\[{][^\[\]{}]*[\]}]", "", told)
    return set(re.findall(r'"(\w+)"', told))


def words(told: str) -> set[str]:
    return set(told.split())


def is_instant(told: str) -> bool:
    return datetime.fromisoformat(told).utcoffset() is not None


def test_queue_says_whom_to_call_and_why_in_the_words_of_the_page(coordinator: Coordinator) -> None:
    told = coordinator("queue").facts
    assert set(told) == keys_of("queue")
    assert (told["computed_for"], told["total"]) == ("2026-11-24", len(told["items"]))
    first = told["items"][0]
    assert set(first) >= words("rank tier tier_word member_id member_number name score due_at state reasons")
    reason = first["reasons"][0]
    promised = "id kind rule version subject episode tier points evidence opens_on due_at ends_on data_as_of sentence"
    assert set(reason) >= words(promised)
    assert (first["rank"], first["tier"], first["tier_word"]) == (1, 2, "discharge clock")
    assert reason["sentence"].startswith("Home from hospital yesterday, pneumonia")
    assert first["due_at"] == "2026-11-25T23:59:59-05:00"
    assert set(reason["evidence"][0]) == {"fact_id", "what", "on", "source"}
    [rosa] = [item for item in told["items"] if item["member_id"] == ROSA]
    assert rosa["score"] == sum(point["points"] for point in rosa["reasons"][0]["points"])


def test_queue_is_ranked_by_tier_and_numbered_without_a_hole(coordinator: Coordinator) -> None:
    items = coordinator("queue").facts["items"]
    today = [item for item in items if item["state"] == "call_today"]
    assert [item["tier"] for item in today] == sorted(item["tier"] for item in today)
    assert [item["rank"] for item in items] == list(range(1, len(items) + 1))


def test_queue_names_who_is_not_listed_with_cause_source_and_day(coordinator: Coordinator) -> None:
    kept_out = coordinator("queue").facts["not_listed"]
    assert kept_out["count"] == len(kept_out["people"]) == 3
    assert all(set(each) == {"member_id", "member_number", "cause", "source", "on"} for each in kept_out["people"])


def test_queue_tells_nothing_of_a_confidential_reason(coordinator: Coordinator) -> None:
    answer = coordinator("queue")
    [lee] = [item for item in answer.facts["items"] if item["name"] == LEE]
    [reason] = lee["reasons"]
    assert (reason["sentence"], reason["evidence"], reason["subject"]) == ("Confidential item", [], "confidential")
    assert reason["sensitivity"] == "confidential"


def test_a_limit_cuts_the_items_and_an_as_of_ranks_another_day(coordinator: Coordinator) -> None:
    cut = coordinator("queue", "--limit", "2").facts
    assert (len(cut["items"]), cut["total"] > 2) == (2, True)
    later = coordinator("queue", "--as-of", "2026-12-01").facts
    assert later["computed_for"] == "2026-12-01"
    assert coordinator("queue").facts["computed_for"] == "2026-11-24"


def test_patient_tells_everything_in_the_words_of_the_page(coordinator: Coordinator) -> None:
    told = coordinator("patient", ROSA).facts
    assert set(told) >= keys_of("patient")
    assert (told["name"], told["age"], told["clinician"]) == ("GARCÍA LÓPEZ, María José", 81, "Dr. Inés Peña")
    assert set(told["phones"][0]) >= {"kind", "number", "may_call", "may_leave_message"}
    assert all(set(item) >= {"at", "kind", "what", "source", "waiting"} for item in told["timeline"])
    assert all(
        set(each) == {"name", "last_fill", "days_supply", "run_out", "days_left", "source", "told", "told_on"}
        for each in told["medicines"]
    )
    assert all(set(each) == {"name", "values"} for each in told["labs"])
    assert all(set(each) >= {"role", "name", "phone"} for each in told["care_team"])


@pytest.mark.parametrize("outcome", [each.value for each in Outcome])
def test_a_call_that_happened_is_kept_whatever_its_outcome(coordinator: Coordinator, outcome: str) -> None:
    answer = coordinator("log-call", ROSA, "--outcome", outcome)
    assert (answer.code, answer.facts["outcome"]) == (0, outcome)
    assert set(answer.facts) >= keys_of("log-call")
    assert is_instant(answer.facts["at"])


@pytest.mark.parametrize("outcome", [each.value for each in Outcome if each.is_conversation])
def test_a_conversation_is_refused_when_fewer_than_two_identifiers_are_told(
    coordinator: Coordinator, outcome: str
) -> None:
    for words in (("--identity", "zip"), ("--identity", "zip,zip")):
        answer = coordinator("log-call", ROSA, "--outcome", outcome, *words)
        assert (answer.code, answer.out) == (3, "")
        assert "identifiers" in answer.err
    assert coordinator("log-call", ROSA, "--outcome", outcome, "--identity", "birth_date,zip").code == 0


def test_a_logged_call_is_done_today_and_stands_in_the_activity(coordinator: Coordinator) -> None:
    logged = coordinator(
        "log-call", ROSA, "--outcome", "left_message", "--note", "máquina", "--at", "2026-11-20T09:12:00-05:00"
    ).facts
    assert logged["at"] == "2026-11-20T09:12:00-05:00"
    assert {each["response"] for each in logged["responses"]} == {"attempted"}
    told = coordinator("activity").facts
    assert set(told) == keys_of("activity")
    [entry] = [item for item in told["items"] if item["id"] == logged["contact_id"]]
    assert set(entry) == words("id kind member_id member_number author at what outcome waiting retracted review")
    assert (entry["at"], entry["author"], entry["waiting"]) == ("2026-11-20T09:12:00-05:00", "Ana Ruiz", True)
    assert coordinator("status").facts["waiting"] == 1


def test_a_call_of_today_moves_the_row_to_done_today(coordinator: Coordinator) -> None:
    coordinator("log-call", ROSA, "--outcome", "no_answer")
    [rosa] = [item for item in coordinator("queue").facts["items"] if item["member_id"] == ROSA]
    assert rosa["state"] == "done_today"


def test_activity_is_newest_first_and_since_a_day(coordinator: Coordinator) -> None:
    items = coordinator("activity").facts["items"]
    moments = [datetime.fromisoformat(item["at"]) for item in items]
    assert moments == sorted(moments, reverse=True)
    recent = coordinator("activity", "--since", "2026-11-23").facts
    assert recent["since"] == "2026-11-23"
    assert 0 < len(recent["items"]) < len(items)
    assert all(datetime.fromisoformat(item["at"]).date() >= date(2026, 11, 23) for item in recent["items"])


def test_a_visit_is_wanted_when_no_state_is_given_and_says_clash_and_lateness(coordinator: Coordinator) -> None:
    words = (ROSA, "--with", "Peña", "--type", "pcp_after_hospital")
    first = coordinator("book", *words, "--at", "2026-11-27T14:00:00-05:00").facts
    assert set(first) >= keys_of("book")
    assert (first["state"], first["clash"], first["late"], first["with"]) == ("wanted", False, False, "Dr. Inés Peña")
    again = coordinator("book", *words, "--at", "2026-11-27T14:15:00-05:00", "--state", "asked").facts
    assert (again["state"], again["clash"]) == ("asked", True)
    assert coordinator("book", *words, "--at", "2026-12-07T10:00:00-05:00").facts["late"]


def test_a_confirmed_visit_says_by_whom(coordinator: Coordinator) -> None:
    words = (ROSA, "--with", "Peña", "--type", "pcp", "--at", "2026-11-27T14:00:00-05:00", "--state", "confirmed")
    assert coordinator("book", *words).code == 3
    assert coordinator("book", *words, "--confirmed-by", "Dana").facts["state"] == "confirmed"


@pytest.mark.parametrize("result", [each.value for each in TeachBack])
def test_a_lesson_is_written_down(coordinator: Coordinator, result: str) -> None:
    answer = coordinator("teach", ROSA, "--topic", "salt", "--result", result)
    assert answer.code == 0
    assert set(answer.facts) == keys_of("teach")
    assert answer.facts["result"] == result


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_letter_is_a_plain_file_of_its_owner_whose_hash_is_told(
    coordinator: Coordinator, tmp_path: Path, language: str
) -> None:
    file = tmp_path / "letter.pdf"
    words = ("--program", "diabetes", "--out", str(file), "--lang", language, "--agreement", "yes")
    answer = coordinator("letter", ROSA, *words)
    assert answer.code == 0
    assert set(answer.facts) == keys_of("letter")
    assert answer.facts["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (stat.S_IMODE(file.stat().st_mode), file.read_bytes()[:5]) == (0o600, b"%PDF-")
    assert "plain file" in answer.err
    assert sorted(tmp_path.iterdir()) == [file, tmp_path / "profile"]


def test_a_letter_that_cannot_be_written_is_trouble_and_nothing_is_kept(
    coordinator: Coordinator, tmp_path: Path
) -> None:
    words = ("--program", "diabetes", "--out", str(tmp_path / "nowhere" / "letter.pdf"))
    assert coordinator("letter", ROSA, *words).code == 4
    assert coordinator("status").facts["waiting"] == 0


def test_review_is_a_supervisors_word(coordinator: Coordinator) -> None:
    contact = coordinator("log-call", ROSA, "--outcome", "no_answer").facts["contact_id"]
    answer = coordinator("review", contact, "--result", "reviewed")
    assert (answer.code, "supervisor" in answer.err) == (3, True)


def test_status_tells_whose_desk_it_is(coordinator: Coordinator) -> None:
    told = coordinator("status").facts
    assert set(told) == keys_of("status")
    assert (told["login"], told["key_slot"], told["frozen_on"]) == ("ana", "P", "2026-11-24")


@pytest.mark.parametrize(
    "words",
    [
        ("log-call", ROSA),
        ("log-call", ROSA, "--outcome", "abducted"),
        ("log-call", "not-an-id", "--outcome", "busy"),
        ("log-call", ROSA, "--outcome", "busy", "--at", "2026-11-24T10:00:00"),
        ("log-call", ROSA, "--outcome", "busy", "--at", "yesterday"),
        ("log-call", ROSA, "--outcome", "busy", "--identity", "shoe_size"),
        ("log-call", ROSA, "--outcome", "busy", "--topics", "weather"),
        ("book", ROSA, "--with", "Peña", "--at", "2026-11-27T14:00:00-05:00", "--type", "haircut"),
        ("book", ROSA, "--with", "Peña", "--at", "2026-11-27T14:00:00-05:00", "--type", "pcp", "--state", "kept"),
        ("teach", ROSA, "--topic", "salt", "--result", "perfect"),
        ("letter", ROSA, "--program", "diabetes", "--out", "x.pdf", "--lang", "fr"),
        ("letter", ROSA, "--program", "diabetes"),
        ("queue", "--limit", "-1"),
        ("queue", "--as-of", "24.11.2026"),
        ("activity", "--since", "monday"),
        ("sing",),
    ],
)
def test_a_command_line_that_is_wrong_ends_with_two_and_keeps_nothing(
    coordinator: Coordinator, words: tuple[str, ...]
) -> None:
    answer = coordinator(*words)
    assert (answer.code, answer.out) == (2, "")
    assert coordinator("status").facts["waiting"] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("patient", NOWHERE),
        ("log-call", NOWHERE, "--outcome", "busy"),
        ("log-call", ROSA, "--outcome", "busy", "--at", "2093-01-01T00:00:00Z"),
        ("log-call", ROSA, "--outcome", "call_back", "--call-back", "2020-01-01T00:00:00Z"),
        ("book", ROSA, "--with", "Nobody", "--at", "2026-11-27T14:00:00-05:00", "--type", "pcp"),
        ("teach", ROSA, "--topic", "astrology", "--result", "said_back"),
        ("letter", ROSA, "--program", "golf", "--out", "golf.pdf"),
        ("review", NOWHERE, "--result", "reviewed"),
    ],
)
def test_what_the_rules_do_not_allow_ends_with_three_and_one_sentence(
    coordinator: Coordinator, words: tuple[str, ...]
) -> None:
    answer = coordinator(*words)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.count("\n") == 1


def test_a_wrong_passphrase_is_refused_and_a_missing_profile_is_trouble(profile_folder: Path, tmp_path: Path) -> None:
    assert run("status", "--profile", str(profile_folder), passphrase="another passphrase").code == 3
    assert run("status", "--profile", str(tmp_path / "none")).code == 4


def test_every_command_says_something_to_a_person_too(coordinator: Coordinator) -> None:
    said: list[Answer] = [
        coordinator("queue", as_json=False),
        coordinator("patient", ROSA, as_json=False),
        coordinator("log-call", ROSA, "--outcome", "busy", as_json=False),
        coordinator("teach", ROSA, "--topic", "salt", "--result", "not_yet", as_json=False),
        coordinator("activity", as_json=False),
        coordinator("status", as_json=False),
    ]
    assert [(answer.code, bool(answer.out.strip()), answer.err) for answer in said] == [(0, True, "")] * 6
    assert not any(answer.out.startswith("{") for answer in said)


def test_the_words_of_the_page_are_the_words_of_the_program() -> None:
    table = dict(re.findall(r"^\| (\w+(?:, \w+)?) \| (.+) \|$", PAGE.split("## coordinator-central")[0], re.MULTILINE))
    fixed = {name: set(re.findall(r"`(\w+)`", told)) for name, told in table.items()}
    assert fixed["OUTCOME"] == {each.value for each in Outcome}
    assert {each.value for each in Identifier} <= fixed["identity"]
    assert fixed["RESULT"] == {each.value for each in TeachBack}
    assert fixed["TYPE"] == set(VISIT_TYPES)


def test_no_command_loads_the_windows_toolkit(profile_folder: Path) -> None:
    code = (
        "import sys; from coordinator_app.__main__ import main\n"
        f"assert main(['queue', '--profile', {str(profile_folder)!r}, '--json']) == 0\n"
        "heavy = {'PySide6', 'reportlab', 'psycopg', 'alembic'} & {name.split('.')[0] for name in sys.modules}\n"
        "print(sorted(heavy), file=sys.stderr)"
    )
    environment = {"COORDINATOR_PASSPHRASE": "a passphrase of the tests", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip() == "[]"


def test_medicine_writes_down_what_was_told_and_the_list_shows_it(coordinator: Coordinator) -> None:
    told = coordinator("medicine", ROSA, "--name", "ibuprofen", "--how", "otc", "--dose", "two a day").facts
    assert set(told) == keys_of("medicine")
    assert (told["rxcui"], told["how"]) == ("5640", "otc")
    [line] = [each for each in coordinator("patient", ROSA).facts["medicines"] if each["name"] == "ibuprofen"]
    assert (line["told"], line["told_on"], line["source"]) == ("otc", "2026-11-24", "nurse")
    assert coordinator("medicine", ROSA, "--name", " ", "--how", "otc").code == 3
