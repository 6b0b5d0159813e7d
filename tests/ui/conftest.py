"""What every test of the window starts from: no display, our fonts, our icons, one theme."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import DARK

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture(scope="session", autouse=True)
def _code_is_no_garbage() -> None:
    """Leave what was imported out of each test's collection: most of the heap, and never free."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _garbage_on_the_windows_thread() -> Iterator[None]:
    """As in the product: no lane ever frees what belongs to the window, and a window that was left is gone."""
    gc.disable()
    yield
    # Only a running event loop does this by itself; windows of earlier tests would pile up and listen to the theme.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.fixture
def resources() -> Path:
    """The shipped resources of this checkout."""
    return RESOURCES


@pytest.fixture(scope="session")
def _loaded_theme(qapp: QApplication) -> Theme:
    theme = Theme(RESOURCES / "fonts", RESOURCES / "icons")
    theme.dress(qapp)
    return theme


@pytest.fixture
def theme(_loaded_theme: Theme) -> Iterator[Theme]:
    """The light look at 100 %, put back afterwards."""
    yield _loaded_theme
    _loaded_theme.use_dark(dark=False)
    _loaded_theme.set_zoom(100)


@pytest.fixture(params=["light", "dark"])
def either_theme(request: pytest.FixtureRequest, theme: Theme) -> Theme:
    """The look, once light and once dark."""
    if request.param == "dark":
        theme.use(DARK)
    return theme


@pytest.fixture
def picture(qapp: QApplication) -> Callable[[QWidget, str, int, int], QImage]:
    """Paint a widget at a size into an image; kept as NAME.png in the folder GALLERY names, if it names one."""

    def paint(widget: QWidget, name: str, width: int, height: int) -> QImage:
        widget.resize(width, height)
        widget.show()
        qapp.processEvents()
        assert (widget.width(), widget.height()) == (width, height), "a part forces its parent to grow"
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(0)
        widget.render(image)
        if folder := os.environ.get("GALLERY"):
            image.save(str(Path(folder) / f"{name}.png"))
        return image

    return paint
