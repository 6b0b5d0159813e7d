"""Banner, ledger, timeline, supply and trends put together as on the Patient screen."""

from PySide6.QtWidgets import QWidget

from coordinator_app.ui.shared.banner import BannerDetail, BannerFacts, PatientBanner
from coordinator_app.ui.shared.check_line import CheckLine
from coordinator_app.ui.shared.chips import Chip, ChipKind
from coordinator_app.ui.shared.facts import Fact, FactLines
from coordinator_app.ui.shared.headings import Heading, Level
from coordinator_app.ui.shared.layout import Column, Edge, Line, Pane, pin
from coordinator_app.ui.shared.ledger import ReasonLedger
from coordinator_app.ui.shared.row_list import RowList
from coordinator_app.ui.shared.supply import Supply, SupplyBar
from coordinator_app.ui.shared.tabs import Tab, TabLine
from coordinator_app.ui.shared.timeline import TimelinePainter, TimelineRow, timeline_model
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.trend import Trend, TrendLine


class PatientMock(QWidget):
    def __init__(self, theme, who, reasons):
        super().__init__()
        down = Column(theme, self)
        banner = PatientBanner(theme)
        banner.show_facts(
            BannerFacts(
                who,
                (
                    BannerDetail("call", "mobile (413) 555-0142, reached 2-Nov"),
                    BannerDetail("globe", "Spanish, no interpreter needed"),
                    BannerDetail("team", "Dr. Inés Peña, Springfield North"),
                ),
                (Chip("Special contact instructions", ChipKind.QUIET, "shield", keeps=True),),
                "data as of 24-Nov 06:10",
            )
        )
        self.banner = banner
        down.addWidget(banner)
        across = Line(theme)
        down.addLayout(across, 1)
        left = Pane(theme, "surface", Edge.RIGHT)
        pin(theme, left, width=380)
        body = left.column()
        page = Column(theme, margins=(20, 14, 20, 0), spacing=10)
        ledger = ReasonLedger(theme, "Why she is here", "Points")
        ledger.show_reasons(reasons)
        facts = FactLines(theme)
        facts.show_facts((Fact("Not known", "Weight at home; whether new medicines were filled"),))
        page.addWidget(ledger)
        page.addWidget(facts)
        page.addWidget(Heading(theme, "Next steps", Level.LABEL))
        for words, detail, tone in (
            ("Call within 2 business days", "today 17:00", Tone.URGENT),
            ("Visit with Dr. Peña within 7 days", "Sun 29-Nov", Tone.SECOND),
        ):
            line = CheckLine(theme, words, inset=0)
            line.set_detail(detail, tone)
            page.addWidget(line)
        body.addLayout(page)
        body.addStretch(1)
        middle = Pane(theme, "surface", Edge.RIGHT)
        tabs = TabLine(theme, "Timeline")
        tabs.show_tabs((Tab("all", "All", "24"), Tab("calls", "Calls", "6"), Tab("visits", "Visits", "5")), "all")
        rows = RowList(theme, timeline_model(), TimelinePainter(theme), "Timeline")
        waiting = Chip("waiting to send", ChipKind.QUIET, "waiting")
        rows.show_rows(
            (
                TimelineRow("1", "24-Nov", "Call open", "You, draft on this computer", "call", "10:43", waiting),
                TimelineRow("2", "23-Nov", "No answer", "Ana Ruiz · mobile", "call", "11:40", waiting),
                TimelineRow("3", "22-Nov", "Left hospital: heart failure, 4 days", "Hospital list", "hospital"),
                TimelineRow("4", "2-Nov", "Taught: salt and daily weight", "Said it back", "teach", "09:24"),
                TimelineRow("5", "1-Oct", "Letter sent: who your coordinator is", "Spanish, version 3", "letter"),
            )
        )
        center = middle.column()
        center.addWidget(tabs)
        center.addWidget(rows, 1)
        right = Pane(theme)
        pin(theme, right, width=376)
        side = right.column((24, 14, 24, 0), 12)
        side.addWidget(Heading(theme, "Medicines: supply on hand", Level.LABEL, aside="| today"))
        for supply in (
            Supply("Furosemide 40 mg", "28 days left", 28),
            Supply("Carvedilol 12.5 mg", "15 days left", 15),
            Supply("Metformin 1000 mg", "4 days left", 4),
            Supply("Lisinopril 20 mg", "11 days past", -11),
        ):
            side.addWidget(SupplyBar(theme, supply))
        side.addWidget(Heading(theme, "Laboratory", Level.LABEL, aside="grey band: usual range"))
        labs = Column(theme)
        for trend in (
            Trend("Potassium", "18-Nov", "4.9", "mmol/L", (4.3, 4.5, 4.4, 4.7, 4.9), (3.5, 5.1)),
            Trend("eGFR", "18-Nov", "48", "mL/min", (61, 58, 55, 52, 48), (60, None), caution="low"),
            Trend("A1c", "2-Jul", "7.9", "%", (7.1, 7.4, 7.3, 7.6, 7.9), (None, 7.0), age="145 days old"),
        ):
            labs.addWidget(TrendLine(theme, trend))
        side.addLayout(labs)
        side.addStretch(1)
        across.addWidget(left)
        across.addWidget(middle, 1)
        across.addWidget(right)


def test_patient(either_theme, framed, picture, who, reasons):
    screen = PatientMock(either_theme, who, reasons)
    window = framed(either_theme, "patient", screen)
    picture(window, f"patient-{either_theme.tokens.name}", 1360, 850)
    assert screen.banner.height() == 80
