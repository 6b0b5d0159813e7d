"""What was told of a medicine crosses the centre as it was said, and can be taken back."""

from coordinator_app.domain.ids import new_id
from tests.sync.conftest import Centre, MakeDesk

TOLD = "SELECT how, name, rxcui, dose, days_supply, told_by FROM medicine"


def test_another_workstation_of_the_panel_holds_what_was_told_once(centre: Centre, desk_of: MakeDesk) -> None:
    panel = centre.panel("East")
    centre.people(panel, 1)
    rosa = desk_of("rosa", centre.staff("rosa", "coordinator", panel))
    joan = desk_of("joan", centre.staff("joan", "supervisor", panel))
    rosa.sync()
    joan.sync()
    [member] = rosa.held()
    own = new_id()
    said = {"how": "otc", "name": "ibuprofen", "rxcui": "5640", "dose": "two a day", "days_supply": 20}
    rosa.act("medicine", {"id": own, "member_id": member, **said})
    assert rosa.sync().outcomes == {"applied": 1}
    joan.sync()
    assert joan.sql(TOLD) == [("otc", "ibuprofen", "5640", "two a day", 20, "patient")]
    rosa.act("retraction", {"member_id": member, "target_kind": "medicine", "target_id": own})
    assert rosa.sync().outcomes == {"applied": 1}
    joan.sync()
    assert joan.sql("SELECT target_id FROM retraction") == [(own,)]
