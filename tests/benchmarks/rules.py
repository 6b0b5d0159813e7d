"""What the rules themselves cost on the stewards' test patients, mapping apart."""

import json
from datetime import date
from pathlib import Path

from coordinator_app.central.conformance.deck import Case, cases_in, deck_name, measure_of
from coordinator_app.central.conformance.judging import load_value_sets
from coordinator_app.central.conformance.mapping import mapped
from coordinator_app.central.feeds.sensitive import SensitiveCodes
from coordinator_app.domain.calendar import calendar_from
from coordinator_app.domain.evaluation import appraise
from coordinator_app.domain.facts import Chart
from coordinator_app.domain.ids import MemberId, ReasonId
from coordinator_app.domain.measures.catalogue import measure_for
from coordinator_app.domain.measures.lens import Lens, lens
from coordinator_app.domain.measures.view import Period
from coordinator_app.domain.rules.data import rule_data
from tests.benchmarks.figures import Figure, repeated

ROOT = Path(__file__).resolve().parents[2]
DECKS = ROOT.parent / "shared" / "data" / "ecqm"
LIMIT_MS = 0.1
ROUNDS = 3

Judged = list[tuple[Lens, Chart, Period]]


def rule_figures() -> list[Figure]:
    """Judge every case of every deck we have a measure for, and the same charts by all rules of the queue."""
    documents = {
        file.stem: json.loads(file.read_text("utf-8")) for file in (ROOT / "resources" / "rules").glob("*.json")
    }
    cases = _cases(SensitiveCodes(documents["sensitive-codes"], documents["drugs"]))
    if not cases:
        return []
    measured = repeated(ROUNDS, lambda: [through.counts(chart, period) for through, chart, period in cases])
    each = measured.cpu * 1000 / len(cases)
    data, calendar = rule_data(documents), calendar_from(documents["calendar-us-ma"])

    def queue() -> None:
        for _, chart, period in cases:
            appraise(chart, date(period.end.year, 10, 1), data, calendar, _identify)

    ruled = repeated(ROUNDS, queue)
    told = f"{len(cases):,} cases, computed {measured.cpu:.2f} s"
    return [
        Figure("a measure, per patient and measure", each, "ms", LIMIT_MS, told),
        Figure("all rules of the queue, per patient", ruled.cpu * 1000 / len(cases), "ms", None, f"{ruled.cpu:.2f} s"),
    ]


def _cases(sensitive: SensitiveCodes) -> Judged:
    found: Judged = []
    codes = (
        {ending: load_value_sets(DECKS / f"valuesets{ending}.json.gz") for ending in ("", "-mp2025")}
        if DECKS.exists()
        else {}
    )
    for deck in sorted(DECKS.glob("CMS*.ndjson.gz")):
        sets = codes["-mp2025" if "mp2025" in deck.name else ""]
        seen: dict[int, Lens | None] = {}
        for case in cases_in(deck):
            if not isinstance(case, Case):
                continue
            year = case.period.end.year
            if year not in seen:
                measure = measure_for(measure_of(deck_name(deck)), year)
                seen[year] = lens(measure, sets) if measure else None
            through, chart = seen[year], mapped(case.patient, case.resources, year, sensitive).chart
            if through is not None and chart is not None:
                found.append((through, chart, case.period))
    return found


def _identify(rule: str, member: MemberId, subject: str, episode: str) -> ReasonId:
    return ReasonId(f"{rule}|{member}|{subject}|{episode}")
