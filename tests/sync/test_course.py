from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from coordinator_app.domain.travel import Hello, Initiative, Panel, Place
from coordinator_app.sync import course
from coordinator_app.sync.course import Seen, next_step

HERE, NOW = "epoch-1", datetime(2026, 11, 20, tzinfo=UTC)
ALL = ("east", "west", "north")


def hello(panels: tuple[str, ...] = ALL, *, epoch: str = HERE, device: str = "active") -> Hello:
    listed = tuple(Panel(each, "i", each, "full", 1) for each in panels)
    initiatives = (Initiative("i", "demo", "UTC", "US-MA", "08:00-17:00", None, "7"),)
    return Hello(epoch, NOW, 1, "p", "P", "coordinator", listed, initiatives, device)


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
)
seens = st.builds(
    Seen,
    hello=st.one_of(
        st.none(),
        st.builds(
            hello,
            st.sets(st.sampled_from(ALL)).map(tuple),
            device=st.sampled_from(["active", "frozen"]),
        ),
    ),
    has_new_history=st.booleans(),
    bundles=st.sampled_from([{}, {"i": "6"}, {"i": "7"}]),
    places=st.lists(places, max_size=3, unique_by=lambda each: each.panel_id).map(tuple),
)


def done(seen: Seen, step: course.Step) -> Seen:  # noqa: C901, PLR0911 (one case a step)
    """Return what a round knows after a step that went well."""
    match step:
        case course.Greet():
            return replace(seen, hello=hello())
        case course.Replay():
            return replace(seen, is_replayed=True)
        case course.TakeBundle(initiative):
            return replace(seen, bundles={**seen.bundles, initiative.id: initiative.bundle})
        case course.Push():
            return replace(seen, is_pushed=True)
        case course.Renumber():
            return replace(seen, is_renumbered=True)
        case course.Leave(panels):
            return replace(seen, places=tuple(each for each in seen.places if each.panel_id not in panels))
        case course.BeginCopy(place):
            return moved(seen, replace(place, epoch=HERE, s_old="2:2:", to_copy=2, is_complete=False))
        case course.Copy(place):
            return moved(seen, replace(place, to_copy=place.to_copy - 1))
        case course.EndCopy(place):
            return moved(seen, replace(place, is_complete=True))
        case course.Follow(place):
            return replace(seen, followed=seen.followed | {place.panel_id})
        case _:
            return replace(seen, is_purged=True)


def moved(seen: Seen, place: Place) -> Seen:
    return replace(seen, places=tuple(place if each.panel_id == place.panel_id else each for each in seen.places))


def walked(seen: Seen) -> list[course.Step]:
    steps: list[course.Step] = []
    while not isinstance(step := next_step(seen), course.Done):
        steps.append(step)
        seen = done(seen, step)
        assert len(steps) < 60
    return steps


@given(seens)
def test_every_round_comes_to_an_end_with_every_panel_whole(seen: Seen) -> None:
    steps = walked(seen)
    for step in steps:
        seen = done(seen, step)
    assert seen.hello is not None
    ours = {panel.id for panel in seen.hello.panels}
    assert {place.panel_id for place in seen.places} <= ours
    for place in seen.places:
        assert (place.is_complete, place.epoch, place.to_copy) == (True, HERE, 0)
        assert place.panel_id in seen.followed


@given(seens)
def test_what_the_nurse_did_goes_before_anything_is_fetched_or_let_go(seen: Seen) -> None:
    kinds = [type(step) for step in walked(seen)]
    later = (course.Leave, course.BeginCopy, course.Copy, course.Follow, course.Purge)
    pushed = kinds.index(course.Push)
    assert not any(kind in later for kind in kinds[:pushed])
    if course.Replay in kinds:
        assert kinds.index(course.Replay) < pushed
    assert kinds[-1] is course.Purge


@given(seens)
def test_a_feed_is_followed_only_in_the_history_it_belongs_to(seen: Seen) -> None:
    for step in walked(seen):
        if isinstance(step, course.Follow):
            assert step.place.epoch == HERE
            assert step.place.s_old is not None
            assert step.place.is_complete


def test_the_panel_at_work_is_brought_up_to_date_before_another_is_copied() -> None:
    whole = Place("west", HERE, "1:1:", None, None, is_complete=True, total=1, to_copy=0)
    fresh = Place("east", "", None, None, None, is_complete=False, total=0, to_copy=0)
    seen = Seen(hello=hello(), bundles={"i": "7"}, is_pushed=True, places=(fresh, whole))
    assert next_step(seen) == course.Follow(whole)
