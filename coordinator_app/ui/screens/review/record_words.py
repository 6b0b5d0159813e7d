"""A record as it was written, in words: nothing is left out, what was taken back is struck and stays readable."""

from collections.abc import Iterator, Sequence
from typing import Final

from coordinator_app.domain.activity import Act, Contact, FollowUp, LetterPrinted, Note, Review, Teaching, Visit
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.outreach.wording import sentence
from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.services.act_words import ActWords
from coordinator_app.services.reviewing import Entry, Record
from coordinator_app.ui.shared.facts import Fact
from coordinator_app.ui.shared.patient_words import PatientWords, phone_words
from coordinator_app.ui.shared.wording import Words

LATE_SECONDS: Final = 120
"""Written down later than this after it happened, a record says when."""


class RecordWords:
    """Says one act and everything saved with it."""

    def __init__(self, words: Words, acts: ActWords, people: PatientWords) -> None:
        self._words, self._acts, self._people = words, acts, people
        self._say = words.say

    def closed(self) -> tuple[Fact, ...]:
        """Return what a confidential record says until a key opens it."""
        return (Fact(self._say("label.outcome"), self._say("confidential")),)

    def of_contact(self, record: Record, now: Moment, reviews: Sequence[Review]) -> tuple[Fact, ...]:
        """Return a contact with its answers, topics, note and promises, and the words on it that are asked for."""
        contact = record.contact
        facts = [self._outcome(record, now), self._identity(contact), *self._spoken(contact)]
        facts += self._reasons(record, now)
        facts += self._topics(record, now)
        note = contact.note or self._say("note.none")
        facts.append(Fact(self._say("label.note"), note))
        facts += self._steps(record, now)
        facts += self._reviews(reviews, record, now)
        return tuple(facts)

    def of_other(self, entry: Entry, now: Moment) -> tuple[Fact, ...]:
        """Return what is no contact: a lesson, a visit, a letter, a note."""
        act = entry.act
        facts = [self._struck_or_not(entry, self._say(f"kind.{entry.kind}"), self._acts.opened(act), now)]
        match act:
            case Teaching():
                facts.append(Fact(self._say("label.learner"), self._learner(act.learner)))
                if act.plan:
                    facts.append(Fact(self._say("label.plan"), act.plan))
            case Visit():
                facts += self._visit(act, now)
            case LetterPrinted():
                facts.append(Fact(self._say("label.language"), self._people.language(act.language)))
                facts.append(Fact(self._say("label.template"), act.template_version))
                facts.append(Fact(self._say("label.agreement"), self._said("agreement", act.agreement)))
            case Note():
                facts[0] = self._struck_or_not(entry, self._say("label.note"), act.text, now)
            case _:
                pass
        return tuple(facts)

    def when(self, act: Act, now: Moment) -> str:
        """Return when it happened, and when it was written down where that was later."""
        at = self._people.done_at(act.occurred_at, now)
        true_day = now.calendar.day_of(act.occurred_at)
        if true_day != now.day_of(act.occurred_at):
            at = self._say("true_day", at=at, day=self._people.day(true_day, now.today))
        if (act.recorded_at - act.occurred_at).total_seconds() <= LATE_SECONDS:
            return at
        return self._say("written_later", at=at, written=self._people.done_at(act.recorded_at, now))

    def _outcome(self, record: Record, now: Moment) -> Fact:
        contact = record.contact
        said = self._acts.opened(contact)
        if contact.number:
            said = self._say("on_number", outcome=said, number=phone_words(contact.number))
        return self._struck_or_not(record.entry, self._say("label.outcome"), said, now)

    def _struck_or_not(self, entry: Entry, label: str, said: str, now: Moment) -> Fact:
        gone = entry.retraction
        if gone is None:
            return Fact(label, said)
        return Fact(
            label,
            "",
            self._taken_back(gone.cause, entry.author, self._people.done_at(gone.occurred_at, now)),
            struck=said,
        )

    def _taken_back(self, cause: str, author: str, at: str) -> str:
        if cause == "undo":
            return self._say("taken_back", author=author, at=at)
        return self._say("taken_back_because", author=author, at=at, cause=cause)

    def _identity(self, contact: Contact) -> Fact:
        label = self._say("label.identity")
        if contact.identity:
            told = ", ".join(self._say(f"identity.{each}") for each in contact.identity)
            return Fact(label, f"{told[:1].upper()}{told[1:]}")
        return Fact(label, self._say("identity.none" if contact.outcome.is_conversation else "identity.not_needed"))

    def _spoken(self, contact: Contact) -> Iterator[Fact]:
        if contact.language and not contact.language.startswith("en"):
            language = self._people.language(contact.language)
            said = language if not contact.interpreter else self._say(
                "with_interpreter", language=language, how=self._said("interpreter", contact.interpreter)
            )  # fmt: skip
            yield Fact(self._say("label.language"), f"{said[:1].upper()}{said[1:]}")

    def _reasons(self, record: Record, now: Moment) -> Iterator[Fact]:
        label = self._say("label.reasons")
        if not record.responses:
            yield Fact(label, self._say("reasons.none"))
        for response, _ in record.responses:
            reason = record.reasons.get(response.reason_id)
            text = self._reason(reason, now) if reason is not None else self._say("reasons.gone")
            answer = self._say("reasons.line", reason=text, answer=self._said("response", response.response))
            yield self._part(label, answer, record, response, now)
            label = ""

    def _reason(self, reason: Reason, now: Moment) -> str:
        if reason.sensitivity is not Sensitivity.ORDINARY:
            return self._say("confidential")
        catalogue = self._words.catalogue
        if not catalogue.has(f"reasons.{reason.sentence}"):
            return reason.rule
        # What comes after the semicolon says how it stands today, not how it was when this was written.
        return sentence(catalogue, reason.sentence, reason.arguments, now.today).split(";", maxsplit=1)[0]

    def _topics(self, record: Record, now: Moment) -> Iterator[Fact]:
        label = self._say("label.topics")
        topics = "; ".join(self._topic(each) for each in record.contact.topics)
        if topics or not record.teachings:
            yield Fact(label, topics or self._say("topics.none"))
            label = ""
        for lesson in record.teachings:
            yield self._part(label, self._acts.opened(lesson), record, lesson, now)
            label = ""

    def _topic(self, topic: str) -> str:
        # The same word as on the screen where it was ticked.
        key = f"call.topic.{topic}"
        return self._words.catalogue.say(key) if self._words.catalogue.has(key) else topic.replace("_", " ")

    def _steps(self, record: Record, now: Moment) -> Iterator[Fact]:
        label = self._say("label.next_step")
        if not record.follow_ups:
            yield Fact(label, self._acts.say("step.nothing"))
        for promise in record.follow_ups:
            yield self._part(label, self._promise(promise, now), record, promise, now)
            label = ""

    def _promise(self, promise: FollowUp, now: Moment) -> str:
        what = self._said_of_acts("step", promise.what)
        return self._say("step.line", what=what, at=self._people.instant(promise.due_at, now))

    def _part(self, label: str, said: str, record: Record, act: Act, now: Moment) -> Fact:
        gone = record.struck.get(act.id)
        if gone is None:
            return Fact(label, said)
        at = self._people.done_at(gone.occurred_at, now)
        return Fact(label, "", self._taken_back(gone.cause, record.entry.author, at), struck=said)

    def _reviews(self, reviews: Sequence[Review], record: Record, now: Moment) -> Iterator[Fact]:
        label = self._say("label.reviews")
        for review in reviews:
            said = self.review(review, record.reviewers.get(review.author_id, ""), now)
            yield Fact(label, said, "\n".join(filter(None, (review.comment, self.scores(review)))))
            label = ""

    def scores(self, review: Review) -> str:
        """Return the items of a review with their scores, empty where none was scored."""
        told = []
        for item, score in (review.scores or {}).items():
            step = ("pass" if score == 1 else "fail") if item == "identity" else score
            told.append(f"{self._said('item', item)}: {self._said('scale', str(step))}")
        return " · ".join(told)

    def review(self, review: Review, reviewer: str, now: Moment) -> str:
        """Return who said what kind of word and when."""
        return self._say(f"by.{review.result}", name=reviewer, at=self._people.done_at(review.occurred_at, now))

    def _visit(self, visit: Visit, now: Moment) -> Iterator[Fact]:
        if visit.starts_at is not None:
            yield Fact(self._say("label.starts"), self._people.instant(visit.starts_at, now))
        told: Sequence[tuple[str, str]] = (
            ("label.place", visit.place),
            ("label.asked", " ".join(filter(None, (visit.asked_of, visit.how_asked.replace("_", " "))))),
            ("label.confirmed_by", visit.confirmed_by),
            ("label.note", visit.note),
        )
        for label, said in told:
            if said:
                yield Fact(self._say(label), said)

    def _learner(self, learner: str) -> str:
        return self._said("learner", learner)

    def _said(self, group: str, value: str) -> str:
        key = f"{group}.{value}"
        return self._say(key) if self._words.catalogue.has(f"{self._words.screen}.{key}") else value.replace("_", " ")

    def _said_of_acts(self, group: str, value: str) -> str:
        key = f"{group}.{value}"
        return self._acts.say(key) if self._words.catalogue.has(f"acts.{key}") else value.replace("_", " ")
