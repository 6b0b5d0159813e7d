"""How often nurses said that a rule was wrong; a rule often judged wrong is flagged and runs on (practice 9)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeVar

from coordinator_app.central.evaluating_ports import Home

H = TypeVar("H", bound=Home)

FLAG_ANSWERS: Final = 30
FLAG_SHARE: Final = 0.20


class AnswerStore(Protocol[H]):
    """Where nurses' answers to reasons are counted."""

    def home(self, wanted: str | None) -> H: ...  # noqa: D102

    def answers_by_rule(self, home: H) -> Iterable[tuple[str, str, str, int]]:
        """Return (rule, answer, cause, number of reasons), the last answer to each reason alone."""


@dataclass(slots=True)
class RulePrecision:
    """What was answered to one rule's reasons: how many, how many of them "this reason is wrong", and why."""

    rule: str
    answered: int = 0
    wrong: int = 0
    causes: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Return the share of answers that call the reason wrong."""
        return self.wrong / self.answered if self.answered else 0.0

    @property
    def is_flagged(self) -> bool:
        """Say whether the owner must look at it: over 20 % of 30 or more answers."""
        return self.answered >= FLAG_ANSWERS and self.share > FLAG_SHARE


@dataclass(frozen=True, slots=True)
class PrecisionReport:
    """The rules of one initiative, those most often called wrong first."""

    initiative: str
    rules: tuple[RulePrecision, ...]

    def as_facts(self) -> Mapping[str, Any]:
        """Return the keys docs/cli.md names."""
        return {
            "initiative": self.initiative,
            "rules": [
                {
                    "rule": each.rule,
                    "answered": each.answered,
                    "wrong": each.wrong,
                    "share": round(each.share, 3),
                    "causes": dict(sorted(each.causes.items())),
                    "flagged": each.is_flagged,
                }
                for each in self.rules
            ],
        }

    def as_text(self) -> str:
        """Return a line a rule."""
        lines = [f"{self.initiative}: answers to reasons by rule; a flagged rule is looked at, never switched off."]
        for each in self.rules:
            causes = ", ".join(f"{count} {cause}" for cause, count in sorted(each.causes.items()))
            mark = "  FLAGGED" if each.is_flagged else ""
            lines.append(
                f"{each.rule}: {each.wrong} of {each.answered} wrong ({each.share:.0%})"
                + (f": {causes}" if causes else "")
                + mark
            )
        return "\n".join(lines)


class RuleAnswers:
    """Counts what nurses answered, for whoever keeps the rules."""

    def __init__(self, store: AnswerStore[Any]) -> None:
        self._store = store

    def run(self, initiative: str | None) -> PrecisionReport:
        """Return the count for every rule that was answered."""
        home = self._store.home(initiative)
        found: dict[str, RulePrecision] = {}
        for rule, said, cause, count in self._store.answers_by_rule(home):
            kept = found.setdefault(rule, RulePrecision(rule))
            kept.answered += count
            if said == "wrong":
                kept.wrong += count
                kept.causes[cause] += count
        ordered = sorted(found.values(), key=lambda each: (-each.share, -each.answered, each.rule))
        return PrecisionReport(home.name, tuple(ordered))
