"""Which lessons of the library suit a person: by the open reasons, never by a confidential one (practice 13)."""

from collections.abc import Iterable
from typing import Final

from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.teaching_topic import Topic

# What a class of medicine is mostly taken for [D: to be signed by the medical director].
_TAKEN_FOR: Final = {
    "biguanide": ("diabetes",),
    "sulfonylurea": ("diabetes",),
    "sglt2": ("diabetes",),
    "dpp4": ("diabetes",),
    "insulin": ("insulin", "diabetes"),
    "ace_inhibitor": ("hypertension",),
    "arb": ("hypertension",),
    "calcium_blocker": ("hypertension",),
    "arni": ("heart_failure",),
    "inhaler": ("asthma", "copd"),
}


def tags_of(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Return what the reasons are about, the most urgent reason's condition first."""
    found: list[str] = []
    for reason in reasons:
        if reason.sensitivity is not Sensitivity.ORDINARY:
            continue
        if condition := str(reason.arguments.get("condition") or ""):
            found.append(condition)
        found += _TAKEN_FOR.get(str(reason.arguments.get("drug_class") or ""), ())
        found.append(
            f"screening_{reason.arguments.get('screening')}" if reason.kind is ReasonKind.SCREENING else reason.kind
        )
        if reason.kind is ReasonKind.REFILL:
            found.append("medicines")
    return tuple(dict.fromkeys(found))


def by_suitability(topics: Iterable[Topic], tags: Iterable[str]) -> tuple[tuple[Topic, bool], ...]:
    """Return every lesson with whether it suits, those that suit first, in the order of the tags."""
    places = {tag: place for place, tag in enumerate(tags)}

    def place(topic: Topic) -> int:
        return min((places[each] for each in topic.about if each in places), default=len(places))

    ranked = sorted(topics, key=lambda topic: (place(topic), topic.id))
    return tuple((topic, place(topic) < len(places)) for topic in ranked)
