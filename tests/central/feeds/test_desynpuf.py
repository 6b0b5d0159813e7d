"""CMS's synthetic claims load whole, and what is unreadable in them is named."""

import csv
import gzip
from collections import Counter

import pytest

pytestmark = pytest.mark.server

HEAD = "DESYNPUF_ID,PDE_ID,SRVC_DT,PROD_SRVC_ID,QTY_DSPNSD_NUM,DAYS_SUPLY_NUM\n"
BENE = "BENE_YEAR,DESYNPUF_ID,BENE_BIRTH_DT,BENE_DEATH_DT,BENE_SEX_IDENT_CD\n"


def words(initiative, source="puf"):
    return ["--format", "desynpuf", "--source", source, "--initiative", initiative, "--as-of", "2010-01-01"]


def rows(folder, name):
    with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8") as table:
        return list(csv.DictReader(table))


@pytest.mark.data
def test_the_public_claims_load_whole_are_judged_and_again_write_nothing(command, centre, initiative, public_data):
    folder = public_data / "desynpuf-500"
    done = command("load", folder, *words(initiative))
    assert done.facts["rejected"] == []
    assert done.code == 0
    home = f"(SELECT id FROM org.initiative WHERE name = '{initiative}')"
    people = {row["DESYNPUF_ID"] for row in rows(folder, "bene")}
    assert centre.number(f"SELECT count(*) FROM care.member WHERE initiative_id = {home}") == len(people)
    found = Counter(
        {
            kind: int(count)
            for line in centre.sql(
                "SELECT kind || ' ' || count(*) FROM care.fact WHERE source = 'puf' GROUP BY kind"
            ).splitlines()
            for kind, count in (line.split(),)
        }
    )
    claims = {
        (name, row["CLM_ID"], row.get("SEGMENT"))
        for name in ("inpatient", "outpatient", "carrier")
        for row in rows(folder, name)
    }
    assert found["dispense"] == len(rows(folder, "pde"))
    assert found["claim"] == len(claims)
    assert found["encounter"] >= len(rows(folder, "inpatient"))
    old = "SELECT count(*) FROM care.fact WHERE source = 'puf' AND kind = 'condition' AND system <> 'icd9cm'"
    assert centre.number(old) == 0
    again = command("load", folder / "inpatient.csv.gz", *words(initiative))
    assert (again.facts["new"], again.facts["changed"]) == (0, 0)
    table = public_data / "terminology" / "rxcui_ndc_atc.csv.gz"
    told = ["--format", "valuesets", "--source", "site", "--initiative", initiative]
    assert command("load", table, *told).code == 0
    judged = command("evaluate", "--initiative", initiative, "--as-of", "2010-01-01")
    assert judged.code == 0
    assert judged.facts["evaluated"] == len(people)


def test_a_row_that_cannot_be_read_is_named_and_the_rest_is_kept(command, centre, initiative, tmp_path):
    (tmp_path / "bene.csv").write_text(BENE + "2008,P1,1940-01-01,,2\n2009,P1,1940-01-01,2009-03-01,2\n", "utf-8")
    (tmp_path / "pde.csv").write_text(
        HEAD
        + "P1,1,2009-01-05,00777310502,30,30\nP1,2,2009-01-05,00777310502,many,30\n"
        + "P1,3,not-a-day,00777310502,30,30\nP9,4,2009-01-05,00777310502,30,30\n",
        "utf-8",
    )
    done = command("load", tmp_path, *words(initiative, "bad"))
    assert done.code == 1
    assert sorted(one["cause"] for one in done.facts["rejected"]) == ["bad_date", "bad_value", "unknown_member"]
    assert centre.number("SELECT count(*) FROM care.fact WHERE source = 'bad'") == 1
    assert centre.sql("SELECT system || ' ' || code FROM care.fact WHERE source = 'bad'") == "ndc 00777310502"
    assert centre.sql("SELECT held_cause FROM care.member WHERE source = 'bad'") == "death_reported"


def test_another_table_is_refused_by_its_name(command, initiative, tmp_path):
    (tmp_path / "people.csv").write_text("a,b\n1,2\n", "utf-8")
    done = command("load", tmp_path / "people.csv", *words(initiative))
    assert done.code == 4


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "rxcui,ndc\nx,12\n", ""])
def test_a_table_of_codes_without_a_usable_one_is_refused(command, initiative, tmp_path, text):
    file = tmp_path / "codes.csv"
    file.write_text(text, "utf-8")
    told = ["--format", "valuesets", "--source", "site", "--initiative", initiative]
    assert command("load", file, *told).code == 4
