"""Turns sightings into rows and cells."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from coordinator_app.domain.outreach.wording import full_date
from coordinator_app.domain.oversight import Named, Sighting
from coordinator_app.ui.screens.audit.rows import AuditState
from coordinator_app.ui.shared.pair_row import PairRow
from coordinator_app.ui.shared.wording import Words

HEADINGS = ("what", "name", "login", "role", "panel", "first", "last", "times", "device")
STANDING = frozenset({"held", "emergency", "could_see"})
"""What lasted: a count of it says nothing."""

KNOWN_ROLES = frozenset(
    {"coordinator", "supervisor", "case_manager", "auditor", "administrator", "loader", "evaluator"}
)


class AuditWording:
    """Says who saw somebody, in the zone of the person's initiative."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def state(self, person: Named, first: date, last: date, seen: Sequence[Sighting]) -> AuditState:
        """Return the list and the table."""
        say, zone = self.words.say, ZoneInfo(person.zone)
        days = {"first": self._day(first), "last": self._day(last)}
        who = person.member_number or person.member_id
        return AuditState(
            rows=tuple(self._row(number, each, zone) for number, each in enumerate(seen)),
            said=say("found", count=len(seen), person=who, initiative=person.initiative, zone=person.zone, **days),
            empty="" if seen else say("nobody"),
            headings=tuple(say(f"heading.{each}") for each in HEADINGS),
            cells=tuple(self._cells(each, zone) for each in seen),
        )

    def _row(self, number: int, each: Sighting, zone: ZoneInfo) -> PairRow:
        say = self.words.say
        when = self._span(each, zone)
        role = self._role(each)
        title = each.name or each.login
        second = say("second", what=say(f"what.{self._what(each)}"), count=0 if each.what in STANDING else each.times)
        where = ", ".join(part for part in (role, each.panel) if part)
        second = f"{second} · {where}" if where else second
        return PairRow(str(number), title, second, f"{title}. {second}. {when}", aside=when)

    def _cells(self, each: Sighting, zone: ZoneInfo) -> tuple[str, ...]:
        times = [at.astimezone(zone).isoformat(sep=" ", timespec="minutes") if at else ""
                 for at in (each.first_at, each.last_at)]  # fmt: skip
        what = self.words.say(f"what.{self._what(each)}")
        return (what, each.name, each.login, self._role(each), each.panel, *times, str(each.times), each.device or "")

    def _what(self, each: Sighting) -> str:
        # A newer center may know more ways to see somebody than this program has words for.
        return each.what if self.words.catalogue.has(f"{self.words.screen}.what.{each.what}") else "other"

    def _role(self, each: Sighting) -> str:
        return self.words.say(f"role.{each.role}") if each.role in KNOWN_ROLES else ""

    def _span(self, each: Sighting, zone: ZoneInfo) -> str:
        first, last = (self._time(at, zone) if at else "" for at in (each.first_at, each.last_at))
        if first and last and first != last:
            return self.words.say("span", first=first, last=last)
        return first or last

    def _time(self, at: datetime, zone: ZoneInfo) -> str:
        local = at.astimezone(zone)
        return f"{self._day(local.date())} {local:%H:%M}"

    def _day(self, day: date) -> str:
        return full_date(self.words.catalogue, day)
