"""One round with the centre: push, pull, settle, stop. It knows two ports and decides nothing itself."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from coordinator_app.domain.travel import Initiative, Listing, Place
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.sync import course, steps
from coordinator_app.sync.ahead import Ahead
from coordinator_app.sync.course import Seen
from coordinator_app.sync.pace import FIRST_COPY_SECONDS, Pace
from coordinator_app.sync.ports import Desk, Hub, HubSession, Progress
from coordinator_app.sync.settle import LATER, judge
from coordinator_app.sync.steps import Event, Step

OPS_AT_ONCE = 200
BYTES_AT_ONCE = 512 * 1024
CURSOR_EXPIRED = "cursor_expired"


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
    # Members compared with the centre that differed and are fetched again.
    differed: int = 0
    # Why work stays here although the centre was reached: a code, empty where nothing stays.
    held_back: str = ""
    # The last day on which this program may receive, and whether it still may.
    pull_until: date | None = None
    may_pull: bool = True
    as_of: datetime | None = None

    @property
    def changed_anything(self) -> bool:
        """True where a screen may show something else than before."""
        return bool(self.members or self.sent or self.left or self.bundles or self.purged)


class Exchange:
    """Runs rounds; ``wall`` is this computer's clock, ``monotonic`` measures pages, ``greeted`` hears of each hello."""

    def __init__(
        self,
        hub: Hub,
        desk: Desk,
        wall: Callable[[], datetime],
        monotonic: Callable[[], float],
        greeted: Callable[[], object] = lambda: None,
    ) -> None:
        self._hub, self._desk, self._wall, self._monotonic = hub, desk, wall, monotonic
        self._greeted = greeted

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
            event: Event = steps.Began()
            while not is_stopped():
                under_way.seen, step = course.step(under_way.seen, event)
                if isinstance(step, steps.Done):
                    break
                event = under_way.take(step)
                if isinstance(event, steps.Greeted):
                    self._greeted()
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

    def take(self, step: Step) -> Event:  # noqa: PLR0911 (one case a command)
        """Do one step and say what happened."""
        match step:
            case steps.Greet():
                return self._greet()
            case steps.Replay():
                self._desk.replay()
                return steps.Replayed()
            case steps.TakeBundle(initiative):
                return self._take_bundle(initiative)
            case steps.Push():
                return self._push()
            case steps.AskAgain():
                results = self._session.outcomes(self._desk.set_aside())
                self._desk.hear_again([judge(result) for result in results])
                return steps.AskedAgain()
            case steps.TakeWaiting():
                self._desk.keep_waiting(self._session.waiting())
                return steps.WaitingTaken()
            case steps.Renumber():
                self._desk.renumber()
                return steps.Renumbered()
            case _:
                return self._pull(step)

    def _pull(self, step: Step) -> Event:  # noqa: PLR0911
        match step:
            case steps.Leave(panels):
                self.received.left += self._desk.leave(panels)
                return steps.Moved(self._places())
            case steps.BeginCopy(place, is_repair):
                return self._begin_copy(place, is_repair=is_repair)
            case steps.Copy(place):
                return self._copy(place)
            case steps.EndCopy(place):
                self._desk.end_copy(place.panel_id, self._server_time())
                return steps.Copied(place.panel_id, self._places())
            case steps.BeginFill(place):
                self._desk.begin_fill(place.panel_id)
                return steps.Moved(self._places())
            case steps.EndFill(place):
                self._desk.end_fill(place.panel_id)
                return steps.Moved(self._places())
            case steps.Follow(place):
                return self._follow(place)
            case steps.Verify(place):
                return self._verify(place)
            case _:
                return self._purge()

    def _purge(self) -> Event:
        self.received.purged += self._desk.purge()
        # Kept until it was said: a line that breaks here says it in the next round.
        for receipt in self._desk.receipts():
            self._session.purged(receipt)
            self._desk.forget_receipt(receipt)
        self.received.as_of = self._server_time()
        return steps.Purged()

    def _greet(self) -> Event:
        before, begun = self._wall(), self._monotonic()
        hello = self._session.hello(self._desk.device_id())
        # The middle of the round trip by a clock nobody sets: the wall's may be moved while the answer is on its way.
        middle = before + timedelta(seconds=(self._monotonic() - begun) / 2)
        skew = (hello.server_time - middle) // timedelta(milliseconds=1)
        has_new_history = self._desk.greet(hello, skew)
        self.received.pull_until, self.received.may_pull = hello.pull_until, hello.may_pull
        set_aside = len(self._desk.set_aside())
        return steps.Greeted(hello, has_new_history, self._desk.bundles(), self._places(), set_aside)

    def _take_bundle(self, initiative: Initiative) -> Event:
        rows = self._session.reference(initiative.id)
        self._desk.take_bundle(initiative.id, initiative.bundle, rows)
        self.received.bundles += 1
        return steps.Bundled(self._desk.bundles())

    def _push(self) -> Event:
        ops = self._desk.waiting(OPS_AT_ONCE)
        if not ops:
            return steps.Sent(is_all=True)
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
        taken = [result.outcome for result in results if result.outcome != LATER]
        self.received.sent += len(taken)
        self.received.outcomes.update(taken)
        for result in results:
            if result.outcome == LATER:
                self.received.held_back = str(result.facts.get("cause", LATER))
        return steps.Sent(is_all=len(taken) < len(results))

    def _begin_copy(self, place: Place, *, is_repair: bool) -> Event:
        if is_repair:
            listing, differing = _differing(self._session, self._desk, place)
            self._desk.begin_copy(place.panel_id, self._epoch(), listing, differing)
        else:
            self._desk.begin_copy(place.panel_id, self._epoch(), self._session.listing(place.panel_id))
        return steps.Moved(self._places())

    def _copy(self, place: Place) -> Event:
        size = self._copy_pace.size
        page = self._ahead.take(place) or self._session.copy_page(
            place.panel_id, place.depth, self._desk.next_to_copy(place.panel_id, size), place.only
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
        return steps.Moved(self._places())

    def _follow(self, place: Place) -> Event:
        try:
            page = self._session.feed_page(place, self._pace.size, self._desk.unknown)
        except Refusal as refusal:
            if refusal.code != CURSOR_EXPIRED:
                raise
            # The centre gave up what lies before: the panel is copied again; what waits to be sent is not touched.
            self._desk.expire(place.panel_id)
            return steps.Moved(self._places())
        began = self._monotonic()
        self._desk.take_feed(place, page, self._server_time())
        self._pace = self._pace.after(len(page.asked), self._monotonic() - began)
        self.received.members += len(page.asked)
        self.received.rows += page.row_count
        self.received.left += len(page.asked) - len(page.present)
        return steps.Followed(place.panel_id, self._places(), is_end=page.last is None)

    def _verify(self, place: Place) -> Event:
        listing, differing = _differing(self._session, self._desk, place)
        self._desk.verified(place.panel_id, self._epoch(), listing, differing, self._server_time())
        self.received.differed += len(differing)
        return steps.Verified(place.panel_id, self._places())

    def _places(self) -> tuple[Place, ...]:
        return tuple(self._desk.places())

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
