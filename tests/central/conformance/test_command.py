"""The word `conformance`: its JSON, its exit codes, and what it says of what it could not take."""

import json
from pathlib import Path

import pytest

from coordinator_app.bootstrap.central import run
from tests.central.conformance.decks import asked, came, case, write_deck, write_sets


def told(capsys, folder: Path, *lines, name="CMS139-mp2025.ndjson.gz", more=()):
    deck, sets = write_deck(folder, *lines, name=name), write_sets(folder)
    code = run(["conformance", str(deck), "--value-sets", str(sets), "--json", *more])
    return code, json.loads(capsys.readouterr().out)


def test_a_deck_that_agrees_ends_well_and_tells_every_case(capsys, tmp_path):
    code, found = told(capsys, tmp_path, case("one", came(), asked()), case("two", came(), numerator=0))
    assert code == 0
    assert (found["deck"], found["rule"], found["cases"], found["equal"]) == ("CMS139-mp2025", "CMS139", 2, 2)
    assert found["unmapped"] == []
    assert found["numerator_positive"] == {"cases": 1, "equal": 1}
    assert found["results"][0] == {
        "patient": "one",
        "equal": True,
        "computed": {
            "Group_1": {"initial-population": 1, "denominator": 1, "denominator-exclusion": 0, "numerator": 1}
        },
        "expected": {
            "Group_1": {"initial-population": 1, "denominator": 1, "denominator-exclusion": 0, "numerator": 1}
        },
    }


def test_a_deck_need_not_be_packed_and_may_carry_more_in_its_name(capsys, tmp_path):
    code, found = told(capsys, tmp_path, case("one", came(), asked()), name="CMS139-of-our-own.ndjson")
    assert (code, found["deck"], found["rule"]) == (0, "CMS139-of-our-own", "CMS139")


def test_a_case_that_differs_ends_with_findings(capsys, tmp_path):
    code, found = told(capsys, tmp_path, case("one", came(), asked()), case("two", came(), numerator=1))
    assert (code, found["equal"], found["results"][1]["equal"]) == (1, 1, False)
    assert found["results"][1]["computed"]["Group_1"]["numerator"] == 0
    assert found["numerator_positive"] == {"cases": 2, "equal": 1}


def test_an_exclusion_that_is_not_expected_is_a_difference_even_where_the_deck_does_not_name_it(capsys, tmp_path):
    counts = {"Group_1": {"initial-population": 1}}
    code, found = told(capsys, tmp_path, case("one", came(), expected=counts))
    assert (code, found["results"][0]["equal"]) == (1, False)


def differences(folder: Path, **told) -> Path:
    one = {"deck": "CMS139-mp2025", "case": "two", "group": "Group_1", "population": "numerator", "proof": "it says so"}
    path = folder / "differences.json"
    path.write_text(json.dumps([{**one, **told}]), encoding="utf-8")
    return path


def test_a_difference_named_with_its_proof_ends_well_but_stays_unequal(capsys, tmp_path):
    more = ("--expect-different", str(differences(tmp_path)))
    code, found = told(capsys, tmp_path, case("one", came(), asked()), case("two", came(), numerator=1), more=more)
    assert (code, found["equal"]) == (0, 1)
    assert found["results"][1]["expected_different"] is True


@pytest.mark.parametrize("wrong", [{"case": "one"}, {"deck": "CMS139"}, {"population": "denominator"}])
def test_a_difference_of_another_case_deck_or_population_excuses_nothing(capsys, tmp_path, wrong):
    more = ("--expect-different", str(differences(tmp_path, **wrong)))
    assert told(capsys, tmp_path, case("two", came(), numerator=1), more=more)[0] == 1


def test_a_difference_without_proof_is_refused(capsys, tmp_path):
    deck, sets = write_deck(tmp_path, case("two", came())), write_sets(tmp_path)
    listed = differences(tmp_path, proof=" ")
    assert run(["conformance", str(deck), "--value-sets", str(sets), "--expect-different", str(listed)]) == 4
    assert "proof" in capsys.readouterr().err


def test_a_measure_we_have_no_rule_for_is_said_to_have_none(capsys, tmp_path):
    code, found = told(capsys, tmp_path, case("one", came()), name="CMS1.ndjson.gz")
    assert (code, found["rule"], found["equal"]) == (3, None, 0)


def test_kinds_we_do_not_keep_and_resources_that_cannot_be_read_are_counted(capsys, tmp_path):
    given = {"resourceType": "MedicationAdministration", "id": "m"}
    broken = asked(id="broken", effectiveDateTime="not a day")
    code, found = told(capsys, tmp_path, case("one", came(), asked(), given, broken), case("two", came(), given))
    assert code == 1
    assert found["unmapped"] == [
        {"kind": "MedicationAdministration", "count": 2},
        {"kind": "Observation", "count": 1},
    ]


def test_a_line_that_is_no_case_is_told_and_does_not_stop_the_others(capsys, tmp_path):
    code, found = told(capsys, tmp_path, case("one", came(), asked()), "{not json", {"patient": "three"})
    assert (code, found["cases"], found["equal"]) == (1, 3, 1)
    assert [one["line"] for one in found["spoiled"]] == [2, 3]


def test_value_sets_that_are_missing_are_named(capsys, tmp_path):
    _, found = told(capsys, tmp_path, case("one", came(), asked()))
    assert "2.16.840.1.113883.3.464.1003.1003" in found["missing_value_sets"]
    assert "2.16.840.1.113883.3.464.1003.101.12.1001" not in found["missing_value_sets"]


@pytest.mark.parametrize("lost", ["deck", "sets"])
def test_a_file_that_is_not_there_is_trouble(capsys, tmp_path, lost):
    deck, sets = write_deck(tmp_path, case("one", came())), write_sets(tmp_path)
    {"deck": deck, "sets": sets}[lost].unlink()
    assert run(["conformance", str(deck), "--value-sets", str(sets)]) == 4
    assert "cannot be read" in capsys.readouterr().err


def test_without_json_it_says_the_sum_and_what_differs(capsys, tmp_path):
    deck, sets = write_deck(tmp_path, case("two", came(), numerator=1)), write_sets(tmp_path)
    assert run(["conformance", str(deck), "--value-sets", str(sets)]) == 1
    said = capsys.readouterr().out
    assert "CMS139-mp2025: 0 of 1 cases equal" in said
    assert "two Group_1 numerator: 0, expected 1" in said
