"""Invented people: the same seed makes the same people, the special ones have their numbers, the queue is alive."""

import json
from itertools import pairwise

import pytest

from coordinator_app.central.demo_people.populating import shares
from coordinator_app.central.demo_people.special import SPECIAL

pytestmark = pytest.mark.server

DAY = "2026-11-17"


@pytest.fixture(scope="module", autouse=True)
def demo(centre):
    """An empty centre filled with 400 people, judged; what the commands said."""
    import contextlib
    import io

    from coordinator_app.bootstrap import central

    said = []
    for word, *more in (
        ("populate", "--people", "400", "--seed", "1", "--as-of", DAY),
        ("evaluate", "--as-of", DAY),
    ):
        heard = io.StringIO()
        with contextlib.redirect_stdout(heard):
            assert central.run([word, "--url", centre.url, "--json", *more]) == 0
        said.append(json.loads(heard.getvalue()))
    return said


def member(centre, number, columns):
    home = "(SELECT id FROM org.initiative WHERE name = 'demo')"
    own = f"member_number = 'DEMO {number:06d}' AND initiative_id = {home}"
    return centre.sql(f"SELECT {columns} FROM care.member WHERE {own}")


def test_populate_on_an_empty_centre_makes_the_initiative_demo(demo, centre):
    assert demo[0]["initiative"] == "demo"
    assert demo[0]["people"] == 400
    assert [panel["members"] for panel in demo[0]["panels"]] == [300, 100]
    assert centre.sql("SELECT name, frozen_on FROM org.initiative WHERE name = 'demo'") == f"demo|{DAY}"


def test_populating_again_writes_nothing(demo, centre, command):
    ask = (
        "SELECT (SELECT count(*) FROM sync.change), (SELECT sum(row_version) FROM care.fact),"
        " (SELECT sum(row_version) FROM care.member), (SELECT count(*) FROM care.contact_point),"
        " (SELECT sum(reference_version) FROM org.initiative)"
    )
    before = centre.sql(ask)
    assert command("populate", "--people", 400, "--seed", 1, "--as-of", DAY, "--initiative", "demo").code == 0
    assert centre.sql(ask) == before


def test_other_people_do_not_take_the_places_of_these(demo, command):
    assert command("populate", "--people", 400, "--seed", 2, "--as-of", DAY, "--initiative", "demo").code == 3
    assert command("populate", "--people", 400, "--seed", 1, "--as-of", "2026-11-18", "--initiative", "demo").code == 3


def test_the_source_id_is_the_demo_number(demo, centre):
    same = (
        "SELECT count(*) FROM load.identity AS i JOIN care.member AS m ON m.id = i.member_id"
        " JOIN org.initiative AS o ON o.id = i.initiative_id"
        " WHERE o.name = 'demo' AND i.source = 'demo' AND m.source = 'demo' AND i.source_id = m.member_number"
    )
    assert centre.number(same) == 400


def test_letters_have_a_letterhead_that_belongs_to_nobody(demo, centre):
    ask = (
        "SELECT r.content ->> 'name', r.content ->> 'phone' FROM org.reference AS r JOIN org.initiative AS o"
        " ON o.id = r.initiative_id AND r.key = o.id::text WHERE r.kind = 'letterhead' AND o.name = 'demo'"
    )
    assert centre.sql(ask) == "Springfield Example Health Partners|+14135550100"
    assert centre.number("SELECT count(*) FROM org.practice WHERE name LIKE '%Example Health Partners'") == 0


def test_numbers_are_413_555_01xx_only(demo, centre):
    strange = "value !~ '^\\+141355501[0-9]{2}$'"
    assert centre.number(f"SELECT count(*) FROM care.contact_point WHERE {strange}") == 0
    assert centre.number("SELECT count(*) FROM care.related_person WHERE phone !~ '^\\+141355501[0-9]{2}$'") == 0
    assert centre.number("SELECT count(*) FROM org.practice WHERE phone !~ '^\\+1413555' OR fax !~ '^\\+1413555'") == 0
    assert centre.number("SELECT count(*) FROM care.contact_point") > 250


def test_zips_are_real_and_of_the_three_counties(demo, centre, public_data):
    table = (public_data / "geography" / "ma_zip_county.csv").read_text().splitlines()[1:]
    real = {row.split(",")[0] for row in table if row.split(",")[2] in {"Hampden", "Hampshire", "Franklin"}}
    used = set(centre.sql("SELECT DISTINCT zip_code FROM care.member WHERE state = 'MA'").split())
    assert len(used) > 20
    assert used <= real


def test_each_special_person_is_what_the_number_says(demo, centre):
    assert member(centre, 1, "family, given") == "Kowalczyk|Margaret"
    assert member(centre, 6, "family, given") == member(centre, 7, "family, given")
    assert member(centre, 6, "birth_date") != member(centre, 7, "birth_date")
    assert member(centre, 8, "birth_date, address, family") == member(centre, 9, "birth_date, address, family")
    assert member(centre, 10, "held_cause, deceased_on IS NOT NULL") == "deceased|t"
    assert member(centre, 11, "held_cause") == "death_reported"
    assert member(centre, 12, "held_cause, state") == "moved|FL"
    asked = "(SELECT count(*) FROM care.contact_point AS c WHERE c.member_id = member.id)"
    assert member(centre, 13, asked) == "0"
    assert (
        member(centre, 14, "(SELECT count(*) FROM care.fact AS f WHERE f.member_id = member.id AND sensitivity = 1)")
        == "2"
    )
    assert (
        member(centre, 15, "(SELECT technology FROM care.contact_point AS c WHERE c.member_id = member.id)")
        == "video_relay"
    )
    assert (
        member(
            centre,
            5,
            "(SELECT special_contact AND safe_address <> '' FROM care.contact_profile AS c"
            " WHERE c.member_id = member.id)",
        )
        == "t"
    )
    assert (
        member(
            centre,
            16,
            "(SELECT count(*) FROM care.related_person AS r WHERE r.member_id = member.id AND custody_note <> '')",
        )
        == "1"
    )
    relatives = "(SELECT count(*) FROM care.related_person AS r WHERE r.member_id = member.id)"
    permissions = "(SELECT count(*) FROM care.permission AS r WHERE r.member_id = member.id)"
    assert member(centre, 18, f"{relatives}, {permissions}") == "1|0"
    assert member(centre, 35, f"{relatives}, {permissions}") == "1|1"
    panel = "(SELECT name FROM org.panel AS p WHERE p.id = panel_id)"
    assert member(centre, 1, panel) != member(centre, 19, panel)
    assert member(centre, 36, f"birth_date > DATE '{DAY}' - INTERVAL '18 years'") == "t"


def test_special_people_have_the_first_numbers():
    assert sorted(SPECIAL) == list(range(1, len(SPECIAL) + 1))


def test_the_nurses_morning_is_full_and_believable(demo, centre):
    counts = centre.sql(
        "WITH own AS (SELECT r.member_id, min(r.opens_on) AS opens FROM outreach.reason AS r"
        " JOIN org.panel AS p ON p.id = r.panel_id JOIN care.member AS m ON m.id = r.member_id"
        " WHERE coalesce(r.arguments::json ->> 'urgency', '') <> 'aside'"
        f" AND p.name = 'Springfield 1' AND m.held_cause = '' AND (r.ends_on IS NULL OR r.ends_on > '{DAY}')"
        f" GROUP BY 1) SELECT count(*) FILTER (WHERE opens <= '{DAY}'),"
        f" count(*) FILTER (WHERE opens > '{DAY}' AND opens <= DATE '{DAY}' + 14) FROM own"
    )
    today, soon = (int(count) for count in counts.split("|"))
    assert 20 <= today <= 42
    assert 15 <= soon <= 45
    kinds = {"discharge", "follow_up", "medication", "program", "refill", "screening", "worsening"}
    assert set(demo[1]["by_kind"]) == kinds


def test_facts_are_about_forty_a_person_and_never_of_tomorrow(demo, centre):
    assert 30 <= demo[0]["facts"] / 400 <= 48
    assert centre.number(f"SELECT count(*) FROM care.fact WHERE starts_on > '{DAY}' OR known_at::date > '{DAY}'") == 0
    assert centre.number("SELECT count(*) FROM care.fact WHERE ends_on < starts_on") == 0


def test_the_same_seed_makes_the_same_people_whoever_asks(demo, centre, command, initiative):
    ask = (
        "SELECT md5(string_agg(concat_ws('|', m.member_number, m.family, f.kind, f.code, f.starts_on, f.value_number,"
        " f.amount), ',' ORDER BY m.member_number, f.kind, f.code, f.starts_on, f.value_number, f.amount))"
        " FROM care.fact AS f JOIN care.member AS m ON m.id = f.member_id JOIN org.initiative AS i"
        " ON i.id = m.initiative_id WHERE i.name = '{}' AND m.member_number <= 'DEMO 000060'"
    )
    assert command("populate", "--people", 60, "--seed", 1, "--as-of", DAY, "--initiative", initiative).code == 0
    assert centre.sql(ask.format(initiative)) == centre.sql(ask.format("demo"))


@pytest.mark.parametrize("people", [1, 39, 40, 400, 600, 601, 17_000, 1_000_000])
def test_panels_hold_everybody_once(people):
    edges = list(shares(people))
    assert edges[0][0] == 1
    assert edges[-1][1] == people
    assert all(after[0] == before[1] + 1 for before, after in pairwise(edges))
    assert max(last - first + 1 for first, last in edges) <= 400
