"""Pairs, trios and duplicates: who has both at hand, since when, and until when."""

from datetime import timedelta

import pytest

from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.priority import tier_of
from coordinator_app.domain.reasons import Tier
from coordinator_app.domain.sensitivity import Sensitivity
from tests.domain.charts import TODAY, bundle, day, fill, shipped, terms
from tests.domain.rules_medication.medicines import drug, of_rule, product, reasons, takes

ONC = [
    ("methylphenidate", "phenelzine"),
    ("atazanavir", "omeprazole"),
    ("febuxostat", "azathioprine"),
    ("sertraline", "tranylcypromine"),
    ("irinotecan", "clarithromycin"),
    ("tramadol", "selegiline"),
    ("amitriptyline", "phenelzine"),
    ("ramelteon", "fluvoxamine"),
    ("ritonavir", "rifampin"),
    ("simvastatin", "itraconazole"),
    ("dihydroergotamine", "erythromycin"),
    ("tizanidine", "ciprofloxacin"),
    ("tranylcypromine", "procarbazine"),
    ("rizatriptan", "isocarboxazid"),
]
FURTHER = [
    ("simvastatin", "gemfibrozil"),
    ("nitroglycerin", "sildenafil"),
    ("riociguat", "tadalafil"),
    ("warfarin", "metronidazole"),
    ("apixaban", "naproxen"),
    ("methotrexate", "trimethoprim"),
    ("lithium carbonate", "hydrochlorothiazide"),
    ("digoxin", "verapamil"),
    ("clopidogrel", "omeprazole"),
    ("colchicine", "clarithromycin"),
    ("theophylline", "ciprofloxacin"),
    ("allopurinol", "azathioprine"),
    ("oxycodone", "lorazepam"),
]
HELD_BACK = [
    ("lisinopril", "ibuprofen"),
    ("hydrochlorothiazide", "naproxen"),
    ("warfarin", "omeprazole"),
    ("apixaban", "atorvastatin"),
    ("clopidogrel", "aspirin"),
    ("metoprolol", "sertraline"),
    ("lisinopril", "losartan"),
    ("ferrous sulfate", "levothyroxine"),
    ("hydrochlorothiazide", "lisinopril"),
    ("apixaban", "prednisone"),
    ("omeprazole", "diazepam"),
    ("carvedilol", "amlodipine"),
]


def pairs(*facts, **told):
    return of_rule(reasons(*facts, **told), "medication.pair")


@pytest.mark.parametrize(("one", "other"), ONC)
def test_each_high_priority_pair_is_a_matter_of_safety(one, other):
    (found,) = pairs(takes(one, "2026-11-10"), takes(other, "2026-11-20"))
    assert found.opens_on == day("2026-11-20")
    assert found.evidence_on == day("2026-11-20")
    assert {e.what for e in found.evidence} == {f"rxnorm {drug(one)}", f"rxnorm {drug(other)}"}
    assert tier_of(ledger_row(found), TODAY, terms().priority) is Tier.SAFETY
    assert tier_of(ledger_row(found), day("2026-11-28"), terms().priority) is Tier.HIGH


@pytest.mark.parametrize(("one", "other"), FURTHER)
def test_each_further_pair_is_asked_about(one, other):
    assert len(pairs(takes(one, "2026-11-10"), takes(other, "2026-11-20"))) == 1


@pytest.mark.parametrize(("one", "other"), HELD_BACK)
def test_pairs_of_the_quiet_list_are_never_raised_alone(one, other):
    assert pairs(takes(one, "2026-11-10"), takes(other, "2026-11-20")) == []


def test_every_pair_the_panel_rejected_for_qt_is_absent():
    assert not [rule for rule in shipped().medicines.pairs.values() if rule.name == "onc_21"]


def test_supplies_that_do_not_touch_are_no_pair():
    assert pairs(takes("warfarin", "2026-09-01"), takes("metronidazole", "2026-11-20", 7)) == []


def test_one_common_day_is_enough():
    (found,) = pairs(takes("warfarin", "2026-10-26", 30), takes("metronidazole", "2026-11-24", 7))
    assert (found.opens_on, found.ends_on) == (day("2026-11-24"), day("2026-11-25"))


@pytest.mark.parametrize(("began", "raised"), [("2026-11-13", True), ("2026-11-14", False)])
def test_an_inhibitor_of_mao_counts_for_fourteen_days_after_its_last(began, raised):
    found = pairs(takes("phenelzine", "2026-10-01", 30), takes("sertraline", began), today=day(began))
    assert bool(found) is raised


@pytest.mark.parametrize(("began", "raised"), [("2026-11-04", True), ("2026-11-05", False)])
def test_fluoxetine_counts_for_thirty_five_days_before_an_inhibitor_of_mao(began, raised):
    found = pairs(takes("fluoxetine", "2026-09-01", 30), takes("phenelzine", began), today=day(began))
    assert bool(found) is raised


def test_a_refill_of_the_same_pair_is_the_same_episode_and_no_news():
    first = (takes("warfarin", "2026-09-01", 90), takes("amiodarone", "2026-09-10", 30))
    (before,) = pairs(*first, today=day("2026-09-20"))
    (after,) = pairs(*first, takes("amiodarone", "2026-10-12", 60))
    assert (after.id, after.evidence_on, after.opens_on) == (before.id, before.evidence_on, before.opens_on)
    assert after.ends_on > before.ends_on


def test_a_new_course_after_a_gap_is_a_new_episode():
    old = (takes("warfarin", "2026-06-01", 180), takes("ciprofloxacin", "2026-06-10", 7))
    (first,) = pairs(*old, today=day("2026-06-12"))
    (again,) = pairs(*old, takes("ciprofloxacin", "2026-11-20", 7))
    assert again.id != first.id
    assert again.evidence_on == day("2026-11-20")


@pytest.mark.parametrize(("mg", "raised"), [(20.0, False), (40.0, True)])
def test_simvastatin_beside_amlodipine_is_asked_about_above_twenty_milligrams(mg, raised):
    simvastatin = fill("2026-11-01", product(drug("simvastatin"), mg), 30, quantity=30)
    assert bool(pairs(simvastatin, takes("amlodipine", "2026-11-01"))) is raised


def test_a_dose_nobody_told_raises_nothing():
    assert pairs(takes("simvastatin", "2026-11-01"), takes("amlodipine", "2026-11-01")) == []


def test_opioid_with_benzodiazepine_offers_naloxone_unless_there_is_some():
    both = (takes("oxycodone", "2026-11-10"), takes("alprazolam", "2026-11-15"))
    (found,) = pairs(*both)
    assert "offer_naloxone" in found.actions
    (had,) = pairs(*both, takes("naloxone", "2026-05-01", 1))
    assert "offer_naloxone" not in had.actions


def test_a_pair_with_a_drug_of_the_mind_is_confidential():
    (found,) = pairs(takes("sertraline", "2026-11-10"), takes("tramadol", "2026-11-15"))
    assert found.sensitivity is Sensitivity.CONFIDENTIAL


def test_no_action_tells_the_patient_to_stop():
    (found,) = pairs(takes("warfarin", "2026-11-10"), takes("ibuprofen", "2026-11-15"))
    assert found.actions[:2] == ("ask_prescriber", "ask_pharmacist")


def test_the_triple_whammy_needs_all_three():
    three = [
        takes("lisinopril", "2026-10-01", 90),
        takes("furosemide", "2026-10-01", 90),
        takes("ibuprofen", "2026-11-20"),
    ]
    (found,) = of_rule(reasons(*three), "medication.trio")
    assert (found.subject, found.opens_on, found.ends_on) == ("triple_whammy", day("2026-11-20"), day("2026-12-20"))
    for missing in range(3):
        rest = three[:missing] + three[missing + 1 :]
        assert of_rule(reasons(*rest), "medication.trio") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("atorvastatin", "simvastatin"),
        ("lisinopril", "losartan"),
        ("sertraline", "citalopram"),
        ("ibuprofen", "naproxen"),
    ],
)
def test_two_of_one_kind_for_thirty_days_are_a_duplicate(one, other):
    long = [takes(one, "2026-10-01", 90), takes(other, "2026-10-20", 30)]
    (found,) = of_rule(reasons(*long, today=day("2026-11-18")), "medication.duplicate")
    assert found.opens_on == day("2026-11-18")
    short = [takes(one, "2026-10-01", 90), takes(other, "2026-10-20", 29)]
    assert of_rule(reasons(*short, today=day("2026-11-17")), "medication.duplicate") == []


def test_one_drug_filled_early_is_no_duplicate():
    assert (
        of_rule(
            reasons(takes("atorvastatin", "2026-10-01", 90), takes("atorvastatin", "2026-10-05", 90)),
            "medication.duplicate",
        )
        == []
    )


@pytest.mark.parametrize(("days", "raised"), [(7, False), (8, True)])
def test_two_anticoagulants_are_a_duplicate_beyond_a_week_of_switching(days, raised):
    old = takes("warfarin", "2026-10-01", 50 + days)
    found = of_rule(reasons(old, takes("apixaban", "2026-11-20")), "medication.duplicate")
    assert bool(found) is raised


def test_the_demo_day_is_no_part_of_a_row():
    facts = [takes("warfarin", "2026-11-10", 60), takes("amiodarone", "2026-11-20", 60)]
    (first,) = pairs(*facts)
    for days in range(1, 40):
        (row,) = pairs(*facts, today=TODAY + timedelta(days))
        assert row == first


def slow(name):
    """Return the first long-acting product that holds just this opioid."""
    products = bundle()["products"]
    told = (
        code
        for code in products["long_acting_opioids"]
        if [one[0] for one in products["products"][code]] == [drug(name)]
    )
    return next(told)


def test_two_long_acting_opioids_are_two_of_one_kind_and_a_quick_one_beside_is_not():
    morphine, oxycodone = fill("2026-10-01", slow("morphine"), 60), fill("2026-10-05", slow("oxycodone"), 60)
    (found,) = of_rule(reasons(morphine, oxycodone), "medication.duplicate")
    assert found.subject.startswith("long_acting_opioid:")
    assert (
        of_rule(reasons(morphine, fill("2026-10-05", product(drug("oxycodone"), 5.0), 60)), "medication.duplicate")
        == []
    )
