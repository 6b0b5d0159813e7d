"""The education screen: topics at the left, the lesson amid, what came back at the right."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget
from typing_extensions import override

from coordinator_app.ui.screens.education.entries import LessonEntries
from coordinator_app.ui.screens.education.form import LessonForm
from coordinator_app.ui.screens.education.handout import HandoutModel, HandoutPages
from coordinator_app.ui.screens.education.lesson_text import LessonText
from coordinator_app.ui.screens.education.states import LessonState, PersonState
from coordinator_app.ui.screens.education.topic_list import TopicPainter
from coordinator_app.ui.screens.education.view_model import EducationViewModel
from coordinator_app.ui.shared.action_bar import ActionLine
from coordinator_app.ui.shared.actions import WITHIN, act
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.banner import PatientBanner
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.choices import ChoiceList
from coordinator_app.ui.shared.desk import LetterDesk
from coordinator_app.ui.shared.empty_state import EmptyState, EmptyWords
from coordinator_app.ui.shared.headings import Heading
from coordinator_app.ui.shared.layout import Breadth, Column, Edge, Line, Pane, pin
from coordinator_app.ui.shared.scroll import ScrollPage
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words

_TOPICS = {Breadth.NARROW: 340, Breadth.MIDDLE: 348, Breadth.WIDE: 400}
_FORM = {Breadth.NARROW: 0, Breadth.MIDDLE: 372, Breadth.WIDE: 460}


class EducationView(Pane):
    """Shows the view-model's lesson and hands back what is pressed."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        view_model: EducationViewModel,
        handout: HandoutModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent=parent)
        self._of, self._words, self._handout = view_model, words, handout
        self.banner = PatientBanner(theme)
        self.topics = ChoiceList(theme, words.say("topics"), words.say("chosen"), TopicPainter(theme))
        self.form = LessonForm(theme, words)
        self.lesson = LessonText(theme)
        self._lay_out()
        self._acts()
        self._listen()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._see_focus)
        self.set_breadth(Breadth.MIDDLE)

    def quiets_toasts(self) -> bool:
        """Over work on one person a word about somebody else is small."""
        return True

    def take_focus(self) -> None:
        """Go to the topics, or to the result where a topic is chosen already."""
        (self.form.result if self._of.entries.topic else self.topics).setFocus()

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the columns of a layout; narrow, the lesson lies under the form."""
        is_narrow = breadth is Breadth.NARROW
        pin(self.theme, self._left, width=_TOPICS[breadth])
        self._across.removeWidget(self._middle)
        self._right_down.removeWidget(self._lesson_part)
        if is_narrow:
            self._middle.hide()
            self._right_down.addWidget(self._lesson_part)
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(16777215)
            self._across.setStretchFactor(self._right, 1)
        else:
            self._middle_down.addWidget(self._lesson_part)
            self._across.insertWidget(1, self._middle, 1)
            self._middle.show()
            self._across.setStretchFactor(self._right, 0)
            pin(self.theme, self._right, width=_FORM[breadth])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rest.start()

    def _lay_out(self) -> None:
        theme, say = self.theme, self._words.say
        topics_part = QWidget()
        topics = Column(theme, topics_part, (20, 14, 16, 12), 8)
        topics.addWidget(Heading(theme, say("topics"), keys="Ctrl+T", aside=say("suits.legend")))
        topics.addWidget(self.topics)
        topics.addStretch(1)
        self._left = Pane(theme, "surface", Edge.RIGHT)
        self._topics_page = ScrollPage(theme, topics_part, say("topics"))
        self._left.column().addWidget(self._topics_page)
        self._lesson_part = QWidget()
        lesson = Column(theme, self._lesson_part, (24, 16, 24, 16))
        self._none = Text(theme, say("lesson.none"), Type.BODY, Tone.SECOND, wraps=True)
        lesson.addWidget(self._none)
        lesson.addWidget(self.lesson)
        self.desk = LetterDesk(theme, say("handout"))
        pin(theme, self.desk, height=580)
        self.desk.hide()
        lesson.addWidget(self.desk)
        lesson.addStretch(1)
        middle_part = QWidget()
        self._middle_down = Column(theme, middle_part)
        self._middle = Pane(theme, "surface", Edge.RIGHT)
        self._lesson_page = ScrollPage(theme, middle_part, say("lesson"))
        self._lesson_page.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._middle.column().addWidget(self._lesson_page)
        right_part = QWidget()
        self._right_down = Column(theme, right_part)
        form_place = QWidget()
        Column(theme, form_place, (20, 14, 20, 12)).addWidget(self.form)
        self._right_down.addWidget(form_place)
        self._form_page = ScrollPage(theme, right_part, say("result"))
        self._right = QWidget()
        Column(theme, self._right).addWidget(self._form_page)
        self._sheet = QWidget()
        self._across = Line(theme)
        self._across.addWidget(self._left)
        self._across.addWidget(self._right)
        self._down = Column(theme, self._sheet)
        self._down.addWidget(self.banner)
        self._down.addLayout(self._across, 1)
        nobody = EmptyState(theme, EmptyWords(say("empty"), reassurance=say("empty.reassurance")))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(nobody)
        self._stack.addWidget(self._sheet)

    def _acts(self) -> None:
        say, sheet = self._words.say, self._sheet
        save = act(sheet, say("save"), "Ctrl+Return", self._save, where=WITHIN)
        close = act(sheet, say("close"), "Escape", self._close, where=WITHIN)
        act(sheet, say("topics"), "Ctrl+T", self.topics.setFocus, where=WITHIN)
        act(sheet, say("plan"), "Ctrl+D", self.form.plan.field.setFocus, where=WITHIN)
        act(sheet, say("save_now"), "Ctrl+S", self._save_draft, where=WITHIN)
        act(sheet, say("next_part"), "F6", self._next_part, where=WITHIN)
        act(sheet, say("result"), "V", self.form.result.setFocus, where=WITHIN)
        self._print = act(sheet, say("handout.show"), "Ctrl+P", self._show_or_print, where=WITHIN)
        self._print.setEnabled(False)
        buttons = tuple(
            KeyButton(self.theme, action, kind)
            for action, kind in ((close, Kind.PLAIN), (self._print, Kind.PLAIN), (save, Kind.PRIMARY))
        )
        self._bar = ActionLine(self.theme, buttons, say("foot.start"))
        self._down.addWidget(self._bar)

    def _listen(self) -> None:
        model, form = self._of, self.form
        model.begun.connect(self._begin)
        model.person_read.connect(self._show_person)
        model.entered.connect(self._show_entries)
        model.lesson_shown.connect(self._show_lesson)
        model.draft_kept.connect(form.show_kept)
        model.refused.connect(self._refuse)
        model.saved.connect(self._end)
        model.left.connect(self._end)
        handout = self._handout
        handout.shown.connect(self._show_handout)
        handout.hidden.connect(self._hide_handout)
        handout.printed.connect(self._note_print)
        handout.refused.connect(self._refuse)
        self.topics.chosen.connect(self._choose)
        form.changed.connect(self._change)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def _begin(self) -> None:
        self.banner.show_facts(None)
        self.topics.show_choices(())
        self.form.show_entries(LessonEntries())
        self._show_lesson(LessonState())
        self._stack.setCurrentWidget(self._sheet)
        self._say_foot()
        self.topics.setFocus()

    def _show_person(self, person: PersonState) -> None:
        self.banner.show_facts(person.banner)
        self.topics.show_choices(person.topics)
        self.form.show_person(person)
        announce(self, person.banner.sentence)

    def _show_entries(self, entries: LessonEntries) -> None:
        self.topics.set_value(entries.topic or None)
        self.form.show_entries(entries)
        self._say_foot()
        self.take_focus()
        self._rest.start()

    def _show_lesson(self, lesson: LessonState) -> None:
        self._handout.hide()
        self._print.setEnabled(bool(lesson.title))
        self.lesson.show_lesson(lesson)
        self.form.show_lesson(lesson)
        self._none.setVisible(not lesson.title)
        self.lesson.setVisible(bool(lesson.title))
        self._lesson_page.verticalScrollBar().setValue(0)

    def _choose(self, topic: object) -> None:
        self.form.choose_topic(str(topic))
        self.form.result.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self, entries: LessonEntries) -> None:
        self._of.change(entries)
        self._say_foot()

    def _save(self) -> None:
        self.form.plan.say_now()
        self._of.save()

    def _save_draft(self) -> None:
        self.form.plan.say_now()
        self._of.keep_draft()

    def _next_part(self) -> None:
        here = self.window().focusWidget()
        is_in_topics = here is not None and self._left.isAncestorOf(here)
        (self.form.result if is_in_topics else self.topics).setFocus()

    def _close(self) -> None:
        if self._handout.is_shown:
            self._handout.hide()
            return
        self.form.plan.say_now()
        self._of.close()

    def _show_or_print(self) -> None:
        member_id, entries = self._of.member_id, self._of.entries
        if self._handout.is_shown:
            self._handout.print()
        elif member_id is not None:
            self._handout.show(member_id, entries.topic, entries.language)

    def _show_handout(self, sheet: HandoutPages) -> None:
        self.desk.show_pages(sheet.pages, sheet.foot, sheet.text)
        self._turn_to(desk=True)
        announce(self.desk, sheet.foot)

    def _hide_handout(self) -> None:
        self._turn_to(desk=False)

    def _turn_to(self, *, desk: bool) -> None:
        self.desk.setVisible(desk)
        self.lesson.setVisible(not desk)
        self._print.setText(self._words.say("handout.print" if desk else "handout.show"))
        self._rest.start()
        if desk:
            self._form_page.bring(self.desk)

    def _note_print(self, words: str) -> None:
        self.form.add_to_plan(words)
        self._say_foot()
        announce(self, words)

    def _say_foot(self) -> None:
        entries = self._of.entries
        key = "foot.ready" if entries.topic and entries.result else "foot.result" if entries.topic else "foot.start"
        self._bar.words.set_words(self._words.say(key))
        self._bar.words.set_tone(Tone.SECOND)

    def _refuse(self, words: str) -> None:
        self._bar.words.set_words(words)
        self._bar.words.set_tone(Tone.URGENT)
        announce(self, words, interrupts=True)

    def _end(self) -> None:
        self._stack.setCurrentIndex(0)

    def _see_focus(self) -> None:
        self._follow_focus(None, self.window().focusWidget())

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self.isVisible():
            self._topics_page.bring(new)
            self._form_page.bring(new)
