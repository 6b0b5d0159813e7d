"""A red flag crosses the centre: the supervisor's computer holds each of its steps, once, at its true time."""

from datetime import UTC, datetime

from coordinator_app.domain.ids import new_id
from tests.sync.conftest import Centre, MakeDesk


def test_a_supervisor_sees_the_flag_with_its_steps_once_at_their_true_times(centre: Centre, desk_of: MakeDesk) -> None:
    panel = centre.panel("East")
    centre.people(panel, 2)
    rosa = desk_of("rosa", centre.staff("rosa", "coordinator", panel))
    joan = desk_of("joan", centre.staff("joan", "supervisor", panel))
    rosa.sync()
    joan.sync()
    member = sorted(rosa.held())[0]
    flag = new_id()
    for minute, step in enumerate(("raised", "told", "accepted")):
        rosa.moment = datetime(2026, 11, 20, 15, minute, tzinfo=UTC)
        rosa.act("red_flag", {"member_id": member, "flag_id": flag, "step": step, "said": "chest pain", "who": "Dr. P"})
    rosa.moment = None
    assert rosa.sync().outcomes == {"applied": 3}
    rosa.sync()
    joan.sync()
    told = "SELECT flag_id, step, said, who, occurred_at FROM red_flag ORDER BY occurred_at"
    assert [row[:4] for row in joan.sql(told)] == [
        (flag, step, "chest pain", "Dr. P") for step in ("raised", "told", "accepted")
    ]
    assert joan.sql(told) == rosa.sql(told)


def test_a_nurse_of_another_panel_never_holds_it(centre: Centre, desk_of: MakeDesk) -> None:
    east, west = centre.panel("East"), centre.panel("West")
    centre.people(east, 1)
    centre.people(west, 1)
    rosa = desk_of("rosa", centre.staff("rosa", "coordinator", east))
    luis = desk_of("luis", centre.staff("luis", "coordinator", west))
    rosa.sync()
    member = sorted(rosa.held())[0]
    rosa.act("red_flag", {"member_id": member, "flag_id": new_id(), "step": "raised", "said": "chest pain"})
    rosa.sync()
    luis.sync()
    assert luis.sql("SELECT count(*) FROM red_flag") == [(0,)]
    assert centre.sql("SELECT count(*) FROM activity.red_flag") == "1"
