"""Acts and facts in a few words, the same for window, lists and commands."""

from collections.abc import Mapping
from datetime import date

from coordinator_app.domain import short_names
from coordinator_app.domain.activity import Act, Contact, LetterPrinted, MedicineTold, Note, RedFlag, Teaching, Visit
from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.rules.stays import is_emergency, is_inpatient
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.services.ports import Says

LONGEST_NOTE = 80


class ActWords:
    """Says what happened; a confidential matter is said to be one and nothing more (practice 13)."""

    def __init__(self, catalogue: Says, names: Mapping[str, str] | None = None) -> None:
        """``names`` are the titles of lessons and the names of programs by id; an id nobody knows is said as it is."""
        self._catalogue, self._names = catalogue, names or {}

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of the catalogue ``acts``."""
        return self._catalogue.say(f"acts.{key}", **values)

    def of(self, act: Act, day: date | None = None) -> str:
        """Say what an act was, or that it is confidential; ``day`` is a visit's own day."""
        if act.sensitivity is not Sensitivity.ORDINARY:
            return self.say("confidential")
        return self.opened(act, day)

    def opened(self, act: Act, day: date | None = None) -> str:
        """Say what an act was, also a confidential one that was opened by a key."""
        match act:
            case Contact():
                return self._contact(act)
            case Teaching():
                result = self.say(f"result.{act.result}")
                return self.say("taught", topic=self.name(act.topic), result=result)
            case Visit():
                return self._visit(act, day)
            case LetterPrinted():
                return self.say("letter", program=self.name(act.program), recipient=act.recipient)
            case RedFlag() | Note() | MedicineTold():
                return self._written(act)
            case _:
                return ""

    def fact(self, fact: Fact) -> str:
        """Say what a fact is in its source's own words, or that it is confidential."""
        if fact.sensitivity is not Sensitivity.ORDINARY:
            return self.say("confidential")
        if fact.kind is not FactKind.ENCOUNTER:
            return fact.display
        what = _what(fact)
        # "Emergency visit: Level 4 hospital emergency department visit" says one thing twice.
        bare = "_bare" if short_names.is_plain_visit(what) else ""
        if is_inpatient(fact):
            if fact.ends_on is None or fact.starts_on is None:
                return self.say(f"stay_open{bare}", what=what)
            days = (fact.ends_on - fact.starts_on).days
            return self.say(f"stay{bare}", what=what, days=days, count=days)
        return self.say(f"{'emergency' if is_emergency(fact) else 'contact_elsewhere'}{bare}", what=what)

    def name(self, key: str) -> str:
        """Return the title of a lesson or the name of a program."""
        return self._names.get(key) or key.replace("-", " ").replace("_", " ")

    def _contact(self, contact: Contact) -> str:
        outcome = self.say(f"outcome.{contact.outcome}")
        if not contact.outcome.is_conversation or contact.seconds < 60:
            return outcome
        return self.say("call_for", outcome=outcome, minutes=round(contact.seconds / 60))

    def _written(self, act: RedFlag | Note | MedicineTold) -> str:
        if isinstance(act, Note):
            return self.say("note", text=_short(act.text))
        if isinstance(act, MedicineTold):
            return self.say(f"medicine.{act.how}", name=act.name, dose=act.dose).strip()
        return self.say(f"red_flag.{act.step}", said=_short(act.said), who=act.who, where=act.whereabouts)

    def _visit(self, visit: Visit, day: date | None) -> str:
        kind, state = self.say(f"visit_type.{visit.visit_type}"), self.say(f"visit_state.{visit.state}")
        if day is None:
            return self.say("visit", type=kind, state=state)
        return self.say("visit_on", type=kind, on=day.isoformat(), state=state)


def kind_of(act: type[Act]) -> str:
    """Return the word for a kind of act, as the store and the commands say it."""
    return {LetterPrinted: "letter", RedFlag: "red_flag", MedicineTold: "medicine"}.get(act) or act.__name__.lower()


def _what(fact: Fact) -> str:
    return fact.value_text or fact.display or fact.place


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_NOTE else f"{line[: LONGEST_NOTE - 1]}…"
