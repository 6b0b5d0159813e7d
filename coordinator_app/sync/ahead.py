"""Reads one page of a first copy ahead: the line works while the store writes."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self

from coordinator_app.domain.travel import Page, Place
from coordinator_app.sync.ports import HubSession


class Ahead:
    """Holds the page that comes next; whoever announced one says nothing else on the session before taking it.

    At most one page is held beside the one that is being written, so memory stays bounded.
    """

    def __init__(self, session: HubSession) -> None:
        self._session = session
        self._line = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead")
        self._coming: tuple[str, Future[Page]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_told: object) -> None:
        # The session is closed next: what is under way on it ends first, and nobody wants it any more.
        self._line.shutdown(wait=True, cancel_futures=True)

    def announce(self, place: Place, members: Sequence[str]) -> None:
        """Begin to read the page of these members of a panel; of none, nothing."""
        if members:
            self._coming = (
                place.panel_id,
                self._line.submit(self._session.copy_page, place.panel_id, place.depth, members, place.only),
            )

    def take(self, place: Place) -> Page | None:
        """Return the page that was announced of this panel, if any; trouble on the way is raised here."""
        coming, self._coming = self._coming, None
        if coming is None:
            return None
        panel_id, page = coming
        read = page.result()
        return read if panel_id == place.panel_id else None
