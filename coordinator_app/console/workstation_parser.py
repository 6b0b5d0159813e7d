"""The command line of coordinator: without a word it opens the window, with one it does the same without a window."""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from coordinator_app.console.options import Subparsers
from coordinator_app.console.typed_words import count, day


def workstation_parser(
    commands: Iterable[Callable[[Subparsers], None]], open_window: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    """Return the parser; after parsing, ``run`` takes the arguments and returns the exit code."""
    parser = argparse.ArgumentParser(prog="coordinator", description="Whom to call next and why.", allow_abbrev=False)
    parser.add_argument("--profile", type=Path, metavar="DIR", help="the folder of this workstation")
    parser.add_argument("--demo", action="store_true", help="invented people on a server of the demo's own")
    parser.add_argument("--patients", type=count, default=400, metavar="N", help="how many invented people (400)")
    parser.add_argument("--headless", action="store_true", help="play the first minutes without a display")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where --headless leaves its pictures and the letter")
    parser.add_argument("--lang", choices=["en", "es"], default="en", help="the language of the window")
    parser.add_argument("--theme", choices=["light", "dark"], help="the system's when not given")
    parser.add_argument("--as-of", type=day, metavar="DATE", help="the demo's day")
    parser.add_argument("--data", type=Path, metavar="DIR", help="where the demo keeps its server and profiles")
    parser.set_defaults(run=open_window)
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for register in commands:
        register(subparsers)
    return parser
