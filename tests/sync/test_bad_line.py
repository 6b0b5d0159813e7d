from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from coordinator_app.domain.trouble import Trouble
from tests.journeys.tcp_proxy import Cable
from tests.sync.conftest import Centre, DeskForTests, MakeDesk


@pytest.fixture
def cable(centre: Centre) -> Iterator[Cable]:
    with Cable(centre.database.server.port) as cable:
        yield cable


@pytest.fixture
def panel(centre: Centre) -> str:
    return centre.panel("East")


@pytest.fixture
def rosa(centre: Centre, panel: str, desk_of: MakeDesk, cable: Cable) -> DeskForTests:
    address = replace(centre.address, port=cable.port)
    return desk_of("rosa", centre.staff("rosa", "coordinator", panel), address)


def test_answers_cut_at_any_length_lose_nothing_and_double_nothing(
    centre: Centre, panel: str, rosa: DeskForTests, cable: Cable
) -> None:
    members = centre.people(panel, 14, facts=2)
    allowed, rounds, is_through = 600, 0, False
    while not is_through:
        rounds += 1
        if len(rosa.held()) == 14 and rosa.sql("SELECT count(*) FROM outbox") < [(3,)]:
            rosa.call(members[rounds % 14])
            centre.sql(f"UPDATE care.member SET city = 'City {rounds}'")
        cable.plug()
        cable.cut_answers_after(allowed)
        with suppress(Trouble):
            rosa.sync()
            is_through = rosa.sql("SELECT count(*) FROM outbox WHERE state = 'acked'") == [(3,)]
        allowed += 1 + allowed // 25
    cable.plug()
    rosa.sync()
    assert rounds > 20
    assert rosa.held() == set(members)
    assert centre.sql("SELECT count(*), count(DISTINCT op_id) FROM activity.contact") == "3|3"
    assert centre.sql("SELECT string_agg(DISTINCT outcome, ',') FROM sync.op") == "applied"
    assert rosa.exchange.verify() == 0


def test_a_cable_pulled_and_plugged_again_is_a_calm_answer(
    centre: Centre, panel: str, rosa: DeskForTests, cable: Cable
) -> None:
    (member,) = centre.people(panel, 1)
    rosa.sync()
    cable.pull()
    rosa.call(member)
    for _ in range(3):
        with pytest.raises(Trouble) as told:
            rosa.sync()
        assert told.value.code == "offline"
    cable.plug()
    assert rosa.sync().outcomes == {"applied": 1}


def test_another_machine_behind_the_same_port_gets_no_password_and_is_not_believed(
    centre: Centre, panel: str, rosa: DeskForTests
) -> None:
    centre.people(panel, 1)
    centre.sql("UPDATE sec.local_key SET key = sha256('another')")
    with pytest.raises(Trouble) as told:
        rosa.sync()
    assert told.value.code == "not_trusted"
    assert rosa.held() == set()
    assert rosa.side.places() == ()
