"""The command line of coordinator-central: every command file brings its words, failures become exit codes here."""

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from coordinator_app.console.answers import Exit, complain
from coordinator_app.console.options import Subparsers
from coordinator_app.domain.trouble import Refusal, Trouble

_MOST_LINKS, _MOST_PLACES = 5, 8
_OF_THE_COMMAND_LINE = frozenset({"bad_url", "password_in_url", "login_in_url"})


def central_parser(commands: Iterable[Callable[[Subparsers], None]]) -> argparse.ArgumentParser:
    """Return the parser; after parsing, ``run`` takes the arguments and returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="coordinator-central", description="What runs beside the central database.", allow_abbrev=False
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for register in commands:
        register(subparsers)
    return parser


def obey(parser: argparse.ArgumentParser, argv: Sequence[str] | None) -> int:
    """Parse, run, and say in one sentence what went wrong, if something did."""
    given = parser.parse_args(argv)
    try:
        return int(given.run(given))
    except BrokenPipeError:
        # Whoever read our words had enough of them, as `| head` does; what was done is done.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except Refusal as refusal:
        complain(refusal.sentence)
        return Exit.USAGE if refusal.code in _OF_THE_COMMAND_LINE else Exit.REFUSED
    except Trouble as trouble:
        complain(trouble.sentence)
        return Exit.TROUBLE
    except Exception as defect:
        # Whatever it is, its words may name a patient and are not printed.
        complain(_of_a_defect(defect))
        return Exit.TROUBLE


def _of_a_defect(defect: BaseException) -> str:
    """Say types and places of an error and of what led to it, and none of their words."""
    links: list[str] = []
    link: BaseException | None = defect
    while link is not None and len(links) < _MOST_LINKS:
        frames = traceback.extract_tb(link.__traceback__)[-_MOST_PLACES:]
        places = " ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
        links.append(f"{type(link).__name__} at {places}")
        link = link.__cause__ or link.__context__
    return f"This is a defect of the program. Report this line: {'; from '.join(links)}."
