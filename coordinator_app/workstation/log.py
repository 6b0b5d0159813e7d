"""What the program writes down: constant words and allow-listed facts, never a name, a number or a note."""

import json
import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from typing_extensions import override

ALLOWED = frozenset({"code", "count", "members", "rows", "sent", "milliseconds", "record", "panel", "device", "state"})
"""The only ``extra`` facts that are written: codes, counts, ids of our own."""

_BYTES, _FILES = 1_000_000, 3


class PlainFacts(logging.Formatter):
    """One JSON object a line. Of an exception only its type and places, for its words may quote a patient."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        facts = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "who": record.name,
            # The text as written in the code; its arguments stay out.
            "what": str(record.msg),
            **{name: _plain(record.__dict__[name]) for name in sorted(ALLOWED & record.__dict__.keys())},
        }
        if record.exc_info and record.exc_info[0] is not None:
            facts["error"] = record.exc_info[0].__name__
            facts["places"] = list(_places(record))
        return json.dumps(facts, ensure_ascii=True)


def write_to(path: Path, *, level: int = logging.INFO) -> logging.Handler:
    """Write this product's log into a file that is rotated at 1 MB, three kept, readable by its owner alone."""
    path.touch(mode=0o600)
    handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8")
    handler.setFormatter(PlainFacts())
    logger = logging.getLogger("coordinator_app")
    logger.setLevel(level)
    logger.propagate = False
    logger.addHandler(handler)
    return handler


def _plain(value: object) -> object:
    return value if isinstance(value, (bool, int, float)) or value is None else str(value)[:80]


def _places(record: logging.LogRecord) -> Iterable[str]:
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None:
        yield f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
