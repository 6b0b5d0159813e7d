"""Angry logins with a real psql: what they may not, they cannot, and whoever may, can; no row is gained or lost."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.server

BLOCK = re.compile(r"(\w+) (.+): (refused|sees) ?(.*)\n  tries (.+)\n  while (\w+) may (.+)\n?")
TABLES = ("care.member", "care.fact", "outreach.reason", "activity.contact", "activity.letter")
VERIFIER = "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy"


@dataclass(frozen=True)
class Attack:
    """One block of attacks.txt."""

    login: str
    said: str
    ends: str
    how: str
    tries: str
    rightful: str
    control: str

    def __str__(self) -> str:
        return f"{self.login} {self.said}".replace(" ", "_")


def read_attacks():
    text = Path(__file__).with_name("attacks.txt").read_text(encoding="utf-8")
    blocks = [block for block in text.split("\n\n") if not block.startswith("#")]
    return [Attack(*BLOCK.fullmatch(block).groups()) for block in blocks]


ATTACKS = read_attacks()


def spelled_out(centre, sql):
    for login in ("nurse1", "owner", "definer"):
        sql = sql.replace("{role:" + login + "}", centre.role(login))
    for panel in ("A1", "A2", "B1"):
        counts = (f"(SELECT count(*) FROM {table} WHERE panel_id = '{centre.ids[panel]}')" for table in TABLES)
        sql = sql.replace("{rows of " + panel + "}", f"SELECT {' + '.join(counts)}")
    return sql.replace("{verifier}", VERIFIER)


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_what_a_login_may_not_it_cannot(centre, attack):
    before = centre.state()
    done = centre.psql(attack.login, spelled_out(centre, attack.tries))
    assert centre.state() == before
    assert "CANARY" not in done.stdout + done.stderr
    if attack.ends == "refused":
        assert done.returncode != 0
        assert (attack.how or "42501") in done.stderr
    else:
        assert done.returncode == 0, done.stderr
        assert done.stdout.split() == [attack.how]

    rightful = centre.psql(attack.rightful, spelled_out(centre, attack.control))
    assert rightful.returncode == 0, rightful.stderr
    assert rightful.stdout.split() not in ([], ["0"])
    assert centre.state() == before


def test_the_attacks_are_many_and_each_kind_of_login_makes_some():
    assert len(ATTACKS) >= 25
    assert {"nurse2", "boss_b", "payer_a", "loader", "evaluator", "administrator"} <= {one.login for one in ATTACKS}
