"""A measure with the site's codes put in: made once, then any number of charts are judged through it."""

from collections.abc import Mapping
from dataclasses import dataclass

from coordinator_app.domain.facts import Chart, Coding
from coordinator_app.domain.measures.measure import Measure, tally
from coordinator_app.domain.measures.view import Period, View
from coordinator_app.domain.terminology import plain

ValueSets = Mapping[str, tuple[Coding, ...]]
"""OID to codes, as the site loaded them."""


@dataclass(frozen=True, slots=True)
class Lens:
    """A measure ready to judge; ``missing`` are the value sets the site has not loaded, without which it sleeps."""

    measure: Measure
    words: Mapping[Coding, tuple[str, ...]]
    missing: tuple[str, ...]

    def counts(self, chart: Chart, period: Period) -> dict[str, dict[str, int]]:
        """Return group to population to count for one person."""
        return tally(self.measure.judge(View(chart, self.words, period)))


def lens(measure: Measure, value_sets: ValueSets) -> Lens:
    """Turn the sets of a measure round, from a code to the words it stands for; ICD codes with and without the dot."""
    words: dict[Coding, dict[str, None]] = {}
    missing: dict[str, None] = {}
    for word, members in measure.sets.items():
        for member in members:
            if isinstance(member, Coding):
                codes: tuple[Coding, ...] = (member,)
            elif member in value_sets:
                # Something not done may be told by the whole set instead of a code.
                codes = (*value_sets[member], Coding("valueset", member))
            else:
                missing[member] = None
                continue
            for coding in codes:
                words.setdefault(coding, {})[word] = None
                words.setdefault(plain(coding), {})[word] = None
    return Lens(measure, {coding: tuple(found) for coding, found in words.items()}, tuple(missing))
