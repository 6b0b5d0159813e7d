"""One round with the centre: push, pull, settle, stop. It knows two ports and decides nothing itself."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from coordinator_app.domain.travel import Initiative, Listing, Place
from coordinator_app.domain.trouble import Trouble
from coordinator_app.sync import course
from coordinator_app.sync.ahead import Ahead
from coordinator_app.sync.course import Seen, Step, next_step
from coordinator_app.sync.pace import FIRST_COPY_SECONDS, Pace
from coordinator_app.sync.ports import Desk, Hub, HubSession, Progress
from coordinator_app.sync.settle import judge

OPS_AT_ONCE = 200
BYTES_AT_ONCE = 512 * 1024


@dataclass(slots=True)
class Received:
    """What a round did; ``as_of`` is the centre's time of the state now held, None where it was not reached."""

    members: int = 0
    rows: int = 0
    sent: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    left: int = 0
    purged: int = 0
    bundles: int = 0
    as_of: datetime | None = None

    @property
    def changed_anything(self) -> bool:
        """True where a screen may show something else than before."""
        return bool(self.members or self.sent or self.left or self.bundles or self.purged)


class Exchange:
    """Runs rounds; ``wall`` is this computer's clock, ``monotonic`` measures pages."""

    def __init__(self, hub: Hub, desk: Desk, wall: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self._hub, self._desk, self._wall, self._monotonic = hub, desk, wall, monotonic

    def round(
        self,
        is_stopped: Callable[[], bool] = lambda: False,
        progress: Progress | None = None,
        received: Received | None = None,
    ) -> Received:
        """Send and receive until both sides are equal or ``is_stopped``; Trouble("offline") is a normal answer.

        Whatever was done before a Trouble stays done: each page and each answer is kept in a transaction of its own,
        and counted in ``received``.
        """
        counted = Received() if received is None else received
        with self._hub.session() as session, Ahead(session) as ahead:
            under_way = _Round(
                session, ahead, self._desk, counted, wall=self._wall, monotonic=self._monotonic, progress=progress
            )
            while not is_stopped():
                step = next_step(under_way.seen)
                if isinstance(step, course.Done):
                    break
                under_way.take(step)
        return counted

    def verify(self) -> int:
        """Compare what is held with the centre, member by member; owe those who differ again, and say how many."""
        count = 0
        with self._hub.session() as session:
            hello = session.hello(self._desk.device_id())
            for place in self._desk.places():
                if place.is_complete and place.epoch == hello.epoch:
                    listing, differing = _differing(session, self._desk, place)
                    if differing:
                        self._desk.begin_copy(place.panel_id, hello.epoch, listing, differing)
                    count += len(differing)
        return count


class _Round:
    """One round's memory, and the hands that take each step."""

    def __init__(
        self,
        session: HubSession,
        ahead: Ahead,
        desk: Desk,
        received: Received,
        *,
        wall: Callable[[], datetime],
        monotonic: Callable[[], float],
        progress: Progress | None,
    ) -> None:
        self._session, self._ahead, self._desk = session, ahead, desk
        self._wall, self._monotonic, self._progress = wall, monotonic, progress
        self._pace, self._copy_pace = Pace(), Pace(aim=FIRST_COPY_SECONDS)
        self.seen, self.received = Seen(), received

    def take(self, step: Step) -> None:
        """Do one step and remember what it changed."""
        match step:
            case course.Greet():
                self._greet()
            case course.Replay():
                self._desk.replay()
                self.seen = replace(self.seen, is_replayed=True)
            case course.TakeBundle(initiative):
                self._take_bundle(initiative)
            case course.Push():
                self._push()
            case course.Renumber():
                self._desk.renumber()
                self.seen = replace(self.seen, is_renumbered=True)
            case _:
                self._pull(step)

    def _pull(self, step: Step) -> None:
        match step:
            case course.Leave(panels):
                self.received.left += self._desk.leave(panels)
                self._look()
            case course.BeginCopy(place, is_repair):
                self._begin_copy(place, is_repair=is_repair)
            case course.Copy(place):
                self._copy(place)
            case course.EndCopy(place):
                self._desk.end_copy(place.panel_id, self._server_time())
                self._look()
            case course.Follow(place):
                self._follow(place)
            case course.Purge():
                self.received.purged += self._desk.purge()
                self.received.as_of = self._server_time()
                self.seen = replace(self.seen, is_purged=True)

    def _greet(self) -> None:
        before = self._wall()
        hello = self._session.hello(self._desk.device_id())
        middle = before + (self._wall() - before) / 2
        skew = (hello.server_time - middle) // timedelta(milliseconds=1)
        has_new_history = self._desk.greet(hello, skew)
        self.seen = replace(self.seen, hello=hello, has_new_history=has_new_history, bundles=self._desk.bundles())
        self._look()

    def _take_bundle(self, initiative: Initiative) -> None:
        rows = self._session.reference(initiative.id)
        self._desk.take_bundle(initiative.id, initiative.bundle, rows)
        self.received.bundles += 1
        self.seen = replace(self.seen, bundles=self._desk.bundles())

    def _push(self) -> None:
        ops = self._desk.waiting(OPS_AT_ONCE)
        if not ops:
            self.seen = replace(self.seen, is_pushed=True)
            return
        # One call speaks for one device; another one's ops, from before a renumbering, go first by themselves.
        batch, size = [ops[0]], len(ops[0].payload)
        for op in ops[1:]:
            size += len(op.payload)
            if op.device_id != ops[0].device_id or size > BYTES_AT_ONCE:
                break
            batch.append(op)
        results = self._session.push(batch[0].device_id, batch)
        if {result.op_id for result in results} != {op.op_id for op in batch}:
            raise Trouble("hub_confused", "The centre answered for other work than was sent; nothing was lost.")
        self._desk.settle([judge(result) for result in results])
        self.received.sent += len(results)
        self.received.outcomes.update(result.outcome for result in results)

    def _begin_copy(self, place: Place, *, is_repair: bool) -> None:
        if is_repair:
            listing, differing = _differing(self._session, self._desk, place)
            self._desk.begin_copy(place.panel_id, self._epoch(), listing, differing)
        else:
            self._desk.begin_copy(place.panel_id, self._epoch(), self._session.listing(place.panel_id))
        self._look()

    def _copy(self, place: Place) -> None:
        size = self._copy_pace.size
        page = self._ahead.take(place) or self._session.copy_page(
            place.panel_id, place.depth, self._desk.next_to_copy(place.panel_id, size)
        )
        count = len(page.asked)
        self._ahead.announce(place, self._desk.next_to_copy(place.panel_id, count + size)[count:])
        began = self._monotonic()
        self._desk.take_copy(place, page)
        self._copy_pace = self._copy_pace.after(count, self._monotonic() - began)
        self.received.members += len(page.present)
        self.received.rows += page.row_count
        if self._progress is not None:
            self._progress(place.total - place.to_copy + count, place.total)
        self._look()

    def _follow(self, place: Place) -> None:
        page = self._session.feed_page(place, self._pace.size, self._desk.unknown)
        began = self._monotonic()
        self._desk.take_feed(place, page, self._server_time())
        self._pace = self._pace.after(len(page.asked), self._monotonic() - began)
        self.received.members += len(page.asked)
        self.received.rows += page.row_count
        self.received.left += len(page.asked) - len(page.present)
        if page.last is None:
            self.seen = replace(self.seen, followed=self.seen.followed | {place.panel_id})
        self._look()

    def _look(self) -> None:
        self.seen = replace(self.seen, places=tuple(self._desk.places()))

    def _epoch(self) -> str:
        assert self.seen.hello is not None  # noqa: S101 (the course greets first)
        return self.seen.hello.epoch

    def _server_time(self) -> datetime:
        assert self.seen.hello is not None  # noqa: S101
        return self.seen.hello.server_time


def _differing(session: HubSession, desk: Desk, place: Place) -> tuple[Listing, set[str]]:
    """Return the members whose rows are not what the centre has, and the list they are of."""
    listing = session.listing(place.panel_id)
    theirs: Mapping[str, int] = session.digests(place.panel_id, place.depth)
    ours = desk.digests(place.panel_id, place.depth)
    return listing, {member for member in listing.members if theirs.get(member) != ours.get(member)}
