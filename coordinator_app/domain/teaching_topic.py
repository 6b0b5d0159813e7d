"""A lesson of the teaching library: plain text by language, and what the patient should be able to say back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coordinator_app.domain.sensitivity import Sensitivity


@dataclass(frozen=True, slots=True)
class TeachBackPoint:
    """What the nurse asks, and what she listens for."""

    ask: str
    hear: str


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its short lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicText:
    """The lesson in one language; ``call`` says when to call us, ``emergency`` when to call 911."""

    title: str
    lead: str
    parts: tuple[Part, ...]
    call: tuple[str, ...]
    emergency: tuple[str, ...]
    teach_back: tuple[TeachBackPoint, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What the lesson rests on; ``tag`` says how it was checked: V read, 2 at second hand, K recalled, D our own."""

    name: str
    year: int
    tag: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One lesson; ``about`` are the conditions and reason kinds it may be proposed for."""

    id: str
    version: str
    status: str
    reviewed_by: str
    about: tuple[str, ...]
    source: Source
    texts: Mapping[str, TopicText]
    sensitivity: Sensitivity = Sensitivity.ORDINARY

    @property
    def is_draft(self) -> bool:
        """True until a named reviewer approved this version."""
        return self.status != "approved" or not self.reviewed_by

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages somebody wrote it in; nothing is ever translated by a machine."""
        return tuple(self.texts)

    def text(self, language: str) -> TopicText:
        """Return the text in ``language``, or the English one; ask ``languages`` which it will be."""
        return self.texts.get(language.split("-", maxsplit=1)[0], self.texts["en"])


def topic_from(record: Mapping[str, Any]) -> Topic:
    """Return a topic from its file (resources/education) or bundle row; a missing part is a KeyError."""
    return Topic(
        id=record["id"],
        version=str(record["version"]),
        status=record["status"],
        reviewed_by=record["reviewed_by"] or "",
        about=tuple(record["about"]),
        source=Source(record["source"]["name"], record["source"]["year"], record["source"]["tag"]),
        texts={language: _text_from(text) for language, text in record["texts"].items()},
        sensitivity=Sensitivity[record.get("sensitivity", "ordinary").upper()],
    )


def _text_from(record: Mapping[str, Any]) -> TopicText:
    return TopicText(
        title=record["title"],
        lead=record["lead"],
        parts=tuple(Part(part["heading"], tuple(part["lines"])) for part in record["parts"]),
        call=tuple(record["call"]),
        emergency=tuple(record["emergency"]),
        teach_back=tuple(TeachBackPoint(point["ask"], point["hear"]) for point in record["teach_back"]),
    )
