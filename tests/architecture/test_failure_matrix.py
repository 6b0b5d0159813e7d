"""The failure matrix names every fault, and no test that is not there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MATRIX = ROOT / "docs" / "failure-matrix.md"
ROW = re.compile(r"\| (\d+) \| (.+) \| (.+) \| (.*) \| (passes|partly|not yet) \| (.*) \|")
TEST = re.compile(r"`(tests/[\w/]+\.py)` (test_\w+)")


def rows() -> list[tuple[str, ...]]:
    lines = [line for line in MATRIX.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d", line)]
    found = [ROW.fullmatch(line) for line in lines]
    assert None not in found, "a row nobody can read"
    return [match.groups() for match in found if match]


def test_all_fifty_one_faults_have_a_row_in_their_order() -> None:
    assert [int(row[0]) for row in rows()] == list(range(1, 52))


def test_every_test_that_is_named_exists() -> None:
    named = [(file, name) for row in rows() for file, name in TEST.findall(row[3])]
    assert len(named) > 60
    texts = {file: (ROOT / file).read_text(encoding="utf-8") for file, _ in named if (ROOT / file).is_file()}
    gone = [f"{file}::{name}" for file, name in named if f"def {name}(" not in texts.get(file, "")]
    assert gone == []


def test_a_row_passes_by_a_test_and_one_without_says_so() -> None:
    for row in rows():
        assert (row[4] == "not yet") == (not TEST.search(row[3])), row[0]
