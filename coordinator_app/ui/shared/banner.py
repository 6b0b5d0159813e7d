"""The banner over a screen about one patient: identity in fixed order, never cut, then how to reach them."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.chips import Chip, chip_width, draw_chip
from coordinator_app.ui.shared.hand import Hand, width_of
from coordinator_app.ui.shared.identity import Identity
from coordinator_app.ui.shared.layout import pin
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


@dataclass(frozen=True, slots=True)
class BannerDetail:
    """A fact of the second line with its icon: phone, language, physician; `short` is for a narrow window."""

    icon: str
    words: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class BannerFacts:
    """All a banner shows. `deceased` is the sentence that turns its strip to hatched ink."""

    who: Identity
    details: tuple[BannerDetail, ...] = ()
    chips: tuple[Chip, ...] = ()
    as_of: str = ""
    deceased: str = ""

    @property
    def sentence(self) -> str:
        """The whole banner for a screen reader."""
        words = [self.deceased, self.who.sentence, *(detail.words for detail in self.details)]
        return ". ".join(word for word in [*words, *(chip.words for chip in self.chips), self.as_of] if word)


@dataclass(frozen=True, slots=True)
class _Piece:
    words: str
    role: Type
    tone: Tone = Tone.TEXT
    is_code: bool = False

    @property
    def width(self) -> float:
        return width_of(self.words, self.role, code=self.is_code)


@dataclass(slots=True)
class _Plan:
    lines: list[list[_Piece]] = field(default_factory=list)
    chips_line: int = 0


_GAP, _SIDE, _LINE = 26, 24, 28


class PatientBanner(Painted):
    """The banner over a screen, 80 high; where identity needs a line more it takes it rather than be cut."""

    def __init__(self, theme: Theme, *, in_call: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._in_call = in_call
        self._facts: BannerFacts | None = None
        pin(theme, self, height=80)

    def show_facts(self, facts: BannerFacts | None) -> None:
        """Show a patient, or nobody."""
        self._facts = facts
        self.setAccessibleName(facts.sentence if facts else "")
        self._fit()
        self.update()

    @override
    def relook(self) -> None:
        self._fit()
        super().relook()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    @override
    def paint(self, hand: Hand) -> None:
        look, facts = hand.look, self._facts
        hand.fill(0, 0, hand.w, hand.h, look.select if self._in_call else look.sunken)
        hand.rule(0, hand.h - 1, hand.w, look.accent if self._in_call else look.line)
        if facts is None:
            return
        top = 34.0
        if facts.deceased:
            _mourning_strip(hand, facts.deceased)
            top += 28
        plan = self._plan(facts, hand.w)
        for number, line in enumerate(plan.lines):
            x: float = _SIDE
            for piece in line:
                x = hand.text(x, top + _LINE * number, piece.words, piece.role, piece.tone, code=piece.is_code) + _GAP
        self._right(hand, facts, top + _LINE * plan.chips_line)
        self._details(hand, facts, top + _LINE * len(plan.lines) - 1)

    def _plan(self, facts: BannerFacts, width: float) -> _Plan:
        who = facts.who
        pieces = [
            _Piece(who.name, Type.TITLE),
            _Piece(who.born, Type.STRONG),
            _Piece(who.sex, Type.STRONG),
            _Piece(who.number, Type.STRONG, is_code=True),
        ]
        room = width - 2 * _SIDE
        plan = _Plan([[]])
        used = 0.0
        for piece in pieces:
            if plan.lines[-1] and used + piece.width > room:
                plan.lines.append([])
                used = 0.0
            plan.lines[-1].append(piece)
            used += piece.width + _GAP
        chips = sum(chip_width(chip) + 6 for chip in facts.chips)
        first = sum(piece.width + _GAP for piece in plan.lines[0])
        plan.chips_line = 0 if first + chips <= room else len(plan.lines)
        return plan

    def _right(self, hand: Hand, facts: BannerFacts, baseline: float) -> None:
        right = hand.w - _SIDE
        for chip in reversed(facts.chips):
            right -= chip_width(chip)
            draw_chip(hand, chip, right, baseline - 4, on_tint=True)
            right -= 6

    def _details(self, hand: Hand, facts: BannerFacts, baseline: float) -> None:
        x: float = _SIDE
        right = hand.w - _SIDE
        plan = self._plan(facts, hand.w)
        if plan.chips_line == len(plan.lines):
            right -= sum(chip_width(chip) + 6 for chip in facts.chips) + 12
        elif facts.as_of:
            right = hand.text_right(right, baseline, facts.as_of, Type.SMALL, Tone.SECOND) - 20
        if facts.who.preferred:
            x = hand.text(x, baseline, facts.who.preferred, Type.BODY, Tone.SECOND) + _GAP
        for detail, words in zip(facts.details, _fitting(facts.details, right - x), strict=False):
            hand.icon(detail.icon, x, baseline - 14, 18, Tone.SECOND)
            x = hand.text(x + 22, baseline, words, Type.BODY, Tone.SECOND) + _GAP

    def _fit(self) -> None:
        height = 80.0
        if self._facts is not None:
            lines = len(self._plan(self._facts, self.width() * 100 / self.theme.zoom).lines)
            height += _LINE * (lines - 1) + (28 if self._facts.deceased else 0)
        wanted = self.theme.px(height)
        if self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)


def _fitting(details: tuple[BannerDetail, ...], room: float) -> list[str]:
    """Return the words of the details that fit: all in full, else shorter from the last on, else fewer."""
    words = [detail.words for detail in details]
    for place in range(len(details) - 1, -1, -1):
        if _width(words) <= room:
            break
        words[place] = details[place].short or words[place]
    while words and _width(words) > room:
        words.pop()
    return words


def _width(words: list[str]) -> float:
    return sum(22 + width_of(each) + _GAP for each in words) - _GAP


def _mourning_strip(hand: Hand, words: str) -> None:
    hand.fill(0, 0, hand.w, 28, hand.look.ink)
    with hand.smooth():
        color = QColor(hand.look.onink)
        color.setAlpha(60)
        hand.painter.fillRect(0, 0, round(hand.w), 28, QBrush(color, Qt.BrushStyle.BDiagPattern))
    width = width_of(words, Type.LABEL)
    hand.fill(_SIDE - 8, 4, width + 16, 20, hand.look.ink)
    hand.text(_SIDE, 18.7, words, Type.LABEL, Tone.ON_INK)
