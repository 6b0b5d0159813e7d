"""The special people: each shows one thing a nurse must meet rightly, under a DEMO number of its own."""

from collections.abc import Callable, Mapping
from typing import Any

from coordinator_app.central.demo_people.sketch import YEAR, Sketch, StaySketch
from coordinator_app.central.demo_people.special_medicines import special_medicines
from coordinator_app.central.demo_people.special_results import special_results

_LONG = -2200


def _person(number: int, name: str, sex: str, age: float, **more: Any) -> Sketch:
    given, family = name.split(" ", 1)
    born = -int(age * 365.2425) - 3
    told: dict[str, Any] = {"joined": max(_LONG, born), "zip_code": "01108", "address": f"{20 + number} Sumner Avenue"}
    return Sketch(number=number, family=family, given=given, sex=sex, born=born, **{**told, **more})


def _home_with_heart_failure(n: int) -> Sketch:
    return _person(
        n, "Margaret Kowalczyk", "female", 71.4, preferred="Peg",
        conditions=["heart_failure", "hypertension", "kidney"],
        drugs={"furosemide": 41, "lisinopril": 41}, screening=("colonoscopy", -4 * YEAR),
        stays=[StaySketch("heart_failure", -7, -1), StaySketch("pneumonia", -231, -226)], emergencies=[-64, -121],
        values={"potassium": (5.1, 4.7, 4.4), "egfr": (46, 51, 55), "weight": (78.4, 75.9, 74.8)},
    )  # fmt: skip


def _spanish_speaker_home(n: int) -> Sketch:
    return _person(
        n, "Carmen Ortiz", "female", 66.2, language="es", interpreter="spoken", zip_code="01040",
        address="118 Dwight Street", conditions=["copd", "diabetes"], drugs={"tiotropium": 22, "metformin": 22},
        stays=[StaySketch("copd", -6, -2)], emergencies=[-80], screening=("fit", -140),
        values={"a1c": (8.1, 7.6, 7.4)},
    )  # fmt: skip


def _paid_cash(n: int) -> Sketch:
    return _person(
        n, "Thomas Beaulieu", "male", 58.6, zip_code="01020", address="9 Granby Road",
        conditions=["diabetes", "lipids"],
        drugs={"metformin": -19, "atorvastatin": 30}, screening=("colonoscopy", -3 * YEAR),
        values={"a1c": (7.2, 7.1, 7.2, 7.1, 7.2)},
    )  # fmt: skip


def _diabetes_program(n: int) -> Sketch:
    return _person(
        n, "Darnell Washington", "male", 52.3, zip_code="01109", address="77 Wilbraham Road",
        conditions=["diabetes", "hypertension", "tobacco"], drugs={"metformin": -12, "lisinopril": 26},
        screening=None, values={"a1c": (9.8, 9.1, 8.4), "egfr": (78, 80)},
    )  # fmt: skip


def _safe_address(n: int) -> Sketch:
    return _person(
        n, "Joanna Reyes", "female", 38.7, zip_code="01104", address="301 Carew Street", conditions=["asthma"],
        stays=[StaySketch("dehydration", -4, -1)],
        phones=[
            {"kind": "mobile", "value": "+14135550105", "may_call": "yes", "may_leave_message": "no",
             "safe_hours": "09:00-14:30", "preferred": True, "nurse_entered": False},
            {"kind": "home", "value": "+14135550106", "may_call": "no", "may_leave_message": "no"},
        ],
        profile={
            "instructions": "Call the mobile between 9:00 and 14:30 only. Leave no message. Speak to her alone.",
            "special_contact": True, "no_contact": ["letters"], "best_hours": "09:00-14:30",
            "safe_address": "PO Box 112\nSpringfield MA 01101",
        },
    )  # fmt: skip


def _look_alike(n: int, age: float, street: str, **more: Any) -> Sketch:
    return _person(n, "Maria Santos", "female", age, language="es", zip_code="01040", address=street, **more)


def _twin(n: int, given: str) -> Sketch:
    mother = {"name": "Agnieszka Nowak", "relation": "mother", "phone": "+14135550108", "is_guardian": True}
    return _person(
        n, f"{given} Nowak", "male", 8.42, zip_code="01013", address="44 Front Street", conditions=["asthma"],
        related=[mother], phones=[],
    )  # fmt: skip


def _deceased(n: int) -> Sketch:
    return _person(
        n, "Walter Hathaway", "male", 83.1, conditions=["heart_failure"], stays=[StaySketch("heart_failure", -44, -30)],
        member={"deceased_on": -12, "held_cause": "deceased", "held_source": "demo", "held_on": -11},
    )  # fmt: skip


def _wrongly_reported_dead(n: int) -> Sketch:
    return _person(
        n, "Luis Figueroa", "male", 69.8, language="es", conditions=["hypertension", "diabetes"],
        drugs={"losartan": 70, "metformin": 70}, emergencies=[-2],
        member={"deceased_on": -20, "held_cause": "death_reported", "held_source": "demo", "held_on": -1},
    )  # fmt: skip


def _moved(n: int) -> Sketch:
    held = {"held_cause": "moved", "held_source": "demo", "held_on": -16, "city": "Tampa", "state": "FL"}
    return _person(n, "Heather Whitcomb", "female", 46.9, member={**held, "zip_code": "33602"}, screening=None)


def _no_phone(n: int) -> Sketch:
    return _person(
        n, "Kazimierz Dabrowski", "male", 77.5, language="pl", interpreter="spoken", conditions=["copd"],
        drugs={"tiotropium": 9}, stays=[StaySketch("copd", -5, -2)], phones=[],
    )  # fmt: skip


def _minor_with_confidential_item(n: int) -> Sketch:
    mother = {"name": "Ana Ruiz", "relation": "mother", "phone": "+14135550114", "is_guardian": True}
    result = {
        "kind": "observation", "day": -6, "coding": ("loinc", "75622-1", "HIV 1 and 2 tests - Meaningful Use set"),
        "status": "final", "category": "laboratory", "words": "Negative", "sensitivity": 1,
    }  # fmt: skip
    visit = {
        "kind": "encounter", "day": -6, "coding": ("hcpcs", "G0463", "Clinic visit"), "class_code": "AMB",
        "reason": "Z11.3", "sensitivity": 1,
    }  # fmt: skip
    return _person(
        n, "Valeria Ruiz", "female", 15.8, language="es", related=[mother], extras=[result, visit],
        phones=[{"kind": "mobile", "value": "+14135550115", "may_call": "yes", "may_leave_message": "no"}],
    )  # fmt: skip


def _deaf(n: int) -> Sketch:
    return _person(
        n, "Kathleen Moriarty", "female", 54.1, language="ase", interpreter="video_relay", screening=None,
        conditions=["hypertension"], drugs={"amlodipine": -14},
        phones=[{"kind": "home", "value": "+14135550117", "technology": "video_relay", "may_call": "yes",
                 "may_leave_message": "yes", "preferred": True}],
        profile={"instructions": "Calls by video relay; wait for the interpreter.", "interpreter_kind": "video_relay"},
    )  # fmt: skip


def _foster_child(n: int) -> Sketch:
    related = [
        {"name": "Sandra Bartlett", "relation": "foster_parent", "phone": "+14135550118", "is_guardian": False},
        {"name": "Regional office, caseworker on duty", "relation": "guardian", "phone": "+14135550119",
         "is_guardian": True, "custody_note": "In foster care: the caseworker consents; tell the parents nothing."},
    ]  # fmt: skip
    return _person(
        n, "Tyler Robinson", "male", 9.6, related=related, phones=[], conditions=["asthma"],
        stays=[StaySketch("pneumonia", -6, -3)],
    )  # fmt: skip


def _pregnancy_loss(n: int) -> Sketch:
    visit = {
        "kind": "encounter", "day": -9, "coding": ("hcpcs", "G0384", "Level 5 hospital emergency department visit"),
        "class_code": "EMER", "reason": "O03.9", "hour": "20:15:00", "ends": -9, "sensitivity": 1, "known": 1,
    }  # fmt: skip
    told = {
        "kind": "condition", "day": -9, "coding": ("icd10cm", "O03.9", "Complete or unspecified spontaneous abortion"),
        "status": "active", "verification": "confirmed", "category": "encounter-diagnosis", "sensitivity": 1,
    }  # fmt: skip
    return _person(n, "Rebecca Lavoie", "female", 33.4, conditions=["thyroid"], drugs={"levothyroxine": -16},
                   extras=[visit, told])  # fmt: skip


def _caregiver_without_permission(n: int) -> Sketch:
    daughter = {"name": "Denise Pelletier", "relation": "daughter", "phone": "+14135550121", "is_guardian": False}
    return _person(
        n, "Robert Pelletier", "male", 84.9, conditions=["atrial_fibrillation", "hypertension"], related=[daughter],
        drugs={"apixaban": -4, "losartan": 33},
        phones=[{"kind": "home", "value": "+14135550121", "shared_with": "daughter", "may_call": "yes"}],
    )  # fmt: skip


def _of_another_panel(n: int) -> Sketch:
    return _person(n, "Brenda Sanderson", "female", 61.2, panel=1, conditions=["hypertension"],
                   drugs={"lisinopril": 12}, screening=("colonoscopy", -5 * YEAR))  # fmt: skip


def _hospice(n: int) -> Sketch:
    care = {
        "kind": "procedure", "day": -18, "status": "completed",
        "coding": ("hcpcs", "Q5001", "Hospice or home health care provided in patient's home/residence"),
    }  # fmt: skip
    watched = {
        **care,
        "coding": ("hcpcs", "G0182", "Physician supervision of a patient under a Medicare-approved hospice"),
    }
    return _person(n, "Eleanor Cutler", "female", 72.6, conditions=["copd"], drugs={"tiotropium": -12},
                   extras=[care, watched])  # fmt: skip


def _opted_out(n: int) -> Sketch:
    return _person(n, "Gregory Fitzgerald", "male", 55.5, profile={"no_contact": ["program"]}, screening=None,
                   member={"held_cause": "opted_out", "held_source": "patient", "held_on": -40})  # fmt: skip


def _short_history(n: int) -> Sketch:
    return _person(n, "Minh Tran", "male", 49.3, language="vi", interpreter="spoken", joined=-70,
                   stays=[StaySketch("skin_infection", -7, -3)], screening=("colonoscopy", -60))  # fmt: skip


def _insulin_gap(n: int) -> Sketch:
    return _person(
        n, "Angela Ferraro", "female", 47.1, conditions=["diabetes"], drugs={"insulin glargine": -5},
        screening=("fit", -100), values={"a1c": (8.9, 8.2, 7.9)},
    )  # fmt: skip


def _stock_on_hand(n: int) -> Sketch:
    return _person(
        n, "Manuel Ferreira", "male", 74.2, language="pt", conditions=["atrial_fibrillation"], drugs={"apixaban": 6},
        early={"apixaban": 34}, screening=("colonoscopy", -3 * YEAR),
    )  # fmt: skip


def _opioid_treatment(n: int) -> Sketch:
    return _person(n, "Kevin Donovan", "male", 34.8, conditions=["opioid_use"], drugs={"buprenorphine": -4})


_DAYS_LEFT = {"pt": 4, "ru": 6}


def _screening_due(n: int, name: str, sex: str, age: float, language: str) -> Sketch:
    """Return somebody without a test; of two of the three last year's test counts for some days more."""
    last = ("fit", _DAYS_LEFT[language] - YEAR) if language in _DAYS_LEFT else None
    return _person(n, name, sex, age, language=language, interpreter="spoken", screening=last, zip_code="01107")


def _readmitted(n: int) -> Sketch:
    return _person(
        n, "Richard Gagnon", "male", 68.8, conditions=["heart_failure", "kidney"], drugs={"furosemide": 50},
        stays=[StaySketch("heart_failure", -24, -19), StaySketch("heart_failure", -8, -3)], emergencies=[-40, -90],
    )  # fmt: skip


def _went_to_a_facility(n: int) -> Sketch:
    return _person(n, "Lorraine Bouchard", "female", 80.3, stays=[StaySketch("stroke", -11, -4, "03")])


def _in_hospital(n: int) -> Sketch:
    held = {"held_cause": "in_hospital", "held_source": "demo", "held_on": -3}
    return _person(n, "Viktor Bondar", "male", 63.9, language="ru", interpreter="spoken", member=held,
                   conditions=["coronary"], stays=[StaySketch("heart_attack", -3, None)])  # fmt: skip


def _psychiatric(n: int) -> Sketch:
    return _person(n, "Melissa Santoro", "female", 29.7, conditions=["depression"], drugs={"sertraline": 18},
                   stays=[StaySketch("depression", -12, -3)])  # fmt: skip


def _large_print(n: int) -> Sketch:
    return _person(
        n, "Stanislaw Zielinski", "male", 79.9, language="pl", conditions=["hypertension"], drugs={"losartan": 5},
        profile={"large_print": True, "prefers_pictures": True, "name_to_use": "Stan"},
    )  # fmt: skip


def _left(n: int) -> Sketch:
    held = {"left_on": -5, "held_cause": "left", "held_source": "demo", "held_on": -5}
    return _person(n, "Nicole Thibault", "female", 41.0, member=held)


def _proxy(n: int) -> Sketch:
    son = {"name": "Paul Roy", "relation": "son", "phone": "+14135550136", "is_guardian": False}
    return _person(
        n, "Jadwiga Roy", "female", 86.4, conditions=["heart_failure"], drugs={"furosemide": 30}, related=[son],
        permissions=[{"topics": ["medicines", "visits", "results"], "form": "proxy", "given_on": -200}],
        stays=[StaySketch("heart_failure", -9, -4, "06")],
    )  # fmt: skip


def _turning_18(n: int) -> Sketch:
    father = {"name": "Jose Colon", "relation": "father", "phone": "+14135550137", "is_guardian": True}
    return _person(n, "Mateo Colon", "male", 17.88, language="es", related=[father], conditions=["epilepsy"],
                   drugs={"levetiracetam": 4})  # fmt: skip


SPECIAL: Mapping[int, Callable[[int], Sketch]] = {
    1: _home_with_heart_failure,
    2: _spanish_speaker_home,
    3: _paid_cash,
    4: _diabetes_program,
    5: _safe_address,
    6: lambda n: _look_alike(n, 63.66, "52 Maple Street", screening=("colonoscopy", -11 * YEAR)),
    7: lambda n: _look_alike(n, 63.69, "25 Maple Street", conditions=["diabetes"], drugs={"metformin": -25}),
    8: lambda n: _twin(n, "Aidan"),
    9: lambda n: _twin(n, "Adrian"),
    10: _deceased,
    11: _wrongly_reported_dead,
    12: _moved,
    13: _no_phone,
    14: _minor_with_confidential_item,
    15: _deaf,
    16: _foster_child,
    17: _pregnancy_loss,
    18: _caregiver_without_permission,
    19: _of_another_panel,
    20: _hospice,
    21: _opted_out,
    22: _short_history,
    23: _insulin_gap,
    24: _stock_on_hand,
    25: _opioid_treatment,
    26: lambda n: _screening_due(n, "Lan Nguyen", "female", 50.6, "vi"),
    27: lambda n: _screening_due(n, "Antonio Almeida", "male", 57.2, "pt"),
    28: lambda n: _screening_due(n, "Galina Petrenko", "female", 61.8, "ru"),
    29: _readmitted,
    30: _went_to_a_facility,
    31: _in_hospital,
    32: _psychiatric,
    33: _large_print,
    34: _left,
    35: _proxy,
    36: _turning_18,
    **special_medicines(_person),
    **special_results(_person),
}
"""DEMO number to outline."""
