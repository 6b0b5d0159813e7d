"""The run over a deck: map, judge, compare."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from coordinator_app.central.conformance.deck import Case, Counts, Spoiled, cases_in, deck_name, measure_of
from coordinator_app.central.conformance.differences import are_named, read_differences
from coordinator_app.central.conformance.mapping import mapped
from coordinator_app.central.conformance.report import DeckReport, Result
from coordinator_app.central.feeds import value_sets
from coordinator_app.central.feeds.sensitive import SensitiveCodes
from coordinator_app.central.feeds.verdicts import UnusableError
from coordinator_app.domain.facts import Coding
from coordinator_app.domain.measures.catalogue import measure_for
from coordinator_app.domain.measures.lens import Lens, ValueSets, lens
from coordinator_app.domain.trouble import Trouble

_OBSERVED = "measure-observation"


class Conformance:
    """Judges decks with our measures; ``sensitive`` is what the readers of feeds need."""

    def __init__(self, sensitive: SensitiveCodes) -> None:
        self._sensitive = sensitive

    def run(self, deck: Path, sets: Path, expect_different: Path | None) -> DeckReport:
        """Judge every case of a deck; Trouble where a file cannot be used as a whole."""
        differences = read_differences(expect_different) if expect_different else ()
        name = deck_name(deck)
        codes = load_value_sets(sets)
        lenses: dict[int, Lens | None] = {}
        results: list[Result] = []
        spoiled: list[Spoiled] = []
        unmapped: Counter[str] = Counter()
        for case in cases_in(deck):
            if isinstance(case, Spoiled):
                spoiled.append(case)
                continue
            year = case.period.end.year
            if year not in lenses:
                measure = measure_for(measure_of(name), year)
                lenses[year] = lens(measure, codes) if measure else None
            result, lost = self._judged(case, lenses[year])
            unmapped.update(lost)
            unequal = result.unequal
            named = bool(unequal) and are_named(differences, name, case.patient, unequal)
            results.append(Result(result.patient, result.computed, result.expected, unequal, named))
        known = [each for each in lenses.values() if each is not None]
        return DeckReport(
            name,
            known[0].measure.id if known and len(known) == len(lenses) else "",
            tuple(results),
            dict(sorted(unmapped.items())),
            tuple(spoiled),
            tuple(sorted({oid for each in known for oid in each.missing})),
        )

    def _judged(self, case: Case, through: Lens | None) -> tuple[Result, Mapping[str, int]]:
        found = mapped(case.patient, case.resources, case.period.end.year, self._sensitive)
        chart = found.chart
        computed = through.counts(chart, case.period) if through and chart else {}
        return Result(case.patient, _shown(computed, case.expected), case.expected, _unequal(computed, case)), (
            found.unmapped
        )


def load_value_sets(path: Path) -> ValueSets:
    """Read the site's file of value sets."""
    try:
        return {oid: tuple(Coding(system, code) for system, code in one["codes"]) for oid, one in value_sets.read(path)}
    except OSError as error:
        raise Trouble("no_value_sets", f"The value sets {path} cannot be read: {error.strerror}.") from error
    except UnusableError as error:
        raise Trouble("bad_value_sets", f"The value sets {path} cannot be used: {error.what}.") from error


def _unequal(computed: Counts, case: Case) -> tuple[tuple[str, str], ...]:
    return tuple(_differing(computed, case.expected))


def _differing(computed: Counts, expected: Counts) -> Iterator[tuple[str, str]]:
    """Yield each group and population whose counts differ; one that is not told counts as none."""
    for group in sorted(computed.keys() | expected.keys()):
        ours, theirs = computed.get(group, {}), expected.get(group, {})
        for population in sorted(ours.keys() | theirs.keys()):
            if not population.startswith(_OBSERVED) and ours.get(population, 0) != theirs.get(population, 0):
                yield group, population


def _shown(computed: Counts, expected: Counts) -> Counts:
    """Leave out populations that the measure does not have: not expected, and nobody in them."""
    return {
        group: {name: count for name, count in counts.items() if count or name in expected.get(group, {name: 0})}
        for group, counts in computed.items()
    }
