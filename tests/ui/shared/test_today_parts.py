"""The list and its pane put together as on the Today screen, held beside the drawn one."""

import pytest
from PySide6.QtWidgets import QWidget

from coordinator_app.ui.shared.action_bar import ActionGrid
from coordinator_app.ui.shared.actions import HERE, act
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.facts import Fact, FactLines
from coordinator_app.ui.shared.layout import Breadth, Column, Edge, Line, Pane, pin
from coordinator_app.ui.shared.ledger import ReasonLedger
from coordinator_app.ui.shared.micro_banner import MicroBanner
from coordinator_app.ui.shared.queue_delegate import QueueDelegate, queue_model
from coordinator_app.ui.shared.row_list import RowList
from coordinator_app.ui.shared.safety_line import SafetyLine
from coordinator_app.ui.shared.scroll import ScrollPage
from coordinator_app.ui.shared.sort_line import SortLine, SortState
from coordinator_app.ui.shared.tabs import Tab, TabLine
from coordinator_app.ui.shared.toast import Toast, ToastLine


class TodayMock(QWidget):
    def __init__(self, theme, rows, who, reasons):
        super().__init__()
        across = Line(theme, self)
        self.list_side = Pane(theme, "surface", Edge.RIGHT)
        down = self.list_side.column()
        self.tabs = TabLine(theme, "Parts of the list")
        self.tabs.show_tabs(
            (
                Tab("call", "Call today", "23"),
                Tab("soon", "Due soon", "31"),
                Tab("wait", "Waiting", "12"),
                Tab("done", "Done today", "18"),
            ),
            "call",
        )
        self.tabs.show_link("Not listed 14")
        self.sort = sort = SortLine(theme, link=act(self, "Filter", "F", self.update, where=HERE))
        sort.show_state(SortState("Sorted by priority, then due", "Updated 10:42, 2 new"))
        self.rows = RowList(theme, queue_model(), QueueDelegate(theme), "Call today")
        self.rows.show_rows(rows)
        self.rows.choose(who.name)
        self.toasts = ToastLine(theme)
        for part in (self.tabs, sort):
            down.addWidget(part)
        down.addWidget(self.rows, 1)
        down.addWidget(self.toasts)
        self.theme = theme
        self.pane = Pane(theme)
        down = self.pane.column()
        banner = MicroBanner(theme)
        banner.show_identity(who)
        safety = SafetyLine(theme, "Special contact instructions")
        safety.show_words("Mobile only, 9:00–12:00. No message.")
        ledger = ReasonLedger(theme, "Why she is here", "Points")
        ledger.show_reasons(reasons)
        facts = FactLines(theme)
        facts.show_facts(
            (
                Fact("Not known", "Weight at home; whether the new medicines were picked up"),
                Fact("Last contact", "Mon 23-Nov 11:40, no answer, you", "Payer’s nurse: none in 7 days"),
                Fact("Best time", "9:00–12:00, mobile (413) 555-0142"),
                Fact("Visit", "Wanted by Sun 29-Nov, not asked yet"),
            )
        )
        down.addWidget(banner)
        page = QWidget()
        self.body = Column(theme, page, (20, 14, 20, 0), 12)
        for part in (safety, ledger, facts):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.ledger = ledger
        down.addWidget(ScrollPage(theme, page, "Why she is here"), 1)
        buttons = [
            KeyButton(theme, act(self.rows, words, key, self.update, where=HERE), kind, icon=icon)
            for words, key, kind, icon in (
                ("Call", "C", Kind.PRIMARY, "call"),
                ("Appointment", "A", Kind.PLAIN, ""),
                ("Education", "E", Kind.PLAIN, ""),
                ("Letter", "R", Kind.PLAIN, ""),
                ("Note", "N", Kind.PLAIN, ""),
                ("Snooze", "S", Kind.PLAIN, ""),
            )
        ]
        self.actions = ActionGrid(theme, (buttons[:3], buttons[3:]))
        down.addWidget(self.actions)
        across.addWidget(self.list_side, 1)
        across.addWidget(self.pane)
        pin(theme, self.pane, width=432)

    def set_breadth(self, breadth):
        is_narrow = breadth is Breadth.NARROW
        pin(self.theme, self.pane, width={"960": 384, "1360": 432, "1920": 520}[breadth.value])
        self.tabs.set_measures(*((16, 18) if is_narrow else (22, 28)))
        self.tabs.show_link("" if is_narrow else "Not listed 14")
        self.sort.set_left(16 if is_narrow else 22)
        self.sort.show_link("Not listed 14" if is_narrow else "")
        words = "By priority, then due · updated 10:42" if is_narrow else "Sorted by priority, then due"
        self.sort.show_state(SortState(words, "" if is_narrow else "Updated 10:42, 2 new"))
        self.actions.set_narrow(narrow=is_narrow)
        self.body.set_margins(*((14, 8, 14, 0) if is_narrow else (20, 14, 20, 0)))
        self.ledger.open_all(all_open=False)

    def toast_place(self):
        return self.toasts


def test_today(either_theme, framed, picture, *, rows, who, reasons):
    screen = TodayMock(either_theme, rows, who, reasons)
    window = framed(either_theme, "today", screen)
    window.show()
    window.show_toast(Toast("Saved. BROWN, Helen: no answer. Next try Wed 25-Nov, morning", "Undo", 1))
    screen.rows.setFocus()
    picture(window, f"today-{either_theme.tokens.name}", 1360, 850)
    assert screen.pane.width() == 432
    assert screen.rows.width() >= 755


@pytest.mark.parametrize(("width", "height", "zoom"), [(960, 540, 100), (1920, 1080, 100), (1920, 1080, 200)])
def test_today_at_the_other_widths(either_theme, framed, picture, *, rows, who, reasons, width, height, zoom):
    screen = TodayMock(either_theme, rows, who, reasons)
    window = framed(either_theme, "today", screen)
    either_theme.set_zoom(zoom)
    window.show()
    screen.rows.setFocus()
    picture(window, f"today-{width}-{zoom}-{either_theme.tokens.name}", width, height)
    expected = {(960, 100): 384, (1920, 100): 520, (1920, 200): 768}[width, zoom]
    assert screen.pane.width() == expected
    assert screen.rows.width() + screen.pane.width() + window.rail.width() + 1 == pytest.approx(width, abs=2)
