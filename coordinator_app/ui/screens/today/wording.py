"""The words round the rows: tabs, sort line, empty lists, the pane, the day so far."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator_app.domain.activity import Contact, Outcome, TeachBack, Teaching, Visit, VisitState
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.outreach.wording import date_words
from coordinator_app.domain.ranked import Shown, Tab
from coordinator_app.domain.reasons import ReasonKind, Tier
from coordinator_app.services.chart import PatientPage
from coordinator_app.services.ranking import CONFIDENTIAL
from coordinator_app.services.reviewing import Entry
from coordinator_app.services.work_queue import QueuePage, SourceAge
from coordinator_app.ui.screens.today.states import DayState, FilterOption, ListState, PaneState
from coordinator_app.ui.shared.chips import Chip, ChipKind
from coordinator_app.ui.shared.empty_state import EmptyWords
from coordinator_app.ui.shared.facts import Fact
from coordinator_app.ui.shared.patient_facts import PatientFacts
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.queue_row import QueueRow
from coordinator_app.ui.shared.sort_line import Filter
from coordinator_app.ui.shared.tabs import Tab as ShownTab
from coordinator_app.ui.shared.tally import Tally
from coordinator_app.ui.shared.wording import Words

TABS = (Tab.CALL_TODAY, Tab.DUE_SOON, Tab.WAITING, Tab.DONE_TODAY)
LANGUAGES = ("en", "es", "pt", "pl", "vi")
TAGS = ("interpreter", "special_contact", "minor", "no_phone")
SILENT_AFTER = timedelta(days=3)
_HOSPITAL = ("hospital", "adt", "census")
_ICONS = {"contact": "call", "visit": "visit", "teaching": "teach", "letter": "letter", "note": "note"}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a first copy has come; both 0 while none is under way."""

    done: int = 0
    total: int = 0

    @property
    def is_under_way(self) -> bool:
        """Say whether people are still to come."""
        return self.done < self.total


@dataclass(frozen=True, slots=True)
class Around:
    """What stands round the rows: the moment, filters, what is new, what waits, how far a first copy is."""

    now: Moment
    wanted: Mapping[str, str]
    new: int = 0
    waiting: int = 0
    members: int = 0
    progress: Progress = Progress()


class TodayWording:
    """Says everything of the Today screen that is not a row."""

    def __init__(self, words: Words, facts: PatientFacts) -> None:
        self._words, self._facts = words, facts
        self._people = facts.people

    @property
    def people(self) -> PatientWords:
        """How persons are said."""
        return self._people

    def list_state(self, page: QueuePage, rows: tuple[QueueRow, ...], around: Around) -> ListState:
        """Return the list side."""
        say = self._words.say
        counts = page.counts
        empty = self._empty(page, around) if not rows else None
        at = self._people.time(page.as_of, around.now) if page.as_of else "–"
        return ListState(
            tabs=tuple(ShownTab(tab.value, say(f"tab.{tab.value}"), f"{counts.get(tab, 0):,}") for tab in TABS),
            tab=page.tab.value,
            not_listed=say("not_listed", count=f"{counts.get(Tab.NOT_LISTED, 0):,}"),
            rows=rows,
            sorted_words=self._sorted(page.tab, "sorted"),
            sorted_short=say("sorted_short", time=at) if page.tab in TABS[:3] else self._sorted(page.tab, "sorted"),
            updated=say("updated_new", time=at, count=around.new) if around.new else say("updated", time=at),
            filters=tuple(self._filter(name, value) for name, value in around.wanted.items()),
            pinned=say("pinned", count=page.urgent_pinned) if page.urgent_pinned else "",
            feed=self._feed(page.sources, around),
            empty=empty,
            may_show_due_soon=empty is not None and page.tab is Tab.CALL_TODAY and not around.wanted,
            may_clear_filter=bool(around.wanted),
            is_not_listed=page.tab is Tab.NOT_LISTED,
        )

    def pane_state(self, page: PatientPage, now: Moment, shown: Shown | None, records_to: date | None) -> PaneState:
        """Return the pane of a person who was read whole; ``shown`` is what the row says of the person, if any."""
        people, tries = self._people, len(shown.tries) if shown else 0
        return PaneState(
            member_id=page.member.id,
            identity=people.identity(page),
            safety=people.safety(page),
            reasons=people.reasons(page.reasons, page.today, tries=tries, records_to=records_to),
            facts=(*self._changed(shown), *self._facts.about(page, now)),
            is_whole=True,
            is_not_listed=page.held is not None,
        )

    def _changed(self, shown: Shown | None) -> tuple[Fact, ...]:
        """Return what is newer than the last contact: a narrow list has no room for its mark."""
        if shown is None or not shown.changed:
            return ()
        is_closed = shown.changed == CONFIDENTIAL
        what = self._words.say("/reasons.confidential" if is_closed else f"kind.{shown.changed}")
        return (Fact(self._words.say("changed"), self._words.say("changed.what", what=what)),)

    def day_state(self, entries: Iterable[Entry], now: Moment) -> DayState:
        """Return what was done today and what waits to be sent."""
        say = self._words.say
        standing = [each for each in entries if not each.is_struck]
        today = [each.act for each in standing if now.day_of(each.act.occurred_at) == now.today]
        outcomes = Counter(act.outcome for act in today if isinstance(act, Contact))
        reached = sum(count for outcome, count in outcomes.items() if outcome.is_conversation)
        silent, message = outcomes[Outcome.NO_ANSWER], outcomes[Outcome.LEFT_MESSAGE]
        other = outcomes.total() - reached - silent - message
        visits = [act for act in today if isinstance(act, Visit)]
        sure = sum(visit.state in {VisitState.CONFIRMED, VisitState.TOLD} for visit in visits)
        lessons = [act for act in today if isinstance(act, Teaching)]
        back = sum(each.result in {TeachBack.SAID_BACK, TeachBack.AFTER_RETEACHING} for each in lessons)
        letters = sum(each.kind == "letter" for each in standing if now.day_of(each.act.occurred_at) == now.today)
        detail = say("so_far.calls_detail", reached=reached, no_answer=silent, message=message, other=other)
        tallies = (
            Tally(say("so_far.calls"), detail, str(outcomes.total())),
            Tally(say("so_far.visits"), say("so_far.visits_detail", confirmed=sure), str(len(visits))),
            Tally(say("so_far.lessons"), say("so_far.lessons_detail", back=back), str(len(lessons))),
            Tally(say("so_far.letters"), say("so_far.letters_detail"), str(letters)),
        )
        return DayState(tallies, tuple(self._waiting(each, now) for each in standing if each.is_waiting))

    def filter_options(self) -> tuple[FilterOption, ...]:
        """Return everything a list may be narrowed by."""
        found = [("kind", kind.value) for kind in ReasonKind]
        found += [("tier", str(int(tier))) for tier in Tier]
        found += [("language", code) for code in LANGUAGES]
        found += [("tag", tag) for tag in TAGS]
        return tuple(
            FilterOption(self._words.say(f"filter.{name}"), name, value, self._value(name, value))
            for name, value in found
        )

    def _value(self, name: str, value: str) -> str:
        if name == "language":
            return self._people.language(value)
        if name == "tier":
            return self._people.tier(int(value))
        return self._words.say(f"{name}.{value}")

    def _filter(self, name: str, value: str) -> Filter:
        words = self._value(name, value)
        return Filter(name, words, self._words.say("filter.remove", words=words))

    def _sorted(self, tab: Tab, key: str) -> str:
        tail = {Tab.DONE_TODAY: "_done", Tab.NOT_LISTED: "_not_listed"}.get(tab, "")
        return self._words.say(f"{key}{tail}")

    def _feed(self, sources: Iterable[SourceAge], around: Around) -> str:
        if around.progress.is_under_way:
            done, total = around.progress.done, around.progress.total
            return self._words.say("copying", done=f"{done:,}", total=f"{total:,}")
        for each in sources:
            day = each.data_as_of
            if day is not None and each.source.startswith(_HOSPITAL) and around.now.today - day > SILENT_AFTER:
                return self._words.say("feed_silent", day=self._day(day, around.now.today))
        return ""

    def _day(self, day: date, today: date) -> str:
        return date_words(self._words.catalogue, day, today)

    def _empty(self, page: QueuePage, around: Around) -> EmptyWords:
        say = self._words.say
        if around.progress.is_under_way:
            numbers = say("empty.first_numbers", done=around.progress.done, total=around.progress.total)
            return EmptyWords(say("empty.first"), numbers, say("empty.first_safe"))
        if around.wanted:
            filters = ", ".join(self._value(name, value) for name, value in around.wanted.items())
            without = say("empty.unfiltered", count=page.counts.get(page.tab, 0))
            return EmptyWords(say("empty.filtered", filters=filters), without)
        safe = say("empty.waiting_to_send", count=around.waiting) if around.waiting else ""
        if page.tab is not Tab.CALL_TODAY:
            return EmptyWords(say(f"empty.{page.tab.value}"), "", safe)
        if not around.members:
            return EmptyWords(say("empty.nobody"), say("empty.nobody_how"))
        done, soon = page.counts.get(Tab.DONE_TODAY, 0), page.counts.get(Tab.DUE_SOON, 0)
        return EmptyWords(say("empty.call_today"), say("empty.numbers", done=done, soon=soon), safe)

    def _waiting(self, entry: Entry, now: Moment) -> Tally:
        act = entry.act
        what = self._facts.acts.of(act)
        detail = f"{entry.member_name} · {self._people.time(act.occurred_at, now)}"
        chip = Chip(self._words.say("waiting_chip"), ChipKind.QUIET, "waiting")
        return Tally(what, detail, icon=_ICONS.get(entry.kind, "note"), chip=chip)
