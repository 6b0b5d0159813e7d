"""How many acts a second the centre takes, with feed, ledger and audit on; what a quiet poll costs it."""

import threading
import time
from statistics import median

from coordinator_app.storage.central.hub import CentralSession
from tests.benchmarks.figures import Figure, clocked
from tests.benchmarks.hands import Hand, new_hand
from tests.benchmarks.stage import Stage

AT_ONCE = 200
CLIENTS = 8


def push_figures(stage: Stage, batches: int) -> list[Figure]:
    """Push batches of 200 calls from one workstation, then from eight at once."""
    # One more for the first figure: a workstation may send 5,000 acts a day.
    hands = [new_hand(stage, f"sender{number}", 200) for number in range(CLIENTS + 1)]
    # Nurses of different panels: two that call the same person at once wait for each other's whole push.
    first, *made = [(one, panel, people[place :: len(hands)]) for place, (one, panel, people) in enumerate(hands)]
    for one, _, members in (first, *made):
        _push(one, members, 1)
    alone = _push(first[0], first[2], batches)
    begun = time.perf_counter()
    lanes = [threading.Thread(target=_push, args=(one, members, batches)) for one, _, members in made]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    together = CLIENTS * batches * AT_ONCE / (time.perf_counter() - begun)
    said = f"{batches * AT_ONCE} calls, {AT_ONCE} a push, applied"
    return [
        Figure("push, one workstation", batches * AT_ONCE / alone, "/s", 1_500, said, more_is_better=True),
        Figure(f"push, {CLIENTS} workstations at once", together, "/s", 5_000, said, more_is_better=True),
    ]


def poll_figures(stage: Stage, people: int) -> list[Figure]:
    """Ask on an open connection for hello and for a panel with nothing new: what the server itself counts."""
    made, panel, _ = new_hand(stage, "poller", people)
    with made.session() as session:
        hello = session.hello(made.device)
        since = session.listing(panel).snapshot
        made.follow(session, panel, since, hello.epoch)
        asked = {
            "hello": ("SELECT sync_v1.hello('bench', 1, 1, '', %s, NULL)", (made.device,)),
            "changed": (
                "SELECT * FROM sync_v1.changed(%s, %s, NULL, NULL, 500, %s)",
                (panel, session.listing(panel).snapshot, made.device),
            ),
        }
        spent = {name: _on_the_server(session, *each) for name, each in asked.items()}
        wall = [clocked(lambda: made.follow(session, panel, since, hello.epoch)).wall for _ in range(9)]
    return [
        Figure("a quiet poll of a panel, on the server", spent["changed"], "ms", 5),
        Figure("  with the hello before it", spent["changed"] + spent["hello"], "ms", None, "one for each round"),
        Figure("  the panel as the workstation waits for it", median(wall) * 1000, "ms", 150),
    ]


def _push(one: Hand, members: list[str], batches: int) -> float:
    """Return the seconds the pushes took; each must be applied."""
    ready = [one.calls(members, AT_ONCE) for _ in range(batches)]
    with one.session() as session:
        session.hello(one.device)
        begun = time.perf_counter()
        for ops in ready:
            outcomes = {result.outcome for result in session.push(one.device, ops)}
            if outcomes != {"applied"}:
                raise AssertionError(f"not applied: {outcomes}")
        return time.perf_counter() - begun


def _on_the_server(session: CentralSession, statement: str, given: tuple[object, ...]) -> float:
    """Return the milliseconds the server says a statement took, the median of nine."""
    took = []
    for _ in range(9):
        plan = session._driver.execute(f"EXPLAIN (ANALYZE, TIMING OFF) {statement}", given).fetchall()
        took += [float(line.split()[2]) for (line,) in plan if str(line).startswith("Execution Time")]
    return median(took)
