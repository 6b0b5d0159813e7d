"""What stands under the reasons of a person: not known, last contact, best time, visit, and why not listed."""

from dataclasses import dataclass

from coordinator_app.domain.calendar import Moment
from coordinator_app.services.act_words import ActWords
from coordinator_app.services.chart import OwedStep, PatientPage
from coordinator_app.ui.shared.facts import Fact
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.tokens import Tone


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """Says them in the language of the window."""

    people: PatientWords
    acts: ActWords

    def about(self, page: PatientPage, now: Moment) -> tuple[Fact, ...]:
        """Return the facts of the pane, what is not known first; a label is there only with something to say."""
        found = [self.held(page), self.not_known(page), self.last_contact(page, now)]
        found += [self.best_time(page), self.visit(page, now)]
        return tuple(fact for fact in found if fact is not None)

    def held(self, page: PatientPage) -> Fact | None:
        """Return why a person is kept out of the list, on whose word, since when."""
        if page.held is None:
            return None
        words = self.people.words
        source = self.people.source(page.held.source) or words.say("nobody_named")
        told = [words.say(f"/reasons.cause.{page.held.cause.value}"), words.say("told_by", source=source)]
        if page.held.since is not None:
            told.append(self.people.day(page.held.since, page.today))
        by = page.held.confirm_by
        second = words.say("confirm_by", day=self.people.day(by, page.today)) if by is not None else ""
        return Fact(words.say("held"), ", ".join(each for each in told if each), second, Tone.HIGH)

    def not_known(self, page: PatientPage) -> Fact | None:
        """Return what is not known, in one sentence."""
        lacks = self.people.not_known(page)
        return Fact(self.people.words.say("not_known"), "; ".join(lacks)) if lacks else None

    def last_contact(self, page: PatientPage, now: Moment) -> Fact:
        """Return the last try or talk, whoever made it."""
        say, last = self.people.words.say, page.last_contact
        if last is None:
            return Fact(say("last_contact"), say("no_contact_yet"))
        at = self.people.done_at(last.at, now)
        return Fact(say("last_contact"), say("last_contact_value", day=at, what=lowered(last.what), who=last.who))

    def best_time(self, page: PatientPage) -> Fact | None:
        """Return when and on which number the person is best called."""
        usable = [each for each in page.numbers if each.is_wrong_since is None and each.point.may_call != "no"]
        hours = page.reach.profile.best_hours or next((e.point.safe_hours for e in usable if e.point.safe_hours), "")
        if not usable and not hours:
            return None
        say = self.people.words.say
        number = self.people.number(usable[0], page.today) if usable else ""
        if not hours:
            return Fact(say("best_number"), number, say("hours_not_known"))
        return Fact(say("best_time"), ", ".join(each for each in (hours.replace("-", "\N{EN DASH}"), number) if each))

    def visit(self, page: PatientPage, now: Moment) -> Fact | None:
        """Return the next visit with its state."""
        visits = [step for step in page.next_steps if step.kind == "visit"]
        return Fact(self.people.words.say("visit"), self.step(visits[0], now)) if visits else None

    def step(self, step: OwedStep, now: Moment) -> str:
        """Return an owed step with its day."""
        if step.due_at is not None:
            return self.people.words.say("visit_on", what=step.what, day=self.people.instant(step.due_at, now))
        if step.due_on is not None:
            return self.people.words.say("visit_by", what=step.what, day=self.people.day(step.due_on, now.today))
        return step.what


def lowered(words: str) -> str:
    """Return words as they stand amid a sentence."""
    return words[:1].lower() + words[1:]
