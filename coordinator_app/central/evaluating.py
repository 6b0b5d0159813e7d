"""Judging: charts become rows of the reason ledger; only rows whose state changed are written (ruling 8)."""

import gc
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from coordinator_app.central.evaluating_ports import Documents, H, Home, LedgerStore, Standing
from coordinator_app.central.feeds.told import SourceIds
from coordinator_app.central.rehearsing import Rehearsal, RehearsalReport, merged
from coordinator_app.domain.calendar import BusinessCalendar, Moment, calendar_from
from coordinator_app.domain.evaluation import Appraisal, Change, ChangeKind, appraise, settle
from coordinator_app.domain.facts import Coding, Fact
from coordinator_app.domain.ids import MemberId, ReasonId
from coordinator_app.domain.medicine_words import merged as merged_with_words
from coordinator_app.domain.medicine_words import words_of
from coordinator_app.domain.outreach.terms import StandingTerms, outreach_terms
from coordinator_app.domain.rules.case import Identify
from coordinator_app.domain.rules.data import RuleData, rule_data
from coordinator_app.domain.rules.unread import unread_diagnoses, unread_drugs
from coordinator_app.domain.trouble import Refusal

P = TypeVar("P")
R = TypeVar("R")


@dataclass(slots=True)
class EvaluationReport:
    """What ``evaluate`` says at its end; rows are counted, and people as ``evaluated``."""

    initiative: str
    as_of: date
    evaluated: int = 0
    opened: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0
    by_kind: Mapping[str, int] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    unread_diagnoses: Counter[str] = field(default_factory=Counter)
    waiting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def as_facts(self) -> Mapping[str, Any]:
        """Return the keys docs/cli.md names."""
        names = ("initiative", "evaluated", "opened", "changed", "ended", "unchanged")
        told = {name: getattr(self, name) for name in names}
        told |= {"as_of": self.as_of.isoformat(), "by_kind": dict(self.by_kind)}
        told |= {"unread": dict(self.unread), "unread_diagnoses": dict(self.unread_diagnoses)}
        return {**told, "waiting": {rule: list(names) for rule, names in self.waiting.items()}}

    def as_text(self) -> str:
        """Return two lines for a person, and one more for what could not be read."""
        opened = ", ".join(f"{count} {kind}" for kind, count in self.by_kind.items()) or "none"
        unread, diagnoses = (
            ", ".join(f"{count} {system}" for system, count in sorted(counted.items()))
            for counted in (self.unread, self.unread_diagnoses)
        )
        waiting = ", ".join(self.waiting)
        return (
            f"{self.initiative}, {self.as_of}: {self.evaluated} people judged; {self.opened} reasons opened, "
            f"{self.changed} changed, {self.ended} ended, {self.unchanged} unchanged.\nOpen now: {opened}."
            + (f"\nFills and orders of drugs no table knows: {unread}." if unread else "")
            + (f"\nDiagnoses in codes nobody gave a meaning: {diagnoses}." if diagnoses else "")
            + (f"\nRules that see less without the site's own codes: {waiting}." if waiting else "")
        )


class Evaluating(Generic[H]):
    """Judges people: by default those of whom something changed or whose day has come, with ``everybody`` all."""

    def __init__(
        self, store: LedgerStore[H], documents: Callable[[], Documents], clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._documents, self._clock = documents, clock

    def run(
        self, initiative: str | None, as_of: date | None, *, everybody: bool = False, live: bool = False
    ) -> EvaluationReport:
        """Judge for a day, which becomes the initiative's frozen day; without one, for the day the initiative has.

        ``live`` lets a frozen initiative run again. What is written is remembered only after the last page, so a run
        that was stopped is done again; doing it again writes nothing twice.
        """
        home = self._store.home(initiative)
        documents = {**self._documents(), **self._store.documents(home)}
        site = {oid: tuple(codes) for oid, codes in self._store.site_codes(home).items()}
        data = rule_data(documents, site)
        calendar = calendar_from(documents[f"calendar-{home.calendar.lower()}"], home.zone, home.office)
        frozen_on = None if live else as_of or home.frozen_on
        today = frozen_on or calendar.day_of(self._clock())
        if frozen_on != home.frozen_on:
            self._store.freeze(home, frozen_on)
        rules = _fingerprint(documents, site, frozen=frozen_on is not None)
        epoch, seen = self._store.now_seen()
        report = EvaluationReport(home.name, today, waiting=data.waiting)
        reader = ChartReader(
            data, outreach_terms(documents).standing, _moment(calendar, today, frozen_on, self._clock())
        )
        judge = _Judge(self._store, home, reader, is_frozen=frozen_on is not None)
        pages = self._pages(home, today, rules, epoch, seen, everybody=everybody)
        for standings in _read_ahead(pages, judge.read):
            judge.judge(standings, report)
        self._store.keep_course(home, judged_for=today, rules=rules, feed_epoch=epoch, seen=seen)
        report.by_kind = self._store.open_by_kind(home, today)
        return report

    def rehearse(self, initiative: str | None, as_of: date | None, other: Mapping[str, Any]) -> RehearsalReport:
        """Judge everybody by the rules in force and by them with ``other`` put in its places; write nothing."""
        home = self._store.home(initiative)
        documents = {**self._documents(), **self._store.documents(home)}
        unknown = sorted(set(other) - set(documents))
        if unknown:
            raise Refusal("unknown_rules", f"There are no rule data called {', '.join(unknown)}.")
        changed = merged(documents, other)
        site = {oid: tuple(codes) for oid, codes in self._store.site_codes(home).items()}
        calendar = calendar_from(documents[f"calendar-{home.calendar.lower()}"], home.zone, home.office)
        frozen_on = as_of or home.frozen_on
        today = frozen_on or calendar.day_of(self._clock())
        try:
            both = rule_data(documents, site), rule_data(changed, site)
            terms = outreach_terms(documents), outreach_terms(changed)
        except (KeyError, TypeError, ValueError) as why:
            raise Refusal("bad_rules", f"The other rule data cannot be read: {why}.") from why
        report = RehearsalReport(home.name, today, coordinators=self._store.coordinators(home))
        rehearsal = Rehearsal(report, Moment(calendar, today, calendar.end_of_day(today)), terms)
        ids = SourceIds(self._store.namespace(), "reason", home.id)

        def identify(rule: str, member: MemberId, subject: str, episode: str) -> ReasonId:
            return ReasonId(ids.of(rule, f"{member}\x1f{subject}\x1f{episode}"))

        at = _moment(calendar, today, frozen_on, self._clock())
        readers = [ChartReader(data, side.standing, at) for data, side in zip(both, terms, strict=True)]
        for page in self._store.everybody(home):
            panels = self._store.panels_of(home, page)
            for standing in self._store.standings(home, page, today, is_frozen=frozen_on is not None):
                found = (reader.appraise(standing, identify).reasons for reader in readers)
                member = standing.chart.person.id
                rehearsal.compare(member, panels.get(member, ""), *found)
        return report

    def _pages(
        self, home: H, today: date, rules: str, epoch: int, seen: str, *, everybody: bool
    ) -> Iterator[list[MemberId]]:
        before = self._store.course(home)
        is_new = before is None or before.rules != rules or before.feed_epoch != epoch or before.judged_for > today
        # What lay below the floor of the feed was given up: nobody knows any more of whom something changed.
        if everybody or before is None or is_new or not self._store.feed_reaches(before.seen):
            return self._store.everybody(home)
        return self._store.due(home, before.seen, seen, today)


class ChartReader:
    """Judges charts for one moment by one rule data, with what nurses were told of medicines beside the feeds."""

    def __init__(self, data: RuleData, standing: StandingTerms, now: Moment) -> None:
        self.data, self.now = data, now
        self._standing = standing

    def appraise(self, standing: Standing, identify: Identify) -> Appraisal:
        """Return the rows of a person."""
        chart = standing.chart
        if standing.acts:
            words = words_of(standing.reasons, standing.acts, self.now, self._standing)
            chart = merged_with_words(chart, words, self._ingredients)
        return appraise(chart, self.now.today, self.data, self.now.calendar, identify)

    def _ingredients(self, fact: Fact) -> Iterator[str]:
        yield from (each.rxcui for each in self.data.drugs.ingredients(fact))
        yield from (each.drug.rxcui for each in self.data.medicines.table.held_by(fact))


def _moment(calendar: BusinessCalendar, today: date, frozen_on: date | None, clock: datetime) -> Moment:
    """Return the moment of a judgement: work done later than a frozen day counts on that day (ruling 5)."""
    if frozen_on is None:
        return Moment(calendar, today, calendar.end_of_day(today))
    return Moment(calendar, today, calendar.end_of_day(today), frozen=True, worked_on=calendar.day_of(clock))


class _Judge:
    def __init__(self, store: LedgerStore[Any], home: Home, reader: ChartReader, *, is_frozen: bool) -> None:
        self._store, self._home, self._reader, self._today = store, home, reader, reader.now.today
        self._is_frozen = is_frozen
        self._ids = SourceIds(store.namespace(), "reason", home.id)

    def read(self, page: Sequence[MemberId]) -> Sequence[Standing]:
        return self._store.standings(self._home, page, self._today, is_frozen=self._is_frozen)

    def judge(self, standings: Sequence[Standing], report: EvaluationReport) -> None:
        changes: list[Change] = []
        next_days: dict[MemberId, date] = {}
        for standing in standings:
            found = self._reader.appraise(standing, self._identify)
            settled = settle(standing.reasons, found.reasons, self._today, self._reader.data.version)
            changes += settled
            if found.next_on != standing.next_on:
                next_days[standing.chart.person.id] = found.next_on
            known = {row.id for row in standing.reasons}
            report.unchanged += len(known & {row.id for row in found.reasons} - {change.row.id for change in settled})
            report.evaluated += 1
            report.unread += unread_drugs(standing.chart, self._reader.data)
            report.unread_diagnoses += unread_diagnoses(standing.chart, self._reader.data)
        if changes or next_days:
            self._store.write(self._home, changes, next_days)
        count = Counter(change.kind for change in changes)
        report.opened += count[ChangeKind.INSERT]
        report.changed += count[ChangeKind.UPDATE]
        report.ended += count[ChangeKind.END]

    def _identify(self, rule: str, member: MemberId, subject: str, episode: str) -> ReasonId:
        return ReasonId(self._ids.of(rule, f"{member}\x1f{subject}\x1f{episode}"))


def _read_ahead(pages: Iterable[P], read: Callable[[P], R]) -> Iterator[R]:
    """Yield what is read of each page; the next one is read while the caller works on the last."""
    waiting: Future[R] | None = None
    with ThreadPoolExecutor(max_workers=1) as reader:
        for page in pages:
            last, waiting = waiting, reader.submit(read, page)
            if last is not None:
                with _uncollected():
                    yield last.result()
        if waiting is not None:
            with _uncollected():
                yield waiting.result()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of cycles off a page: facts have none, and it would look through all of them many times."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _fingerprint(documents: Documents, site: Mapping[str, Iterable[Coding]], *, frozen: bool) -> str:
    """Return a mark of everything rules read beside charts; another mark means that everybody is judged again."""
    codes = {oid: sorted((one.system, one.code) for one in some) for oid, some in site.items()}
    told = json.dumps([documents, codes, frozen], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:32]
