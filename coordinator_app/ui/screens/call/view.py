"""The call screen: the frozen list at the left, the call over the rest; every field is reached by a key."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget
from typing_extensions import override

from coordinator_app.domain.activity import Outcome, TeachBack
from coordinator_app.domain.call import Answer
from coordinator_app.domain.ids import MemberId, ReasonId
from coordinator_app.domain.next_step import NextStep
from coordinator_app.ui.screens.call.body import CallBody
from coordinator_app.ui.screens.call.empty import NoCall
from coordinator_app.ui.screens.call.entries import Entries
from coordinator_app.ui.screens.call.flag_model import FlagModel
from coordinator_app.ui.screens.call.flag_place import FlagPlace
from coordinator_app.ui.screens.call.frozen_list import WIDTH, FrozenPane
from coordinator_app.ui.screens.call.sheet import Sheet, Standing, StepChoices
from coordinator_app.ui.screens.call.standing import RED_FLAG
from coordinator_app.ui.screens.call.view_model import CallViewModel
from coordinator_app.ui.screens.call.wording import CallWords
from coordinator_app.ui.shared.actions import act
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.layout import Breadth, Line, Pane, pin
from coordinator_app.ui.shared.theme import Theme

_LIST_WIDTH = {Breadth.NARROW: WIDTH, Breadth.MIDDLE: WIDTH, Breadth.WIDE: 320}


class CallView(Pane):
    """Shows the view-model's call and hands back what is pressed."""

    def __init__(
        self, theme: Theme, say: CallWords, view_model: CallViewModel, flag_model: FlagModel,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(theme, parent=parent)
        self._of, self._say = view_model, say
        self._is_narrow = False
        words = say.words
        self.list = FrozenPane(theme, words.say("list"))
        self.body = CallBody(theme, words, say.outcomes())
        self.empty = NoCall(theme, words)
        self._call = QWidget()
        self._across = Line(theme, self._call)
        self._across.addWidget(self.list)
        self._across.addWidget(self.body, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._call)
        self._acts()
        self.flag = FlagPlace(self.body, words, flag_model)
        self._listen()
        self._tell()

    @property
    def is_calling(self) -> bool:
        """Whether a call is shown."""
        return self._stack.currentWidget() is self._call

    def quiets_toasts(self) -> bool:
        """Under a call a word about somebody else is small."""
        return True

    def take_focus(self) -> None:
        """Go where the hands belong: on the outcome while there is a call."""
        if self.is_calling:
            self.body.outcome.outcomes.setFocus()
        else:
            self._of.find_drafts()
            self.empty.setFocus()

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the layout of a breadth; narrow, the list is a drawer over the call."""
        self._is_narrow = breadth is Breadth.NARROW
        pin(self.theme, self.list, width=_LIST_WIDTH[breadth])
        if self._is_narrow:
            self._across.removeWidget(self.list)
            self.list.setParent(self._call)
            self.list.hide()
        else:
            self._across.insertWidget(0, self.list)
            self.list.show()
        self.body.set_breadth(breadth)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What reaches this far was typed in no field and is no key of the part in focus.
        if self.is_calling and not event.modifiers() and self._letter(event.text().upper()):
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_narrow:
            self.list.setGeometry(0, 0, self.theme.px(WIDTH), self.height())

    def _letter(self, key: str) -> bool:
        if key == "V":
            self.body.outcome.identity.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        if key == "I":
            self.body.number.interpreter.click()
            return True
        if self.flag.press(key):
            return True
        return self.body.outcome.press(key)

    def _acts(self) -> None:
        say, body = self._say.words.say, self.body
        for words, keys, wish in (
            (say("outcome"), "Ctrl+O", body.outcome.outcomes.setFocus),
            (say("topics"), "Ctrl+T", self._go_to_topics),
            (say("note"), "Ctrl+N", body.note.note.field.setFocus),
            (say("step"), "Ctrl+D", body.note.take_focus_step),
            (say("save_now"), "Ctrl+S", self._save_draft),
            (say("save_stay"), "Ctrl+Shift+Return", lambda: self._save(stays=True)),
            (say("list.drawer"), "Ctrl+Shift+L", self._drawer),
            (say("next_part"), "F6", self._next_part),
        ):
            act(self._call, words, keys, wish)
        body.add_acts(
            keep=act(self._call, say("keep"), "Escape", self._leave),
            save=act(self._call, say("save"), "Ctrl+Return", self._save),
            visit=act(self._call, say("visit"), "Ctrl+B", self._of.wish_visit),
            teach=act(self._call, say("teach"), "Ctrl+E", self._of.wish_lesson),
            flag=act(self._call, say("flag"), "Ctrl+R", lambda: self.flag.begin()),  # noqa: PLW0108 (made later)
        )

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isVisible():
            self.body.bring_into_sight(new)

    def _listen(self) -> None:
        model, body = self._of, self.body
        model.begun.connect(self._begin)
        model.begun.connect(self.flag.follow)
        model.sheet_read.connect(self._show_sheet)
        model.list_read.connect(self.list.show_list)
        model.restored.connect(self._show_entries)
        model.stood.connect(self._show_standing)
        model.steps_proposed.connect(self._show_steps)
        model.draft_kept.connect(body.note.show_kept)
        model.elapsed.connect(body.head.strip.show_elapsed)
        model.refused.connect(self._refuse)
        model.drafts_found.connect(self.empty.show_drafts)
        model.saved.connect(self._end)
        model.kept.connect(self._end)
        model.left.connect(self._end)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)
        self.empty.draft_wished.connect(lambda member_id: self._of.open(MemberId(member_id)))

    def _tell(self) -> None:
        body = self.body
        body.outcome.outcome_chosen.connect(self._choose_outcome)
        body.outcome.settled.connect(self._settle)
        body.outcome.identity_changed.connect(lambda on: self._change(replace(self._of.entries, identity=tuple(on))))
        body.outcome.turned.connect(self._turned)
        body.topics.topics_changed.connect(self._topics)
        body.topics.said_changed.connect(self._said)
        body.note.note_paused.connect(lambda note: self._change(replace(self._of.entries, note=note)))
        body.note.step_chosen.connect(self._step)
        body.note.call_back_typed.connect(lambda typed: self._change(replace(self._of.entries, call_back=typed)))
        body.note.answers_changed.connect(self._answers)
        body.number.number_chosen.connect(lambda number: self._change(replace(self._of.entries, number=number)))
        body.number.language_chosen.connect(lambda code: self._change(replace(self._of.entries, language=code)))
        body.number.interpreter_set.connect(lambda on: self._change(replace(self._of.entries, has_interpreter=on)))

    def _begin(self, _member_id: str) -> None:
        self._stack.setCurrentWidget(self._call)
        self.body.clear(self._say.outcomes())
        self.take_focus()

    def _show_sheet(self, sheet: Sheet) -> None:
        self.body.show_sheet(sheet)
        announce(self, sheet.banner.sentence)

    def _show_entries(self, entries: Entries) -> None:
        self.flag.speak(entries.language)
        self.body.show_entries(entries)

    def _show_standing(self, standing: Standing) -> None:
        self.body.show_standing(standing)

    def _show_steps(self, steps: StepChoices) -> None:
        self.body.note.show_steps(steps, self._of.entries.step)

    def _change(self, entries: Entries) -> None:
        self._of.change(entries)

    def _choose_outcome(self, outcome: Outcome) -> None:
        self._change(replace(self._of.entries, outcome=outcome))
        if outcome.is_conversation:
            self.body.bring_into_sight(self.body.outcome.identity)

    def _topics(self, on: object) -> None:
        topics = tuple(on) if isinstance(on, tuple) else ()
        is_alarm = RED_FLAG in topics and RED_FLAG not in self._of.entries.topics
        self._change(replace(self._of.entries, topics=topics))
        if is_alarm:
            self.flag.begin()

    def _said(self, said: dict[str, TeachBack]) -> None:
        self._change(replace(self._of.entries, said_back=said))

    def _step(self, step: NextStep | None) -> None:
        self._change(replace(self._of.entries, step=step))

    def _answers(self, answers: dict[ReasonId, Answer]) -> None:
        self._change(replace(self._of.entries, answers=answers))

    def _turned(self, is_further: bool) -> None:  # noqa: FBT001 - Qt's own way to hand a signal on
        self.body.say_foot(self._say.words.say("foot.further" if is_further else "foot.start"))

    def _settle(self) -> None:
        if self._of.entries.is_conversation:
            self._go_to_topics()
        else:
            self._save()

    def _go_to_topics(self) -> None:
        if not self.body.topics.take_focus():
            self.body.outcome.identity.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _next_part(self) -> None:
        body, here = self.body, self.window().focusWidget()
        columns: tuple[QWidget, ...] = (body.outcome, body.topics, body.note)
        at = next((place for place, each in enumerate(columns) if here is not None and each.isAncestorOf(here)), -1)
        if columns[(at + 1) % 3] is body.topics and body.topics.take_focus():
            return
        if at in (0, 1):
            body.note.note.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            body.outcome.outcomes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _save_draft(self) -> None:
        self.body.note.note.say_now()
        self._of.keep_draft()

    def _save(self, *, stays: bool = False) -> None:
        self.body.note.note.say_now()
        self._of.save(stays=stays)

    def _leave(self) -> None:
        if self._is_narrow and self.list.isVisible():
            self.list.hide()
            return
        if self.flag.close_form():
            self.take_focus()
            return
        self.body.note.note.say_now()
        self._of.leave()

    def _drawer(self) -> None:
        if not self._is_narrow:
            return
        self.list.setVisible(not self.list.isVisible())
        self.list.setGeometry(0, 0, self.theme.px(WIDTH), self.height())
        self.list.raise_()

    def _refuse(self, words: str) -> None:
        self.body.say_foot(words, warns=True)
        announce(self, words, interrupts=True)

    def _end(self) -> None:
        self.flag.end()
        self._stack.setCurrentWidget(self.empty)
