"""Patients, and the directory: clinicians, practices, places."""

import re
from collections.abc import Iterator

from coordinator_app.central.feeds.elements import Json, code, codings, first, items, reference, text
from coordinator_app.central.feeds.moments import moment
from coordinator_app.central.feeds.reading import Reading, only, source_id
from coordinator_app.central.feeds.told import EntryTold, PersonTold, PhoneTold, Told
from coordinator_app.central.feeds.verdicts import Cause, UnusableError

_SEXES = {"male", "female", "other"}
_CODED_SEXES = {"248152002": "female", "248153007": "male", "F": "female", "M": "male"}
_KINDS = {"home": "home", "work": "work", "mobile": "mobile", "temp": "home"}
_STATES = {"massachusetts": "MA", "connecticut": "CT", "vermont": "VT", "new hampshire": "NH", "new york": "NY"}
_MEMBER_NUMBER = "MB"
_PHONE_DIGITS = 10


def patient(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a Patient; social security, licence and passport numbers are not kept."""
    own_id = source_id(resource)
    born = moment(resource.get("birthDate"), "the birth date")
    if born is None:
        raise UnusableError(Cause.BAD_DATE, "the person has no birth date")
    reading.refuse_future(born, "the birth date")
    died = moment(resource.get("deceasedDateTime"), "the day of death")
    reading.refuse_future(died, "the day of death")
    if died is not None and died.day < born.day:
        raise UnusableError(Cause.BAD_DATE, "the person died before being born")
    names = list(items(resource.get("name")))
    name = next(iter(only(names, use="official")), first(names))
    given = name.get("given")
    home = next(iter(only(items(resource.get("address")), use="home")), first(resource.get("address")))
    lines = home.get("line")
    doctor = reference(resource.get("generalPractitioner"))
    sex = text(resource.get("gender")).lower()
    yield PersonTold(
        source_id=own_id,
        family=text(name.get("family")) or text(name.get("text")),
        given=text(given[0]) if isinstance(given, list) and given else "",
        birth_date=born.day,
        sex=_coded_sex(resource) or (sex if sex in _SEXES else "unknown"),
        language=_language(resource),
        member_number=_member_number(resource),
        address=", ".join(text(line) for line in lines) if isinstance(lines, list) else "",
        city=text(home.get("city")),
        state=_STATES.get(text(home.get("state")).lower(), text(home.get("state"))),
        zip_code=text(home.get("postalCode"))[:5],
        deceased_on=died.day if died else None,
        is_deceased=died is not None or resource.get("deceasedBoolean") is True,
        clinician_id=reading.ids.of("Practitioner", doctor) if doctor else "",
        phones=tuple(_phones(resource)),
    )


def practitioner(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a Practitioner into the directory."""
    name = first(resource.get("name"))
    given = name.get("given")
    words = [*(given if isinstance(given, list) else ()), name.get("family")]
    numbers = only(items(resource.get("identifier")), system="http://hl7.org/fhir/sid/us-npi")
    yield EntryTold(
        "clinician",
        reading.ids.of("Practitioner", source_id(resource)),
        {
            "name": " ".join(text(word) for word in words if text(word)),
            "family": text(name.get("family")),
            "given": " ".join(text(word) for word in words[:-1] if text(word)),
            "specialty": code(first(resource.get("qualification")).get("code")),
            "npi": next((text(number.get("value")) for number in numbers), ""),
            **_where(resource),
        },
    )


def organization(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read an Organization into the directory as a practice."""
    own_id = reading.ids.of("Organization", source_id(resource))
    yield EntryTold("practice", own_id, {"name": text(resource.get("name")), **_where(resource)})


def location(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a Location into the directory as a place."""
    own_id = reading.ids.of("Location", source_id(resource))
    yield EntryTold("place", own_id, {"name": text(resource.get("name")), **_where(resource)})


def _where(resource: Json) -> dict[str, str]:
    home = first(resource.get("address"))
    lines = home.get("line")
    numbers = list(items(resource.get("telecom")))
    return {
        "phone": next((text(one.get("value")) for one in only(numbers, system="phone")), ""),
        "fax": next((text(one.get("value")) for one in only(numbers, system="fax")), ""),
        "address": ", ".join(text(line) for line in lines) if isinstance(lines, list) else "",
        "city": text(home.get("city")),
        "state": _STATES.get(text(home.get("state")).lower(), text(home.get("state"))),
        "zip_code": text(home.get("postalCode"))[:5],
    }


def _coded_sex(resource: Json) -> str:
    """Return the sex that US Core tells apart from the administrative gender, where it is known."""
    for extension in items(resource.get("extension")):
        if text(extension.get("url")).endswith("us-core-sex"):
            return _CODED_SEXES.get(text(extension.get("valueCode")) or code(extension.get("valueCoding")), "")
    return ""


def _language(resource: Json) -> str:
    spoken = list(items(resource.get("communication")))
    chosen = next((one for one in spoken if one.get("preferred") is True), first(spoken))
    return code(chosen.get("language")).partition("-")[0].lower() or "en"


def _member_number(resource: Json) -> str:
    for identifier in items(resource.get("identifier")):
        if any(known.code == _MEMBER_NUMBER for known in codings(identifier.get("type"))):
            return text(identifier.get("value"))
    return ""


def _phones(resource: Json) -> Iterator[PhoneTold]:
    for one in items(resource.get("telecom")):
        written = text(one.get("value"))
        if text(one.get("system")) == "email" and written:
            yield PhoneTold("email", written, written)
        elif text(one.get("system")) in {"phone", "sms"} and written:
            digits = re.sub(r"\D", "", written).removeprefix("1")
            plain = f"+1{digits}" if len(digits) == _PHONE_DIGITS else digits
            yield PhoneTold(_KINDS.get(text(one.get("use")), "home"), plain, written)
