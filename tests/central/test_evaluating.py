"""Judging: it writes only what changed, it knows whom to look at again, and it holds the day it was given."""

import json
import uuid
from pathlib import Path

import pytest

pytestmark = pytest.mark.server

RULES = Path(__file__).resolve().parents[2] / "resources" / "rules" / "rules.json"
LEDGER = "SELECT count(*), coalesce(sum(row_version), 0), (SELECT count(*) FROM sync.change) FROM outreach.reason"


def discharge(own_id, patient, ended, **more):
    return {
        "resourceType": "Encounter",
        "id": own_id,
        "status": "finished",
        "class": {"code": "IMP"},
        "priority": {"coding": [{"code": "EM"}]},
        "subject": {"reference": f"Patient/{patient}"},
        "period": {"start": "2026-11-10", "end": ended},
        "hospitalization": {"dischargeDisposition": {"coding": [{"code": "01"}]}},
        "reasonCode": [{"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "K35.80"}]}],
        **more,
    }


@pytest.fixture
def home(command, initiative, tmp_path):
    """An initiative with one person of 30 years, and the way to load more about her."""
    name = f"s{uuid.uuid4().hex[:8]}"

    def load(*records, as_of="2026-11-16", **more):
        path = tmp_path / f"{uuid.uuid4().hex}.ndjson"
        path.write_text("".join(json.dumps(one) + "\n" for one in records))
        options = [text for key, value in more.items() for text in (f"--{key.replace('_', '-')}", value)]
        told = ["--format", "fhir-r4", "--source", name, "--initiative", initiative, "--as-of", as_of, *options]
        done = command("load", path, *told)
        assert done.code == 0, done.out
        return done.facts

    load(
        {"resourceType": "Patient", "id": "a", "birthDate": "1996-01-01", "name": [{"family": "Roy"}]},
        as_of="2026-01-01",
    )
    load.name, load.initiative = name, initiative
    load.judge = lambda *words: command("evaluate", "--initiative", initiative, *words).facts
    return load


def test_a_loaded_discharge_opens_a_reason_and_judging_twice_writes_nothing(home, centre):
    assert home.judge("--as-of", "2026-11-16")["by_kind"] == {}
    home(discharge("e", "a", "2026-11-15"))
    first = home.judge()
    assert (first["evaluated"], first["opened"], first["by_kind"]) == (1, 3, {"discharge": 1})
    before = centre.sql(LEDGER)
    again, everybody = home.judge(), home.judge("--all")
    assert (again["evaluated"], everybody["evaluated"], everybody["unchanged"]) == (0, 1, 3)
    assert centre.sql(LEDGER) == before


def test_judging_on_three_days_running_writes_only_rows_whose_state_changed(home, centre):
    home(discharge("e", "a", "2026-11-15"))
    home.judge("--as-of", "2026-11-16")
    before = centre.sql(LEDGER)
    for day in ("2026-11-17", "2026-11-18", "2026-11-19"):
        told = home.judge("--as-of", day)
        assert (told["as_of"], told["opened"], told["changed"], told["ended"]) == (day, 0, 0, 0)
    assert centre.sql(LEDGER) == before


def test_facts_of_a_later_day_are_invisible_until_it_comes(home):
    home(discharge("e", "a", "2026-11-15"), known_at="2026-11-18T08:00:00-05:00")
    assert home.judge("--as-of", "2026-11-16")["by_kind"] == {}
    assert home.judge("--as-of", "2026-11-17")["by_kind"] == {}
    told = home.judge("--as-of", "2026-11-18")
    assert (told["evaluated"], told["by_kind"]) == (1, {"discharge": 2})


def test_an_unset_known_time_means_the_datas_own_day_on_a_frozen_initiative(home):
    home(discharge("e", "a", "2026-11-13"), as_of="2026-11-16")
    assert home.judge("--as-of", "2026-11-14")["by_kind"] == {}
    assert home.judge("--as-of", "2026-11-16")["by_kind"] == {"discharge": 1}


def test_the_day_judged_for_becomes_the_initiatives_own_until_it_runs_again(home, centre):
    frozen = f"SELECT coalesce(frozen_on::text, 'runs') FROM org.initiative WHERE name = '{home.initiative}'"
    assert centre.sql(frozen) == "runs"
    home.judge("--as-of", "2026-11-16")
    assert centre.sql(frozen) == "2026-11-16"
    assert home.judge()["as_of"] == "2026-11-16"
    home.judge("--live")
    assert centre.sql(frozen) == "runs"


def test_going_back_in_time_judges_everybody_again(home):
    home(discharge("e", "a", "2026-11-15"), known_at="2026-11-15T20:00:00Z")
    home.judge("--as-of", "2026-11-16")
    told = home.judge("--as-of", "2026-11-12")
    assert (told["evaluated"], told["ended"], told["by_kind"]) == (1, 3, {})


def test_a_withdrawn_stay_ends_its_reason(home, centre):
    home(discharge("e", "a", "2026-11-15"))
    home.judge("--as-of", "2026-11-16")
    home(discharge("e", "a", "2026-11-15", status="entered-in-error"))
    assert home.judge()["ended"] == 3
    assert (
        centre.sql(
            "SELECT end_cause, r.row_version FROM outreach.reason AS r JOIN care.member AS m ON m.id = r.member_id"
            f" WHERE m.source = '{home.name}'"
        )
        == "withdrawn|2\nwithdrawn|2\nwithdrawn|2"
    )


def test_a_reason_lies_in_the_panel_of_its_member_and_carries_its_evidence(home, centre):
    home(discharge("e", "a", "2026-11-15"))
    home.judge("--as-of", "2026-11-16")
    assert (
        centre.sql(
            "SELECT r.panel_id = m.panel_id, r.evidence -> 0 ->> 0 = f.id::text FROM outreach.reason AS r"
            " JOIN care.member AS m ON m.id = r.member_id JOIN care.fact AS f ON f.member_id = m.id"
            f" WHERE m.source = '{home.name}'"
        )
        == "t|t\nt|t\nt|t"
    )


def test_a_sites_own_value_sets_judge_everybody_again(home, command, tmp_path):
    home({"resourceType": "Patient", "id": "b", "birthDate": "1966-01-01", "name": [{"family": "Roy"}]})
    home(
        {"resourceType": "Procedure", "id": "p", "status": "completed", "subject": {"reference": "Patient/b"},
         "performedDateTime": "2022-05-05",
         "code": {"coding": [{"system": "http://snomed.info/sct", "code": "73761001"}]}}
    )  # fmt: skip
    assert home.judge("--as-of", "2026-11-16")["by_kind"] == {"screening": 1}
    oid = "2.16.840.1.113883.3.464.1003.108.12.1020"
    codes = [{"system": "http://snomed.info/sct", "code": "73761001"}]
    (tmp_path / "own.json").write_text(json.dumps({oid: {"name": "Colonoscopy", "codes": codes}}))
    told = ["--format", "valuesets", "--source", "site", "--initiative", home.initiative]
    assert command("load", tmp_path / "own.json", *told).facts["new"] == 1
    assert command("load", tmp_path / "own.json", *told).facts["unchanged"] == 1
    judged = home.judge()
    assert (judged["evaluated"], judged["by_kind"]) == (2, {})


def test_a_death_reported_lately_does_not_end_reasons_and_an_old_one_does(home):
    home(discharge("e", "a", "2026-11-13"))
    dead = {"resourceType": "Patient", "id": "a", "birthDate": "1996-01-01", "name": [{"family": "Roy"}]}
    home({**dead, "deceasedDateTime": "2026-11-15"})
    assert home.judge("--as-of", "2026-11-16")["by_kind"] == {"discharge": 1}
    home({**dead, "deceasedDateTime": "2026-10-02"})
    assert home.judge()["by_kind"] == {}


def test_a_rehearsal_tells_who_would_move_and_writes_nothing(home, centre, command, tmp_path):
    potassium = {
        "resourceType": "Observation", "id": "k", "status": "final", "subject": {"reference": "Patient/a"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "2823-3"}]}, "effectiveDateTime": "2026-11-15",
        "valueQuantity": {"value": 6.1, "unit": "mmol/L", "system": "http://unitsofmeasure.org", "code": "mmol/L"},
    }  # fmt: skip
    home(potassium)
    assert home.judge("--as-of", "2026-11-16")["by_kind"] == {"worsening": 1}
    before = centre.sql(LEDGER)
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"worsening": {"levels": []}, "rules": {"version": "2027.1"}}))
    told = command("evaluate", "--initiative", home.initiative, "--rehearse", other).facts
    assert (told["evaluated"], told["written"]) == (1, 0)
    assert told["counts"] == {"rise": 0, "fall": 0, "enter": 0, "leave": 1}
    assert len(told["leave"]) == 1
    assert told["by_kind"] == {"worsening": {"now": 1, "rehearsed": 0}}
    assert centre.sql(LEDGER) == before
    other.write_text(json.dumps({"worsenings": {}}))
    assert command("evaluate", "--initiative", home.initiative, "--rehearse", other).code != 0


def test_a_rehearsal_shares_the_inflow_among_the_coordinators_of_a_panel(home, centre, command, tmp_path):
    home(*(metformin(f"of {on}", on) for on in ("2026-08-19", "2026-09-18", "2026-10-18")))
    home.judge("--as-of", "2026-11-16")
    where = ("--initiative", home.initiative)
    panel = command("panel", "create", f"Shared by two {home.name}", *where).facts
    person = centre.sql(f"SELECT id FROM care.member WHERE source = '{home.name}'")
    assert command("panel", "move", panel["id"], person).code == 0
    for login in ("one", "two"):
        hired = ("--name", login, "--role", "coordinator", *where, "--panel", panel["id"])
        assert command("staff", "add", f"{login}{home.name}", *hired).code == 0
    other = tmp_path / "other.json"
    other.write_text("{}")
    told = command("evaluate", *where, "--rehearse", other)
    [days] = told.facts["inflow"].values()
    assert sum(each["now"] for each in days.values()) == 1
    assert told.facts["coordinators"] == {panel["name"]: 2}


def metformin(own_id, on, days=30):
    return {
        "resourceType": "MedicationDispense", "id": own_id, "status": "completed",
        "subject": {"reference": "Patient/a"},
        "medicationCodeableConcept": {
            "coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "861007"}]
        },
        "whenHandedOver": on, "daysSupply": {"value": days},
    }  # fmt: skip


def answer(centre, home, response, cause="", at="15:00"):
    """Put an answer to the refill reason on the centre as a workstation would have sent it; return its id."""
    own = str(uuid.uuid4())
    centre.sql(
        "INSERT INTO activity.response (id, member_id, panel_id, author_id, occurred_at, recorded_at, reason_id,"
        f" response, cause, row_version) SELECT '{own}', r.member_id, r.panel_id, r.member_id,"
        f" '2026-11-16 {at}Z', now(), r.id, '{response}', '{cause}', 1"
        " FROM outreach.reason AS r JOIN care.member AS m ON m.id = r.member_id"
        f" WHERE m.source = '{home.name}' AND r.rule = 'refill.late' AND r.episode = '2026-09-20'"
    )
    return own


def take_back(centre, act):
    centre.sql(
        "INSERT INTO activity.retraction (id, member_id, panel_id, author_id, occurred_at, recorded_at, target_kind,"
        " target_id, row_version) SELECT gen_random_uuid(), a.member_id, a.panel_id, a.author_id, now(), now(),"
        f" 'response', a.id, 1 FROM activity.response AS a WHERE a.id = '{act}'"
    )


def refills(centre, home):
    found = centre.sql(
        "SELECT r.episode, coalesce(r.ends_on::text, ''), r.end_cause FROM outreach.reason AS r"
        " JOIN care.member AS m ON m.id = r.member_id"
        f" WHERE m.source = '{home.name}' AND r.rule = 'refill.late' ORDER BY r.episode"
    )
    return [tuple(line.split("|")) for line in found.splitlines()]


def test_what_a_nurse_was_told_is_merged_with_the_fills_and_taking_it_back_opens_the_reason_again(home, centre):
    home(metformin("f1", "2026-08-20"), metformin("f2", "2026-09-20"))
    assert home.judge("--as-of", "2026-11-16")["by_kind"] == {"refill": 1}
    given_up = refills(centre, home)
    cash = answer(centre, home, "paid_cash")
    told = home.judge()
    assert (told["evaluated"], told["ended"], told["opened"]) == (1, 1, 1)
    assert refills(centre, home)[0] == ("2026-09-20", "2026-11-16", "told")
    assert refills(centre, home)[1][0] == "2026-11-16"
    assert home.judge()["evaluated"] == 0
    take_back(centre, cash)
    assert home.judge()["by_kind"] == {"refill": 1}
    assert refills(centre, home)[0] == given_up[0]


def test_a_stop_ends_the_reason_until_a_new_fill_makes_a_new_episode(home, centre):
    home(metformin("f1", "2026-08-20"), metformin("f2", "2026-09-20"))
    home.judge("--as-of", "2026-11-16")
    answer(centre, home, "stopped")
    assert home.judge()["by_kind"] == {}
    assert refills(centre, home) == [("2026-09-20", "2026-11-16", "stopped")]
    home(metformin("f3", "2026-11-18", 5), as_of="2026-11-18")
    told = home.judge("--as-of", "2026-11-18")
    assert told["opened"] == 1
    assert refills(centre, home)[1][:1] == ("2026-11-18",)


def test_a_reason_ends_with_its_cause_when_the_person_leaves_the_plan_or_the_rule_goes(home, centre, command):
    home(discharge("e", "a", "2026-11-15"))
    home.judge("--as-of", "2026-11-16")
    causes = (
        "SELECT DISTINCT r.end_cause FROM outreach.reason AS r JOIN care.member AS m ON m.id = r.member_id"
        f" WHERE m.source = '{home.name}' AND r.ends_on <= '2026-11-17'"
    )
    centre.sql(f"UPDATE care.member SET left_on = '2026-11-17' WHERE source = '{home.name}'")
    assert home.judge("--as-of", "2026-11-17")["ended"] == 3
    assert centre.sql(causes) == "left"
    centre.sql(f"UPDATE care.member SET left_on = NULL WHERE source = '{home.name}'")
    assert home.judge()["by_kind"] == {"discharge": 1}
    rules = "SELECT id, 'rule_data', 'rules', '{other}'::jsonb FROM org.initiative WHERE name = '{name}'"
    other = json.dumps({**json.loads(RULES.read_text()), "version": "2099.1", "horizon_days": 0})
    told = rules.format(other=other.replace("'", "''"), name=home.initiative)
    centre.sql(f"INSERT INTO org.reference (initiative_id, kind, key, content) {told}")
    assert home.judge()["ended"] == 2
    assert centre.sql(causes) == "rule_changed"


def test_a_feed_whose_old_months_were_given_up_makes_the_evaluator_judge_everybody(home, centre):
    home({"resourceType": "Patient", "id": "b", "birthDate": "1996-01-01", "name": [{"family": "Roy"}]})
    assert home.judge("--as-of", "2026-11-16")["evaluated"] == 2
    assert home.judge()["evaluated"] == 0
    floor = "INSERT INTO sync.feed_floor (floor) VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING"
    before = centre.sql("SELECT floor FROM sync.feed_floor")
    centre.sql(f"{floor}; UPDATE sync.feed_floor SET floor = pg_current_xact_id()")
    assert home.judge()["evaluated"] == 2
    assert home.judge()["evaluated"] == 0
    centre.sql(f"UPDATE sync.feed_floor SET floor = '{before or 0}'")


def test_wrong_reasons_are_counted_by_rule_with_their_causes_and_the_last_answer_alone_counts(home, centre, command):
    home(metformin("f1", "2026-08-20"), metformin("f2", "2026-09-20"))
    home.judge("--as-of", "2026-11-16")
    assert command("rules", "--initiative", home.initiative).facts["rules"] == []
    answer(centre, home, "declined")
    answer(centre, home, "wrong", "data_old", "16:00")
    [told] = command("rules", "--initiative", home.initiative).facts["rules"]
    assert told == {
        "rule": "refill.late", "answered": 1, "wrong": 1, "share": 1.0, "causes": {"data_old": 1}, "flagged": False,
    }  # fmt: skip


def test_a_medicine_told_over_the_counter_is_judged_beside_the_fills(home, centre):
    home({**metformin("w", "2026-11-01", 60), "medicationCodeableConcept": {
        "coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "855302"}]}})  # fmt: skip
    home.judge("--as-of", "2026-11-16")
    centre.sql(
        "INSERT INTO activity.medicine (id, member_id, panel_id, author_id, occurred_at, recorded_at, how, name, rxcui,"
        " row_version) SELECT gen_random_uuid(), m.id, m.panel_id, m.id, '2026-11-16 15:00Z', now(), 'otc',"
        f" 'ibuprofen', '5640', 1 FROM care.member AS m WHERE m.source = '{home.name}'"
    )
    told = home.judge()
    assert told["evaluated"] == 1
    found = centre.sql(
        "SELECT r.rule, e ->> 3 FROM outreach.reason AS r JOIN care.member AS m ON m.id = r.member_id,"
        f" jsonb_array_elements(r.evidence) AS e WHERE m.source = '{home.name}' AND r.rule = 'medication.pair'"
    )
    assert set(found.splitlines()) == {f"medication.pair|{home.name}", "medication.pair|nurse"}
