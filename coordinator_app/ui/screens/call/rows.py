"""From the services' values to what the call screen shows: the list, the person, the numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.draft import Draft
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.outreach.priority import due_clock
from coordinator_app.domain.outreach.wording import due_words, full_date
from coordinator_app.domain.person import ContactPoint
from coordinator_app.domain.ranked import Ranked
from coordinator_app.services.chart import Number, PatientPage
from coordinator_app.services.work_queue import QueuePage
from coordinator_app.ui.screens.call.entries import Entries, entries_from
from coordinator_app.ui.screens.call.sheet import FrozenList, Sheet
from coordinator_app.ui.screens.call.wording import CallWords
from coordinator_app.ui.shared.banner import BannerFacts
from coordinator_app.ui.shared.chips import Chip, ChipKind
from coordinator_app.ui.shared.fields import Option
from coordinator_app.ui.shared.marks import TierMark
from coordinator_app.ui.shared.pair_row import PairRow
from coordinator_app.ui.shared.patient_words import phone_words

CHIP_LETTERS = 44
"""A contact instruction up to this long is a chip of the banner; a longer one takes a line of its own."""

LANGUAGES = ("en", "es", "pt", "pl", "vi", "zh", "ru", "fr", "ht", "ar", "ne", "so", "ase")


@dataclass(frozen=True, slots=True)
class SheetMaker:
    """Says a call's sheet for one moment."""

    say: CallWords
    now: Moment

    def sheet(self, page: PatientPage, draft: Draft | None) -> Sheet:
        """Return everything about the person; the safe number stands first."""
        people, member = self.say.people, page.member
        usable = [each for each in page.numbers if each.point.may_call != "no" and each.is_wrong_since is None]
        usable.sort(key=lambda each: (not each.point.preferred, each.point.may_call != "yes"))
        numbers = [*self._others(page), *(Option(self._number(each), each.point.value) for each in usable)]
        if not page.is_minor:
            numbers = numbers[len(numbers) - len(usable) :] + numbers[: len(numbers) - len(usable)]
        wrong = [each for each in page.numbers if each.point.may_call != "no" and each.is_wrong_since is not None]
        numbers += [Option(people.number(each, page.today), each.point.value) for each in wrong]
        safety = people.safety(page)
        open_now = [each.reason for each in page.reasons if each.standing.is_open]
        needs_interpreter = member.interpreter not in {"", "none", "no"}
        return Sheet(
            member_id=member.id,
            name=member.name,
            banner=self._banner(page, safety),
            outcomes=self.say.outcomes(is_minor=page.is_minor),
            safety=safety if len(safety) > CHIP_LETTERS else "",
            look_alike=self._look_alike(page),
            numbers=tuple(numbers),
            number=str(numbers[0].value) if numbers else "",
            notes_of=self._notes(page),
            no_message=frozenset(each.point.value for each in page.numbers if each.point.may_leave_message == "no"),
            languages=tuple(Option(people.language(code), code) for code in self._languages(member.language_spoken)),
            language=member.language_spoken,
            needs_interpreter=self.say.words.say("interpreter.needed") if needs_interpreter else "",
            topics=self.say.topics(open_now),
            reasons=self.say.asked(page),
            taken_up=self._taken_up(draft),
        )

    def frozen(self, queue: QueuePage, member_id: MemberId) -> FrozenList:
        """Return the call list as it stands, with the row that is being called."""
        count = queue.total
        return FrozenList(
            self.say.words.say("list.title", count=count),
            tuple(self._row(each, is_now=each.member_id == member_id) for each in queue.rows),
            member_id,
        )

    def started(self, draft: Draft | None) -> Entries:
        """Return what a draft holds, or nothing."""
        return entries_from(draft.content) if draft is not None else Entries()

    def _row(self, ranked: Ranked, *, is_now: bool) -> PairRow:
        shown, words = ranked.shown, self.say.words
        clock = due_clock(shown.opens_on or self.now.today, ranked.due_on, self.now, shown.kind, ranked.tier)
        due = due_words(words.catalogue, clock, self.now.today, self.now.calendar.closes)
        if clock.words in {"due.none", "due.call_today", "due.open"}:
            second = words.say("list.now_open") if is_now else due[:1].upper() + due[1:]
        else:
            is_late = clock.words == "due.late"
            key = ("list.now_late" if is_late else "list.now") if is_now else ("list.late" if is_late else "list.due")
            second = words.say(key, due=due)
        tier = int(ranked.tier)
        spoken = words.say("list.spoken", tier=self.say.people.tier(tier), name=shown.name, second=second)
        return PairRow(ranked.member_id, shown.name, second, spoken, tier=TierMark(tier))

    def _banner(self, page: PatientPage, safety: str) -> BannerFacts:
        facts = self.say.people.banner(page, self.now)
        chips = tuple(each for each in facts.chips if each.icon != "shield")
        if safety and len(safety) <= CHIP_LETTERS:
            chips = (Chip(safety, ChipKind.QUIET, "shield", keeps=True), *chips)
        # During a call the age of the data gives its place to the instruction.
        return replace(facts, chips=chips, as_of="")

    def _look_alike(self, page: PatientPage) -> str:
        words, catalogue = self.say.words, self.say.words.catalogue
        others = [
            words.say("look_alike.one", name=each.name, born=full_date(catalogue, each.birth_date))
            for each in page.namesakes[:2]
        ]
        if not others:
            return ""
        born = full_date(catalogue, page.member.birth_date)
        return words.say("look_alike", others="; ".join(others), name=page.member.name, born=born)

    def _others(self, page: PatientPage) -> Iterator[Option]:
        """Yield those one may speak to besides: the guardian first, then who may be told."""
        permitted = {each.related_person_id for each in page.reach.permissions if each.holds_on(page.today)}
        related = sorted(page.reach.related, key=lambda each: not each.is_guardian)
        for person in related:
            if person.phone and (person.is_guardian or person.id in permitted):
                words = self.say.words.say(
                    "number.of",
                    relation=self.say.people.relation(person.relation),
                    name=person.name,
                    number=phone_words(person.phone),
                )
                yield Option(words, person.phone)

    def _number(self, number: Number) -> str:
        return f"{self.say.people.kind_of(number.point)} {phone_words(number.point.value)}".strip()

    def _notes(self, page: PatientPage) -> Mapping[str, str]:
        notes = {each.point.value: self._note(each.point) for each in page.numbers}
        withheld = sum(1 for each in page.numbers if each.point.may_call == "no")
        notes[""] = self.say.words.say("number.withheld", count=withheld) if withheld else ""
        return notes

    def _note(self, point: ContactPoint) -> str:
        say = self.say.words.say
        key = {"yes": "number.may_message", "no": "number.no_message"}.get(
            point.may_leave_message, "number.ask_message"
        )
        told = [say(key)]
        if point.safe_hours:
            told.append(say("number.hours", hours=point.safe_hours))
        if point.shared_with:
            told.append(say("number.shared", who=point.shared_with))
        return " · ".join(told)

    def _languages(self, spoken: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys([spoken, *LANGUAGES]))

    def _taken_up(self, draft: Draft | None) -> str:
        if draft is None:
            return ""
        started = entries_from(draft.content).started_at or draft.saved_at
        return self.say.words.say("taken_up", at=self.say.people.done_at(started, self.now))
