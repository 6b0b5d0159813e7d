"""Small charts for the tests of the rules, and the rule data as it ships."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from coordinator_app.domain.calendar import BusinessCalendar, Moment, calendar_from
from coordinator_app.domain.evaluation import evaluate
from coordinator_app.domain.facts import Chart, Coding, Fact, FactKind, Person
from coordinator_app.domain.ids import FactId, MemberId, ReasonId
from coordinator_app.domain.outreach.terms import OutreachTerms, outreach_terms
from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.rules.case import Case, open_case
from coordinator_app.domain.rules.data import RuleData, rule_data

RESOURCES = Path(__file__).parents[2] / "resources"
ROSA = MemberId("rosa")
TODAY = date(2026, 11, 24)


@cache
def bundle() -> Mapping[str, Any]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (RESOURCES / "rules").glob("*.json")}


@cache
def shipped() -> RuleData:
    return rule_data(bundle())


@cache
def terms() -> OutreachTerms:
    return outreach_terms(bundle())


@cache
def calendar() -> BusinessCalendar:
    return calendar_from(bundle()["calendar-us-ma"])


class Words:
    """The catalogue of one language, read plainly."""

    def __init__(self, language: str) -> None:
        file = RESOURCES / "i18n" / language / "reasons.json"
        self.sentences: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))

    def has(self, key: str) -> bool:
        return key.removeprefix("reasons.") in self.sentences

    def say(self, key: str, **values: Any) -> str:
        told = self.sentences[key.removeprefix("reasons.")]
        if isinstance(told, dict):
            forms = {0: told.get("zero", told["other"]), 1: told["one"]}
            told = forms.get(values["count"], told["other"])
        return str(told).format(**values)


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str, day: date = TODAY) -> datetime:
    """Return an instant by the wall clock of the initiative."""
    return calendar().at(day, datetime.strptime(text, "%H:%M").replace(tzinfo=UTC).time())


def now(text: str = "10:00", day: date = TODAY) -> Moment:
    return Moment(calendar(), day, at(text, day))


def identify(rule: str, member: MemberId, subject: str, episode: str) -> ReasonId:
    return ReasonId(f"{rule}|{member}|{subject}|{episode}")


_numbers = count(1)


def fact(kind: FactKind, on: str, *codes: str, **told: Any) -> Fact:
    """Return a fact; codes are written ``icd10cm I50.9``."""
    told.setdefault("id", FactId(f"f{next(_numbers):05d}"))
    told.setdefault("source", "demo")
    codings = tuple(Coding(*code.split(" ", 1)) for code in codes)
    return Fact(kind=kind, codings=codings, starts_on=day(on), **told)


def stay(admitted: str, discharged: str | None, *reasons: str, **told: Any) -> Fact:
    told = {"class_code": "IMP", "status": "finished" if discharged else "in-progress", "disposition": "01", **told}
    codings = tuple(Coding("icd10cm", code) for code in reasons)
    ends = day(discharged) if discharged else None
    return fact(FactKind.ENCOUNTER, admitted, ends_on=ends, reasons=codings, **told)


def emergency(on: str, ends: str | None = None) -> Fact:
    return fact(FactKind.ENCOUNTER, on, class_code="EMER", status="finished", ends_on=day(ends or on))


def condition(on: str, code: str, **told: Any) -> Fact:
    return fact(FactKind.CONDITION, on, f"icd10cm {code}", **told)


def fill(on: str, rxcui: str, days: int | None = 30, **told: Any) -> Fact:
    return fact(FactKind.DISPENSE, on, f"rxnorm {rxcui}", days_supply=days, status="completed", **told)


def colonoscopy(on: str, **told: Any) -> Fact:
    return fact(FactKind.PROCEDURE, on, "hcpcs G0121", status="completed", **told)


def history(on: str = "2020-01-15") -> Fact:
    """Return an old visit, so that the record reaches back far enough."""
    return fact(FactKind.ENCOUNTER, on, class_code="AMB", status="finished", ends_on=day(on))


def chart(*facts: Fact, born: str = "1950-03-10", **person: Any) -> Chart:
    return Chart(Person(ROSA, day(born), **person), tuple(facts))


def judged(of: Chart, today: date = TODAY, data: RuleData | None = None) -> tuple[Reason, ...]:
    return evaluate(of, today, data or shipped(), calendar(), identify)


def case(of: Chart, today: date = TODAY, data: RuleData | None = None) -> Case:
    return open_case(of, today, data or shipped(), calendar(), identify)


def only(reasons: Iterable[Reason], rule: str, today: date = TODAY) -> Reason:
    """Return the one reason of a rule that is not over."""
    (found,) = [r for r in reasons if r.rule == rule and (r.ends_on is None or r.ends_on > today)]
    return found


def none(reasons: Iterable[Reason], rule: str, today: date = TODAY) -> bool:
    return not [r for r in reasons if r.rule == rule and (r.ends_on is None or r.ends_on > today)]
