"""What a call allows as it stands, and what saving it would do; asked after every key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from coordinator_app.domain.activity import Outcome
from coordinator_app.domain.calendar import Moment, in_utc
from coordinator_app.domain.call import answers_of, lacks_identity
from coordinator_app.domain.next_step import AFTERNOON, MORNING, NO_STEP, NextStep, Step
from coordinator_app.domain.reasons import Reason, Tier
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.domain.typed_time import typed_moment
from coordinator_app.ui.screens.call.entries import Entries
from coordinator_app.ui.screens.call.sheet import Sheet, Standing, StepChoices
from coordinator_app.ui.screens.call.wording import CallWords
from coordinator_app.ui.shared.failure_words import failure_words
from coordinator_app.ui.shared.fields import Option

RED_FLAG: Final = "red_flag"
_LATER: Final = (7, 14)


@dataclass(frozen=True, slots=True)
class Judge:
    """Asks the rules of the domain; decides nothing itself."""

    say: CallWords
    sheet: Sheet | None = None
    reasons: Sequence[tuple[Reason, Tier]] = ()

    def standing(self, entries: Entries, now: Moment) -> Standing:
        """Return what the screen says and allows now."""
        words, outcome = self.say.words, entries.outcome
        asks_call_back = outcome is Outcome.CALL_BACK
        foot, warns = self._foot(entries)
        count = len(set(entries.identity))
        identity = ("identity.none", "identity.one", "identity.both")[min(count, 2)]
        if outcome is not None and not entries.is_conversation:
            identity = "identity.not_asked"
        read, error = self._call_back(entries, now) if asks_call_back else ("", "")
        return Standing(
            foot=foot,
            foot_warns=warns,
            identity=words.say(identity),
            asks_identity=outcome is None or entries.is_conversation,
            is_open=entries.is_open,
            topics=self._topics(entries),
            asks_call_back=asks_call_back,
            call_back_read=read,
            call_back_error=error,
        )

    def refusal(self, entries: Entries, now: Moment) -> str:
        """Return why the call cannot be saved as it stands, in words, or nothing."""
        if entries.outcome is None:
            return self.say.words.say("refusal.no_outcome")
        if lacks_identity(entries.outcome, entries.identity):
            return self.say.words.say("refusal.identity_needed")
        return self._call_back(entries, now)[1] if entries.outcome is Outcome.CALL_BACK else ""

    def call_back_at(self, entries: Entries, now: Moment) -> datetime | None:
        """Return the time to call back in UTC, None where none was typed or it cannot be read."""
        if entries.outcome is not Outcome.CALL_BACK:
            return None
        typed = typed_moment(entries.call_back, now.today)
        if typed is None:
            return None
        day, clock = typed
        return in_utc(now.calendar.at(day, clock or MORNING))

    def steps(self, proposed: NextStep, now: Moment) -> StepChoices:
        """Return the protocol's proposal first, then later days and no step at all."""
        found = [Option(self.say.step(proposed, now), None)]
        day = now.today
        days = [day := now.calendar.next_office_day(day) for _ in range(2)]
        days += [now.calendar.next_office_day(now.today + timedelta(each - 1)) for each in _LATER]
        for each in days:
            for clock in (MORNING, AFTERNOON):
                step = NextStep(Step.CALL, in_utc(now.calendar.at(each, clock)), "chosen")
                if step.due_at != proposed.due_at:
                    found.append(Option(self.say.step(step, now), step))
        if proposed.due_at is not None:
            found.append(Option(self.say.step(NO_STEP, now), NO_STEP))
        return StepChoices(tuple(found), self.say.rule(proposed))

    def worded(self, error: Refusal | Trouble) -> str:
        """Return why nothing was saved, in the words of the screen where it has some."""
        words = self.say.words
        key = f"refusal.{error.code}"
        if words.catalogue.has(f"{words.screen}.{key}"):
            return words.say(key)
        return words.say("trouble", sentence=failure_words(words.catalogue, error))

    def _foot(self, entries: Entries) -> tuple[str, bool]:
        words, outcome = self.say.words, entries.outcome
        if outcome is None:
            return words.say("foot.start"), False
        if entries.is_conversation:
            return self._foot_of_talk(outcome, entries)
        if outcome is Outcome.LEFT_MESSAGE and self.sheet and entries.number in self.sheet.no_message:
            return words.say("foot.no_message"), True
        if outcome in {Outcome.REFUSED, Outcome.WRONG_NUMBER, Outcome.DECEASED}:
            return words.say(f"foot.{outcome}"), outcome is Outcome.DECEASED
        return words.say("foot.try", count=len(self.reasons)), False

    def _foot_of_talk(self, outcome: Outcome, entries: Entries) -> tuple[str, bool]:
        words, count = self.say.words, len(self.reasons)
        if not entries.is_open:
            return words.say("foot.identity"), False
        if RED_FLAG in entries.topics:
            return words.say("foot.red_flag"), True
        answered = len(answers_of(outcome, self.reasons, entries.answers))
        if answered == count:
            return words.say("foot.answers_all", count=count), False
        left = words.say("foot.left", count=count - answered)
        return words.say("foot.answers", count=answered, left=left), False

    def _topics(self, entries: Entries) -> str:
        if entries.is_open:
            return ""
        is_over = entries.outcome is not None and not entries.is_conversation
        return self.say.words.say("topics.none" if is_over else "topics.closed")

    def _call_back(self, entries: Entries, now: Moment) -> tuple[str, str]:
        if not entries.call_back.strip():
            return self.say.words.say("step.call_back_open"), ""
        at = self.call_back_at(entries, now)
        if at is None:
            return "", self.say.words.say("step.call_back_wrong")
        if at < now.at:
            return "", self.say.words.say("step.call_back_past")
        return self.say.words.say("step.call_back_read", at=self.say.when(at, now)), ""
