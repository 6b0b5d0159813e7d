"""Ranked people as rows of the list: who, why in one sentence, when it is due."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from coordinator_app.domain.calendar import Moment, age_on
from coordinator_app.domain.outreach.priority import due_clock
from coordinator_app.domain.outreach.terms import ProtocolTerms
from coordinator_app.domain.outreach.wording import date_words, due_words, sentence
from coordinator_app.domain.ranked import Ranked, Tab
from coordinator_app.domain.reasons import ReasonKind, Tier
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.services.ranking import CONFIDENTIAL
from coordinator_app.services.work_queue import SourceAge
from coordinator_app.ui.screens.today.cautions import caution_chips
from coordinator_app.ui.shared.chips import Chip, ChipKind
from coordinator_app.ui.shared.marks import TierMark, Try
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.queue_row import QueueRow
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.wording import Words

_TONES = {"late": Tone.URGENT, "today": Tone.URGENT, "next": Tone.HIGH}
_DATED = frozenset({"due.on", "due.today"})
Due = tuple[str, Tone, float | None]
_MESSAGES = frozenset({"left_message", "voicemail_full"})
_KNOWN_SEXES = frozenset({"female", "male"})


@dataclass(frozen=True, slots=True)
class RowMaker:
    """Says rows for one moment; ``drafts`` are the people with an unfinished form."""

    words: Words
    people: PatientWords
    now: Moment
    drafts: frozenset[str] = frozenset()
    records_to: date | None = None
    wanted: Mapping[str, str] | None = None
    protocol: ProtocolTerms | None = None
    clocks: dict[tuple[date, date | None, ReasonKind | None, Tier], Due] = field(default_factory=dict)
    """Deadlines already said: a list of thousands has few different ones."""

    def row(self, ranked: Ranked) -> QueueRow:
        """Return one person's row."""
        shown = ranked.shown
        due, tone, gone = self._due(ranked)
        reason = self.reason(ranked)
        age_sex, spoken = self._age_sex(ranked)
        chips = self._chips(ranked)
        is_out = ranked.tab is Tab.NOT_LISTED
        tries = f"{len(shown.tries)}" if shown.tries and not is_out else ""
        more = 0 if is_out else shown.more
        tier_word = self.people.tier(int(ranked.tier))
        said = (
            self.words.say("not_listed_word") if is_out else tier_word,
            f"{shown.name}, {spoken}" if spoken else shown.name,
            reason,
            self.words.say("more_spoken", count=more) if more else "",
            self.words.say("due_spoken", when=due) if due and self._is_dated(ranked) else due,
            self.words.say("tries_spoken", made=tries, allowed=shown.tries_allowed) if tries else "",
            *(chip.words for chip in chips),
        )
        return QueueRow(
            key=ranked.member_id,
            tier=None if is_out else TierMark(int(ranked.tier)),
            tier_word="" if is_out else tier_word,
            name=shown.name,
            age_sex=age_sex,
            reason=reason,
            due_words=due,
            sentence=". ".join(part for part in said if part) + ".",
            due_tone=tone,
            gone=gone,
            state_mark=self._mark(ranked),
            chips=chips,
            more=self.words.say("more", count=more) if more else "",
            more_short=self.words.say("more_short", count=more) if more else "",
            attempts=self._attempts(ranked) if tries else (),
            tries_words=self.words.say("tries", made=tries, allowed=shown.tries_allowed) if tries else "",
        )

    def reason(self, ranked: Ranked) -> str:
        """Return the second line: why, what came of it today, or why the person is kept out."""
        shown = ranked.shown
        if ranked.tab is Tab.NOT_LISTED:
            return self._kept_out(ranked)
        if ranked.tab is Tab.DONE_TODAY and shown.outcome:
            outcome = self.words.say(f"/acts.outcome.{shown.outcome}")
            if shown.back_on is None:
                return self.words.say("done", outcome=outcome)
            return self.words.say("done_next", outcome=outcome, day=self.people.day(shown.back_on, self.now.today))
        return self._why(ranked)

    def _kept_out(self, ranked: Ranked) -> str:
        shown = ranked.shown
        cause = self.words.say(f"/reasons.cause.{shown.cause}")
        source = self.people.source(shown.source) if shown.source else self.words.say("unknown_source")
        if shown.back_on is None:
            return self.words.say("kept_out", cause=cause, source=source)
        by = self.people.day(shown.back_on, self.now.today)
        return self.words.say("kept_out_confirm", cause=cause, source=source, day=by)

    def _why(self, ranked: Ranked) -> str:
        shown, catalogue = ranked.shown, self.words.catalogue
        if shown.sensitivity is not Sensitivity.ORDINARY:
            return catalogue.say("reasons.confidential")
        if not shown.sentence:
            return self.words.say("promised" if shown.back_on or shown.done_at else "no_reason")
        if not catalogue.has(f"reasons.{shown.sentence}"):
            return self.words.say(f"kind.{shown.kind or ReasonKind.FOLLOW_UP}")
        return sentence(
            catalogue,
            shown.sentence,
            shown.arguments,
            self.now.today,
            tries=len(shown.tries),
            data_as_of=self.records_to,
        )

    def _is_dated(self, ranked: Ranked) -> bool:
        clock = due_clock(self.now.today, ranked.due_on, self.now, ranked.shown.kind, ranked.tier)
        return ranked.tab is Tab.CALL_TODAY and clock.words in _DATED

    def _due(self, ranked: Ranked) -> Due:
        shown, today = ranked.shown, self.now.today
        catalogue = self.words.catalogue
        match ranked.tab:
            case Tab.DONE_TODAY:
                at = shown.done_at
                return (self.people.time(at, self.now) if at else "", Tone.SECOND, None)
            case Tab.NOT_LISTED:
                since = self.words.say("since", day=date_words(catalogue, shown.on, today)) if shown.on else ""
                return since, Tone.SECOND, None
            case Tab.WAITING if shown.back_on is not None:
                return self.words.say("back", day=self.people.day(shown.back_on, today)), Tone.SECOND, None
            case Tab.DUE_SOON if shown.back_on is not None:
                return self.words.say("opens", day=self.people.day(shown.back_on, today)), Tone.SECOND, None
        asked = shown.opens_on or today, ranked.due_on, shown.kind, ranked.tier
        if asked not in self.clocks:
            opens_on, due_on, kind, tier = asked
            clock = due_clock(opens_on, due_on, self.now, kind, tier)
            words = due_words(catalogue, clock, today, self.now.calendar.closes)
            self.clocks[asked] = words, _TONES.get(clock.tone, Tone.SECOND), clock.share
        return self.clocks[asked]

    def _age_sex(self, ranked: Ranked) -> tuple[str, str]:
        shown = ranked.shown
        if shown.birth_date is None:
            return "", ""
        sex = shown.sex if shown.sex in _KNOWN_SEXES else "other"
        age = age_on(shown.birth_date, self.now.today)
        return self.words.say(f"age_sex.{sex}", age=age), self.words.say(f"spoken.{sex}", age=age)

    def _chips(self, ranked: Ranked) -> tuple[Chip, ...]:
        shown, say = ranked.shown, self.words.say
        chips = []
        if shown.call_instead:
            relation, _, name = shown.call_instead.partition(", ")
            who = f"{self.people.relation(relation)}, {name}"
            chips.append(Chip(say("chip.call_instead", who=who), ChipKind.QUIET, "team", keeps=True))
        if ranked.member_id in self.drafts:
            chips.append(Chip(say("chip.draft"), ChipKind.ACCENT, "note"))
        if not shown.language.startswith("en"):
            chips.append(Chip(self.people.language(shown.language)))
        if "interpreter" in shown.tags:
            chips.append(Chip(say("chip.interpreter")))
        if "no_phone" in shown.tags:
            chips.append(Chip(say("chip.no_phone"), ChipKind.QUIET))
        chips += self._news(ranked)
        if shown.special_contact:
            chips.append(Chip(say("chip.special"), ChipKind.QUIET, "shield", keeps=True))
        if shown.has_namesake:
            chips.append(Chip(say("chip.similar"), ChipKind.CAUTION, "patient", keeps=True))
        return (*chips, *caution_chips(shown, self.now, self.protocol, self.words, self.people))

    def _news(self, ranked: Ranked) -> Iterator[Chip]:
        """Yield what is newer than the last contact, which visit nobody answered, and a minor without a guardian."""
        shown, say = ranked.shown, self.words.say
        if self._is_changed(ranked) and shown.changed != shown.kind:
            what = say("/reasons.confidential") if shown.changed == CONFIDENTIAL else say(f"kind.{shown.changed}")
            yield Chip(say("chip.changed", what=what[:1].lower() + what[1:]), ChipKind.QUIET)
        if shown.asked_on is not None and shown.sentence != "visit_unanswered":
            day = self.people.short_day(shown.asked_on, self.now.today)
            yield Chip(say("chip.asked", day=day), ChipKind.QUIET, "visit")
        if "minor" in shown.tags and not shown.call_instead:
            yield Chip(say("chip.no_guardian"), ChipKind.CAUTION, "team", keeps=True)

    def _mark(self, ranked: Ranked) -> str:
        if self.wanted and not fits(ranked, self.wanted):
            return self.words.say("mark.pinned")
        if ranked.member_id in self.drafts:
            return self.words.say("mark.draft")
        if self.is_new(ranked):
            return self.words.say("mark.new")
        return self.words.say("mark.changed") if self._is_changed(ranked) else ""

    def _is_changed(self, ranked: Ranked) -> bool:
        return ranked.tab is Tab.CALL_TODAY and bool(ranked.shown.changed)

    def is_new(self, ranked: Ranked) -> bool:
        """Say whether the person came onto the list today."""
        shown = ranked.shown
        is_today = shown.opens_on == self.now.today and not shown.tries
        return ranked.tab is Tab.CALL_TODAY and (shown.is_new or is_today)

    def _attempts(self, ranked: Ranked) -> tuple[Try, ...]:
        made = [Try.MESSAGE if each in _MESSAGES else Try.NO_ANSWER for each in ranked.shown.tries]
        free = max(0, ranked.shown.tries_allowed - len(made))
        return (*made[-6:], *(Try.FREE for _ in range(free)))


def fits(ranked: Ranked, wanted: Mapping[str, str]) -> bool:
    """Say whether a row fits the filters by itself, or is only pinned through them."""
    shown = ranked.shown
    has: Mapping[str, Callable[[str], bool]] = {
        "language": lambda value: shown.language == value,
        "tier": lambda value: int(ranked.tier) == int(value),
        "kind": lambda value: value in shown.kinds,
        "tag": lambda value: value in shown.tags,
    }
    return all(has[name](value) for name, value in wanted.items())


def records_to(ages: Iterable[SourceAge]) -> date | None:
    """Return the day up to which every source has told what it knows."""
    return min((age.data_as_of for age in ages if age.data_as_of is not None), default=None)
