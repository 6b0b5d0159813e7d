"""A person in words for every screen about one: identity, banner, reasons with points, what is not known.

The sentences are those of ``patient.json``; a screen hands in the services' values and shows what it gets back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from coordinator_app.domain import short_names
from coordinator_app.domain.calendar import Moment, age_on
from coordinator_app.domain.outreach.standing import WOKEN
from coordinator_app.domain.outreach.wording import caveats, date_words, full_date, point_words, sentence
from coordinator_app.domain.person import ContactPoint
from coordinator_app.domain.ranked import Shown
from coordinator_app.domain.reasons import Evidence, ReasonKind
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.services.chart import Number, PatientPage
from coordinator_app.services.ledger import ShownReason
from coordinator_app.services.own_reasons import is_own
from coordinator_app.ui.shared.banner import BannerDetail, BannerFacts
from coordinator_app.ui.shared.chips import Chip, ChipKind
from coordinator_app.ui.shared.identity import Identity
from coordinator_app.ui.shared.ledger import PointLine, ReasonLine
from coordinator_app.ui.shared.marks import TierMark
from coordinator_app.ui.shared.wording import Words

_EVIDENCE_SHOWN: Final = 2
_NO_INTERPRETER: Final = frozenset({"", "none", "no"})


def phone_words(number: str) -> str:
    """Return an American number as it is dialed, (413) 555-0142, never broken; any other as it came."""
    digits = number.removeprefix("+1")
    if number.startswith("+1") and len(digits) == 10 and digits.isdigit():
        return f"({digits[:3]})\N{NO-BREAK SPACE}{digits[3:6]}-{digits[6:]}"
    return number


@dataclass(frozen=True, slots=True)
class PatientWords:
    """Says who a person is and why they are on the list, in the language of the window."""

    words: Words

    def day(self, day: date, today: date) -> str:
        """Return a date with its weekday where it is near: "Wed 25-Nov", "4-Dec"."""
        text = date_words(self.words.catalogue, day, today)
        if abs((day - today).days) > 6:
            return text
        weekday = self.words.say("/reasons.weekdays_short").split()[day.weekday()]
        return self.words.say("/reasons.due.near", weekday=weekday, day=text)

    def short_day(self, day: date, today: date) -> str:
        """Return a date without its weekday, where there is little room: "25-Nov"."""
        return date_words(self.words.catalogue, day, today)

    def instant(self, at: datetime, now: Moment) -> str:
        """Return the day and time something is due: "Mon 23-Nov 11:40"."""
        local = now.calendar.local(at)
        return f"{self.day(local.date(), now.today)} {local:%H:%M}"

    def done_at(self, at: datetime, now: Moment) -> str:
        """Return when something was done, on the day it counts for: one day on the whole screen, also a frozen one."""
        local = now.counted(at)
        return f"{self.day(local.date(), now.today)} {local:%H:%M}"

    def time(self, at: datetime, now: Moment) -> str:
        """Return the time of the wall clock: "11:40"."""
        return f"{now.calendar.local(at):%H:%M}"

    def language(self, code: str) -> str:
        """Return a language's name, or its code where we have no name."""
        key = f"language.{code.split('-', maxsplit=1)[0]}"
        return self.words.say(key) if self.words.catalogue.has(f"{self.words.screen}.{key}") else code

    def sex(self, sex: str) -> str:
        """Return the word for a sex; unknown in words."""
        return self.words.say(f"sex.{sex if sex in {'female', 'male', 'other'} else 'unknown'}")

    def speaks(self, language: str) -> str:
        """Return "Speaks Spanish", nothing for English."""
        return "" if language.startswith("en") else self.words.say("speaks", language=self.language(language))

    def born(self, birth_date: date, today: date) -> str:
        """Return "Born 14-Jul-1945 (81 y)"."""
        day = full_date(self.words.catalogue, birth_date)
        return self.words.say("born", day=day, age=age_on(birth_date, today))

    def preferred(self, name: str) -> str:
        """Return the name to use, in quotation marks."""
        return self.words.say("preferred", name=name) if name else ""

    def identity(self, page: PatientPage) -> Identity:
        """Return the four facts in their order."""
        member = page.member
        return Identity(
            name=member.name,
            born=self.born(member.birth_date, page.today),
            sex=self.sex(member.sex),
            number=self.words.say("id", number=member.member_number),
            preferred=self.preferred(page.reach.profile.name_to_use or member.preferred),
            speaks=self.speaks(member.language_spoken),
        )

    def identity_of_row(self, shown: Shown, today: date) -> Identity:
        """Return the four facts a row of the list already knows, until the page has come."""
        return Identity(
            name=shown.name,
            born=self.born(shown.birth_date, today) if shown.birth_date else "",
            sex=self.sex(shown.sex),
            number=self.words.say("id", number=shown.member_number),
            preferred=self.preferred(shown.preferred),
            speaks=self.speaks(shown.language),
        )

    def number(self, number: Number, today: date) -> str:
        """Return how a number may be used: "mobile (413) 555-0142, reached 2-Nov"."""
        point = number.point
        told = [f"{self.kind_of(point)} {phone_words(point.value)}".strip()]
        if number.is_wrong_since is not None:
            told.append(self.words.say("number.wrong", day=self.day(number.is_wrong_since, today)))
        elif point.may_call == "no":
            told.append(self.words.say("number.do_not_call"))
        elif number.reached_on is not None:
            told.append(self.words.say("number.reached", day=self.day(number.reached_on, today)))
        return ", ".join(told)

    def kind_of(self, point: ContactPoint) -> str:
        """Return the word for a kind of number; a technology that is not voice is said too."""
        key = f"number.kind.{point.technology if point.technology not in {'', 'voice'} else point.kind}"
        return self.words.say(key) if self.words.catalogue.has(f"{self.words.screen}.{key}") else point.kind

    def safety(self, page: PatientPage) -> str:
        """Return the instructions for contact, whom to call instead first; never their cause."""
        told = []
        if page.is_minor and page.guardian is not None:
            told.append(
                self.words.say("call_instead", relation=self.relation(page.guardian.relation), name=page.guardian.name)
            )
            if page.guardian.custody_note:
                told.append(page.guardian.custody_note)
        profile = page.reach.profile
        if profile.instructions:
            told.append(profile.instructions)
        elif profile.special_contact:
            told.append(self.words.say("ask_before_contact"))
        return " ".join(told)

    def relation(self, relation: str) -> str:
        """Return the word for who somebody is to the patient."""
        key = f"relation.{relation}"
        return self.words.say(key) if self.words.catalogue.has(f"{self.words.screen}.{key}") else relation

    def interpreter(self, page: PatientPage) -> str:
        """Return the language with whether an interpreter is needed."""
        member = page.member
        if member.language_spoken.startswith("en") and member.interpreter in _NO_INTERPRETER:
            return ""
        key = "with_interpreter"
        if member.interpreter in _NO_INTERPRETER:
            # Nobody said that none is needed where nobody said anything.
            key = "no_interpreter" if member.interpreter else "interpreter_unknown"
        return self.words.say(key, language=self.language(member.language_spoken))

    def banner(self, page: PatientPage, now: Moment) -> BannerFacts:
        """Return all a banner over the screen shows."""
        details = []
        usable = [each for each in page.numbers if each.is_wrong_since is None] or list(page.numbers)
        if usable:
            point = usable[0].point
            short = f"{self.kind_of(point)} {phone_words(point.value)}".strip()
            # A caution is never left out for want of room.
            short = "" if point.may_call == "no" or usable[0].is_wrong_since else short
            details.append(BannerDetail("call", self.number(usable[0], page.today), short))
        else:
            details.append(BannerDetail("call", self.words.say("no_number")))
        if words := self.interpreter(page):
            details.append(BannerDetail("globe", words, self.language(page.member.language_spoken)))
        doctor = next((each for each in page.care_team if each.role == "pcp"), None)
        if doctor is not None:
            details.append(BannerDetail("team", ", ".join(filter(None, (doctor.name, doctor.note))), doctor.name))
        return BannerFacts(
            self.identity(page),
            tuple(details),
            self.chips(page),
            self.words.say("data_as_of", day=self.done_at(page.data_as_of, now)) if page.data_as_of else "",
            self.deceased(page),
        )

    def chips(self, page: PatientPage) -> tuple[Chip, ...]:
        """Return what stands at the right of a banner: special contact, similar name."""
        chips = []
        if page.reach.profile.special_contact or (page.is_minor and page.guardian):
            chips.append(Chip(self.words.say("special_contact"), ChipKind.QUIET, "shield", keeps=True))
        if page.namesakes:
            born = [full_date(self.words.catalogue, each.birth_date) for each in page.namesakes[:2]]
            chips.append(Chip(self.words.say("similar_born", days=", ".join(born)), ChipKind.CAUTION, "patient", True))  # noqa: FBT003
        return tuple(chips)

    def deceased(self, page: PatientPage) -> str:
        """Return the sentence over a person told as dead; one of a feed says that it asks for a person's word."""
        if page.held is None or page.held.cause not in {"deceased", "death_reported"}:
            return ""
        day = full_date(self.words.catalogue, page.held.since) if page.held.since else self.words.say("day_unknown")
        return self.words.say(f"{page.held.cause}", day=day, source=self.source(page.held.source))

    def source(self, source: str) -> str:
        """Return a source's name in words, or its own name."""
        key = f"source.{source}"
        return self.words.say(key) if self.words.catalogue.has(f"{self.words.screen}.{key}") else source

    def reasons(
        self,
        reasons: Iterable[ShownReason],
        today: date,
        *,
        tries: int = 0,
        records_to: date | None = None,
        opens: bool = False,
    ) -> tuple[ReasonLine, ...]:
        """Return the ledger; a confidential reason says no more than that until ``opens``.

        ``records_to`` is the day the records reach to that have no trace of what is missing.
        """
        return tuple(
            self._reason(each, today, tries, each.data_as_of or records_to, opens=opens)
            for each in reasons
            if each.standing.is_open
        )

    def tier(self, tier: int) -> str:
        """Return the word of a tier."""
        return self.words.say(f"tier.{tier}")

    def not_known(self, page: PatientPage) -> tuple[str, ...]:
        """Return what is not known about a person and their reasons, each as a sentence."""
        ordinary = [each for each in page.reasons if each.standing.is_open and not each.is_confidential]
        found = [
            caveat for each in ordinary for caveat in caveats(self.words.catalogue, each.reason.arguments, page.today)
        ]
        if not page.numbers:
            found.append(self.words.say("no_number"))
        elif all(each.is_wrong_since for each in page.numbers):
            found.append(self.words.say("no_right_number"))
        if page.member.sex not in {"female", "male", "other"}:
            found.append(self.words.say("sex_not_known"))
        return tuple(dict.fromkeys(found))

    def _reason(
        self, shown: ShownReason, today: date, tries: int, data_as_of: date | None, *, opens: bool
    ) -> ReasonLine:
        reason, catalogue = shown.reason, self.words.catalogue
        mark, tier = TierMark(int(shown.tier)), self.tier(int(shown.tier))
        if reason.sensitivity is not Sensitivity.ORDINARY and not opens:
            closed = self.words.say("confidential_evidence")
            return ReasonLine(reason.id, mark, tier, self.words.say("/reasons.confidential"), closed, str(shown.total))
        text = (
            sentence(catalogue, reason.sentence, reason.arguments, today, tries=tries, data_as_of=data_as_of)
            if catalogue.has(f"reasons.{reason.sentence}")
            else self.words.say("unknown_rule", rule=reason.rule, version=reason.rule_version)
        )
        points = tuple(PointLine(point_words(catalogue, each), str(each.points)) for each in shown.points)
        below = " · ".join((*self._said(shown, today), self._evidence(shown, today)))
        return ReasonLine(reason.id, mark, tier, text, below, str(shown.total), points)

    def _said(self, shown: ShownReason, today: date) -> list[str]:
        """Return what a nurse said of the reason that still shows: its place in the rank, or that news woke it."""
        move, standing, told = shown.move, shown.standing, []
        if move is not None:
            day = date_words(self.words.catalogue, move.until, today)
            told.append(self.words.say(f"move.mark.{move.how}", day=day, tier=self.tier(int(move.ruled))))
        if standing.why == WOKEN and standing.since is not None:
            told.append(self.words.say("woken", day=date_words(self.words.catalogue, standing.since, today)))
        return told

    def _evidence(self, shown: ShownReason, today: date) -> str:
        if is_own(shown.reason):
            on = shown.reason.evidence_on
            return self.words.say("own_on" if on else "own", day=self.day(on, today) if on else "")
        told = [self._stay(shown, today)] if shown.reason.kind is ReasonKind.DISCHARGE else []
        if not any(told):
            # A risk score rests on years of visits: what lies nearest to the reason itself is what is read.
            newest = sorted(shown.reason.evidence, key=lambda each: each.on or date.min, reverse=True)
            told = [self._fact(each, today) for each in newest[:_EVIDENCE_SHOWN]]
        sources = dict.fromkeys(self.source(each.source) for each in shown.reason.evidence if each.source)
        if shown.data_as_of is not None:
            day = date_words(self.words.catalogue, shown.data_as_of, today)
            told.append(self.words.say("source_as_of", source=", ".join(sources), day=day))
        else:
            told += sources
        return " · ".join(each for each in told if each) or self.words.say("nothing_on_record")

    def _fact(self, evidence: Evidence, today: date) -> str:
        day = date_words(self.words.catalogue, evidence.on, today) if evidence.on else ""
        return f"{short_names.short(evidence.what, self.words.lang)} {day}".strip()

    def _stay(self, shown: ShownReason, today: date) -> str:
        """Return the stay a discharge is about, whose other evidence only fed the score; nothing where none is told."""
        told = [str(shown.reason.arguments.get(name) or "") for name in ("admitted_on", "discharged_on")]
        if not all(told):
            return ""
        came, left = (date_words(self.words.catalogue, date.fromisoformat(each), today) for each in told)
        return self.words.say("evidence_stay", came=came, left=left)
