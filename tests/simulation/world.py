"""A world made of one seed: what happens to whom and in which order, and what must be true when the faults stop."""

import hashlib
import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.simulation.cast import Cast, known_ids
from tests.simulation.centre import Centre
from tests.simulation.driver import Fuses, fused
from tests.simulation.line import FAULTS, Line
from tests.simulation.nurse import Nurse
from tests.simulation.oracle import Owed, check
from tests.simulation.workstation import Workstation, rows_of

if TYPE_CHECKING:
    from coordinator_app.domain.travel import Page, Place

ROUNDS = 3
"""Within how many rounds after the last fault all must agree."""
MEMORY = Path("/dev/shm")
"""Where stores lie if it is there: what a power cut does to a disk is tried elsewhere."""
RARE = 100
"""One seed of so many has a fail-over."""
FORKED = 10
"""One seed of so many has a computer that is put back after its work was sent, and goes on under the same numbers."""


class World:
    """One center and some workstations; every event is one method, and ``happen`` chooses among them."""

    def __init__(self, cast: Cast, seed: int, folder: Path, fuses: Fuses, *, stations: int = 0, name: str = "") -> None:
        self.seed, self.chance = seed, Random(f"world {seed}")
        self.cast, self.centre = cast, Centre(cast, name or f"seed_{seed}")
        self.trace: list[str] = []
        self._began, self._passed = datetime.now(UTC), timedelta()
        self.owed: dict[str, Owed] = {}
        self.has_gone_back = False
        self._late: list[tuple[Workstation, tuple[Place, Page]]] = []
        self.stations: list[Workstation] = []
        count = stations or 5 + min(self.chance.randrange(16), self.chance.randrange(16))
        for number in range(count):
            path = folder / f"{number}.db"
            self.stations.append(Workstation(cast, self.centre.address, number, path, fuse=fuses[path], now=self.now))
        joan = next(each for each in cast.people if each.is_supervisor)
        self._supervisor = Line(self.centre.address, joan.login, joan.password)
        self._nurse = Nurse(self.chance, cast.doctors, self.now)
        self.members = sorted(self.centre.members())

    def now(self) -> datetime:
        """True time: it stands still but for the events."""
        return self._began + self._passed

    def tell(self, *words: object) -> None:
        """Note what happened, in words that are the same on every run of this seed."""
        self.trace.append(" ".join(str(word) for word in words))

    @property
    def fingerprint(self) -> str:
        """One hash over all that happened."""
        return hashlib.sha256("\n".join(self.trace).encode()).hexdigest()

    # --- what nurses do ------------------------------------------------------------------------------------------

    def act(self, station: Workstation, crash_at: int = 0) -> None:
        """Let a nurse save something about one of her people, with a crash in the middle or without."""
        members = station.offered()
        if not members:
            return
        member = self.chance.choice(members)
        kind, rows, rests_on = self._nurse.next_act(station, member)
        before = set(station.outbox())
        done = station.survive(
            lambda: "saved" if station.act(kind, rows, member, rests_on) else "",
            crash_at,
            is_after=self.chance.random() < 0.3,
        )
        self._remember(station, before)
        self.tell("act", station.number, kind, self.members.index(member), done, len(station.outbox()) - len(before))

    def _remember(self, station: Workstation, before: set[str]) -> None:
        for op, (_, payload) in station.outbox().items():
            if op not in before:
                self.owed[op] = Owed(station.number, rows_of(payload))

    def sync(self, station: Workstation, fault: tuple[int, str] | None = None, crash_at: int = 0) -> None:
        """Do a round over a bad line, or with a crash."""
        station.line.fault = fault
        how = station.survive(station.sync, crash_at, is_after=self.chance.random() < 0.3)
        self.tell("sync", station.number, fault, crash_at, how)

    def keep_image(self, station: Workstation) -> None:
        """Copy a whole computer."""
        station.keep_image()
        self.tell("image", station.number)

    def roll_back(self, station: Workstation) -> None:
        """Put the old copy back: what was not sent since is gone with the disk it was on."""
        if station.image is None:
            return
        self.has_gone_back = True
        lost = station.roll_back()
        for op in lost:
            self.owed[op].is_local_gone = True
        self._late = [each for each in self._late if each[0] is not station]
        self.tell("roll back", station.number, len(lost))

    def skew(self, station: Workstation) -> None:
        """Set a clock wrong, or right again."""
        station.skew = self.chance.choice(
            [timedelta(), timedelta(seconds=-90), timedelta(days=-1), timedelta(days=1096), timedelta(hours=7)]
        )
        self.tell("skew", station.number, station.skew)

    def small_pages(self, station: Workstation) -> None:
        """Change how many members travel at once."""
        station.page_limit = self.chance.choice([1, 3, 7, 50])
        self.tell("pages", station.number, station.page_limit)

    def stale_page(self, station: Workstation) -> None:
        """Read a page now and apply it after everything else moved on."""
        page = station.stale_page()
        if page is not None:
            self._late.append((station, page))
        self.tell("stale", station.number, page is not None)

    def late(self) -> None:
        """Apply what was read long ago, and have the center hear what was sent long ago."""
        for station, page in self._late:
            self.tell("late page", station.number, station.take_late(*page))
        self._late = []
        for station in self.stations:
            if station.line.delayed:
                self.tell("late push", station.number, station.line.send_delayed())

    # --- what happens at the center --------------------------------------------------------------------------------

    def move(self) -> None:
        """Move one or two members to another panel."""
        gone = self.chance.sample(self.members, self.chance.choice([1, 1, 2]))
        panel = self.chance.choice(["East", "East", "West", "North", "Nobody"])
        self.centre.move(gone, self.cast.panels[panel])
        self.tell("move", *(self.members.index(each) for each in gone), panel)

    def empty(self) -> None:
        """Take a large part of a panel away at once, or give it back."""
        held = self.centre.members()
        source, target = ("East", "Nobody") if self.chance.random() < 0.6 else ("Nobody", "East")
        gone = [member for member, panel in held.items() if panel == self.cast.panels[source]]
        if gone:
            self.centre.move(gone, self.cast.panels[target])
        self.tell("empty", source, target, len(gone))

    def load(self) -> None:
        """Change what the payer knows."""
        member = self.chance.choice(self.members)
        how = self.chance.choice(["change", "add", "remove"])
        if self.centre.slow is None or self.centre.slow[1] != member:
            self.centre.change_facts(member, how)
            self.tell("load", self.members.index(member), how)

    def slow_writer(self) -> None:
        """Begin a transaction that stays open over what follows, or end it."""
        if self.centre.slow is None:
            member = self.chance.choice(self.members)
            self.centre.begin_slow(member)
            self.tell("slow", self.members.index(member))
        else:
            is_committed = self.chance.random() < 0.7
            self.centre.end_slow(is_committed=is_committed)
            self.tell("slow ends", is_committed)

    def panel(self) -> None:
        """Take a panel from a nurse, or give it."""
        person = self.chance.choice([each for each in self.cast.people if not each.is_supervisor])
        panel, is_given = self.chance.choice(["East", "West", "North"]), self.chance.random() < 0.6
        self.centre.give(person.id, self.cast.panels[panel], is_given=is_given)
        self.tell("panel", person.login, panel, is_given)

    def decide(self) -> None:
        """Have the supervisor say of one act that waits whether it is taken up."""
        waiting = sorted(str(each["op_id"]) for each in self._supervisor.waiting())
        if waiting:
            op, is_accepted = self.chance.choice(waiting), self.chance.random() < 0.6
            outcome = self._supervisor.decide(op, is_accepted=is_accepted)
            self.tell("decide", list(self.owed).index(op), is_accepted, outcome)

    def back_up(self) -> None:
        """Keep last night's copy."""
        self._hang_up()
        self.centre.back_up()
        self.tell("back up")

    def restore(self) -> None:
        """Go back to last night's copy; only workstations know what was done since."""
        if self.centre.has_backup:
            self._hang_up()
            self.has_gone_back = True
            self.centre.restore()
            self.tell("restore")

    def new_epoch(self) -> None:
        """Have an administrator say that the history is another."""
        self.centre.new_epoch()
        self.tell("new epoch")

    def _hang_up(self) -> None:
        self._supervisor.cut()
        for station in self.stations:
            station.line.cut()

    # --- a whole seed ------------------------------------------------------------------------------------------------

    def happen(self) -> None:
        """Let one thing happen."""
        self._passed += timedelta(milliseconds=self.chance.randrange(50, 60_000))
        station = self.chance.choice(self.stations)
        hit = self.chance.randrange(1000)
        choices = [
            (360, lambda: self.act(station)),
            (400, lambda: self.act(station, self.chance.randrange(1, 20))),
            (520, lambda: self.sync(station)),
            (660, lambda: self.sync(station, (self.chance.randrange(8), self.chance.choice(FAULTS)))),
            (740, lambda: self.sync(station, None, self.chance.randrange(1, 120))),
            (820, self.move),
            (865, self.load),
            (885, self.slow_writer),
            (897, lambda: self.keep_image(station)),
            (912, lambda: self.roll_back(self._with_image(station))),
            (930, lambda: self.skew(station)),
            (945, lambda: self.small_pages(station)),
            (957, lambda: self.stale_page(station)),
            (975, self.late),
            (982, self.empty),
            (992, self.panel),
            (1000, self.decide),
        ]
        next(each for below, each in choices if hit < below)()

    def _with_image(self, station: Workstation) -> Workstation:
        return next((each for each in self.stations if each.image is not None), station)

    def live(self, events: int) -> None:
        """Let many things happen; some seeds go back to an old copy of the center, some to one of a computer."""
        marks = {}
        if self.seed % FORKED == FORKED // 2:
            first = self.stations[0]
            marks = {
                events // 4: lambda: self.keep_image(first),
                events // 2: lambda: self._work_and_send(first),
                events * 3 // 4: lambda: self.roll_back(first),
                events * 7 // 8: lambda: self._work_and_send(first),
            }
        if self.seed % RARE == 0:
            marks = {events // 3: self.back_up, events * 2 // 3: self.restore, events * 5 // 6: self.new_epoch}
        for number in range(events):
            if number in marks:
                marks[number]()
            self.happen()

    def _work_and_send(self, station: Workstation) -> None:
        self.sync(station)
        for _ in range(3):
            self.act(station)
        self.sync(station)

    def settle(self) -> None:
        """Stop all faults, do three rounds everywhere, and raise where anything is lost, doubled or different."""
        self.late()
        self.centre.end_slow(is_committed=True)
        self._everybody_syncs()
        for _ in range(ROUNDS - 2):
            self._everybody_syncs()
            with suppress(AssertionError):
                check(self)
                return
        self._everybody_syncs()
        check(self)

    def _everybody_syncs(self) -> None:
        for station in self.stations:
            # Rounds are minutes apart: time does not stand still between two of them.
            self._passed += timedelta(seconds=1)
            station.line.fault = None
            self.sync(station)

    def close(self) -> None:
        """Remove everything."""
        self._supervisor.cut()
        for station in self.stations:
            station.close()
        self.centre.drop()


def live_through(cast: Cast, seed: int, *, events: int = 90) -> str:
    """Live through one seed and return the hash of all that happened; an AssertionError names the seed."""
    chance = Random(f"ids {seed}")
    clock = 1_795_000_000_000_000_000

    def tick() -> int:
        nonlocal clock
        clock += 1_000_000
        return clock

    with (
        tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder,
        fused() as fuses,
        known_ids(chance, tick),
    ):
        world = World(cast, seed, Path(folder), fuses)
        try:
            world.live(events)
            world.settle()
        except BaseException as error:
            error.add_note(f"seed {seed} with {events} events; the last of them:\n" + "\n".join(world.trace[-40:]))
            raise
        finally:
            world.close()
        return world.fingerprint
