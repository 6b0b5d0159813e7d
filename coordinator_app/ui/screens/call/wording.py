"""The sentences of a call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from coordinator_app.domain.activity import Outcome, ResponseKind
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.call import DECLINED_CAUSES, LESSONS, Answer, answers_for, is_answered_by_call, topics_of
from coordinator_app.domain.next_step import NO_STEP, NextStep, Step
from coordinator_app.domain.outreach.wording import full_date, sentence
from coordinator_app.domain.reasons import Reason
from coordinator_app.services.answering import WRONG_CAUSES
from coordinator_app.services.chart import PatientPage
from coordinator_app.services.ledger import ShownReason
from coordinator_app.services.own_reasons import is_own
from coordinator_app.ui.screens.call.sheet import AskedReason, Outcomes, TopicLine
from coordinator_app.ui.shared.choices import Choice
from coordinator_app.ui.shared.fields import Option
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.wording import Words

MORE: Final = "more"
BACK: Final = "back"

_FIRST: Final = (
    Outcome.REACHED,
    Outcome.CAREGIVER,
    Outcome.NO_ANSWER,
    Outcome.LEFT_MESSAGE,
    Outcome.BUSY,
    Outcome.WRONG_NUMBER,
    Outcome.CALL_BACK,
    Outcome.REFUSED,
)
_FURTHER: Final = (
    Outcome.NOT_CONFIRMED,
    Outcome.LANGUAGE_BARRIER,
    Outcome.IN_HOSPITAL,
    Outcome.VOICEMAIL_FULL,
    Outcome.DROPPED,
    Outcome.GUARDIAN,
    Outcome.DECEASED,
    Outcome.OTHER,
)
_CAUSES: Final = {ResponseKind.DECLINED: DECLINED_CAUSES, ResponseKind.WRONG: WRONG_CAUSES}


@dataclass(frozen=True, slots=True)
class CallWords:
    """Says a call in the language of the window."""

    words: Words
    people: PatientWords

    def outcomes(self, *, is_minor: bool = False) -> Outcomes:
        """Return the outcomes with their keys; for a minor the second place is the parent's."""
        first, further = list(_FIRST), list(_FURTHER)
        if is_minor:
            first[1], further[5] = Outcome.GUARDIAN, Outcome.CAREGIVER
        return Outcomes(
            (*self._choices(first), Choice("9", self.words.say("outcome.more"), MORE)),
            (*self._choices(further), Choice("9", self.words.say("outcome.back"), BACK)),
        )

    def topics(self, reasons: Iterable[Reason]) -> tuple[TopicLine, ...]:
        """Return what can be talked about, the most urgent reason's topics first."""
        return tuple(TopicLine(each, self.words.say(f"topic.{each}"), each in LESSONS) for each in topics_of(reasons))

    def asked(self, page: PatientPage) -> tuple[AskedReason, ...]:
        """Return the open reasons with their answers; a confidential one keeps its matter to itself."""
        open_now = [each for each in page.reasons if each.standing.is_open and not is_own(each.reason)]
        return tuple(
            AskedReason(each.reason.id, self._reason(each, page), self._hint(each), self._options(each))
            for each in open_now
        )

    def when(self, at: datetime, now: Moment) -> str:
        """Return a time to come in full: "Wed 25-Nov-2026, 14:00"."""
        local = now.calendar.local(at)
        weekday = self.words.say("/reasons.weekdays_short").split()[local.weekday()]
        return f"{weekday} {full_date(self.words.catalogue, local.date())}, {local:%H:%M}"

    def step(self, step: NextStep, now: Moment) -> str:
        """Return a next step with its time; a call again is its time alone."""
        if step.due_at is None:
            return self.words.say(f"/acts.step.{step.what}")
        at = self.when(step.due_at, now)
        if step.what is Step.CALL:
            return at
        return self.words.say("step.at", what=self.words.say(f"/acts.step.{step.what}"), at=at)

    def rule(self, step: NextStep) -> str:
        """Return where a proposed step comes from."""
        key = "rule.weekly" if step.rule == "protocol.weekly" else "rule.protocol"
        return self.words.say(key if step != NO_STEP else "rule.chosen")

    def saved(self, name: str, outcome: Outcome, step: NextStep, now: Moment) -> str:
        """Return the sentence of the toast."""
        said = self.outcome(outcome)
        if step.due_at is None:
            return self.words.say("saved", name=name, outcome=said[:1].lower() + said[1:])
        return self.words.say("saved_next", name=name, outcome=said[:1].lower() + said[1:], step=self._soon(step, now))

    def _soon(self, step: NextStep, now: Moment) -> str:
        """Return a step in the few words a toast has room for."""
        at = self.people.instant(step.due_at, now) if step.due_at else ""
        if step.what is Step.CALL:
            return at
        return self.words.say("step.at", what=self.words.say(f"/acts.step.{step.what}"), at=at)

    def outcome(self, outcome: Outcome) -> str:
        """Return the short word of an outcome, as the list shows it."""
        return self.words.say(f"outcome.{outcome}")

    def _choices(self, outcomes: Iterable[Outcome]) -> tuple[Choice, ...]:
        return tuple(Choice(str(place), self.outcome(each), each) for place, each in enumerate(outcomes, start=1))

    def _reason(self, shown: ShownReason, page: PatientPage) -> str:
        if shown.is_confidential:
            return self.words.say("/reasons.confidential")
        if not self.words.catalogue.has(f"reasons.{shown.reason.sentence}"):
            return self.words.say(f"kind.{shown.reason.kind}")
        said = sentence(self.words.catalogue, shown.reason.sentence, shown.reason.arguments, page.today)
        return said.split("; ", maxsplit=1)[0]

    def _hint(self, shown: ShownReason) -> str:
        by_call = is_answered_by_call(shown.reason)
        return self.words.say("reasons.by_call" if by_call else "reasons.hint")

    def _options(self, shown: ShownReason) -> tuple[Option, ...]:
        found = []
        for response in answers_for(shown.reason):
            said = self.words.say(f"answer.{response}")
            causes = _CAUSES.get(response)
            if causes is None:
                found.append(Option(said, Answer(response)))
                continue
            found += [
                Option(self.words.say("answer.cause", answer=said, cause=self.words.say(f"{response}.{each}")),
                       Answer(response, each))
                for each in causes
            ]  # fmt: skip
        return tuple(found)
