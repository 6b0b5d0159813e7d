from hypothesis import given
from hypothesis import strategies as st

from coordinator_app.domain.travel import OpResult
from coordinator_app.sync.pace import CEILING, FLOOR, Pace
from coordinator_app.sync.settle import Decision, judge, settle

FIELDS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2))


@given(FIELDS, FIELDS, FIELDS)
def test_no_change_of_either_side_is_lost_without_asking(
    ours: dict[str, int], theirs: dict[str, int], base: dict[str, int]
) -> None:
    settled = settle(ours, theirs, base)
    for name in {*ours, *theirs, *base}:
        if name in settled.fields:
            assert ours.get(name) != base.get(name) != theirs.get(name) != ours.get(name)
        else:
            changed = ours if ours.get(name) != base.get(name) else theirs
            assert settled.merged.get(name) == changed.get(name)
    assert (settled.decision is Decision.ASK) == bool(settled.fields)


@given(FIELDS, FIELDS, FIELDS)
def test_both_sides_come_to_the_same_record_where_nobody_is_asked(
    ours: dict[str, int], theirs: dict[str, int], base: dict[str, int]
) -> None:
    here, there = settle(ours, theirs, base), settle(theirs, ours, base)
    assert here.fields == there.fields
    if not here.fields:
        assert here.merged == there.merged


@given(FIELDS, FIELDS)
def test_who_changed_nothing_takes_and_who_alone_changed_keeps(ours: dict[str, int], base: dict[str, int]) -> None:
    assert settle(base, ours, base).decision is Decision.TAKE
    kept = settle(ours, base, base)
    assert kept.decision in {Decision.KEEP, Decision.TAKE}
    assert {name: value for name, value in kept.merged.items() if value is not None} == ours


@given(st.text(max_size=12), st.dictionaries(st.sampled_from(["cause", "first"]), st.text(max_size=12)))
def test_every_outcome_gets_a_state_and_none_stays_waiting(outcome: str, facts: dict[str, str]) -> None:
    verdict = judge(OpResult("op", outcome, facts))
    assert verdict.state in {"acked", "quarantined"}
    assert (verdict.state == "quarantined") <= bool(verdict.needs_you)


def test_a_repeat_gives_the_first_answer_again() -> None:
    first = judge(OpResult("op", "quarantined", {"cause": "not_your_panel"}))
    again = judge(OpResult("op", "duplicate", {"cause": "not_your_panel", "first": "quarantined"}))
    assert (again.state, again.needs_you) == (first.state, first.needs_you) == ("quarantined", "waiting_for_supervisor")
    assert judge(OpResult("op", "duplicate", {"first": "applied"})).state == "acked"


@given(st.lists(st.tuples(st.integers(0, 5000), st.floats(0, 100)), max_size=30))
def test_a_page_never_shrinks_under_the_floor_nor_jumps(pages: list[tuple[int, float]]) -> None:
    pace = Pace()
    for members, seconds in pages:
        after = pace.after(members, seconds)
        assert FLOOR <= after.size <= CEILING
        assert after.size <= 2 * pace.size
        pace = after
