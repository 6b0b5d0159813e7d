"""What the tests of screens share: sentences, and a courier that answers at once."""

import pytest

from coordinator_app.ui.shared.courier import InstantCourier
from coordinator_app.ui.shared.noticeboard import Noticeboard
from coordinator_app.workstation.catalogue import Catalogue
from tests.ui.screens.framing import framed, parts_of
from tests.ui.screens.sample_store import RESOURCES


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load(RESOURCES / "i18n", "en")


@pytest.fixture
def courier() -> InstantCourier:
    return InstantCourier()


@pytest.fixture
def noticeboard(qapp: object) -> Noticeboard:
    return Noticeboard()


@pytest.fixture
def in_window(sample, desk, courier, noticeboard, qtbot):
    """Show what a screen's own function builds, in a window: the parts, the screen, the window."""

    def show(build, theme, lang="en"):
        parts = parts_of(theme, desk if lang == "en" else sample.desk(lang), courier, noticeboard)
        screen = build(parts)
        window = framed(theme, screen)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        return parts, screen, window

    return show
