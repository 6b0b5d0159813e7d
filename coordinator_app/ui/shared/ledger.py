"""Why the patient is here: every reason with its evidence and date, the named points under those that are open."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand, width_of, wrapped
from coordinator_app.ui.shared.marks import TierMark, tier_glyph
from coordinator_app.ui.shared.painted import Flowing
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

_TEXT, _POINTS = 28, 40
_LINE, _SMALL, _STEP = 22, 18, 24


@dataclass(frozen=True, slots=True)
class PointLine:
    """One named part of a reason's points."""

    words: str
    points: str


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason: its sentence, what proves it and when, its points in total and by name."""

    key: str
    tier: TierMark
    tier_word: str
    sentence: str
    evidence: str
    points: str
    named: tuple[PointLine, ...] = ()

    @property
    def spoken(self) -> str:
        """The reason for a screen reader."""
        return f"{self.tier_word}. {self.sentence}. {self.evidence}. {self.points}."


@dataclass(frozen=True, slots=True)
class _Place:
    reason: ReasonLine
    top: float
    height: float
    sentence: list[str]
    evidence: list[str]
    is_open: bool


class ReasonLedger(Flowing):
    """The ledger under a head line; the top reason is open, the others closed, `open_all` opens every one.

    Signals:
        toggled(str): the key of a reason that a press opened or closed.
    """

    toggled = Signal(str)

    def __init__(self, theme: Theme, title: str, aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title = title
        self._aside = aside
        self._reasons: tuple[ReasonLine, ...] = ()
        self._open: frozenset[str] = frozenset()

    @property
    def open_keys(self) -> frozenset[str]:
        """The keys of the reasons whose points are shown."""
        return self._open

    def show_reasons(self, reasons: tuple[ReasonLine, ...], *, opens_first: bool = True) -> None:
        """Show other reasons, the first of them open."""
        self._reasons = reasons
        self._open = frozenset(reason.key for reason in reasons[:1]) if opens_first else frozenset()
        self.setAccessibleName(" ".join([f"{self._title}.", *(reason.spoken for reason in reasons)]))
        self.relook()

    def set_title(self, title: str, aside: str = "") -> None:
        """Say another head line."""
        self._title, self._aside = title, aside
        self.update()

    def open_all(self, *, all_open: bool) -> None:
        """Open every reason, or close all but the first."""
        shown = self._reasons if all_open else self._reasons[:1]
        self._open = frozenset(reason.key for reason in shown)
        self.relook()

    @override
    def flow(self, width: float) -> float:
        return max((place.top + place.height for place in self._places(width)), default=24.0)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        y = event.position().y() * 100 / self.theme.zoom
        for place in self._places(self.width() * 100 / self.theme.zoom):
            if place.top <= y < place.top + place.height and place.reason.named:
                self._open = self._open ^ {place.reason.key}
                self.relook()
                self.toggled.emit(place.reason.key)

    @override
    def paint(self, hand: Hand) -> None:
        hand.text(0, 17, self._title, Type.LABEL, Tone.SECOND)
        hand.text_right(hand.w, 17, self._aside, Type.SMALL, Tone.SECOND)
        for place in self._places(hand.w):
            self._paint_reason(hand, place)

    def _paint_reason(self, hand: Hand, place: _Place) -> None:
        reason = place.reason
        baseline = place.top + 21
        tier_glyph(hand, reason.tier, 0, baseline, ink=reason.tier.tone, paper=hand.look.surface)
        hand.text_right(hand.w, baseline, reason.points, Type.STRONG)
        baseline = hand.lines(_TEXT, baseline, place.sentence, Type.STRONG, pitch=_LINE)
        baseline = hand.lines(_TEXT, baseline - 1, place.evidence, Type.SMALL, Tone.SECOND, pitch=_SMALL)
        if place.is_open:
            baseline += 15
            for point in reason.named:
                hand.fill(_TEXT, baseline - 15, 2, 20, hand.look.line)
                hand.text(_POINTS, baseline, point.words, Type.BODY, Tone.SECOND)
                hand.text_right(hand.w, baseline, point.points, Type.BODY, Tone.SECOND)
                baseline += _STEP
        hand.rule(_TEXT, place.top + place.height - 1, hand.w - _TEXT)

    def _places(self, width: float) -> Iterator[_Place]:
        top = 25.0
        for reason in self._reasons:
            room = width - _TEXT - width_of(reason.points, Type.STRONG) - 12
            sentence = wrapped(reason.sentence, Type.STRONG, room)
            evidence = wrapped(reason.evidence, Type.SMALL, width - _TEXT) if reason.evidence else []
            is_open = reason.key in self._open and bool(reason.named)
            height = 11 + _LINE * len(sentence) + _SMALL * len(evidence) + 1
            height += 12 + _STEP * len(reason.named) if is_open else 0
            yield _Place(reason, top, height, sentence, evidence, is_open)
            top += height
