"""A chart as one measure sees it: its facts under the measure's own words, and the period."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from coordinator_app.domain.facts import Chart, Coding, Fact, FactKind, Person

VERIFIED = frozenset({"", "confirmed", "unconfirmed", "provisional", "differential"})
_ASKS_VERIFICATION_FROM = 2026
_CALLED_OFF = "cancelled"


@dataclass(frozen=True, slots=True)
class Period:
    """A measurement period in calendar days, both included."""

    start: date
    end: date


class View:
    """The facts of one person that a measure can recognize, each read once, found by kind and word."""

    __slots__ = ("_found", "_words", "chart", "end", "person", "start")

    def __init__(self, chart: Chart, words: Mapping[Coding, tuple[str, ...]], period: Period) -> None:
        self.chart = chart
        self.person: Person = chart.person
        self.start, self.end = period.start, period.end
        found: dict[str, list[Fact]] = {}
        for fact in chart.facts:
            for coding in fact.codings:
                for word in words.get(coding, ()):
                    bucket = found.setdefault(word, [])
                    if not bucket or bucket[-1] is not fact:
                        bucket.append(fact)
        self._found, self._words = found, words

    @property
    def age_at_start(self) -> int:
        """Return the age in full years on the first day."""
        return self.age_on(self.start)

    @property
    def age_at_end(self) -> int:
        """Return the age in full years on the last day."""
        return self.age_on(self.end)

    def age_on(self, day: date) -> int:
        """Return the age in full years; born on 29 February, one grows older on 1 March of common years."""
        born = self.person.birth_date
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def of(self, kind: FactKind, *words: str, status: Collection[str] | None = None) -> Iterator[Fact]:
        """Yield each fact of a kind that one of the words means, unless it says that something was not done."""
        for fact in self._all(kind, words):
            if not fact.negated and (status is None or fact.status in status):
                yield fact

    def refused(self, kind: FactKind, *words: str) -> Iterator[Fact]:
        """Yield what was expressly not done or not ordered, or called off."""
        return (fact for fact in self._all(kind, words) if fact.negated or fact.status == _CALLED_OFF)

    def diagnoses(self, *words: str) -> Iterator[Fact]:
        """Yield conditions; from the measures of 2026 on only those nobody refuted or entered in error."""
        asks = self.end.year >= _ASKS_VERIFICATION_FROM
        for fact in self._all(FactKind.CONDITION, words):
            if not asks or fact.verification in VERIFIED:
                yield fact

    def visit_of(self, fact: Fact) -> Fact | None:
        """Return the visit a fact says it belongs to, where we know it."""
        if fact.encounter_id is None:
            return None
        return next((visit for visit in self.chart.of(FactKind.ENCOUNTER) if visit.id == fact.encounter_id), None)

    def is_for(self, fact: Fact, *words: str) -> bool:
        """Say whether one of the reasons a fact gives is what one of the words means."""
        return any(self.means(reason, word) for reason in fact.reasons for word in words)

    def means(self, coding: Coding | None, word: str) -> bool:
        """Say whether a coding, as of a value or a reason, is what a word means."""
        return coding is not None and word in self._words.get(coding, ())

    def _all(self, kind: FactKind, words: tuple[str, ...]) -> Iterator[Fact]:
        found = self._found
        if len(words) == 1:
            yield from (fact for fact in found.get(words[0], ()) if fact.kind is kind)
            return
        seen: set[str] = set()
        for word in words:
            for fact in found.get(word, ()):
                if fact.kind is kind and fact.id not in seen:
                    seen.add(fact.id)
                    yield fact
