"""The sentences of the schedule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from coordinator_app.domain.activity import Visit, VisitState
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.outreach.wording import full_date
from coordinator_app.domain.visit_chain import VISIT_TYPES
from coordinator_app.domain.visit_times import SuggestedTime
from coordinator_app.services.booking import Day, DayEntry
from coordinator_app.services.directory import ClinicianListing
from coordinator_app.ui.screens.schedule.entries import MOVES, STEPS, VisitEntries
from coordinator_app.ui.screens.schedule.states import DayState, TimesState
from coordinator_app.ui.shared.agenda import Block, BlockState
from coordinator_app.ui.shared.choices import Choice
from coordinator_app.ui.shared.fields import Option
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.steps import Step, StepState
from coordinator_app.ui.shared.wording import Words

HOWS: Final = ("phone", "portal", "fax", "in_person", "mail")
CALL_MINUTES: Final = 30
TRIAL: Final = "trial"
MANY: Final = 3
"""So many calls at one time are one block with all their names."""

_LOOKS: Final = {
    VisitState.WANTED: BlockState.WANTED,
    VisitState.ASKED: BlockState.ASKED,
    VisitState.CONFIRMED: BlockState.CONFIRMED,
    VisitState.TOLD: BlockState.CONFIRMED,
    VisitState.KEPT: BlockState.KEPT,
    VisitState.NO_SHOW: BlockState.KEPT,
}


@dataclass(frozen=True, slots=True)
class ScheduleWords:
    """Says days, visits and times in the language of the window."""

    words: Words
    people: PatientWords

    def day(self, day: Day, now: Moment, trial: Block | None = None) -> DayState:
        """Return a day with its blocks, the one that is being asked for among them, and the holiday that matters."""
        closed = self._closed(day, now)
        blocks = (*self._blocks(day, now), *([trial] if trial is not None else []))
        nothing = "" if blocks else self.words.say("day.nothing")
        return DayState(self.long_day(day.on), blocks, closed, bool(day.closed_for), nothing, self._untimed(day))

    def trial(self, entries: VisitEntries, name: str, now: Moment) -> tuple[date, Block] | None:
        """Return the day and the block of a time that was chosen and is not saved yet."""
        at, state = entries.starts_at(now), entries.state
        if at is None or state is None or not (entries.chosen or entries.typed.strip()):
            return None
        start = _minutes(at, now)
        kind = self.words.say("block.trial")
        look = _LOOKS.get(state, BlockState.WANTED)
        block = Block(TRIAL, start, start + 30, look, kind, f"{kind}. {name}", name, icon="visit")
        return now.calendar.day_of(at), block

    def long_day(self, day: date) -> str:
        """Return a day in full: "Friday 27-Nov-2026"."""
        weekday = self.words.say("/reasons.weekdays").split()[day.weekday()]
        name = f"{weekday} {full_date(self.words.catalogue, day)}"
        return name[:1].upper() + name[1:]

    def when(self, at: datetime, now: Moment) -> str:
        """Return a time in short: "Fri 27-Nov 14:00"."""
        local = now.calendar.local(at)
        weekday = self.words.say("/reasons.weekdays_short").split()[local.weekday()]
        day = full_date(self.words.catalogue, local.date())
        shown = day.rsplit("-", 1)[0] if local.year == now.today.year else day
        return f"{weekday} {shown} {local:%H:%M}"

    def times(self, found: Iterable[SuggestedTime], deadline: date | None, now: Moment) -> TimesState:
        """Return the times that fit; late ones say so."""
        choices = []
        for place, each in enumerate(found, start=1):
            aside = ""
            if deadline is not None:
                aside = (
                    self.words.say("time.late", count=each.days_late) if each.days_late else self.words.say("time.in")
                )
            choices.append(
                Choice(str(place), self.when(each.starts_at, now), each.starts_at, aside, each.days_late > 0)
            )
        by = "" if deadline is None else self.words.say("deadline", day=self.people.day(deadline, now.today))
        return TimesState(tuple(choices), by, "" if choices else self.words.say("time.none"))

    def types(self) -> tuple[Option, ...]:
        """Return the kinds of visit."""
        return tuple(Option(self.words.say(f"/acts.visit_type.{each}"), each) for each in VISIT_TYPES)

    def clinicians(self, found: Iterable[ClinicianListing]) -> tuple[Option, ...]:
        """Return the directory: name and practice."""
        return tuple(Option(", ".join(filter(None, (each.name, each.practice))), each.id) for each in found)

    def hows(self) -> tuple[Option, ...]:
        """Return the ways to ask a practice; the first takes the choice back."""
        return tuple(Option(self.words.say(f"how.{each}"), each) for each in ("not_yet", *HOWS))

    def moves(self, visit: Visit) -> tuple[Choice, ...]:
        """Return what may become of a visit, the likeliest first."""
        found = []
        for place, state in enumerate(MOVES[visit.state], start=1):
            key = f"move.{state}" if state is not visit.state else f"move.{state}_again"
            found.append(Choice(str(place), self.words.say(key), state))
        return tuple(found)

    def title(self, visit: Visit | None, now: Moment) -> str:
        """Return the head of the form."""
        if visit is None:
            return self.words.say("ask")
        kind = self.words.say(f"/acts.visit_type.{visit.visit_type}")
        if visit.starts_at is None:
            return kind
        return self.words.say("visit_at", kind=kind, at=self.when(visit.starts_at, now))

    def state(self, state: VisitState) -> str:
        """Return a state in a word."""
        return self.words.say(f"state.{state}")

    def steps(self, state: VisitState | None, history: tuple[Visit, ...], now: Moment) -> tuple[tuple[Step, ...], str]:
        """Return the line of five steps, each with when and how it was taken, and the line as one sentence."""
        at = state or (history[-1].state if history else VisitState.WANTED)
        taken = {each.state: self._taken(each, now) for each in history}
        here = STEPS.index(at) if at in STEPS else -1
        steps = []
        for place, each in enumerate(STEPS):
            where = StepState.DONE if place < here else StepState.NOW if place == here else StepState.AHEAD
            if each is VisitState.KEPT and place == here:
                where = StepState.DONE
            under = "" if where is StepState.AHEAD else taken.get(each, "")
            steps.append(Step(self.words.say(f"step.{each}"), where, under))
        said = [self.words.say("steps.spoken", state=self.state(at))]
        said += [f"{each.words} {each.under}" for each in steps if each.under]
        return tuple(steps), ". ".join(said)

    def _taken(self, visit: Visit, now: Moment) -> str:
        """Return how and when a step was taken: its time today, else its day."""
        asked = visit.state is VisitState.ASKED and visit.how_asked in HOWS
        how = self.words.say(f"how.{visit.how_asked}").lower() if asked else ""
        day = now.day_of(visit.recorded_at)
        at = self.people.time(visit.recorded_at, now) if day == now.today else self.people.short_day(day, now.today)
        return " ".join(filter(None, (how, at)))

    def _untimed(self, day: Day) -> str:
        """Return the visits that have no time yet, the longest waiting first."""
        if not day.untimed:
            return ""
        said = [f"{each.member_name} ({self.state(each.visit.state).lower()})" for each in day.untimed if each.visit]
        more = self.words.say("untimed.more", count=len(said) - MANY) if len(said) > MANY else ""
        return self.words.say("untimed", names="; ".join(filter(None, (*said[:MANY], more))))

    def _blocks(self, day: Day, now: Moment) -> tuple[Block, ...]:
        at_once: dict[datetime, list[DayEntry]] = {}
        for each in day.entries:
            if each.visit is None:
                at_once.setdefault(each.at, []).append(each)
        blocks = [self._visit(each, each.visit, now) for each in day.entries if each.visit is not None]
        for at, calls in at_once.items():
            blocks += [self._calls(at, calls, now)] if len(calls) >= MANY else [self._call(one, now) for one in calls]
        return tuple(blocks)

    def _visit(self, entry: DayEntry, visit: Visit, now: Moment) -> Block:
        start = _minutes(entry.at, now)
        kind = self.words.say("block.visit", kind=self.words.say(f"/acts.visit_type.{visit.visit_type}"),
                              state=self.state(visit.state).lower())  # fmt: skip
        aside = entry.clinician or ""
        told = (f"{now.calendar.local(entry.at):%H:%M}", kind, entry.member_name, aside)
        return Block(
            key=f"visit/{visit.visit_id}",
            start=start,
            end=start + visit.minutes,
            state=_LOOKS.get(visit.state, BlockState.KEPT),
            kind=kind,
            sentence=". ".join(part for part in told if part),
            name=entry.member_name,
            aside=aside,
            icon="visit",
        )

    def _call(self, entry: DayEntry, now: Moment) -> Block:
        start = _minutes(entry.at, now)
        what = self.words.say(f"/acts.step.{entry.what}")
        told = (f"{now.calendar.local(entry.at):%H:%M}", what, entry.member_name)
        return Block(
            key=f"call/{entry.member_id}",
            start=start,
            end=start + CALL_MINUTES,
            state=BlockState.WORK,
            kind=what,
            sentence=". ".join(told),
            name=entry.member_name,
            icon="call",
        )

    def _calls(self, at: datetime, calls: list[DayEntry], now: Moment) -> Block:
        start, kind = _minutes(at, now), self.words.say("block.calls", count=len(calls))
        names = "; ".join(each.member_name for each in calls)
        sentence = f"{now.calendar.local(at):%H:%M}. {kind}. {names}"
        return Block("calls", start, start + 60, BlockState.WORK, kind, sentence, second=names, icon="call")

    def _closed(self, day: Day, now: Moment) -> str:
        if day.closed_for:
            return self.words.say("closed", day=self.long_day(day.on), name=day.closed_for)
        near = {on: name for on, name in now.calendar.holidays.items() if 0 < abs((on - day.on).days) <= 3}
        if not near:
            return ""
        on = min(near, key=lambda each: abs((each - day.on).days))
        return self.words.say("closed", day=self.long_day(on), name=near[on])


def _minutes(at: datetime, now: Moment) -> int:
    local = now.calendar.local(at)
    return local.hour * 60 + local.minute
