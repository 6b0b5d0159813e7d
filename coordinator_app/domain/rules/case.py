"""One person on one day as a rule sees it, and the way every rule makes its reasons."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coordinator_app.domain.calendar import BusinessCalendar
from coordinator_app.domain.facts import Chart, Coding, Fact, FactKind, Person
from coordinator_app.domain.ids import FactId, MemberId, ReasonId
from coordinator_app.domain.reasons import Evidence, Reason, ReasonKind
from coordinator_app.domain.rules.data import RuleData
from coordinator_app.domain.rules.illnesses import Held, answers_held, illnesses_held
from coordinator_app.domain.rules.stays import Stay, stays_of
from coordinator_app.domain.sensitivity import Sensitivity, strictest
from coordinator_app.domain.terminology import ICD10CM

Identify = Callable[[str, MemberId, str, str], ReasonId]
"""(rule, member, subject, episode) -> id; the centre hands it over, for the namespace is its secret (ruling 6)."""

_VOID = frozenset({"entered-in-error", "cancelled", "rejected", "refuted", "draft", "not-done", "reversed"})
_UNFINISHED = frozenset({"preparation", "in-progress", "on-hold", "stopped", "registered", "preliminary", "planned"})


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule is given; the chart holds only what counts and was known on ``today``."""

    chart: Chart
    today: date
    data: RuleData
    calendar: BusinessCalendar
    identify: Identify
    meant: Mapping[str, Sequence[tuple[date, Fact]]]
    held: Held
    stays: tuple[Stay, ...]

    @property
    def person(self) -> Person:
        """Whose chart it is."""
        return self.chart.person

    def reason(
        self,
        kind: ReasonKind,
        rule: str,
        subject: str,
        episode: str,
        *,
        sentence: str,
        opens_on: date,
        points: Mapping[str, int],
        arguments: Mapping[str, str | int | float],
        facts: Iterable[Fact],
        evidence_on: date | None,
        due_on: date | None = None,
        ends_on: date | None = None,
        end_cause: str = "",
        actions: tuple[str, ...] = (),
        sensitivity: Sensitivity = Sensitivity.ORDINARY,
        said_as: Mapping[FactId, str] | None = None,
    ) -> Reason:
        """Make a row of the ledger; its severity is the sum of ``points``, which stay named in the arguments.

        ``said_as`` are words for facts that say only half by themselves, as one number of a blood pressure does.
        A row whose rule rests on numbers nobody has confirmed names them (``unconfirmed``).
        """
        unsure = self.data.unconfirmed_rules.get(rule, "")
        marked = {"unconfirmed": unsure} if unsure else {}
        rested_on = sorted({fact.id: fact for fact in facts}.values(), key=lambda fact: (day_of(fact), fact.id))
        return Reason(
            id=self.identify(rule, self.person.id, subject, episode),
            member_id=self.person.id,
            kind=kind,
            rule=rule,
            rule_version=self.data.version,
            subject=subject,
            episode=episode,
            sentence=sentence,
            opens_on=opens_on,
            due_on=due_on,
            ends_on=ends_on,
            end_cause=end_cause,
            severity=min(100, sum(points.values())),
            evidence=tuple(
                Evidence(fact.id, (said_as or {}).get(fact.id) or what(fact), start_of(fact), fact.source)
                for fact in rested_on
            ),
            evidence_on=evidence_on,
            arguments={
                **arguments,
                **marked,
                **{f"points.{name}": number for name, number in points.items() if number},
            },
            actions=actions,
            sensitivity=strictest([sensitivity, *(fact.sensitivity for fact in rested_on)]),
        )

    def events(self, kinds: Collection[FactKind], named: str) -> Iterator[tuple[date, Fact]]:
        """Yield finished facts of ``kinds`` that the value set ``named`` holds, each with its day."""
        return ((day, fact) for day, fact in self.meant.get(named, ()) if fact.kind in kinds)


def open_case(chart: Chart, today: date, data: RuleData, calendar: BusinessCalendar, identify: Identify) -> Case:
    """Return a case; the facts are sorted by value set here, once for all rules."""
    meant: dict[str, list[tuple[date, Fact]]] = {}
    for fact in chart.facts:
        day = start_of(fact)
        if day is not None and fact.status not in _UNFINISHED:
            for name in {name for coding in fact.codings for name in data.sets.names(coding)}:
                meant.setdefault(name, []).append((day, fact))
    told = answers_held(chart.of(FactKind.OBSERVATION), data.answers, data.site_illnesses)
    held = {**told, **illnesses_held(chart.facts, data.illnesses, data.site_illnesses, today, data.passing)}
    stays = stays_of(chart.of(FactKind.ENCOUNTER), today, data.discharge.transfer_days)
    return Case(chart, today, data, calendar, identify, meant, held, stays)


def is_void(fact: Fact) -> bool:
    """Say whether a fact tells that nothing happened: withdrawn, refused, ruled out."""
    return fact.negated or fact.status in _VOID or fact.verification in _VOID


def start_of(fact: Fact) -> date | None:
    """Return the day a fact belongs to."""
    return fact.starts_on or fact.ends_on or fact.authored_on


def day_of(fact: Fact) -> date:
    """Return the day a fact belongs to, the first of all days when it has none; for sorting."""
    return start_of(fact) or date.min


def what(fact: Fact) -> str:
    """Say in the source's own few words what a fact is, with its value where it has one."""
    name = fact.display or (f"{fact.codings[0].system} {fact.codings[0].code}" if fact.codings else fact.kind.value)
    if fact.value_number is None:
        return name
    return f"{name} {fact.value_number:g} {fact.value_unit}".strip()


def diagnosis_codes(codings: Iterable[Coding]) -> tuple[str, ...]:
    """Return the ICD-10-CM codes among ``codings`` without dots, in their order."""
    return tuple(c.code.replace(".", "").upper() for c in codings if c.system == ICD10CM)
