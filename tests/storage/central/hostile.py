"""Reads hostile_statements.txt and runs it as one login with the real psql: how each statement ended."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BLOCK = re.compile(r"(.+)\n  tries (.+)\n(?:  ends (.+)\n)?  while (\w+) may (.+)\n?")
ERROR = re.compile(r"(?:ERROR|FATAL):  (\w{5}): ")
NOWHERE = "0fffffff-ffff-4fff-8fff-ffffffffffff"
VERIFIER = "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy"

# Who tries, by the word the file says.
LOGINS = {
    "coordinator": "nurse2",
    "supervisor": "boss_b",
    "payer": "payer_b",
    "loader": "loader",
    "evaluator": "evaluator",
    "administrator": "administrator",
    "auditor": "auditor_b",
    "newcomer": "newcomer",
    "locum": "locum",
    "locum_before": "locum_before",
}


@dataclass(frozen=True)
class Statement:
    """One block of the file: how it must end for each kind of login."""

    said: str
    tries: str
    ends: dict[str, str]
    rightful: str
    control: str


def read() -> list[Statement]:
    """Return all blocks; a line nobody can read is an error."""
    text = Path(__file__).with_name("hostile_statements.txt").read_text(encoding="utf-8")
    blocks = [block for block in text.split("\n\n") if not block.startswith("#")]
    return [_statement(block) for block in blocks]


def _statement(block: str) -> Statement:
    found = BLOCK.fullmatch(block)
    if found is None:
        raise ValueError(f"not a block:\n{block}")
    said, tries, ends, rightful, control = found.groups()
    verdicts: dict[str, str] = {}
    for part in (ends or "").split("; "):
        who, _, how = part.rpartition(": ")
        verdicts |= dict.fromkeys(who.split() if who else LOGINS, how)
    return Statement(said, tries, verdicts, rightful, control)


def run(centre: Any, login: str, statements: list[str]) -> list[tuple[str, str]]:
    """Return how each ended (an SQLSTATE, "nothing" or what was seen) and what the server said beside it."""
    script = ["\\set ON_ERROR_STOP 0", "\\set VERBOSITY verbose"]
    for number, statement in enumerate(statements):
        script += [
            f"\\echo @@{number}",
            f"\\warn @@{number}",
            f"{spelled_out(centre, statement)};",
            "ROLLBACK;",
            "DISCARD ALL;",
        ]
    done = centre.psql(login, "\n".join(script))
    assert done.returncode == 0, done.stderr
    seen = re.split(r"^@@\d+\n", done.stdout, flags=re.MULTILINE)[1:]
    told = re.split(r"^@@\d+\n", done.stderr, flags=re.MULTILINE)[1:]
    assert len(seen) == len(told) == len(statements)
    return [(_end(one, said), said) for one, said in zip(seen, told, strict=True)]


def _end(seen: str, said: str) -> str:
    state = ERROR.search(said)
    return state[1] if state else " ".join(seen.split()) or "nothing"


def spelled_out(centre: Any, sql: str) -> str:
    sql = re.sub(r"\{role:(\w+)\}", lambda found: centre.role(found[1]), sql)
    sql = sql.replace("CURRENT_DB", f'"{centre.name}"').replace("{nowhere}", NOWHERE)
    return sql.replace("{verifier}", VERIFIER)
