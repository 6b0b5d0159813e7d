"""What is kept of our own defects: a number to tell, exception types and places in our code, never a word of them."""

import json
import secrets
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

_MOST_PLACES = 30


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Incidents:
    """Appends to one file; an incident that cannot be written still has its number."""

    def __init__(self, path: Path, now: Callable[[], datetime] = _utc_now) -> None:
        self._path, self._now = path, now

    def note(self, error: BaseException) -> str:
        """Keep an incident and return its number, as "1124-1043-7f3a"."""
        at = self._now()
        number = f"{at:%m%d-%H%M}-{secrets.token_hex(2)}"
        report = {"incident": number, "at": at.isoformat(timespec="seconds"), "errors": list(_chain(error))}
        try:
            self._path.touch(mode=0o600)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(report) + "\n")
        except OSError:
            # A full disk must not turn one incident into two.
            return number
        return number


def _chain(error: BaseException) -> Iterator[dict[str, object]]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        frames = traceback.extract_tb(link.__traceback__)[-_MOST_PLACES:]
        yield {
            "type": type(link).__name__,
            "places": [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames],
        }
        link = link.__cause__ or link.__context__
