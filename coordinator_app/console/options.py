"""Options that the commands of the centre share."""

import argparse
from typing import TYPE_CHECKING

# argparse has no public name for what add_subparsers returns.
if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001
else:
    Subparsers = argparse._SubParsersAction  # noqa: SLF001


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add ``--url`` and ``--json``."""
    parser.add_argument(
        "--url", required=True, metavar="URL", help="postgresql+psycopg://HOST:PORT/DATABASE?passfile=FILE"
    )
    parser.add_argument("--json", action="store_true", help="tell everything as one JSON object")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Let ``--json`` stand behind the verb too."""
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def add_initiative(parser: argparse.ArgumentParser) -> None:
    """Add ``--initiative``, which may be left out where exactly one exists."""
    parser.add_argument("--initiative", metavar="I", help="its name or id; left out where exactly one exists")
