"""Exit codes and the one way a command answers."""

import json
import sys
from collections.abc import Mapping
from enum import IntEnum
from typing import Any


class Exit(IntEnum):
    """What a command's exit code says (docs/cli.md)."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    REFUSED = 3
    TROUBLE = 4


def answer(text: str, facts: Mapping[str, Any], *, as_json: bool) -> None:
    """Print ``facts`` as one JSON object, or ``text`` for a person."""
    print(json.dumps(facts, ensure_ascii=False, indent=1) if as_json else text)


def complain(sentence: str) -> None:
    """Tell a person on standard error what went wrong and what to do."""
    print(sentence, file=sys.stderr)
