"""The choices of a letter under each other: kind, program, language, way, agreement, facts, copies, question."""

from PySide6.QtWidgets import QWidget

from coordinator_app.ui.screens.letter.rows import Choice, LetterState
from coordinator_app.ui.screens.letter.ticks import Ticks
from coordinator_app.ui.screens.letter.wording import AGREEMENTS
from coordinator_app.ui.shared.fields import ComboField, FormRow, LineField
from coordinator_app.ui.shared.headings import Heading, Level
from coordinator_app.ui.shared.layout import Column, Line
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.toggles import Toggle, ToggleGrid, ToggleKind
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words

_LABEL = 88


class LetterForm(QWidget):
    """Shows a `LetterState`; what a person does is told by the parts, which the view connects."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        say = words.say
        self.kind, self.to, self.language, self.delivery = (
            ComboField(theme, say(name)) for name in ("kind", "to", "language", "sent_by")
        )
        self.copy_delivery = ComboField(theme, say("copy_by"))
        self._copy_row = FormRow(theme, say("copy_by"), self.copy_delivery, label_width=_LABEL)
        self.notice = Text(theme, "", Type.STRONG, Tone.URGENT, wraps=True)
        self.note = Text(theme, "", Type.SMALL, Tone.SECOND, wraps=True)
        self.agreement = ToggleGrid(
            theme,
            say("agreement"),
            [Toggle(say(f"agreement.{each}.key"), say(f"agreement.{each}"), each) for each in AGREEMENTS],
            ToggleKind.CHOICE,
            columns=3,
            by_words=True,
        )
        self.agreed = Text(theme, "", Type.SMALL, Tone.SECOND, wraps=True)
        self.facts, self.medicines, self.copies = Ticks(theme), Ticks(theme), Ticks(theme)
        self.question = LineField(theme, say("question"))
        down = Column(theme, self, (20, 12, 20, 16))
        down.addWidget(Heading(theme, say("title"), Level.TITLE))
        down.add_gap(6)
        self._notice_room = Line(theme)
        self._notice_room.addWidget(self.notice)
        down.addLayout(self._notice_room)
        for label, field in (
            ("kind", self.kind),
            ("to", self.to),
            ("language", self.language),
            ("sent_by", self.delivery),
        ):
            down.addWidget(FormRow(theme, say(label), field, label_width=_LABEL))
        down.addWidget(self.note)
        down.add_gap(12)
        down.addWidget(Heading(theme, say("agreement")))
        down.add_gap(4)
        down.addWidget(self.agreement)
        down.add_gap(4)
        down.addWidget(self.agreed)
        for part in (self.facts, self.medicines, self.copies):
            down.addWidget(part)
        down.add_gap(6)
        down.addWidget(self._copy_row)
        down.add_gap(10)
        down.addWidget(Heading(theme, say("question")))
        down.add_gap(4)
        down.addWidget(self.question)
        down.addStretch(1)

    def show_state(self, state: LetterState) -> None:
        """Show the choices; nobody is told."""
        self.notice.set_words(state.notice)
        self.notice.setVisible(bool(state.notice))
        self._notice_room.set_margins(0, 0, 0, 10 if state.notice else 0)
        for field, choice in (
            (self.kind, state.kind),
            (self.to, state.to),
            (self.language, state.language),
            (self.delivery, state.delivery),
        ):
            _set(field, choice)
        if state.copy_delivery is not None:
            _set(self.copy_delivery, state.copy_delivery)
        self._copy_row.setVisible(state.copy_delivery is not None)
        self.note.set_words(state.note)
        self.note.setVisible(bool(state.note))
        self.agreement.set_on([state.agreement] if state.agreement is not None else [])
        self.agreed.set_words(state.agreed_words)
        self.facts.show_group(state.facts)
        self.medicines.show_group(state.medicines)
        self.copies.show_group(state.copies)
        self.question.line.setPlaceholderText(state.question_hint)
        self.question.setToolTip(state.question_hint)


def _set(field: ComboField, choice: Choice) -> None:
    field.set_options(choice.options, choice.value)
