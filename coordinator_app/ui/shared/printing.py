"""Paper: page pictures painted on a printer, without a file in between."""

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QRect
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from coordinator_app.domain.trouble import Trouble

JOB_NAME = "Letter"
"""What a queue of print jobs shows; it names nobody."""


class SystemPress:
    """The printers this computer knows."""

    def names(self) -> tuple[str, ...]:
        """Return their names, the usual one first."""
        usual = QPrinterInfo.defaultPrinterName()
        names = [name for name in QPrinterInfo.availablePrinterNames() if name != usual]
        return tuple([usual, *names] if usual else names)

    def put(self, pages: Sequence[QImage], printer: str) -> None:
        """Print pages on one of ``names``. Trouble: ``not_printed``."""
        info = QPrinterInfo.printerInfo(printer)
        if info.isNull():
            raise Trouble("not_printed", "This printer is not there.")
        paint_pages(QPrinter(info, QPrinter.PrinterMode.HighResolution), pages)


def paint_pages(printer: QPrinter, pages: Sequence[QImage]) -> None:
    """Paint each picture over a whole sheet of letter paper. Trouble: ``not_printed``."""
    printer.setDocName(JOB_NAME)
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.Letter), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise Trouble("not_printed", "The printer did not take the letter.")
    try:
        for place, page in enumerate(pages):
            if place and not printer.newPage():
                raise Trouble("not_printed", "The printer did not take the whole letter.")
            sheet = printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
            painter.drawImage(QRect(0, 0, sheet.width(), sheet.height()), page)
    finally:
        painter.end()
