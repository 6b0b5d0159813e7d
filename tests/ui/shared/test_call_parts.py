"""Strip, banner, outcomes, identity, topics and note put together as on the Call screen."""

import pytest
from PySide6.QtWidgets import QWidget

from coordinator_app.ui.shared.action_bar import ActionLine
from coordinator_app.ui.shared.actions import HERE, act
from coordinator_app.ui.shared.banner import BannerDetail, BannerFacts, PatientBanner
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.call_strip import CallStrip
from coordinator_app.ui.shared.check_line import CheckLine
from coordinator_app.ui.shared.chips import Chip, ChipKind
from coordinator_app.ui.shared.choices import Choice, ChoiceList
from coordinator_app.ui.shared.fields import ComboField, FormRow, Option
from coordinator_app.ui.shared.headings import Heading
from coordinator_app.ui.shared.layout import Column, Edge, Line, Pane, pin
from coordinator_app.ui.shared.note_field import NoteField
from coordinator_app.ui.shared.pair_row import PairPainter, PairRow, pair_model
from coordinator_app.ui.shared.red_flag import RedFlag, RedFlagBar
from coordinator_app.ui.shared.row_list import RowList
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.toggles import Toggle, ToggleGrid, ToggleKind
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

OUTCOMES = tuple(
    Choice(str(place), words, words)
    for place, words in enumerate(
        [
            "Spoke with patient",
            "Spoke with caregiver",
            "No answer",
            "Left message",
            "Busy or line down",
            "Wrong number",
            "Call back at…",
            "Refused",
            "Other…",
        ],
        start=1,
    )
)


class CallMock(QWidget):
    def __init__(self, theme, people, who, *, red_flag=False):
        super().__init__()
        across = Line(theme, self)
        frozen = Pane(theme, "surface", Edge.RIGHT)
        pin(theme, frozen, width=256)
        down = frozen.column()
        rows = RowList(theme, pair_model(), PairPainter(theme, dims_others=True), "Call today")
        rows.show_rows(
            tuple(PairRow(row.key, row.name, f"Due {row.due_words}", row.sentence, tier=row.tier) for row in people)
        )
        rows.choose(who.name)
        rows.freeze(frozen=True)
        head = Pane(theme, "sunken", Edge.BOTTOM)
        head.line((20, 0, 20, 0)).addWidget(Text(theme, "Call today 23", Type.STRONG, Tone.SECOND))
        pin(theme, head, height=46)
        down.addWidget(head)
        down.addWidget(rows, 1)
        across.addWidget(frozen)
        right = Pane(theme)
        across.addWidget(right, 1)
        page = right.column()
        self._heads(theme, page, who)
        if red_flag:
            self._flag(theme, page)
        columns = Line(theme, margins=(24, 16, 24, 0), spacing=26)
        page.addLayout(columns)
        first, second, third = (Column(theme, spacing=8) for _ in range(3))
        holders = [QWidget(), QWidget()]
        pin(theme, holders[0], width=244)
        pin(theme, holders[1], width=250)
        first, second = Column(theme, holders[0], spacing=8), Column(theme, holders[1], spacing=6)
        columns.addWidget(holders[0])
        columns.addWidget(holders[1])
        columns.addLayout(third, 1)
        self._outcome(theme, first)
        self._topics(theme, second)
        self._note(theme, third)
        page.addStretch(1)
        save = KeyButton(theme, act(self, "Save and next", "Ctrl+Return", self.update), Kind.PRIMARY)
        keep = KeyButton(theme, act(self, "Keep as draft", "Esc", self.update))
        page.addWidget(
            ActionLine(theme, (keep, save), "Closes 2 of 3 reasons; the lisinopril question keeps its date.")
        )

    def _heads(self, theme, page, who):
        strip = CallStrip(theme, "Call in progress", "The list stays as it is until you save")
        strip.show_elapsed("02:14")
        page.addWidget(strip)
        banner = PatientBanner(theme, in_call=True)
        banner.show_facts(
            BannerFacts(
                who,
                (BannerDetail("call", "mobile (413) 555-0142, reached 2-Nov"), BannerDetail("globe", "Spanish")),
                (Chip("Mobile only, no message", ChipKind.QUIET, "shield", keeps=True),),
            )
        )
        page.addWidget(banner)

    def _flag(self, theme, page):
        buttons = tuple(
            KeyButton(theme, act(self, words, key, self.update, where=HERE), kind)
            for words, key, kind in (
                ("Who was told…", "T", Kind.DANGER),
                ("911 called", "1", Kind.PLAIN),
                ("Where is she now?", "W", Kind.PLAIN),
            )
        )
        bar = RedFlagBar(theme, buttons)
        bar.show_flag(
            RedFlag(
                "Red flag: weight up 2.4 kg in 3 days, short of breath lying down",
                "Read to her: “If breathing gets harder or your chest hurts, call 911 now.”",
                "Same-day call to Dr. Peña, (413) 555-0110. Open until a clinician has taken it over. Nobody told yet.",
                "Open for 1 min",
            )
        )
        page.addWidget(bar)

    def _outcome(self, theme, first):
        self.outcomes = ChoiceList(theme, "Outcome", "chosen")
        self.outcomes.show_choices(OUTCOMES)
        self.outcomes.set_value("Spoke with patient")
        first.addWidget(Heading(theme, "Outcome", keys="Ctrl+O"))
        first.addWidget(self.outcomes)
        first.addWidget(Heading(theme, "Identity", keys="V", aside="two needed"))
        self.identity = ToggleGrid(
            theme,
            "Identity",
            (
                Toggle("D", "Birth date", "birth"),
                Toggle("Z", "ZIP code", "zip"),
                Toggle("A", "Address", "address"),
                Toggle("M", "Member ID", "member"),
            ),
        )
        self.identity.set_on(("birth", "zip"))
        first.addWidget(self.identity)
        first.addWidget(Text(theme, "Both match. Topics are open.", Type.SMALL, Tone.SECOND))
        first.addStretch(1)

    def _topics(self, theme, second):
        second.addWidget(Heading(theme, "Topics", keys="Ctrl+T"))
        for words, detail, on in (
            ("Medicines picked up", "", True),
            ("Daily weight", "Said it back in her own words", True),
            ("Warning signs", "", False),
            ("Visit within 7 days", "", False),
        ):
            line = CheckLine(theme, words, detail)
            line.setChecked(on)
            second.addWidget(line)
        second.addWidget(Heading(theme, "Said it back", aside="Daily weight"))
        said = ToggleGrid(
            theme,
            "Said it back",
            (
                Toggle("1", "Yes", 1),
                Toggle("2", "After again", 2),
                Toggle("3", "Not yet", 3),
                Toggle("4", "Not asked", 4),
            ),
            ToggleKind.CHOICE,
        )
        said.set_on((1,))
        second.addWidget(said)
        second.addStretch(1)

    def _note(self, theme, third):
        heading = Heading(theme, "Note", keys="Ctrl+N")
        heading.set_aside("Saved on this computer 10:47:09", Tone.DONE)
        third.addWidget(heading)
        self.note = NoteField(theme, "Note")
        self.note.set_words(
            "Feels better, weight 68 kg this morning. Daughter Lucía drives her. Has a scale at home "
            "and the new tablets. "
            "Asks whether she still takes"
        )
        pin(theme, self.note, height=176)
        third.addWidget(self.note)
        third.addWidget(Heading(theme, "Next step", keys="Ctrl+D"))
        again = ComboField(theme, "Call again", options=(Option("Mon 30-Nov-2026, 10:00", 1),))
        again.set_value(1)
        third.addWidget(FormRow(theme, "Call again", again, label_width=80))
        third.addStretch(1)


@pytest.mark.parametrize("red_flag", [False, True])
def test_call(either_theme, framed, picture, rows, *, who, red_flag):
    screen = CallMock(either_theme, rows, who, red_flag=red_flag)
    window = framed(either_theme, "call", screen)
    window.show()
    screen.note.setFocus()
    name = "call-redflag" if red_flag else "call"
    picture(window, f"{name}-{either_theme.tokens.name}", 1360, 850)
    assert screen.outcomes.height() == 9 * 36
    assert screen.identity.on() == ("birth", "zip")
