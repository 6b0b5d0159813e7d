from tests.sync.conftest import Centre, MakeDesk


def test_a_first_copy_brings_the_panel_and_nothing_else(centre: Centre, desk_of: MakeDesk) -> None:
    mine, other = centre.panel("East"), centre.panel("West")
    members = centre.people(mine, 30)
    centre.people(other, 5)
    desk = desk_of("rosa", centre.staff("rosa", "coordinator", mine))
    received = desk.sync()
    assert desk.held() == set(members)
    assert received.members == 30
    assert desk.side.places()[0].is_complete
    assert desk.exchange.verify() == 0
