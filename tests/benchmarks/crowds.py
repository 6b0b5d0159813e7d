"""Many workstations at once, each on a connection of its own: everybody after a day away, and a storm of logins."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import text

from coordinator_app.bootstrap import central
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.storage.central.address import address_of
from coordinator_app.storage.central.engine import open_service, transaction
from tests.benchmarks.figures import Figure
from tests.benchmarks.hands import Hand, hand, panels_of
from tests.benchmarks.stage import Stage

ACTS_A_DAY = 40
STORM = 3_000
STORM_MINUTES = 15
SLOTS = 120

_A_DAY = """
UPDATE care.fact SET display = display || ' ' WHERE id IN (
    SELECT DISTINCT ON (f.member_id) f.id FROM care.fact AS f
      JOIN (SELECT id, row_number() OVER (PARTITION BY panel_id ORDER BY id) AS n FROM care.member) AS m
        ON m.id = f.member_id WHERE m.n <= :each ORDER BY f.member_id, f.id)
"""


@dataclass
class Seat:
    """A workstation, its panel, where it stopped yesterday, and how its morning went."""

    hand: Hand
    panel: str
    members: list[str]
    since: str = ""
    epoch: str = ""
    took: float = 0.0
    changes: int = 0
    failure: str = ""


def morning_figures(stage: Stage, workstations: int, changes: int = 60) -> list[Figure]:
    """Start all workstations at once, each with a day's changes to receive and a day's calls to send."""
    seats = _seats(stage, workstations)
    for seat in seats:
        with seat.hand.session() as session:
            seat.epoch = session.hello(seat.hand.device).epoch
            listing = session.listing(seat.panel)
            seat.since, seat.members = listing.snapshot, list(listing.members)
    with transaction(open_service(address_of(stage.url), "loader")) as connection:
        connection.execute(text(_A_DAY), {"each": changes})
    begun = _at_once([(lambda seat=seat: _morning(seat)) for seat in seats])
    whole = time.perf_counter() - begun
    refused = [seat.failure for seat in seats if seat.failure]
    took = sorted(seat.took for seat in seats)
    received = sum(seat.changes for seat in seats)
    fair = f"each: fastest {took[0]:.1f}, half {took[len(took) // 2]:.1f}, slowest {took[-1]:.1f} s"
    return [
        Figure(f"{workstations} workstations at once, a day's changes each", whole, "s", 120, fair),
        Figure("  turned away or cut off", len(refused), "", 0, "; ".join(sorted(set(refused))[:3])),
        Figure("  received and sent", received, "", None, f"people changed; {workstations * ACTS_A_DAY:,} calls sent"),
        Figure("  the slowest against the middle one", took[-1] / took[len(took) // 2], "x"),
    ]


def storm_figures(stage: Stage, logins: int) -> list[Figure]:
    """Let logins come at the rate of 3,000 in a quarter of an hour times ten, on at most 120 connections."""
    seats = _seats(stage, min(logins, 40), "storm")
    slots, waits, failures = threading.Semaphore(SLOTS), [], []
    gap = STORM_MINUTES * 60 / STORM / 10

    def come(seat: Seat) -> None:
        wanted = time.perf_counter()
        try:
            with slots, seat.hand.session() as session:
                session.hello(seat.hand.device)
                waits.append(time.perf_counter() - wanted)
        except (Refusal, Trouble) as failure:
            failures.append(failure.code)

    lanes = []
    for number in range(logins):
        lanes.append(threading.Thread(target=come, args=(seats[number % len(seats)],)))
        lanes[-1].start()
        time.sleep(gap)
    for lane in lanes:
        lane.join()
    waits.sort()
    late = waits[int(len(waits) * 0.99)] if waits else float("inf")
    said = f"one every {gap * 1000:.0f} ms; half within {waits[len(waits) // 2]:.2f} s" if waits else "nobody came in"
    return [
        Figure(f"storm of {logins} logins, 99 of 100 greeted within", late, "s", 20, said),
        Figure("  turned away", len(failures), "", 0, "; ".join(sorted(set(failures))[:3])),
    ]


def _seats(stage: Stage, count: int, named: str = "early") -> list[Seat]:
    held = panels_of(stage)
    made = []
    for number in range(count):
        panel, _ = held[number % len(held)]
        login = f"{named}{number}"
        once = central.staffing(stage.url).add(login, login.title(), "coordinator", None, panel).one_time_password
        made.append(Seat(hand(stage, login, once), panel, []))
    return made


def _morning(seat: Seat) -> None:
    begun = time.perf_counter()
    try:
        with seat.hand.session() as session:
            session.hello(seat.hand.device)
            session.push(seat.hand.device, seat.hand.calls(seat.members, ACTS_A_DAY))
            seat.changes, _ = seat.hand.follow(session, seat.panel, seat.since, seat.epoch)
    except (Refusal, Trouble) as failure:
        seat.failure = failure.code
    seat.took = time.perf_counter() - begun


def _at_once(jobs: Sequence[Callable[[], None]]) -> float:
    gate = threading.Barrier(len(jobs) + 1)

    def run(job: Callable[[], None]) -> None:
        gate.wait()
        job()

    lanes = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for lane in lanes:
        lane.start()
    gate.wait()
    begun = time.perf_counter()
    for lane in lanes:
        lane.join()
    return begun
