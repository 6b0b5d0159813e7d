"""The lesson as it is read aloud, and the questions that bring it back."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.screens.education.states import LessonState, Question
from coordinator_app.ui.shared.hand import Hand, Ink, wrapped
from coordinator_app.ui.shared.painted import Flowing
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

WIDEST = 720
_PITCH = {Type.TITLE: 28, Type.BODY: 22, Type.STRONG: 22, Type.SMALL: 18, Type.SMALL_MEDIUM: 18}


@dataclass(frozen=True, slots=True)
class _Set:
    """One stretch of text: its words, how they look, how far in, and the room before it."""

    words: str
    role: Type
    tone: Tone = Tone.TEXT
    inset: int = 0
    before: int = 0
    dot: str = ""


class _Stretches(Flowing):
    """Text under each other, at most 720 broad."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._sets: tuple[_Set, ...] = ()

    def show_sets(self, sets: tuple[_Set, ...]) -> None:
        self._sets = sets
        self.setAccessibleName(" ".join(f"{each.words}." if each.words[-1:].isalnum() else each.words for each in sets))
        self.relook()

    @override
    def flow(self, width: float) -> float:
        return sum(each.before + _PITCH[each.role] * len(_lines(each, width)) for each in self._sets) + 4

    @override
    def paint(self, hand: Hand) -> None:
        top = 0.0
        for each in self._sets:
            pitch, lines = _PITCH[each.role], _lines(each, hand.w)
            top += each.before
            baseline = top + pitch / 2 + each.role.value[0] * 0.355
            if each.dot:
                hand.text(each.inset - 18, baseline, each.dot, each.role, Tone.SECOND)
            if each.tone is Tone.HIGH:
                hand.box(QRectF(0, top - 4, hand.w, pitch * len(lines) + 8), 4, fill=hand.look.hightint)
            ink: Ink = each.tone
            hand.lines(each.inset, baseline, lines, each.role, ink, pitch=pitch)
            top += pitch * len(lines)


class LessonText(_Stretches):
    """Title, lead, passages, when to call, when to call 911, and where it comes from."""

    def show_lesson(self, lesson: LessonState) -> None:
        """Show another lesson, or none."""
        sets = [_Set(mark, Type.SMALL_MEDIUM, Tone.HIGH, inset=10, before=6 if not place else 14)
                for place, mark in enumerate(lesson.marks)]  # fmt: skip
        if lesson.title:
            sets.append(_Set(lesson.title, Type.TITLE, before=16 if sets else 0))
            sets.append(_Set(lesson.lead, Type.BODY, Tone.SECOND, before=4))
        for passage in lesson.passages:
            tone = Tone.URGENT if passage.is_urgent else Tone.TEXT
            sets.append(_Set(passage.heading, Type.STRONG, tone, before=16))
            sets += [_Set(line, Type.BODY, inset=18, before=4, dot="•") for line in passage.lines]
        if lesson.source:
            sets.append(_Set(lesson.source, Type.SMALL, Tone.SECOND, before=18))
        self.show_sets(tuple(sets))


class Questions(_Stretches):
    """What to ask, each with what to listen for below."""

    def show_questions(self, questions: tuple[Question, ...]) -> None:
        """Show other questions."""
        sets: list[_Set] = []
        for place, each in enumerate(questions):
            sets.append(_Set(each.ask, Type.BODY, inset=18, before=10 if place else 0, dot="•"))
            sets.append(_Set(each.hear, Type.SMALL, Tone.SECOND, inset=18, before=1))
        self.show_sets(tuple(sets))


def _lines(each: _Set, width: float) -> list[str]:
    return wrapped(each.words, each.role, min(width, WIDEST) - each.inset)
