"""Every kind of login tries every hostile statement: each is refused, empty or harmless, and leaves nothing behind."""

import pytest

from tests.storage.central.hostile import LOGINS, read, run

pytestmark = pytest.mark.server

STATEMENTS = read()
SERVICES = ("loader", "evaluator")


@pytest.fixture
def company(centre):
    """A session of the superuser and one of a colleague, so that there is somebody to end or to look at."""
    with centre.engine("postgres").connect() as one, centre.engine("nurse1").connect() as other:
        yield one, other


@pytest.mark.parametrize("kind", LOGINS)
@pytest.mark.usefixtures("company")
def test_nothing_a_kind_of_login_tries_takes_it_further(centre, kind):
    before = centre.state()
    ended = run(centre, LOGINS[kind], [statement.tries for statement in STATEMENTS])
    wrong = [
        f"{statement.said}: {end} and not {statement.ends[kind]}; {said}"
        for statement, (end, said) in zip(STATEMENTS, ended, strict=True)
        if end != statement.ends[kind]
    ]
    assert wrong == []
    assert centre.state() == before
    if kind not in SERVICES:
        assert [said for _, said in ended if "CANARY" in said] == []


@pytest.mark.usefixtures("company")
def test_whoever_may_do_the_like_can(centre):
    before = centre.state()
    for rightful in {statement.rightful for statement in STATEMENTS}:
        theirs = [statement for statement in STATEMENTS if statement.rightful == rightful]
        ended = run(centre, rightful, [statement.control for statement in theirs])
        cannot = [
            f"{rightful} {statement.said}: {end} {said}"
            for statement, (end, said) in zip(theirs, ended, strict=True)
            if end in {"nothing", "0", "f"} or "ERROR" in said
        ]
        assert cannot == []
    assert centre.state() == before


def test_at_least_sixty_statements_are_tried_by_each_and_none_ends_in_a_row_of_another_panel():
    assert len({statement.tries for statement in STATEMENTS}) >= 60
    assert all(set(statement.ends) == set(LOGINS) for statement in STATEMENTS)
    seen = [(kind, end) for statement in STATEMENTS for kind, end in statement.ends.items() if "CANARY" in end]
    assert {kind for kind, _ in seen} == set(SERVICES)


def test_a_closed_login_does_not_come_in(centre):
    done = centre.psql("leaver", "SELECT 1")
    assert done.returncode != 0
    assert "not permitted to log in" in done.stderr
