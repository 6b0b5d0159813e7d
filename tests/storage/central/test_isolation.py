"""Two initiatives and two panels in one database never see each other, table by table."""

import pytest

from coordinator_app.storage.tables import PULLED, activity

pytestmark = pytest.mark.server

TABLES = [table.fullname for table in (*PULLED, activity.letter_file)]


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_seen_by_its_own_side_alone(centre, table):
    key = "id" if table == "care.member" else "member_id"
    seen = {
        login: set(centre.psql(login, f"SELECT {key} FROM {table}").stdout.split())
        for login in ("nurse1", "nurse2", "boss_a", "nurse_b", "boss_b")
    }
    ids = centre.ids
    assert seen["nurse1"] == {ids["ann"], ids["dee"]}
    assert seen["nurse2"] == {ids["bob"]}
    assert seen["boss_a"] == {ids["ann"], ids["bob"], ids["dee"]}
    assert seen["nurse_b"] == seen["boss_b"] == {ids["cy"]}


@pytest.mark.parametrize("table", ["org.panel", "org.reference", "org.initiative"])
def test_an_initiatives_own_book_is_closed_to_the_other(centre, table):
    key = "id" if table == "org.initiative" else "initiative_id"
    ask = f"SELECT DISTINCT {key} FROM {table}"
    assert centre.psql("boss_a", ask).stdout.split() == [centre.ids["Alpha"]]
    assert centre.psql("nurse_b", ask).stdout.split() == [centre.ids["Beta"]]


def test_an_auditor_reads_her_own_initiatives_audit(centre):
    ask = "SELECT DISTINCT initiative_id FROM audit.event"
    assert centre.psql("auditor_a", ask).stdout.split() == [centre.ids["Alpha"]]
    assert centre.psql("auditor_b", ask).stdout.split() == [centre.ids["Beta"]]
