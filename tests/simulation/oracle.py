"""What must be true when the faults have stopped: nothing lost, nothing doubled, everything the same."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.simulation.centre import Centre, Known
from tests.simulation.workstation import Workstation

if TYPE_CHECKING:
    from tests.simulation.world import World

KEPT_APART = ("contact", "note", "response", "follow_up", "retraction")
"""Acts whose rows no merge ever copies: the center holds exactly those that were written."""


@dataclass
class Owed:
    """An op a nurse saved: its rows must be at the center, or its words must wait there for a person."""

    station: int
    rows: Mapping[str, Sequence[str]]
    is_local_gone: bool = False


def check(world: "World") -> None:
    """Raise AssertionError where the world is not as promised."""
    ledger = world.centre.ledger()
    _nothing_is_lost(world.owed, ledger)
    _nothing_is_doubled(world.centre, world.owed, ledger)
    _no_false_alarm(world)
    panel_of = world.centre.members()
    for station in world.stations:
        _all_is_settled(station, ledger)
        _only_ours(station, world.centre, panel_of)
        _same(station, panel_of)


def _no_false_alarm(world: "World") -> None:
    """Numbers and chain are whole unless a computer or the center went back in time."""
    if not world.has_gone_back:
        alarms = "SELECT DISTINCT kind FROM audit.event WHERE kind IN ('device_fork', 'outbox_gap', 'chain_broken')"
        assert world.centre.rows(alarms) == []


def _nothing_is_lost(owed: Mapping[str, Owed], ledger: Mapping[str, Known]) -> None:
    lost = [op for op, each in owed.items() if op not in ledger and not each.is_local_gone]
    assert not lost, f"{len(lost)} lost, first of workstation {owed[lost[0]].station}"
    strange = ledger.keys() - owed.keys()
    assert not strange, f"{len(strange)} ops nobody made"


def _nothing_is_doubled(centre: Centre, owed: Mapping[str, Owed], ledger: Mapping[str, Known]) -> None:
    for table in (*KEPT_APART, "visit"):
        there = centre.acts(table)
        wanted = {
            row: op
            for op, known in ledger.items()
            if known.outcome != "quarantined"
            for row in owed[op].rows.get(table, ())
        }
        assert wanted.items() <= there.items(), f"rows of {table} are missing at the center"
        if table in KEPT_APART:
            assert there == wanted, f"{table} has rows nobody wrote"
    for op, known in ledger.items():
        # "invalid" is an error nobody foresaw; nurses here write nothing that deserves it.
        assert known.cause != "invalid", "an act fell over an error of the center"
        if known.outcome == "quarantined":
            assert known.rows == owed[op].rows, "the words of what was not applied are not kept whole"
    doubled = centre.rows(
        "SELECT count(*) FROM activity.slot AS a JOIN activity.slot AS b ON a.id < b.id"
        " AND a.resource_no = b.resource_no AND a.slot && b.slot WHERE a.released_at IS NULL AND b.released_at IS NULL"
    )
    assert doubled == [(0,)], "two in one slot"


def _all_is_settled(station: Workstation, ledger: Mapping[str, Known]) -> None:
    box = station.outbox()
    states = Counter(state for state, _ in box.values())
    assert states.keys() <= {"acked", "quarantined"}, f"workstation {station.number}: {states}"
    for op, (state, _) in box.items():
        assert (state == "quarantined") == (ledger[op].outcome == "quarantined"), (
            f"workstation {station.number} believes {state} of an op that is {ledger[op].outcome}"
        )
    told = {row[0] for row in station.sql("SELECT op_id FROM needs_you")}
    silent = [op for op, (state, _) in box.items() if state == "quarantined" and op not in told]
    assert not silent, f"workstation {station.number} tells nobody of {len(silent)} refused acts"
    orphans = [op for op in station.unseen().values() if box.get(op, ("",))[0] != "quarantined"]
    assert not orphans, f"workstation {station.number} shows {len(orphans)} rows as unsent that are settled"


def _only_ours(station: Workstation, centre: Centre, panel_of: Mapping[str, str]) -> None:
    ours = centre.panels_of(station.person.id, is_supervisor=station.person.is_supervisor)
    wanted = {member for member, panel in panel_of.items() if panel in ours}
    held = station.held()
    assert held <= wanted, f"workstation {station.number} still holds {len(held - wanted)} of others"
    assert wanted <= held, f"workstation {station.number} misses {len(wanted - held)}"
    assert set(station.offered()) == wanted, f"workstation {station.number} hides somebody of its own"


def _same(station: Workstation, panel_of: Mapping[str, str]) -> None:
    with station.line.session() as session:
        session.hello(station.desk.device_id())
        for place in station.desk.places():
            assert place.is_complete, f"workstation {station.number} has not finished a first copy"
            theirs = session.digests(place.panel_id, place.depth)
            ours = station.desk.digests(place.panel_id, place.depth)
            others = {member for member in {*theirs, *ours} if theirs.get(member) != ours.get(member)}
            assert not others, f"workstation {station.number} differs from the center for {len(others)} members"
            assert all(panel_of[member] == place.panel_id for member in ours)
