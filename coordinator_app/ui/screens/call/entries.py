"""What was pressed and typed in a call: a value, its draft on the disk, and the form it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from coordinator_app.domain.activity import Identifier, Outcome, ResponseKind, TeachBack
from coordinator_app.domain.call import LESSONS, Answer, lacks_identity
from coordinator_app.domain.ids import MemberId, ReasonId
from coordinator_app.domain.next_step import NextStep, Step
from coordinator_app.services.call_logging import CallForm, SaidBack

E = TypeVar("E", bound=StrEnum)

INTERPRETER: Final = "interpreter"


@dataclass(frozen=True, slots=True)
class Entries:
    """Nothing in it is chosen beforehand; ``step`` None leaves the next step to the protocol.

    ``seconds`` is the length of a call taken up again from a draft; ``call_back`` stands as it was typed.
    """

    outcome: Outcome | None = None
    identity: tuple[Identifier, ...] = ()
    number: str = field(default="", repr=False)
    language: str = ""
    has_interpreter: bool = False
    topics: tuple[str, ...] = ()
    said_back: Mapping[str, TeachBack] = field(default_factory=dict)
    answers: Mapping[ReasonId, Answer] = field(default_factory=dict)
    note: str = field(default="", repr=False)
    step: NextStep | None = None
    call_back: str = ""
    started_at: datetime | None = None
    seconds: int = 0

    @property
    def is_conversation(self) -> bool:
        """True where health could be talked about."""
        return self.outcome is not None and self.outcome.is_conversation

    @property
    def is_open(self) -> bool:
        """True where topics may be spoken of: a conversation with somebody who was identified."""
        return self.is_conversation and not (self.outcome and lacks_identity(self.outcome, self.identity))

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to keep."""
        return self.outcome is None and not (self.identity or self.topics or self.answers or self.note.strip())

    def over(self, draft: "Entries") -> "Entries":
        """Return a draft with what was pressed since on top of it."""
        return replace(
            draft,
            outcome=self.outcome or draft.outcome,
            identity=self.identity or draft.identity,
            note=self.note or draft.note,
        )

    def form(self, member_id: MemberId, *, now: datetime, call_back_at: datetime | None, lessons: Mapping[str, str]) \
            -> CallForm:  # fmt: skip
        """Return what the service saves; ``lessons`` are the library's topics with their versions.

        Refusal-free: what an unreached call may not carry is left out, because nobody was told it.
        """
        if self.outcome is None:
            raise ValueError("a call without an outcome is a draft")
        is_open = self.is_open
        told = {topic: result for topic, result in self.said_back.items() if topic in self.topics}
        return CallForm(
            member_id=member_id,
            outcome=self.outcome,
            identity=self.identity if self.is_conversation else (),
            number=self.number,
            language=self.language,
            interpreter=INTERPRETER if self.has_interpreter else "",
            topics=self.topics if is_open else (),
            note=self.note,
            seconds=self.seconds,
            started_at=self.started_at or now,
            call_back_at=call_back_at,
            answers=self.answers if is_open else {},
            lessons=tuple(
                SaidBack(LESSONS[topic], lessons[LESSONS[topic]], result)
                for topic, result in told.items()
                if is_open and LESSONS.get(topic) in lessons
            ),
            next_step=self.step,
        )

    def draft(self) -> dict[str, Any]:
        """Return it as the draft on the disk holds it."""
        return {
            "outcome": self.outcome.value if self.outcome else "",
            "identity": [each.value for each in self.identity],
            "number": self.number,
            "language": self.language,
            "interpreter": self.has_interpreter,
            "topics": list(self.topics),
            "said_back": {topic: result.value for topic, result in self.said_back.items()},
            "answers": {key: [each.response.value, each.cause] for key, each in self.answers.items()},
            "note": self.note,
            "step": [self.step.what.value, _iso(self.step.due_at), self.step.rule] if self.step else None,
            "call_back": self.call_back,
            "started_at": _iso(self.started_at),
            "seconds": self.seconds,
        }


def entries_from(draft: Mapping[str, Any]) -> Entries:
    """Return what a draft holds; words this program does not know any more are left out."""
    outcome = _known(Outcome, draft.get("outcome"))
    answers = {}
    for key, told in dict(draft.get("answers") or {}).items():
        response = _known(ResponseKind, told[0])
        if response is not None:
            answers[ReasonId(key)] = Answer(response, str(told[1]))
    said = {topic: _known(TeachBack, told) for topic, told in dict(draft.get("said_back") or {}).items()}
    return Entries(
        outcome=outcome,
        identity=tuple(found for each in draft.get("identity") or () if (found := _known(Identifier, each))),
        number=str(draft.get("number") or ""),
        language=str(draft.get("language") or ""),
        has_interpreter=bool(draft.get("interpreter")),
        topics=tuple(map(str, draft.get("topics") or ())),
        said_back={topic: told for topic, told in said.items() if told is not None},
        answers=answers,
        note=str(draft.get("note") or ""),
        step=_step(draft.get("step")),
        call_back=str(draft.get("call_back") or ""),
        started_at=_instant(draft.get("started_at")),
        seconds=int(draft.get("seconds") or 0),
    )


def _step(told: Any) -> NextStep | None:
    if not told:
        return None
    what = _known(Step, told[0])
    return None if what is None else NextStep(what, _instant(told[1]), str(told[2]))


def _known(kind: type[E], value: Any) -> E | None:
    return kind(value) if value in {each.value for each in kind} else None


def _iso(at: datetime | None) -> str:
    return "" if at is None else at.isoformat()


def _instant(told: Any) -> datetime | None:
    return datetime.fromisoformat(str(told)) if told else None
