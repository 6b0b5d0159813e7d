"""What a visit's form allows as it stands, and what saving it would do."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from coordinator_app.domain.activity import Visit, VisitState
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.ids import ActivityId, MemberId, StaffId
from coordinator_app.domain.person import Member
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.domain.visit_chain import clashes
from coordinator_app.services.booking import Booked, DayEntry
from coordinator_app.ui.screens.schedule.entries import HAS_TIME, VisitEntries
from coordinator_app.ui.screens.schedule.states import FormStanding
from coordinator_app.ui.screens.schedule.wording import ScheduleWords
from coordinator_app.ui.shared.failure_words import failure_words


@dataclass(frozen=True, slots=True)
class VisitJudge:
    """Words what the rules say; the service decides when it saves."""

    say: ScheduleWords

    def standing(
        self, entries: VisitEntries, member_id: MemberId, now: Moment, entries_of_day: Iterable[DayEntry] = ()
    ) -> FormStanding:
        """Return what the form says and asks for now."""
        words, state = self.say.words, entries.state
        steps, spoken = self.say.steps(state, entries.history, now)
        asks_time = state in HAS_TIME
        read, error = self._read(entries, now) if asks_time else ("", "")
        is_confirmed = state in {VisitState.CONFIRMED, VisitState.TOLD, VisitState.KEPT}
        return FormStanding(
            save=words.say(f"save.{state}" if state else "save.none"),
            may_save=state is not None,
            steps=steps,
            spoken_steps=spoken,
            asks_how=entries.visit is None or state is VisitState.ASKED,
            asks_confirmed_by=entries.visit is None or state is VisitState.CONFIRMED,
            asks_time=asks_time,
            time_stays=self._stays(entries, now),
            time_read=read,
            time_error=error,
            clash=self._clash(entries, member_id, now, entries_of_day) if asks_time else "",
            foot="" if is_confirmed else words.say("foot.unconfirmed"),
        )

    def refusal(self, entries: VisitEntries, now: Moment) -> str:
        """Return why the form cannot be saved, in words, or nothing."""
        if entries.state is None:
            return self.say.words.say("refusal.no_move")
        if entries.typed.strip() and entries.starts_at(now) is None:
            return self.say.words.say("time.wrong")
        return ""

    def worded(self, error: Refusal | Trouble) -> str:
        """Return why nothing was saved, in the words of the screen where it has some."""
        words = self.say.words
        key = f"refusal.{error.code}"
        if words.catalogue.has(f"{words.screen}.{key}"):
            return words.say(key)
        return words.say("trouble", sentence=failure_words(words.catalogue, error))

    def saved(self, booked: Booked, member: Member, now: Moment) -> str:
        """Return the sentence of the toast: the state as it is, a late day, a clash."""
        words, visit = self.say.words, booked.visit
        at = self.say.when(visit.starts_at, now) if visit.starts_at else ""
        told = words.say(f"saved.{visit.state}", name=member.name, at=at)
        if booked.is_late and visit.starts_at and visit.deadline_on:
            days = (now.calendar.day_of(visit.starts_at) - visit.deadline_on).days
            told = words.say("saved.late", words=told, count=days)
        if booked.clashes and booked.clashes[0].starts_at is not None:
            told = words.say("saved.clash", words=told, other=self.say.when(booked.clashes[0].starts_at, now))
        return told

    def _stays(self, entries: VisitEntries, now: Moment) -> str:
        known = entries.visit
        if known is None or known.starts_at is None or entries.starts_at(now) != known.starts_at:
            return ""
        return self.say.words.say("times.stays", at=self.say.when(known.starts_at, now))

    def _read(self, entries: VisitEntries, now: Moment) -> tuple[str, str]:
        if not entries.typed.strip():
            return "", ""
        at = entries.starts_at(now)
        if at is None:
            return "", self.say.words.say("time.wrong")
        return self.say.words.say("time.read", at=self.say.when(at, now)), ""

    def _clash(
        self, entries: VisitEntries, member_id: MemberId, now: Moment, entries_of_day: Iterable[DayEntry]
    ) -> str:
        at = entries.starts_at(now)
        listed = [each for each in entries_of_day if each.visit is not None]
        if at is None or not listed:
            return ""
        visit = _trial(entries, member_id, now)
        found = clashes(replace(visit, starts_at=at), [each.visit for each in listed if each.visit])
        if not found:
            return ""
        first = next(each for each in listed if each.visit == found[0])
        key = "clash.own" if first.member_id == member_id else "clash"
        return self.say.words.say(key, name=first.member_name, at=self.say.when(first.at, now))


def _trial(entries: VisitEntries, member_id: MemberId, now: Moment) -> Visit:
    if entries.visit is not None:
        return replace(entries.visit, clinician_id=entries.clinician_id)
    nobody = ActivityId("")
    return Visit(
        nobody, member_id, StaffId(""), now.at, now.at, Sensitivity.ORDINARY, nobody, VisitState.WANTED,
        entries.visit_type, clinician_id=entries.clinician_id,
    )  # fmt: skip
