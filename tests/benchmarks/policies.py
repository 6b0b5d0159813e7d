"""What row security costs: the same reading by a login that it binds and by the superuser, who names the panel."""

import time
from statistics import median

import psycopg

from coordinator_app.storage.central.address import address_of
from coordinator_app.storage.central.hub import CentralSession
from coordinator_app.storage.tables.wire import tables_of
from tests.benchmarks.figures import Figure
from tests.benchmarks.hands import new_hand
from tests.benchmarks.stage import Stage

TIMES = 15
PAGE = 500


def policy_figures(stage: Stage, people: int) -> list[Figure]:
    """Compare a page of a pull as a workstation reads it, and a sweep over all people of a panel."""
    made, panel, members = new_hand(stage, "reader", people)
    wanted = {table.name: members[:PAGE] for table in tables_of("full")}
    address = address_of(stage.url)
    with made.session() as bound, psycopg.connect(**_superuser(stage)) as above:
        free = CentralSession(above, address, "bench", "bench")
        bound.hello(made.device)
        (mine,) = bound._driver.execute("SELECT sec.my_panels()::text").fetchone() or ("{}",)
        sweep = "SELECT count(*) FROM {} AS t WHERE t.sensitivity <= 2 {}"
        pull = [(_wall(bound, panel, wanted), _wall(free, panel, wanted)) for _ in range(TIMES)]
        found = []
        for table in ("care.member", "care.fact"):
            named = sweep.format(table, f"AND t.panel_id = ANY ('{mine}'::uuid[])")
            found.append([(_took(bound, sweep.format(table, "")), _took(free, named)) for _ in range(TIMES)])
    of_people, of_facts = found
    said = "median of {} rounds; {:.2f} ms against {:.2f} ms"
    return [
        Figure(f"policies, a page of {PAGE} people", _ratio(pull), "x", 1.15, said.format(TIMES, *_middle(pull))),
        Figure(
            "policies, a sweep over her people", _ratio(of_people), "x", 2.0, said.format(TIMES, *_middle(of_people))
        ),
        Figure("  the sweep itself", _middle(of_people)[0], "ms", 10.0),
        Figure(
            "  a sweep over her facts, which nothing here does",
            _ratio(of_facts),
            "x",
            None,
            said.format(TIMES, *_middle(of_facts)) + "; facts are found by person and have no index by panel",
        ),
    ]


def _superuser(stage: Stage) -> dict[str, object]:
    from coordinator_app.central.passfile import password_of
    from coordinator_app.storage.central.address import Address

    address: Address = address_of(stage.url)
    assert address.passfile is not None
    password = password_of(address.passfile, address.host, address.port, address.database, "postgres")
    return {**address.arguments("postgres", password or ""), "autocommit": True}


def _wall(session: CentralSession, panel: str, wanted: dict[str, list[str]]) -> float:
    begun = time.perf_counter()
    with session._driver.transaction():
        session._rows(panel, "full", wanted, is_careful=False)
    return (time.perf_counter() - begun) * 1000


def _took(session: CentralSession, statement: str) -> float:
    plan = session._driver.execute(f"EXPLAIN (ANALYZE, TIMING OFF) {statement}").fetchall()
    return sum(float(line.split()[2]) for (line,) in plan if str(line).startswith(("Execution Time", "Planning Time")))


def _ratio(pairs: list[tuple[float, float]]) -> float:
    return median(one / other for one, other in pairs)


def _middle(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    return median(one for one, _ in pairs), median(other for _, other in pairs)
