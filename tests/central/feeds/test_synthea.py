"""The public populations load so that SQL counts equal their READMEs."""

from dataclasses import dataclass

import pytest

pytestmark = [pytest.mark.server, pytest.mark.data]

R4 = {
    "encounter": 9306, "condition": 2209, "drug_order": 2196, "procedure": 7323, "immunization": 3557, "allergy": 199,
    "care_plan": 867, "claim": 11502, "report": 3032, "goal": 580, "imaging": 197,
}  # fmt: skip
STU3 = {
    "encounter": 9435, "condition": 3468, "drug_order": 2762, "procedure": 4625, "immunization": 6815, "allergy": 274,
    "care_plan": 1729, "report": 2301, "goal": 1225,
}  # fmt: skip


@dataclass(frozen=True)
class Population:
    """What a README says of a population."""

    folder: str
    form: str
    as_of: str
    people: int
    kinds: dict[str, int]
    observations: int
    values: int


POPULATIONS = [
    Population("synthea-ma-2019-r4/fhir", "fhir-r4", "2021-04-01", 304, R4, 43508, 46388),
    Population("synthea-ma-2017-stu3/fhir", "fhir-stu3", "2020-01-10", 737, STU3, 35160, 39569),
]


@pytest.mark.parametrize("told", POPULATIONS, ids=lambda told: told.form)
def test_a_public_population_loads_whole_and_again_writes_nothing(command, centre, initiative, public_data, told):
    words = ["--format", told.form, "--source", told.form, "--initiative", initiative, "--as-of", told.as_of]
    done = command("load", public_data / told.folder, *words)
    assert (done.code, done.facts["rejected"]) == (0, [])
    home = f"(SELECT id FROM org.initiative WHERE name = '{initiative}')"
    assert centre.number(f"SELECT count(*) FROM care.member WHERE initiative_id = {home}") == told.people
    found = kinds(centre, told.form)
    assert found.pop("observation") == told.values
    assert found == told.kinds
    whole = f"SELECT count(*) FROM care.fact WHERE source = '{told.form}' AND kind = 'observation' AND part <= 1"
    assert centre.number(whole) == told.observations
    stray = (
        "SELECT count(*) FROM care.fact AS f"
        " LEFT JOIN care.member AS m ON m.id = f.member_id AND m.panel_id = f.panel_id"
        f" WHERE f.source = '{told.form}' AND (m.id IS NULL OR m.initiative_id <> {home})"
    )
    assert centre.number(stray) == 0
    dangling = (
        f"SELECT count(*) FROM care.fact AS f WHERE source = '{told.form}' AND encounter_id IS NOT NULL"
        " AND NOT EXISTS (SELECT FROM care.fact AS e WHERE e.id = f.encounter_id AND e.member_id = f.member_id)"
    )
    assert centre.number(dangling) == 0

    state = "SELECT count(*), sum(row_version), (SELECT count(*) FROM sync.change) FROM care.fact"
    before = centre.sql(state)
    again = command("load", public_data / told.folder, *words)
    assert (again.code, again.facts["new"], again.facts["changed"]) == (0, 0, 0)
    assert centre.sql(state) == before


def test_the_tables_beside_tell_the_same_population(command, centre, initiative, public_data):
    told = ["--format", "synthea-csv", "--source", "tables", "--initiative", initiative, "--as-of", "2020-01-10"]
    done = command("load", public_data / "synthea-ma-2017-stu3" / "csv", *told)
    assert (done.code, done.facts["rejected"]) == (0, [])
    found = kinds(centre, "tables")
    shared = {kind: count for kind, count in STU3.items() if kind not in {"goal", "report"}}
    assert found == {**shared, "observation": 39569}


def kinds(centre, source):
    rows = centre.sql(f"SELECT kind, count(*) FROM care.fact WHERE source = '{source}' GROUP BY 1").splitlines()
    return {kind: int(count) for kind, count in (row.split("|") for row in rows)}
