"""The small pieces every FHIR resource is made of, read without trusting any of them."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from coordinator_app.central.feeds.code_systems import coding as our_coding
from coordinator_app.central.feeds.moments import Moment, moment
from coordinator_app.central.feeds.verdicts import Cause, UnusableError
from coordinator_app.domain.facts import Coding

Json = Mapping[str, Any]

TEXT_LIMIT = 8_000
"""Longer texts are cut: a value of a fact is a finding, not a document."""

_VALUE_SET_EXTENSION = "notDoneValueSet"


def items(value: object) -> Iterator[Json]:
    """Yield the objects of a list, of a lone object, or of nothing."""
    if isinstance(value, Mapping):
        yield value
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield from (item for item in value if isinstance(item, Mapping))


def first(value: object) -> Json:
    """Return the first object of a list or a lone object; an empty one where there is none."""
    return next(items(value), {})


def text(value: object) -> str:
    """Return a text, cut at the limit; anything but a text is nothing."""
    return value.strip()[:TEXT_LIMIT] if isinstance(value, str) else ""


def number(value: object, what: str) -> float | None:
    """Return a finite number, or None where there is none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise UnusableError(Cause.BAD_VALUE, f"{what} is not a number")
    try:
        result = float(value)
    except OverflowError:
        result = math.inf
    if not math.isfinite(result):
        raise UnusableError(Cause.BAD_VALUE, f"{what} is a number that cannot be")
    return result


def whole(value: object, what: str) -> int | None:
    """Return a whole number that fits four bytes, or None."""
    known = number(value, what)
    if known is None:
        return None
    if not -(2**31) <= known < 2**31:
        raise UnusableError(Cause.BAD_VALUE, f"{what} is too large")
    return round(known)


def codings(concept: object) -> tuple[Coding, ...]:
    """Return the codings of a CodeableConcept, a Coding, or a list of either; each once, in their order."""
    found: dict[Coding, None] = {}
    for one in items(concept):
        for written in items(one.get("coding", one)):
            code = written.get("code")
            if isinstance(code, str) and code.strip():
                found[our_coding(text(written.get("system")), code)] = None
        for extension in items(one.get("extension")):
            # A thing not done may be named by a whole value set instead of a code (QI-Core).
            if text(extension.get("url")).endswith(_VALUE_SET_EXTENSION):
                address = text(extension.get("valueCanonical")) or text(extension.get("valueUri"))
                found[Coding("valueset", address.rpartition("/")[2])] = None
    return tuple(found)


def coding(concept: object) -> Coding | None:
    """Return the first coding, or None."""
    return next(iter(codings(concept)), None)


def code(concept: object) -> str:
    """Return the plain code of a code, Coding or CodeableConcept; its text where it has no code."""
    if isinstance(concept, str):
        return concept.strip()
    found = coding(concept)
    return found.code if found else text(first(concept).get("text"))


def display(concept: object) -> str:
    """Return the words for a concept: its own text, or the first coding's."""
    for one in items(concept):
        words = text(one.get("text")) or text(one.get("display"))
        if not words:
            words = next((shown for part in items(one.get("coding")) if (shown := text(part.get("display")))), "")
        if words:
            return words
    return ""


def reference(value: object) -> str:
    """Return the source's id a reference points to, whatever form it is written in; a contained one is nothing."""
    written = text(first(value).get("reference"))
    if written.startswith("#"):
        return ""
    if written.startswith("urn:"):
        return written.rpartition(":")[2]
    if not written:
        return text(first(first(value).get("identifier")).get("value"))
    return unquote(written.partition("/_history/")[0].rpartition("/")[2])


def reference_kind(value: object) -> str:
    """Return the resource type a reference names, or nothing where it does not say."""
    written = text(first(value).get("reference")).partition("/_history/")[0]
    if written.startswith(("urn:", "#")) or "/" not in written:
        return text(first(value).get("type"))
    return written.rsplit("/", 2)[-2]


def span(resource: Json, stem: str) -> tuple[Moment | None, Moment | None]:
    """Return start and end of ``<stem>DateTime``, ``<stem>Date`` or ``<stem>Period``; a lone time has no end."""
    for ending in ("DateTime", "Date", "Instant"):
        if (written := resource.get(stem + ending)) is not None:
            return moment(written, stem), None
    return period(resource.get(stem + "Period"), stem)


def period(value: object, what: str) -> tuple[Moment | None, Moment | None]:
    """Return start and end of a Period; an end before its start is refused."""
    written = first(value)
    start, end = moment(written.get("start"), f"{what} start"), moment(written.get("end"), f"{what} end")
    if start is not None and end is not None and end.day < start.day:
        raise UnusableError(Cause.BAD_DATE, f"{what} ends before it starts")
    return start, end
