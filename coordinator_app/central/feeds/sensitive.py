"""Which facts are confidential as they arrive: by the sender's own labels, and by code (ruling 10)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from coordinator_app.central.feeds.elements import codings
from coordinator_app.domain.facts import Coding
from coordinator_app.domain.sensitivity import Sensitivity, strictest


class SensitiveCodes:
    """Labels, codes and beginnings of codes (``sensitive-codes.json``), and the drug classes of ``drugs.json``."""

    def __init__(self, document: Mapping[str, Any], drugs: Mapping[str, Any]) -> None:
        self._labels = {label: Sensitivity(level) for label, level in document["labels"].items()}
        self._codes: dict[Coding, Sensitivity] = {}
        self._starts: dict[str, list[tuple[str, Sensitivity]]] = {}
        for group in document["groups"]:
            level = Sensitivity(group["sensitivity"])
            for system, codes in group.get("codes", {}).items():
                self._codes.update(dict.fromkeys((Coding(system, code) for code in codes), level))
            for system, starts in group.get("starts", {}).items():
                self._starts.setdefault(system, []).extend((_plain(start), level) for start in starts)

        for one in drugs["ingredients"]:
            if level := Sensitivity(drugs["classes"][one["class"]].get("sensitivity", 0)):
                codes = (one["rxcui"], *one["products"])
                self._codes.update(dict.fromkeys((Coding("rxnorm", code) for code in codes), level))

    def of_codes(self, some: Iterable[Coding]) -> Sensitivity:
        """Return the strictest level any of the codes asks for."""
        return strictest(level for code in some for level in self._levels(code))

    def of_labels(self, meta: object) -> Sensitivity:
        """Return the strictest level the sender's security labels ask for."""
        security: Sequence[Any] = meta.get("security", ()) if isinstance(meta, Mapping) else ()
        return strictest(self._labels[code.code] for code in codings(security) if code.code in self._labels)

    def _levels(self, code: Coding) -> Iterable[Sensitivity]:
        if (level := self._codes.get(code)) is not None:
            yield level
        told = _plain(code.code)
        yield from (level for start, level in self._starts.get(code.system, ()) if told.startswith(start))


def _plain(code: str) -> str:
    # Claims write diagnoses without the dot; ICD-9-CM comes in with it and without.
    return code.replace(".", "").upper()
