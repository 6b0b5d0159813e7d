"""What the documents name is there: paths, files, links, commands, their options, and the rooms of the house."""

import argparse
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from coordinator_app.bootstrap import central, workstation
from coordinator_app.bootstrap.workstation import Secrets
from coordinator_app.console.central_parser import central_parser
from coordinator_app.console.workstation_parser import workstation_parser

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "coordinator_app"
PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CHANGELOG.md"]
ROOMS = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
TOP = {path.name for path in ROOT.iterdir()}

SNIPPET = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:^|[\s`])(coordinator(?:-central)?)(?: (?! )([^\n`#]*))?(?=[ `\n])")
FLAG = re.compile(r"--[a-z][a-z-]*")


def named(path: Path) -> str:
    return path.name


def snippets(page: Path) -> list[str]:
    """Return what a page sets as code: the blocks and the words between backticks."""
    return SNIPPET.findall(page.read_text(encoding="utf-8"))


@cache
def files() -> frozenset[str]:
    """Return the names of all files of the repository's own folders."""
    homes = ("coordinator_app", "tests", "scripts", "resources", "migrations", "docs")
    return frozenset(path.name for home in homes for path in (ROOT / home).rglob("*.*"))


@cache
def commands() -> dict[str, argparse.ArgumentParser]:
    """Return the parsers of the console scripts by the names pyproject gives them."""
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert set(scripts) == {"coordinator", "coordinator-central"}
    return {
        "coordinator": workstation_parser(workstation._commands(Secrets()), lambda _: 0),
        "coordinator-central": central_parser(central._commands()),
    }


def words_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the subcommands of a parser."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found |= action.choices
    return found


def flags_of(parser: argparse.ArgumentParser) -> set[str]:
    """Return every option of a parser and of the words below it."""
    own = {flag for action in parser._actions for flag in action.option_strings}
    return own.union(*(flags_of(below) for below in words_of(parser).values()))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_path_that_is_named_is_there(page: Path) -> None:
    missing = set()
    for snippet in snippets(page):
        if "\n" in snippet:
            continue
        word = snippet.strip("`").split()[0]
        first = word.split("/")[0]
        if "/" in word and first in TOP | ROOMS:
            below = ROOT if first in TOP else PACKAGE
            is_there = any(below.glob(word.rstrip("/"))) or any(below.glob(word.rstrip("/") + ".py"))
        elif re.fullmatch(r"[\w-]+\.(?:py|json|md)", word):
            is_there = word in files()
        else:
            continue
        if not is_there:
            missing.add(word)
    assert missing == set()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_command_that_is_written_down_is_understood(page: Path) -> None:
    unknown = []
    for snippet in snippets(page):
        for script, rest in COMMAND.findall(snippet):
            parser = commands()[script]
            word = next(iter(rest.split()), "")
            if re.fullmatch(r"[a-z][a-z|-]*", word):
                for each in word.split("|"):
                    below = words_of(parser).get(each)
                    flags = set(FLAG.findall(rest)) if below is None else set(FLAG.findall(rest)) - flags_of(below)
                    unknown += [(script, each)] if below is None else [(script, each, flag) for flag in flags]
            else:
                unknown += [(script, flag) for flag in set(FLAG.findall(rest)) - flags_of(parser)]
    assert unknown == []


def test_every_command_and_option_is_written_down() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    untold = []
    for script, parser in commands().items():
        for word, below in words_of(parser).items():
            lines = [line for line in page.splitlines() if re.match(rf"{script} .*\b{word}\b", line)]
            told = set(FLAG.findall(" ".join(lines)))
            untold += [(script, word, flag) for flag in flags_of(below) - {"-h", "--help"} - told]
            untold += [] if lines else [(script, word)]
    assert untold == []


def test_the_floors_that_are_told_are_the_rooms_there_are() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d) \| ([^|]+) \|", page, re.MULTILINE)
    told = [(int(floor), room) for floor, rooms in rows for room in re.findall(r"`(\w+)`", rooms)]
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    floors = next(each["layers"] for each in layers if each["type"] == "layers")
    assert sorted(told) == sorted(
        (floor, room.strip()) for floor, rooms in enumerate(reversed(floors), 1) for room in rooms.split("|")
    )
    assert {room for _, room in told} == ROOMS | {"__main__"}


def test_every_room_is_told() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {str(path.parent.relative_to(PACKAGE)) for path in PACKAGE.rglob("__init__.py")} - {"."}
    assert [room for room in sorted(rooms) if not room.startswith("_") and f"`{room}`" not in page] == []
