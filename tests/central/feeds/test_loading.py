"""The load command on real input, good and bad: good records load, bad ones are named, again writes nothing."""

import gzip
import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from coordinator_app.bootstrap import central

pytestmark = pytest.mark.server

FEED = "SELECT count(*) FROM sync.change"
ROWS = (
    "SELECT md5(string_agg(t::text, ',' ORDER BY t.id)) FROM (SELECT id, row_version, xmin::text FROM care.member"
    " UNION ALL SELECT id, row_version, xmin::text FROM care.fact"
    " UNION ALL SELECT id, row_version, xmin::text FROM care.contact_point) AS t"
)


def person(own_id, **more):
    return {
        "resourceType": "Patient",
        "id": own_id,
        "birthDate": "1950-02-03",
        "name": [{"family": "Canary", "given": ["Ann"]}],
        "telecom": [{"system": "phone", "value": "413-555-0101", "use": "mobile"}],
        **more,
    }


def condition(own_id, patient="a", **more):
    return {
        "resourceType": "Condition",
        "id": own_id,
        "subject": {"reference": f"Patient/{patient}"},
        "onsetDateTime": "2020-01-02",
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I10", "display": "Hypertension"}]},
        **more,
    }


def order(own_id, patient="a", **more):
    return {
        "resourceType": "MedicationRequest",
        "id": own_id,
        "status": "active",
        "subject": {"reference": f"urn:uuid:{patient}"},
        "authoredOn": "2020-02-02",
        "medicationReference": {"reference": "Medication/drug"},
        "reasonReference": [{"reference": "Condition/c"}],
        **more,
    }


DRUG = {
    "resourceType": "Medication",
    "id": "drug",
    "code": {
        "coding": [
            {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "314076", "display": "lisinopril 10 MG"}
        ]
    },
}


def ndjson(*records):
    return b"".join(json.dumps(one).encode() + b"\n" for one in records)


@pytest.fixture
def source(tmp_path, command, initiative):
    """Load files under a source of this test's own, into an initiative of its own."""
    name = f"s{uuid.uuid4().hex[:8]}"

    def load(*files, form="fhir-r4", as_of="2021-04-01", **more):
        paths = []
        for place, content in enumerate(files):
            path = content if not isinstance(content, bytes) else tmp_path / f"{place}.ndjson"
            if isinstance(content, bytes):
                path.write_bytes(content)
            paths.append(path)
        options = [text for key, value in more.items() for text in (f"--{key.replace('_', '-')}", value)]
        day = ["--as-of", as_of] if as_of else []
        told = ["--format", form, "--source", name, "--initiative", initiative, *day, *options]
        return command("load", *paths, *told)

    load.name, load.initiative = name, initiative
    return load


def causes(done):
    return [(one["file"], one["line"], one["cause"]) for one in done.facts["rejected"]]


def test_people_are_loaded_first_whatever_the_order_of_the_files(source, centre):
    done = source(ndjson(order("o")), ndjson(condition("c"), DRUG), ndjson(person("a")))
    assert (done.code, done.facts["new"], done.facts["rejected"]) == (0, 4, [])
    row = centre.sql(
        f"SELECT f.code, f.display, f.reasons, m.family FROM care.fact AS f JOIN care.member AS m ON m.id = f.member_id"
        f" WHERE f.source = '{source.name}' AND f.kind = 'drug_order'"
    )
    assert row == '314076|lisinopril 10 MG|[["icd10cm", "I10"]]|Canary'


def test_loaded_people_wait_in_the_unassigned_panel_of_their_initiative(source, centre):
    source(ndjson(person("a")))
    assert (
        centre.sql(
            "SELECT p.is_unassigned, i.name FROM care.member AS m JOIN org.panel AS p ON p.id = m.panel_id"
            f" JOIN org.initiative AS i ON i.id = m.initiative_id WHERE m.source = '{source.name}'"
        )
        == f"t|{source.initiative}"
    )


def test_a_second_load_changes_no_row_and_adds_nothing_to_the_feed(source, centre):
    files = (ndjson(person("a"), DRUG), ndjson(condition("c"), order("o")))
    source(*files)
    before = centre.sql(ROWS), centre.sql(FEED)
    done = source(*files)
    assert (done.code, done.facts["new"], done.facts["changed"], done.facts["unchanged"]) == (0, 0, 0, 4)
    assert (centre.sql(ROWS), centre.sql(FEED)) == before


def test_a_corrected_record_changes_its_row_alone(source, centre):
    source(ndjson(person("a"), condition("c"), condition("d")))
    before = centre.number(FEED)
    done = source(ndjson(person("a"), condition("c", clinicalStatus="resolved"), condition("d")))
    assert (done.facts["new"], done.facts["changed"], done.facts["unchanged"]) == (0, 1, 2)
    assert centre.number(FEED) == before + 1
    assert (
        centre.sql(
            f"SELECT status, row_version FROM care.fact WHERE source = '{source.name}'"
            " ORDER BY row_version DESC LIMIT 1"
        )
        == "resolved|2"
    )


def test_the_same_record_twice_in_one_file_is_one_row_with_its_last_word(source, centre):
    done = source(
        ndjson(person("a"), condition("c", clinicalStatus="active"), condition("c", clinicalStatus="resolved"))
    )
    assert done.code == 0
    assert centre.sql(f"SELECT count(*), min(status) FROM care.fact WHERE source = '{source.name}'") == "1|resolved"


def test_two_initiatives_may_be_sent_the_same_people(source, command, centre):
    file = ndjson(person("a"), condition("c"))
    source(file)
    other = f"o{uuid.uuid4().hex[:8]}"
    command("initiative", "create", other)
    done = source(file, initiative=other)
    assert (done.code, done.facts["new"]) == (0, 2)
    assert (
        centre.sql(
            "SELECT count(DISTINCT f.id), count(DISTINCT m.id), count(DISTINCT m.person_key),"
            " count(DISTINCT m.initiative_id)"
            f" FROM care.fact AS f JOIN care.member AS m ON m.id = f.member_id WHERE f.source = '{source.name}'"
        )
        == "2|2|1|2"
    )


def test_each_bad_record_is_named_and_the_good_ones_load(source, centre):
    long_line = b'{"resourceType":"Condition","id":"long","note":"' + b"x" * (17 * 1024 * 1024) + b'"}\n'
    done = source(
        ndjson(person("a"), person("unborn", birthDate="2093-05-01"), person("nobody", birthDate="1950-02-30")),
        ndjson(condition("c"), condition(None), condition("d", subject=None), condition("e", patient="stranger"))
        + b"not json\n"
        + long_line
        + ndjson({"resourceType": "Spaceship", "id": "x"}, condition("f", onsetDateTime="2021-04-30"))
        + b'{"resourceType":"Condition","id":"cut","subj',
    )
    assert done.code == 1
    assert sorted(causes(done)) == [
        ("0.ndjson", 2, "future_date"),
        ("0.ndjson", 3, "bad_date"),
        ("1.ndjson", 2, "no_id"),
        ("1.ndjson", 3, "no_patient"),
        ("1.ndjson", 4, "unknown_member"),
        ("1.ndjson", 5, "not_json"),
        ("1.ndjson", 6, "too_long"),
        ("1.ndjson", 7, "unknown_resource"),
        ("1.ndjson", 8, "future_date"),
        ("1.ndjson", 9, "truncated"),
    ]
    assert all(one["way_out"] and one["what"] for one in done.facts["rejected"])
    assert "Canary" not in done.out + done.err
    assert centre.number(f"SELECT count(*) FROM care.fact WHERE source = '{source.name}'") == 1
    assert (
        centre.number(
            "SELECT count(*) FROM load.rejected AS r JOIN load.batch AS b ON b.id = r.batch_id"
            f" WHERE b.source = '{source.name}'"
        )
        == 10
    )


def test_a_gzip_cut_short_loads_what_was_whole(source, tmp_path, centre):
    records = [condition(f"c{n}", note=uuid.uuid4().hex * 4) for n in range(3000)]
    packed = gzip.compress(ndjson(person("a"), *records))
    (tmp_path / "cut.ndjson.gz").write_bytes(packed[: len(packed) * 2 // 3])
    done = source(tmp_path / "cut.ndjson.gz")
    assert done.code == 1
    assert [one["cause"] for one in done.facts["rejected"]] == ["truncated"]
    loaded = centre.number(f"SELECT count(*) FROM care.fact WHERE source = '{source.name}'")
    assert 500 < loaded < 3000
    assert done.facts["rejected"][0]["line"] == loaded + 2


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"Id,BIRTHDATE\n1,2\n3,4\n" * 30, "fhir-r4"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 50, "fhir-r4"),
        (b'{"resourceType":"Patient","id":"a"}\n', "synthea-csv"),
        (b'{\n "resourceType": "Bundle",\n "type": "batch"\n}\n', "fhir-r4"),
        (b"{}", "valuesets"),
        (b"[1, 2]", "valuesets"),
        (b"\x1f\x8b\x08\x00broken", "fhir-r4"),
    ],
)
def test_a_file_of_the_wrong_format_is_named_once_and_nothing_is_kept(source, centre, content, form):
    before = centre.sql(ROWS)
    done = source(content, form=form)
    if content == b"{}":
        assert (done.code, done.facts["new"]) == (0, 0)
        return
    assert done.code == 4
    assert len(done.facts["rejected"]) == 1
    assert done.facts["rejected"][0]["line"] == 1
    assert centre.sql(ROWS) == before
    assert centre.sql(f"SELECT state FROM load.batch WHERE source = '{source.name}'") == "discarded"
    assert centre.sql(f"SELECT count(*) FROM org.source WHERE source = '{source.name}'") == "0"


def test_a_file_of_the_wrong_format_among_good_ones_does_not_stop_them(source):
    done = source(ndjson(person("a")), b"a,b\n1,2\n3,4\n")
    assert done.code == 1
    assert causes(done) == [("1.ndjson", 1, "not_json")]
    assert done.facts["new"] == 1


def test_texts_no_database_can_hold_are_refused_one_by_one(source):
    done = source(
        ndjson(person("a"), condition("c"))
        + b"".join(
            b'{"resourceType":"Condition","id":"%d","subject":{"reference":"Patient/a"},"code":{"text":"%s"}}\n' % told
            for told in enumerate((b"a\\u0000b", b"\\ud800", b"tab\\tback\\\\slash"))
        )
        + b"[" * 100_000
        + b"\n"
    )
    assert [one["cause"] for one in done.facts["rejected"]] == ["bad_value", "bad_value", "not_json"]
    assert done.facts["new"] == 3


def test_a_missing_file_is_trouble_and_a_wrong_word_is_usage(source, tmp_path, command):
    assert source(tmp_path / "absent.ndjson").code == 4
    with pytest.raises(SystemExit) as left:
        command("load", tmp_path, "--format", "excel", "--source", "x")
    assert left.value.code == 2


def test_the_initiative_must_be_named_where_there_are_several(command, initiative, tmp_path):
    command("initiative", "create", f"more-{initiative}")
    (tmp_path / "a.ndjson").write_bytes(ndjson(person("a")))
    done = command("load", tmp_path / "a.ndjson", "--format", "fhir-r4", "--source", "x")
    assert done.code == 3


def test_a_death_only_a_feed_reports_is_reported_not_believed(source, centre):
    source(ndjson(person("a", deceasedDateTime="2021-03-01T10:00:00Z")))
    assert (
        centre.sql(f"SELECT held_cause, held_source, deceased_on FROM care.member WHERE source = '{source.name}'")
        == f"death_reported|{source.name}|2021-03-01"
    )


def test_a_feed_does_not_undo_what_somebody_else_recorded(source, centre):
    source(ndjson(person("a")))
    centre.sql(
        f"UPDATE care.member SET held_cause = 'opted_out', held_source = 'patient' WHERE source = '{source.name}';"
        f" UPDATE care.contact_point SET nurse_entered = true, may_call = 'no' WHERE source = '' AND member_id ="
        f" (SELECT id FROM care.member WHERE source = '{source.name}')"
    )
    source(ndjson(person("a", gender="female")))
    assert (
        centre.sql(
            "SELECT m.held_cause, m.sex, c.may_call FROM care.member AS m"
            f" JOIN care.contact_point AS c ON c.member_id = m.id WHERE m.source = '{source.name}'"
        )
        == "opted_out|female|no"
    )


def test_a_known_time_is_kept_and_an_unset_one_stays_unset(source, centre):
    source(ndjson(person("a"), condition("c")))
    source(ndjson(condition("d")), known_at="2021-03-30T09:00:00-04:00")
    assert (
        centre.sql(
            "SELECT f.known_at AT TIME ZONE 'UTC', o.batch_id IS NOT NULL FROM care.fact AS f"
            f" LEFT JOIN load.origin AS o ON o.fact_id = f.id WHERE f.source = '{source.name}'"
            " ORDER BY f.known_at NULLS LAST"
        )
        == "2021-03-30 13:00:00|f\n|t"
    )


def test_the_loader_remembers_how_old_a_sources_data_is(source, centre):
    source(ndjson(person("a")), as_of="2021-04-01")
    source(ndjson(person("b")), as_of="2021-03-01")
    assert centre.sql(f"SELECT data_as_of FROM org.source WHERE source = '{source.name}'") == "2021-04-01"


def test_the_loader_is_refused_as_a_superuser(centre):
    from coordinator_app.domain.trouble import Refusal
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.engine import open_engine
    from coordinator_app.storage.central.loader import Loader

    with pytest.raises(Refusal), Loader(open_engine(address_of(centre.url), "postgres")) as loader:
        loader.begin(None, "x", "fhir-r4", None, None)


def test_a_person_moved_in_the_middle_of_a_load_keeps_all_facts_in_one_panel(source, centre):
    from sqlalchemy import text

    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.engine import open_service

    source(ndjson(person("a")))
    central.panels(centre.url).create("Moved to", source.initiative)
    move = (
        f"UPDATE care.member SET panel_id = (SELECT id FROM org.panel WHERE name = 'Moved to' AND initiative_id ="
        f" care.member.initiative_id) WHERE source = '{source.name}'"
    )
    waiting = (
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO care.fact%'"
    )
    with ThreadPoolExecutor(1) as other:
        with open_service(address_of(centre.url), "loader").begin() as mover:
            mover.execute(text(move))
            done = other.submit(source, ndjson(condition("c"), condition("d")))
            assert any(centre.number(waiting) or Event().wait(0.05) for _ in range(200))
        assert done.result(30).code == 0
    assert (
        centre.sql(
            "SELECT count(*), count(DISTINCT f.panel_id), min(p.name) FROM care.fact AS f JOIN org.panel AS p"
            f" ON p.id = f.panel_id WHERE f.source = '{source.name}'"
        )
        == "2|1|Moved to"
    )


def test_a_frozen_initiatives_day_is_the_datas_day_where_none_is_said(source, command, centre):
    command("evaluate", "--initiative", source.initiative, "--as-of", "2031-01-05")
    done = source(ndjson(person("a"), condition("c", onsetDateTime="2031-01-04")), as_of=None)
    assert (done.code, done.facts["data_as_of"]) == (0, "2031-01-05")
    late = source(ndjson(condition("d", onsetDateTime="2031-01-06")), as_of=None)
    assert causes(late) == [("0.ndjson", 1, "future_date")]


@pytest.mark.parametrize("written", ["Patient/DEMO%20000012", "Patient/DEMO 000012", "urn:uuid:DEMO 000012"])
def test_a_record_may_name_a_person_with_a_space_in_the_number(source, written):
    done = source(ndjson(person("DEMO 000012"), condition("c", subject={"reference": written})))
    assert (done.code, done.facts["new"]) == (0, 2)


def test_a_record_may_name_a_person_by_number_alone(source):
    done = source(ndjson(person("DEMO 000012"), condition("c", subject={"identifier": {"value": "DEMO 000012"}})))
    assert (done.code, done.facts["new"]) == (0, 2)
