"""What is asked before a reason is put off, called wrong, or moved in the rank; the same on every screen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coordinator_app.domain.activity import ResponseKind
from coordinator_app.domain.outreach.moved import moved_to
from coordinator_app.domain.reasons import Tier
from coordinator_app.services.answering import MOVE_CAUSES, SNOOZE_CAUSES, WRONG_CAUSES
from coordinator_app.services.chart import PatientPage
from coordinator_app.services.ledger import ShownReason
from coordinator_app.ui.shared.choices import Choice
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.question_pane import Question

DAYS: Final = (1, 3, 7, 14, 30)
MOVE_DAYS: Final = (3, 7, 14, 30)
SNOOZE, WRONG, MOVE = "snooze", "wrong", "move"


@dataclass(frozen=True, slots=True)
class Questions:
    """A title and the questions under it."""

    title: str
    each: tuple[Question, ...]


class PatientQuestions:
    """Asks about one person's open reasons; nothing in the answers is chosen beforehand."""

    def __init__(self, people: PatientWords) -> None:
        self._people = people

    def of(self, what: str, page: PatientPage, name: str, reasons: Sequence[ShownReason]) -> Questions:
        """Return what is asked before ``what`` is done to ``reasons``, which are open."""
        title = self._say(f"{what}.title", name=name)
        if not reasons:
            return Questions(title, (Question(self._say(f"{what}.nothing"), ()),))
        if what == SNOOZE:
            return Questions(title, self._snooze(page, reasons))
        which = (self._which(what, page, reasons),) if len(reasons) > 1 else ()
        if what == WRONG:
            return Questions(title, (*which, self._causes(WRONG, WRONG_CAUSES)))
        return Questions(title, (*which, self._how(reasons), self._causes(MOVE, MOVE_CAUSES), self._until(page.today)))

    def _snooze(self, page: PatientPage, reasons: Sequence[ShownReason]) -> tuple[Question, ...]:
        latest = _latest(reasons)
        days = [day for day in DAYS if latest is None or page.today + timedelta(day) <= latest]
        if not days:
            day = self._people.day(latest or page.today, page.today)
            return (Question(self._say("snooze.not", day=day), ()),)
        words = self._say("snooze.all", count=len(reasons))
        return Question(words, self._days(days, page.today)), self._causes(SNOOZE, SNOOZE_CAUSES)

    def _which(self, what: str, page: PatientPage, reasons: Sequence[ShownReason]) -> Question:
        lines = self._people.reasons(reasons, page.today)
        choices = (
            Choice(key, line.sentence, place) for place, (key, line) in enumerate(zip("123456789", lines, strict=False))
        )
        return Question(self._say(f"{what}.which"), tuple(choices))

    def _how(self, reasons: Sequence[ShownReason]) -> Question:
        ruled = {each.move.ruled if each.move else each.tier for each in reasons}
        can = [
            how for how in (ResponseKind.RAISED, ResponseKind.LOWERED) if any(moved_to(t, how) is not t for t in ruled)
        ]
        choices = (Choice(str(n), self._say(f"move.{how.value}"), how) for n, how in enumerate(can, start=1))
        return Question(self._say("move.how"), tuple(choices))

    def _until(self, today: date) -> Question:
        return Question(self._say("move.until"), self._days(MOVE_DAYS, today))

    def _days(self, days: Iterable[int], today: date) -> tuple[Choice, ...]:
        return tuple(
            Choice(str(n), self._say(f"snooze.{day}"), at := today + timedelta(day), self._people.day(at, today))
            for n, day in enumerate(days, start=1)
        )

    def _causes(self, what: str, causes: Iterable[str]) -> Question:
        choices = (Choice(str(n), self._say(f"{what}.cause.{each}"), each) for n, each in enumerate(causes, start=1))
        return Question(self._say(f"{what}.why"), tuple(choices))

    def _say(self, key: str, **values: object) -> str:
        return self._people.words.say(key, **values)


def _latest(reasons: Iterable[ShownReason]) -> date | None:
    """Return the day no snooze may pass: the earliest deadline of the two most urgent tiers."""
    ruled = ((each, min(each.tier, each.move.ruled) if each.move else each.tier) for each in reasons)
    return min((e.due_on for e, tier in ruled if tier <= Tier.DISCHARGE and e.due_on is not None), default=None)
