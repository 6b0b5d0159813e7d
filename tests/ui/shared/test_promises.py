"""What every part promises: a name for who cannot see it, a target for who cannot aim, a ring for the keyboard."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QLineEdit, QWidget

from coordinator_app.ui.shared.actions import HERE, act
from coordinator_app.ui.shared.banner import BannerFacts, PatientBanner
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.check_line import CheckLine
from coordinator_app.ui.shared.choices import Choice, ChoiceList
from coordinator_app.ui.shared.fields import ComboField, LineField, Option
from coordinator_app.ui.shared.icon_button import IconButton
from coordinator_app.ui.shared.identity import Identity
from coordinator_app.ui.shared.layout import Pane
from coordinator_app.ui.shared.ledger import ReasonLedger
from coordinator_app.ui.shared.micro_banner import MicroBanner
from coordinator_app.ui.shared.note_field import NoteField
from coordinator_app.ui.shared.scale_row import ScaleRow
from coordinator_app.ui.shared.tabs import Tab, TabLine
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import ZOOM_STEPS
from coordinator_app.ui.shared.toggles import Toggle, ToggleGrid
from coordinator_app.ui.shared.tokens import DARK, LIGHT, Tone


class Sheet(Pane):
    """One of everything that takes the keyboard."""

    def __init__(self, theme):
        super().__init__(theme)
        down = self.column((20, 20, 20, 20), 8)
        tabs = TabLine(theme, "Parts of the list")
        tabs.show_tabs((Tab("call", "Call today", "23"), Tab("soon", "Due soon", "31")), "call")
        tabs.show_link("Not listed 14")
        choices = ChoiceList(theme, "Outcome", "chosen")
        choices.show_choices((Choice("1", "Spoke with patient", 1), Choice("2", "No answer", 2)))
        self.parts = [
            tabs,
            choices,
            ToggleGrid(theme, "Identity", (Toggle("D", "Birth date", 1), Toggle("Z", "ZIP code", 2))),
            CheckLine(theme, "Medicines picked up"),
            ScaleRow(theme, "Identity, two points", (Option("Pass", 1), Option("Fail", 2))),
            LineField(theme, "Born"),
            ComboField(theme, "With", options=(Option("Dr. Inés Peña", 1),)),
            NoteField(theme, "Note"),
            KeyButton(theme, act(self, "Letter", "R", self.update, where=HERE)),
            KeyButton(theme, act(self, "Call", "C", self.update, where=HERE), Kind.PRIMARY),
            IconButton(theme, "lock", "Lock"),
        ]
        for part in self.parts:
            down.addWidget(part)


@pytest.fixture
def sheet(theme, qtbot):
    sheet = Sheet(theme)
    qtbot.addWidget(sheet)
    sheet.resize(900, 900)
    sheet.show()
    qtbot.waitExposed(sheet)
    return sheet


def takers_of_the_keyboard(sheet):
    return [
        widget
        for widget in sheet.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and not widget.focusProxy()
    ]


def test_whatever_takes_the_keyboard_has_a_name(sheet):
    takers = takers_of_the_keyboard(sheet)
    nameless = [
        type(widget).__name__
        for widget in takers
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert len(takers) >= 13
    assert nameless == []


def test_whatever_is_pressed_is_at_least_24_high_and_wide(sheet):
    small = [
        (type(widget).__name__, widget.width(), widget.height())
        for widget in sheet.findChildren(QAbstractButton)
        if widget.isVisible() and (widget.width() < 24 or widget.height() < 24)
    ]
    assert small == []


def test_the_part_with_the_keyboard_looks_different_from_the_same_part_without(sheet, qapp):
    blind = []
    for widget in takers_of_the_keyboard(sheet):
        if isinstance(widget, QLineEdit):
            continue
        sheet.parts[5].field.setFocus()
        qapp.processEvents()
        before = sheet.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        qapp.processEvents()
        corner = widget.mapTo(sheet, widget.rect().topLeft())
        rect = widget.rect().translated(corner).adjusted(-12, -12, 12, 12)
        if before.copy(rect) == sheet.grab().toImage().copy(rect):
            blind.append(type(widget).__name__)
    assert blind == []


def luminance(color):
    def part(value):
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF())


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_words_hold_their_contrast_on_every_paper_they_stand_on(look):
    tones = [Tone.TEXT, Tone.SECOND, Tone.THIRD, Tone.ACCENT, Tone.URGENT, Tone.HIGH, Tone.ROUTINE, Tone.DONE]
    for tone in tones:
        assert contrast(look.of(tone), look.surface) >= 4.5, tone
        assert contrast(look.of(tone), look.select) >= 4.49, tone
    for words, paper in ((look.safety, look.redtint), (look.high, look.hightint), (look.done, look.donetint)):
        assert contrast(words, paper) >= 4.5
    assert contrast(look.onfill, look.fill) >= 4.5
    assert contrast(look.onfill, look.redfill) >= 4.5
    assert contrast(look.onink, look.ink) >= 4.5
    for paper in (look.surface, look.select, look.window):
        assert contrast(look.control, paper) >= 3.0


@pytest.mark.parametrize("zoom", ZOOM_STEPS)
def test_a_zoom_step_scales_rows_fields_and_buttons_alike(sheet, theme, qapp, zoom):
    theme.set_zoom(zoom)
    qapp.processEvents()
    assert sheet.parts[5].height() == theme.px(36)
    assert sheet.parts[8].height() == theme.px(36)
    assert sheet.parts[1].sizeHintForRow(0) == theme.px(36)


LONG = Identity(
    "GARCÍA LÓPEZ DE MENDOZA Y FERNÁNDEZ, María José Guadalupe", "Born 14-Jul-1945 (81 y)", "Female", "ID 1"
)


def test_a_name_that_is_too_long_gets_a_line_of_its_own_and_is_not_cut(theme, qtbot):
    micro, banner = MicroBanner(theme), PatientBanner(theme)
    qtbot.addWidget(micro)
    qtbot.addWidget(banner)
    micro.show_identity(LONG)
    assert micro.heightForWidth(384) > 90
    banner.resize(500, 80)
    banner.show_facts(BannerFacts(LONG))
    banner.resize(620, banner.height())
    assert banner.height() > 80


def test_words_that_wrap_get_the_height_they_need(theme, qtbot, reasons):
    page = Pane(theme)
    qtbot.addWidget(page)
    down = page.column((20, 0, 20, 0))
    text = Text(theme, "Weight at home; whether the new medicines were picked up. " * 3, wraps=True)
    ledger = ReasonLedger(theme, "Why she is here")
    ledger.show_reasons(reasons)
    down.addWidget(text)
    down.addWidget(ledger)
    down.addStretch(1)
    page.resize(300, 600)
    page.show()
    qtbot.waitExposed(page)
    assert text.height() >= 5 * 22
    assert ledger.height() >= ledger.heightForWidth(ledger.width())


def test_every_icon_of_the_house_draws_something(theme):
    assert len(theme.icons.names) >= 35
    for name in theme.icons.names:
        image = theme.icon(name, Tone.TEXT).toImage()
        inked = sum(image.pixelColor(x, y).alpha() > 128 for x in range(20) for y in range(20))
        assert inked > 10, name


def test_a_thousand_calls_of_the_commonest_methods_cost_none_nothing(theme, qtbot):
    # PySide6 6.12.0 on Python 3.11 took one reference of None for each of these and killed the process.
    label, image = QLabel(), QImage(40, 40, QImage.Format.Format_RGB32)
    qtbot.addWidget(label)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for place in range(1000):
        label.setText("word")
        label.setObjectName("name")
        label.resize(40 + place % 2, 20)
        label.update()
        painter.setPen(theme.tokens.text)
        painter.drawLine(0, 0, 9, 9)
        painter.fillRect(0, 0, 9, 9, theme.tokens.surface)
        painter.save()
        painter.restore()
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < 100


def test_a_box_is_pressed_anywhere_on_its_line(sheet, qtbot):
    box = sheet.findChild(QCheckBox)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert box.isChecked()


def test_nothing_is_chosen_until_a_person_chooses(sheet, qtbot):
    choices, toggles, scale, combo = sheet.parts[1], sheet.parts[2], sheet.parts[4], sheet.parts[6]
    assert (choices.value(), toggles.on(), scale.value(), combo.value()) == (None, (), None, None)
    choices.setFocus()
    with qtbot.waitSignal(choices.chosen) as told:
        qtbot.keyClick(choices, Qt.Key.Key_2)
    assert told.args == [2]
    with qtbot.waitSignal(choices.settled):
        qtbot.keyClick(choices, Qt.Key.Key_Return)
    first = toggles.findChildren(QAbstractButton)[0]
    with qtbot.waitSignal(toggles.changed) as told:
        qtbot.keyClick(first, Qt.Key.Key_Z)
    assert told.args == [(2,)]
    with qtbot.waitSignal(scale.answered) as told:
        qtbot.keyClick(scale, Qt.Key.Key_1)
    assert told.args == [1]


def test_enter_settles_nothing_while_nothing_is_chosen(sheet, qtbot):
    choices = sheet.parts[1]
    with qtbot.assertNotEmitted(choices.settled):
        qtbot.keyClick(choices, Qt.Key.Key_Return)


def test_a_note_is_told_after_a_pause_and_at_once_when_it_is_left(sheet, qtbot):
    note = sheet.parts[7]
    told = []
    note.paused.connect(told.append)
    note.paper.setFocus()
    qtbot.keyClicks(note.paper, "Feels better")
    assert told == []
    sheet.parts[8].setFocus()
    assert told == ["Feels better"]
    note.paper.setFocus()
    with qtbot.waitSignal(note.paused, timeout=3000):
        qtbot.keyClicks(note.paper, ".")
    assert told[-1] == "Feels better."


def test_letters_in_a_list_are_commands_and_never_move_the_selection(sheet, qtbot, theme, rows):
    choices = sheet.parts[1]
    before = choices.currentIndex().row()
    qtbot.keyClicks(choices, "n")
    assert choices.currentIndex().row() == before
    qtbot.keyClicks(choices, "j")
    assert choices.currentIndex().row() == 1
    qtbot.keyClicks(choices, "k")
    assert choices.currentIndex().row() == 0
