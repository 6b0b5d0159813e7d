"""Facts and acts as rows of time, fills as bars, results as lines."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from coordinator_app.domain import short_names
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.draft import Draft
from coordinator_app.domain.outreach.wording import date_words
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.services.chart import PatientPage
from coordinator_app.services.lab_trends import LabTrend
from coordinator_app.services.medicine_list import Medicine
from coordinator_app.services.timeline import TABS, TimelineItem
from coordinator_app.ui.shared.chips import Chip, ChipKind
from coordinator_app.ui.shared.ledger import ReasonLine
from coordinator_app.ui.shared.patient_words import PatientWords, phone_words
from coordinator_app.ui.shared.supply import Supply
from coordinator_app.ui.shared.timeline import TimelineRow
from coordinator_app.ui.shared.trend import Trend

OLD_DAYS = 30
_ICONS = {
    "contact": "call",
    "visit": "visit",
    "teaching": "teach",
    "letter": "letter",
    "note": "note",
    "red_flag": "gap",
    "stay": "hospital",
    "emergency": "hospital",
    "encounter": "visit",
    "procedure": "check",
    "immunization": "drug",
    "medicine": "drug",
    "report": "lab",
}
GAPS = "gaps"
SHOWN_TABS = ("all", "calls", "visits", "letters", GAPS)


@dataclass(frozen=True, slots=True)
class PatientRows:
    """Says rows for one page at one moment."""

    people: PatientWords
    page: PatientPage
    now: Moment

    def timeline(self, tab: str, drafts: tuple[Draft, ...], reasons: tuple[ReasonLine, ...]) -> tuple[TimelineRow, ...]:
        """Return the rows of a tab, newest first; what is being written stands on top."""
        if tab == GAPS:
            return self._gaps(reasons)
        kinds = TABS.get(tab)
        items = (item for item in self.page.timeline if kinds is None or item.kind in kinds)
        written = [self._draft(each) for each in drafts if tab == "all" or (tab == "calls" and each.kind == "call")]
        return (*written, *(self._item(each) for each in items))

    def supply(self, medicine: Medicine) -> Supply:
        """Return a medicine with how long its fills last; never that anything was skipped."""
        is_open = medicine.sensitivity is Sensitivity.ORDINARY
        name = short_names.medicine_name(medicine.name) if is_open else self._say("/reasons.confidential")
        return Supply(name, self._supply_words(medicine), medicine.days_left)

    def _supply_words(self, medicine: Medicine) -> str:
        told, days = "", medicine.days_left
        if medicine.told and medicine.told_on is not None:
            told = self._say(f"supply.told.{medicine.told}", day=self._day(medicine.told_on), dose=medicine.dose)
        if days is not None and days != 0:
            lasts = self._say("supply.left" if days > 0 else "supply.past", count=abs(days))
        elif days == 0:
            lasts = self._say("supply.ends_today")
        else:
            lasts = "" if told else self._say("supply.ordered" if medicine.is_order_only else "supply.unknown")
        return " · ".join(each for each in (told, lasts) if each)

    def trends(self, labs: Iterable[LabTrend]) -> tuple[Trend, ...]:
        """Return a line for each test; the two pressures of one day are one line, as they are read."""
        given = tuple(labs)
        known = [each for each in given if each.last.sensitivity is Sensitivity.ORDINARY]
        high = {each.last.on for each in known if _is(each, short_names.SYSTOLIC)}
        low = {each.last.on: each for each in known if _is(each, short_names.DIASTOLIC)}
        found = []
        for each in given:
            if _is(each, short_names.SYSTOLIC) and each in known and each.last.on in low:
                found.append(self._pressure(each, low[each.last.on]))
            elif not (_is(each, short_names.DIASTOLIC) and each.last.on in high):
                found.append(self.trend(each))
        return tuple(found)

    def trend(self, lab: LabTrend) -> Trend:
        """Return a test with its last value, how old it is, and its course."""
        last = lab.last
        if last.sensitivity is not Sensitivity.ORDINARY:
            return Trend(self._say("/reasons.confidential"), self._day(last.on), "•••", "")
        age = self._say("days_old", count=lab.days_old) if lab.days_old > OLD_DAYS else ""
        values = tuple(each.value for each in lab.values)
        name = short_names.lab_name(lab.code, lab.name, self._lang)
        return Trend(name, self._day(last.on), figure(last.value), short_names.unit_name(last.unit), values, age=age)

    def _pressure(self, high: LabTrend, low: LabTrend) -> Trend:
        upper = self.trend(high)
        value = f"{upper.value}/{figure(low.last.value)}"
        return replace(upper, name=short_names.PRESSURE.to(self._lang), value=value)

    def team_line(self, role: str, phone: str, note: str) -> tuple[str, str]:
        """Return the word for a role, and the line with phone and what may be told."""
        key = f"team.{role}"
        known = self.people.words.catalogue.has(f"patient.{key}")
        word = self._say(key) if known else self.people.relation(role)
        key = f"note.{note}"
        told = self._say(key) if note and self.people.words.catalogue.has(f"patient.{key}") else note
        return word[:1].upper() + word[1:], " · ".join(each for each in (phone_words(phone), told) if each)

    def _item(self, item: TimelineItem) -> TimelineRow:
        waiting = Chip(self._say("waiting_to_send"), ChipKind.QUIET, "waiting") if item.is_waiting else None
        source = item.who or self.people.source(item.source)
        what = short_names.vaccine_name(item.what, self._lang) if item.kind == "immunization" else item.what
        day, below = self._dated(item.on, self.people.time(item.at, self.now) if item.at is not None else "")
        return TimelineRow(
            key=item.id,
            date=day,
            what=what or self.people.words.say("/reasons.confidential"),
            who=source,
            icon=_ICONS.get(item.kind, "gap"),
            time=below,
            chip=waiting,
            is_struck=item.retraction is not None,
        )

    def _draft(self, draft: Draft) -> TimelineRow:
        return TimelineRow(
            key=f"draft/{draft.kind}",
            date=self._day(self.now.day_of(draft.saved_at)),
            what=self._say(f"draft.{draft.kind}"),
            who=self._say("draft.here"),
            icon=_ICONS.get(draft.kind, "note"),
            time=self.people.time(draft.saved_at, self.now),
            chip=Chip(self._say("draft"), ChipKind.ACCENT, "note"),
        )

    def _gaps(self, open_now: tuple[ReasonLine, ...]) -> tuple[TimelineRow, ...]:
        words = {line.key: line.sentence for line in open_now}
        found = []
        for each in self.page.reasons:
            if each.reason.id not in words:
                continue
            opened, below = self._dated(each.reason.opens_on, "")
            due = self._say("gap_due", day=self.people.day(each.due_on, self.page.today)) if each.due_on else ""
            since = self._say("gap_open", day=self._day(each.reason.opens_on))
            found.append(
                TimelineRow(
                    key=each.reason.id,
                    date=opened,
                    what=words[each.reason.id],
                    who=" · ".join(part for part in (since, due) if part),
                    icon="gap",
                    time=below,
                )
            )
        return tuple(found)

    @property
    def _lang(self) -> str:
        return self.people.words.lang

    def _dated(self, on: date, time: str) -> tuple[str, str]:
        """Return a day and what stands under it: the time, or the year where the year is what one needs to know."""
        said = self._day(on)
        year = f"-{on.year:04d}"
        return (said.removesuffix(year), f"{on.year:04d}") if said.endswith(year) else (said, time)

    def _day(self, day: date) -> str:
        return date_words(self.people.words.catalogue, day, self.page.today)

    def _say(self, key: str, **values: object) -> str:
        return self.people.words.say(key, **values)


def _is(lab: LabTrend, names: frozenset[str]) -> bool:
    return lab.code in names or lab.name.casefold() in names


def figure(value: float) -> str:
    """Return a measured value with as many places as anybody reads: 4.9, 48, 139."""
    text = f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}"
    return text.removesuffix(".0")
