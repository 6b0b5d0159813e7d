from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coordinator_app.domain.travel import Hello, Initiative, Panel, Place
from coordinator_app.sync import steps
from coordinator_app.sync.course import Seen, learn, next_step, step

HERE, NOW = "epoch-1", datetime(2026, 11, 20, tzinfo=UTC)
ALL = ("east", "west", "north")


def hello(
    panels: tuple[str, ...] = ALL,
    *,
    epoch: str = HERE,
    device: str = "active",
    role: str = "coordinator",
    may_pull: bool = True,
) -> Hello:
    listed = tuple(Panel(each, "i", each, "full", 1) for each in panels)
    initiatives = (Initiative("i", "demo", "UTC", "US-MA", "08:00-17:00", None, "7"),)
    return Hello(epoch, NOW, 1, "p", "P", role, listed, initiatives, device, may_pull=may_pull)


places = st.builds(
    Place,
    panel_id=st.sampled_from(ALL),
    epoch=st.sampled_from([HERE, "epoch-0"]),
    s_old=st.sampled_from([None, "1:1:"]),
    s_target=st.none(),
    pos=st.none(),
    is_complete=st.booleans(),
    total=st.just(3),
    to_copy=st.integers(0, 3),
    verified_at=st.sampled_from([None, NOW - timedelta(days=1), NOW - timedelta(days=8)]),
    tables=st.sampled_from([(), ("fact",)]),
    is_filling=st.booleans(),
)
seens = st.builds(
    Seen,
    hello=st.one_of(
        st.none(),
        st.builds(
            hello,
            st.sets(st.sampled_from(ALL)).map(tuple),
            device=st.sampled_from(["active", "frozen"]),
            role=st.sampled_from(["coordinator", "supervisor"]),
            may_pull=st.booleans(),
        ),
    ),
    has_new_history=st.booleans(),
    bundles=st.sampled_from([{}, {"i": "6"}, {"i": "7"}]),
    set_aside=st.integers(0, 2),
    places=st.lists(places, max_size=3, unique_by=lambda each: each.panel_id).map(tuple),
)


def went_well(seen: Seen, command: steps.Step) -> steps.Event:  # noqa: C901, PLR0911, PLR0912 (one case a command)
    """Return what happens when a command is carried out and nothing goes wrong."""
    match command:
        case steps.Greet():
            return steps.Greeted(hello(), has_new_history=False, bundles=seen.bundles, places=seen.places)
        case steps.Replay():
            return steps.Replayed()
        case steps.TakeBundle(initiative):
            return steps.Bundled({**seen.bundles, initiative.id: initiative.bundle})
        case steps.Push():
            return steps.Sent(is_all=True)
        case steps.AskAgain():
            return steps.AskedAgain()
        case steps.TakeWaiting():
            return steps.WaitingTaken()
        case steps.Renumber():
            return steps.Renumbered()
        case steps.Leave(panels):
            return steps.Moved(tuple(each for each in seen.places if each.panel_id not in panels))
        case steps.BeginCopy(place):
            begun = replace(place, epoch=HERE, s_old="2:2:", to_copy=2, is_complete=False, is_filling=False)
            return steps.Moved(moved(seen, begun))
        case steps.Copy(place):
            return steps.Moved(moved(seen, replace(place, to_copy=place.to_copy - 1)))
        case steps.BeginFill(place):
            return steps.Moved(moved(seen, replace(place, is_filling=True, to_copy=2)))
        case steps.EndFill(place):
            return steps.Moved(moved(seen, replace(place, is_filling=False, tables=())))
        case steps.EndCopy(place):
            return steps.Copied(place.panel_id, moved(seen, replace(place, is_complete=True)))
        case steps.Follow(place):
            return steps.Followed(place.panel_id, seen.places, is_end=True)
        case steps.Verify(place):
            # One member differed, which is the case that has to come to an end.
            owed = replace(place, verified_at=NOW, s_old="3:3:", to_copy=1, is_complete=False)
            return steps.Verified(place.panel_id, moved(seen, owed))
        case _:
            return steps.Purged()


def moved(seen: Seen, place: Place) -> tuple[Place, ...]:
    return tuple(place if each.panel_id == place.panel_id else each for each in seen.places)


def walked(seen: Seen) -> tuple[list[steps.Step], Seen]:
    commands: list[steps.Step] = []
    command = next_step(seen)
    while not isinstance(command, steps.Done):
        commands.append(command)
        seen, command = step(seen, went_well(seen, command))
        assert len(commands) < 60
    return commands, seen


@given(seens)
def test_every_round_comes_to_an_end_with_every_panel_whole(seen: Seen) -> None:
    _, seen = walked(seen)
    assert seen.hello is not None
    if not seen.hello.may_pull:
        return
    ours = {panel.id for panel in seen.hello.panels}
    assert {place.panel_id for place in seen.places} <= ours
    for place in seen.places:
        assert (place.is_complete, place.epoch, place.to_copy) == (True, HERE, 0)
        assert not place.tables or place.is_filling is False, "what a newer program reads was fetched"
        assert place.panel_id in seen.followed


@given(seens)
def test_what_the_nurse_did_goes_before_anything_is_fetched_or_let_go(seen: Seen) -> None:
    commands, known = walked(seen)
    kinds = [type(command) for command in commands]
    later = (steps.Leave, steps.BeginCopy, steps.Copy, steps.Follow, steps.Verify, steps.Purge)
    pushed = kinds.index(steps.Push)
    assert not any(kind in later for kind in kinds[:pushed])
    if steps.Replay in kinds:
        assert kinds.index(steps.Replay) < pushed
    assert known.hello is not None
    assert (kinds[-1] is steps.Purge) == known.hello.may_pull


@given(seens)
def test_a_program_too_old_to_receive_sends_and_lets_nothing_go(seen: Seen) -> None:
    greeted = replace(seen, hello=hello((), may_pull=False))
    kinds = {type(command) for command in walked(greeted)[0]}
    assert steps.Push in kinds
    assert kinds <= {steps.Replay, steps.TakeBundle, steps.Push, steps.AskAgain}


@given(seens)
def test_a_feed_is_followed_only_in_the_history_it_belongs_to(seen: Seen) -> None:
    for command in walked(seen)[0]:
        if isinstance(command, (steps.Follow, steps.Verify)):
            assert command.place.epoch == HERE
            assert command.place.s_old is not None
            assert command.place.is_complete


@given(seens)
def test_a_panel_is_compared_once_and_not_in_the_round_that_copied_it(seen: Seen) -> None:
    compared = [command.place.panel_id for command in walked(seen)[0] if isinstance(command, steps.Verify)]
    assert len(compared) == len(set(compared))
    began: set[str] = set()
    for command in walked(seen)[0]:
        if isinstance(command, steps.EndCopy):
            began.add(command.place.panel_id)
        if isinstance(command, steps.Verify):
            assert command.place.panel_id not in began
            assert command.place.verified_at is None or command.place.verified_at < NOW - timedelta(days=7)


@given(seens, st.data())
def test_the_same_events_lead_to_the_same_commands(seen: Seen, data: st.DataObject) -> None:
    event = data.draw(
        st.sampled_from([steps.Began(), steps.Sent(is_all=True), steps.Replayed(), steps.AskedAgain(), steps.Purged()])
    )
    assert step(seen, event) == step(seen, event)
    assert learn(seen, steps.Began()) == Seen()


def test_the_panel_at_work_is_brought_up_to_date_before_another_is_copied() -> None:
    whole = Place("west", HERE, "1:1:", None, None, is_complete=True, total=1, to_copy=0)
    fresh = Place("east", "", None, None, None, is_complete=False, total=0, to_copy=0)
    seen = Seen(hello=hello(), bundles={"i": "7"}, is_pushed=True, places=(fresh, whole))
    assert next_step(seen) == steps.Follow(whole)
