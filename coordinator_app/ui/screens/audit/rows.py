"""What the screen of an auditor shows, and the same as a table for paper and file."""

import csv
import html
import io
from dataclasses import dataclass

from coordinator_app.ui.shared.pair_row import PairRow

# A spreadsheet takes what begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class AuditState:
    """Rows for the list, the sentence over them, and the table that leaves; without cells nothing can leave."""

    rows: tuple[PairRow, ...] = ()
    said: str = ""
    empty: str = ""
    headings: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()


def as_csv(state: AuditState) -> bytes:
    """Return the table as CSV in UTF-8; a cell that a spreadsheet would run begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(state.headings)
    writer.writerows([f"'{each}" if each.startswith(_FORMULA) else each for each in row] for row in state.cells)
    return out.getvalue().encode("utf-8-sig")


def as_page(state: AuditState, title: str, warning: str) -> str:
    """Return the table as a page for a printer."""
    head = "".join(f"<th align='left'>{html.escape(each)}</th>" for each in state.headings)
    body = "".join(f"<tr>{''.join(f'<td>{html.escape(each)}</td>' for each in row)}</tr>" for row in state.cells)
    said = html.escape(state.said)
    return (
        f"<h2>{html.escape(title)}</h2><p>{said}</p>"
        f"<table cellpadding='4' width='100%'><tr>{head}</tr>{body}</table><p>{html.escape(warning)}</p>"
    )
