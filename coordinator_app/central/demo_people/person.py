"""An invented person's own row, and what stands beside it: numbers, profile, family, coverage, physician."""

from random import Random
from typing import Any

from coordinator_app.central.demo_people.catalogue import Catalogue
from coordinator_app.central.demo_people.sketch import Sketch
from coordinator_app.central.demo_people.writing import SOURCE, Pages, member_number

_ADULT = 18
_DAYS = ("deceased_on", "held_on", "left_on")


def tell_person(
    sketch: Sketch,
    pages: Pages,
    catalogue: Catalogue,
    rng: Random,
    *,
    member_id: str,
    panel_id: str,
    clinician: str,
) -> None:
    """Write the person and everything beside the person; numbers are 413-555-0100 to 0199 only."""
    home = catalogue.by_zip[sketch.zip_code]
    days = pages.days
    plan = catalogue.plans[int(rng.random() * len(catalogue.plans))]
    content: dict[str, Any] = {
        "panel_id": panel_id,
        "member_number": member_number(sketch.number),
        "family": sketch.family,
        "given": sketch.given,
        "preferred": sketch.preferred,
        "birth_date": days(sketch.born),
        "sex": sketch.sex,
        "language_spoken": sketch.language,
        "language_read": "en" if sketch.language == "ase" else sketch.language,
        "interpreter": sketch.interpreter,
        "address": sketch.address,
        "city": home.city,
        "state": "MA",
        "zip_code": home.code,
        "payer": "Cigna",
        "plan": plan,
        "clinician_id": clinician,
        "joined_on": days(sketch.joined),
    }
    told = {key: days(value) if key in _DAYS else value for key, value in sketch.member.items()}
    pages.person(member_id, {**content, **told})
    _reach(sketch, pages, rng)
    if sketch.profile is not None:
        pages.side("contact_profile", "profile", {**sketch.profile, "source": SOURCE})
    _family(sketch, pages, catalogue, rng)
    ends_on = days(sketch.member["left_on"]) if "left_on" in sketch.member else None
    covered = {"payer": "Cigna", "plan": plan, "starts_on": days(sketch.joined), "ends_on": ends_on, "source": SOURCE}
    pages.side("coverage", "coverage", covered)
    attributed = {"clinician_id": clinician, "role": "pcp", "starts_on": days(sketch.joined), "source": SOURCE}
    pages.side("attribution", "pcp", attributed)


def _reach(sketch: Sketch, pages: Pages, rng: Random) -> None:
    phones = sketch.phones
    if phones is None:
        phones = [] if sketch.age < _ADULT else [_number(rng, "mobile", preferred=True)]
        if sketch.age >= 60 and rng.random() < 0.6:
            phones.append(_number(rng, "home", preferred=False))
    for place, phone in enumerate(phones):
        pages.side("contact_point", f"phone {place}", {"as_typed": phone["value"], "source": SOURCE, **phone})


def _number(rng: Random, kind: str, *, preferred: bool) -> dict[str, Any]:
    message = "yes" if rng.random() < 0.55 else "unknown"
    value = f"+1413555{100 + int(rng.random() * 100):04d}"
    return {"kind": kind, "value": value, "may_call": "yes", "may_leave_message": message, "preferred": preferred}


def _family(sketch: Sketch, pages: Pages, catalogue: Catalogue, rng: Random) -> None:
    related = list(sketch.related)
    if not related and sketch.age < _ADULT:
        language = catalogue.by_language.get(sketch.language, catalogue.by_language["en"])
        given = language.female[int(rng.random() * len(language.female))]
        number = _number(rng, "mobile", preferred=True)
        mother = {"name": f"{given} {sketch.family}", "relation": "mother", "phone": number["value"]}
        related.append({**mother, "is_guardian": True})
    ids = [
        pages.side("related_person", f"related {place}", {**one, "source": SOURCE}) for place, one in enumerate(related)
    ]
    for place, permission in enumerate(sketch.permissions):
        given_on = {"given_on": pages.days(permission["given_on"])}
        pages.side("permission", f"permission {place}", {**permission, **given_on, "related_person_id": ids[place]})
