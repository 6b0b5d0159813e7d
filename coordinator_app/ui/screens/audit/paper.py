"""Paper for a table: laid out by Qt, without a file in between."""

from PySide6.QtGui import QPageLayout, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from coordinator_app.domain.trouble import Trouble

JOB_NAME = "List"
"""What a queue of print jobs shows; it names nobody."""


class UsualPrinter:
    """The printer this computer uses unless told otherwise."""

    def put(self, page: str) -> None:
        """Print a page. Trouble: ``not_printed``."""
        info = QPrinterInfo.defaultPrinter()
        if info.isNull():
            raise Trouble("not_printed", "This computer has no usual printer.")
        printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
        printer.setDocName(JOB_NAME)
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        document = QTextDocument()
        document.setHtml(page)
        document.print_(printer)
