"""The words of the review screen: tabs, rows, filters, items, and the record beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from coordinator_app.domain.activity import Act, Contact, Outcome, Review
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.ids import MemberId, StaffId
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.services.act_words import ActWords
from coordinator_app.services.emergency_notice import Noticed
from coordinator_app.services.reviewing import SEEN_AT_ONCE, Entry, Record
from coordinator_app.ui.screens.review.emergency_words import emergency_words
from coordinator_app.ui.screens.review.record_words import RecordWords
from coordinator_app.ui.screens.review.rows import Given, Item, ListState, RecordState
from coordinator_app.ui.shared.chips import Chip, ChipKind
from coordinator_app.ui.shared.fields import Option
from coordinator_app.ui.shared.pair_row import PairRow
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.tabs import Tab
from coordinator_app.ui.shared.wording import Words

TO_REVIEW, REVIEWED, ALL, RETURNED, MINE = "to_review", "reviewed", "all", "returned", "mine"
NOT_SCORED: Final = 0
TALKED: Final = ("identity", "reasons", "said_back", "next_step")
NOT_TALKED: Final = ("next_step",)
"""What is scored: of a talk four items, of a try only what comes next."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read for the lists: contacts for the first tabs, everything for the last."""

    contacts: tuple[Entry, ...]
    everything: tuple[Entry, ...]
    now: Moment
    emergencies: tuple[Noticed, ...] = ()


class ReviewWording:
    """Says the review screen for a supervisor, or for a coordinator about her own work."""

    def __init__(self, words: Words, acts: ActWords, people: PatientWords, *, is_supervisor: bool, me: StaffId) -> None:
        self._words, self._acts, self._people = words, acts, people
        self._say = words.say
        self._is_supervisor, self._me = is_supervisor, me
        self._records = RecordWords(words, acts, people)

    @property
    def tabs(self) -> tuple[str, ...]:
        """The parts of the list, the first shown first."""
        return (TO_REVIEW, REVIEWED, ALL) if self._is_supervisor else (RETURNED, MINE)

    def part(self, seen: Seen, tab: str) -> tuple[Entry, ...]:
        """Return the entries of a part, newest first; of what came back, those still open first."""
        match tab:
            case "to_review":
                return tuple(each for each in seen.contacts if self._is_to_review(each))
            case "reviewed":
                return tuple(each for each in seen.contacts if each.review is not None)
            case "returned":
                back = [each for each in seen.contacts if _is_returned(each)]
                return tuple(sorted(back, key=lambda each: is_answered(each, seen.everything)))
            case _:
                return seen.everything

    def list_state(
        self, seen: Seen, tab: str, authors: dict[StaffId, str], nurse: StaffId | None, outcome: str | None
    ) -> ListState:
        """Return the list side."""
        rows = tuple(self._row(each, seen) for each in self.part(seen, tab))
        return ListState(
            tabs=tuple(Tab(each, self._say(f"tab.{each}"), self._count(seen, each)) for each in self.tabs),
            tab=tab,
            rows=rows,
            sorted_words=self._say("sorted" if self._is_supervisor else "sorted.mine"),
            nurses=self._nurses(authors) if self._is_supervisor else (),
            outcomes=self._outcomes(),
            nurse=nurse or "",
            outcome=outcome or "",
            empty="" if rows else self._say(f"empty.{'filtered' if nurse or outcome else tab}"),
            notice=emergency_words(self._words, self._people, seen.emergencies, seen.now),
        )

    def of_contact(self, record: Record, given: Given, now: Moment, *, opens: bool, answered: bool) -> RecordState:
        """Return a contact to read, and to score where a supervisor may."""
        is_closed = record.contact.sensitivity is not Sensitivity.ORDINARY and not opens
        # Her supervisor's last word stands above the record, so it is not said again in it.
        reviews = record.reviews if self._is_supervisor else record.reviews[:-1]
        facts = self._records.closed() if is_closed else self._records.of_contact(record, now, reviews)
        why_not = self._why_not(record.entry)
        last = record.entry.review
        shows_word = last is not None and not self._is_supervisor
        state = self._state(record.entry, now)
        return RecordState(
            key=state.key,
            title=state.title,
            under=state.under,
            facts=facts,
            word=self._word(last) if last is not None and shows_word else "",
            word_by=self._records.review(last, record.entry.reviewer, now) if last is not None and shows_word else "",
            items=() if why_not else self._items(record.contact),
            scores=given.scores,
            comment=given.comment,
            why_not=self._answer_words(answered=answered) if shows_word and _is_returned(record.entry) else why_not,
            is_closed=is_closed,
        )

    def of_other(self, entry: Entry, now: Moment, *, opens: bool) -> RecordState:
        """Return what is no contact; it is read and not scored."""
        is_closed = entry.act.sensitivity is not Sensitivity.ORDINARY and not opens
        state = self._state(entry, now)
        return RecordState(
            key=state.key,
            title=state.title,
            under=state.under,
            facts=self._records.closed() if is_closed else self._records.of_other(entry, now),
            why_not=self._say("why_not.kind") if self._is_supervisor else "",
            is_closed=is_closed,
        )

    def _state(self, entry: Entry, now: Moment) -> RecordState:
        told = [
            entry.member_name or self._say("member_gone"),
            self._people.words.say("id", number=entry.member_number) if entry.member_number else "",
            self._say("wrote", name=entry.author or self._say("author_unknown"), at=self._records.when(entry.act, now)),
            self._say("waiting") if entry.is_waiting else "",
        ]
        return RecordState(entry.act.id, self._say("record"), " · ".join(filter(None, told)), ())

    def _row(self, entry: Entry, seen: Seen) -> PairRow:
        at = self._people.done_at(entry.act.occurred_at, seen.now)
        title = entry.author if self._is_supervisor else entry.member_name
        title = title or self._say("author_unknown" if self._is_supervisor else "member_gone")
        second = self._acts.of(entry.act)
        chip = self._chip(entry, seen)
        sentence = ". ".join(filter(None, (title, at, second, chip.words if chip else "")))
        return PairRow(entry.act.id, title, second, sentence, aside=at, chip=chip)

    def _chip(self, entry: Entry, seen: Seen) -> Chip | None:
        if entry.is_struck:
            return Chip(self._say("chip.taken_back"), ChipKind.QUIET)
        if _is_returned(entry):
            if not self._is_supervisor and is_answered(entry, seen.everything):
                return Chip(self._say("chip.answered"), ChipKind.QUIET)
            return Chip(self._say("chip.returned"), ChipKind.CAUTION)
        if entry.review is not None and (entry.review.comment or not self._is_supervisor):
            return Chip(self._say("chip.comment" if entry.review.comment else "chip.reviewed"), ChipKind.QUIET)
        return Chip(self._say("waiting"), ChipKind.QUIET) if entry.is_waiting else None

    def _count(self, seen: Seen, tab: str) -> str:
        count = len(self.part(seen, tab))
        return f"{count}+" if count >= SEEN_AT_ONCE else str(count)

    def _nurses(self, authors: dict[StaffId, str]) -> tuple[Option, ...]:
        named = sorted(authors.items(), key=lambda each: each[1])
        return (Option(self._say("filter.all_nurses"), ""), *(Option(name, staff) for staff, name in named))

    def _outcomes(self) -> tuple[Option, ...]:
        each = (Option(self._acts.say(f"outcome.{outcome}"), outcome.value) for outcome in Outcome)
        return (Option(self._say("filter.all_outcomes"), ""), *each)

    def _is_to_review(self, entry: Entry) -> bool:
        return entry.review is None and not entry.is_struck and entry.act.author_id != self._me

    def _why_not(self, entry: Entry) -> str:
        if not self._is_supervisor:
            return self._say("why_not.mine") if entry.review is None else " "
        if entry.act.author_id == self._me:
            return self._say("why_not.own_work")
        return self._say("why_not.struck") if entry.is_struck else ""

    def _word(self, review: Review) -> str:
        told = (review.comment, self._records.scores(review))
        return "\n".join(filter(None, told)) or self._say("word.none")

    def _answer_words(self, *, answered: bool) -> str:
        return self._say("answer.given" if answered else "answer.how")

    def _items(self, contact: Contact) -> tuple[Item, ...]:
        return tuple(
            Item(each, self._say(f"item.{each}"), self._scale(each))
            for each in (TALKED if contact.outcome.is_conversation else NOT_TALKED)
        )

    def _scale(self, item: str) -> tuple[Option, ...]:
        if item == "identity":
            return (Option(self._say("scale.pass"), 1), Option(self._say("scale.fail"), 3))
        steps = [Option(self._say(f"scale.{each}"), each) for each in (1, 2, 3)]
        return (*steps, Option(self._say("scale.none"), NOT_SCORED)) if item == "said_back" else tuple(steps)


def is_answered(entry: Entry, mine: Sequence[Entry]) -> bool:
    """Say whether the author wrote anything about the same person after the record came back."""
    if entry.review is None:
        return False
    after = entry.review.occurred_at
    return any(_is_about(each.act, entry.act.member_id) and each.act.recorded_at > after for each in mine)


def authors_of(entries: Iterable[Entry]) -> dict[StaffId, str]:
    """Return everybody who wrote something, by name."""
    return {each.act.author_id: each.author for each in entries if each.author}


def _is_about(act: Act, member_id: MemberId) -> bool:
    return act.member_id == member_id


def _is_returned(entry: Entry) -> bool:
    return entry.review is not None and entry.review.result == "returned" and not entry.is_struck
