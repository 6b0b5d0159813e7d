"""The page of a person in words."""

from datetime import date

from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.call import is_answered_by_call
from coordinator_app.domain.draft import Draft
from coordinator_app.domain.outreach.wording import full_date
from coordinator_app.services.chart import OwedStep, PatientPage
from coordinator_app.ui.screens.patient.rows import SHOWN_TABS, PatientRows
from coordinator_app.ui.screens.patient.states import PatientState
from coordinator_app.ui.shared.facts import Fact
from coordinator_app.ui.shared.patient_facts import PatientFacts
from coordinator_app.ui.shared.tabs import Tab
from coordinator_app.ui.shared.tokens import Tone

MOST_MEDICINES, MOST_LABS = 12, 8


class PatientWording:
    """Says everything of the Patient screen."""

    def __init__(self, facts: PatientFacts) -> None:
        self._facts, self._people = facts, facts.people
        self._say = facts.people.words.say

    def state(
        self, page: PatientPage, now: Moment, drafts: tuple[Draft, ...], *, tries: int = 0, opens: bool = False
    ) -> PatientState:
        """Return the page; ``opens`` shows confidential reasons too."""
        rows = PatientRows(self._people, page, now)
        reasons = self._people.reasons(page.reasons, page.today, tries=tries, opens=opens)
        timeline = {tab: rows.timeline(tab, drafts, reasons) for tab in SHOWN_TABS}
        labs = rows.trends(page.labs)
        more_medicines, more_labs = len(page.medicines) - MOST_MEDICINES, len(labs) - MOST_LABS
        return PatientState(
            member_id=page.member.id,
            name=page.member.name,
            banner=self._people.banner(page, now),
            safety=self._people.safety(page),
            reasons=reasons,
            facts=tuple(fact for fact in self._facts.about(page, now) if fact.label != self._say("visit")),
            steps=self._steps(page, now),
            tabs=tuple(Tab(tab, self._say(f"tab.{tab}"), str(len(timeline[tab]))) for tab in SHOWN_TABS),
            timeline=timeline,
            history=self._history(page),
            medicines=tuple(rows.supply(each) for each in page.medicines[:MOST_MEDICINES]),
            medicines_foot=self._medicines_foot(page, more_medicines),
            labs=labs[:MOST_LABS],
            labs_foot=self._labs_foot(page, more_labs),
            team=self._team(page, rows),
            has_confidential=any(each.is_confidential and each.standing.is_open for each in page.reasons),
        )

    def _steps(self, page: PatientPage, now: Moment) -> tuple[Fact, ...]:
        found = [
            (each.due_on, self._say("contact_clock"))
            for each in page.reasons
            if each.standing.is_open and is_answered_by_call(each.reason) and each.due_on is not None
        ]
        lines = [self._dated(what, due, now) for due, what in found]
        return (*lines, *(self._step(each, now) for each in page.next_steps))

    def _step(self, step: OwedStep, now: Moment) -> Fact:
        if step.due_at is not None:
            day = now.calendar.day_of(step.due_at)
            if day == now.today:
                return Fact(self._say("step_today", time=self._people.time(step.due_at, now)), step.what)
            return Fact(self._people.day(day, now.today), step.what, self._people.time(step.due_at, now))
        if step.due_on is not None:
            return self._dated(step.what, step.due_on, now)
        return Fact(self._say("step_open"), step.what)

    def _dated(self, what: str, due: date, now: Moment) -> Fact:
        day = self._people.day(due, now.today)
        if due < now.today:
            return Fact(self._say("step_late", day=day), what, tone=Tone.URGENT)
        if due == now.today:
            return Fact(self._say("step_today", time=f"{now.calendar.closes:%H:%M}"), what, tone=Tone.URGENT)
        return Fact(self._say("step_due", day=day), what)

    def _history(self, page: PatientPage) -> str:
        if page.history_from is None:
            return self._say("history_none")
        return self._say("history_from", day=full_date(self._people.words.catalogue, page.history_from))

    def _medicines_foot(self, page: PatientPage, more: int) -> str:
        if not page.medicines:
            return self._say("medicines_none")
        filled = [each.source for each in page.medicines if each.source and not each.told]
        sources = dict.fromkeys(self._people.source(each) for each in filled)
        told = [self._say("fills_as_of", source=", ".join(sources))] if sources else []
        if more > 0:
            told.append(self._say("more_medicines", count=more))
        return ". ".join(told)

    def _labs_foot(self, page: PatientPage, more: int) -> str:
        if not page.labs:
            return self._say("labs_none")
        return self._say("more_labs", count=more) if more > 0 else ""

    def _team(self, page: PatientPage, rows: PatientRows) -> tuple[Fact, ...]:
        found = []
        for each in page.care_team:
            word, line = rows.team_line(each.role, each.phone, each.note)
            is_closed = each.note == "no_permission"
            found.append(Fact(word, each.name, line, Tone.TEXT if not is_closed else Tone.SECOND))
        return tuple(found) or (Fact(self._say("care_team"), self._say("team.none")),)
