"""Which illnesses a person is recorded with, and since when."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.terminology import ICD10CM, LOINC, PrefixIndex

_OVER = frozenset({"resolved", "inactive", "remission"})
Held = Mapping[str, tuple[date, Fact]]


def illnesses_held(
    facts: Iterable[Fact],
    index: PrefixIndex,
    site: Mapping[Coding, tuple[str, ...]],
    today: date,
    passing: Mapping[str, int],
) -> Held:
    """Return each illness with the day it was first told and the fact that told it.

    Read are diagnoses that are not over, and the reasons of visits and stays; an emergency visit's reason is often a
    suspicion and does not count. What passes by itself (``passing``: name to days) counts for so long only: nobody is
    pregnant for years because no record says that it is over.
    """
    found: dict[str, tuple[date, Fact]] = {}
    for fact in facts:
        if fact.kind is FactKind.CONDITION:
            if fact.status in _OVER or (fact.ends_on is not None and fact.ends_on < today):
                continue
            codings = fact.codings
        elif fact.kind is FactKind.ENCOUNTER and fact.class_code != "EMER":
            codings = fact.reasons
        else:
            continue
        day = fact.starts_on or fact.authored_on
        if day is None:
            continue
        for coding in codings:
            for name in (*index.names(coding.code),) if coding.system == ICD10CM else site.get(coding, ()):
                if name in passing and today > day + timedelta(passing[name]):
                    continue
                had = found.get(name)
                if had is None or (day, fact.id) < (had[0], had[1].id):
                    found[name] = (day, fact)
    return found


Answers = Mapping[str, Mapping[str, tuple[str, ...]]]
"""LOINC of a question -> code of an answer -> the illnesses it tells."""


def answers_held(facts: Iterable[Fact], answers: Answers, site: Mapping[Coding, tuple[str, ...]]) -> Held:
    """Return what the last answer to each question tells, as of smoking; an earlier answer tells nothing more."""
    last: dict[str, tuple[date, Fact]] = {}
    for fact in facts:
        day = fact.starts_on or fact.authored_on
        if fact.kind is not FactKind.OBSERVATION or fact.value_coding is None or day is None:
            continue
        for coding in fact.codings:
            had = last.get(coding.code)
            is_asked = coding.system == LOINC and coding.code in answers
            if is_asked and (had is None or (day, fact.id) > (had[0], had[1].id)):
                last[coding.code] = (day, fact)
    return {
        name: told
        for question, told in last.items()
        if (value := told[1].value_coding) is not None
        for name in (*answers[question].get(value.code, ()), *site.get(value, ()))
    }
