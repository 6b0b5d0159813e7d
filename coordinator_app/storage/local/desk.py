"""The store as sync sees it: every method is one transaction."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from coordinator_app.domain.travel import Hello, Listing, Page, PanelState, Place, Receipt, Unread
from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.local import digests, filling, leavers, places, profile, unread
from coordinator_app.storage.local.arrival import Arrival, driver_of, erase
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.local.leavers import held
from coordinator_app.storage.local.sending_desk import SendingDesk
from coordinator_app.storage.tables import PULLED
from coordinator_app.storage.tables.types import from_microseconds, to_microseconds

_ALL = frozenset(table.name for table in PULLED)


class StoreDesk(SendingDesk):
    """Takes and gives for sync; ``now`` is this computer's clock and only dates what is shown."""

    def __init__(self, store: Store, arrival: Arrival, now: Callable[[], datetime]) -> None:
        super().__init__(store, now)
        self._arrival = arrival

    def greet(self, hello: Hello, skew_ms: int) -> bool:
        """Keep what hello said and the list of panels; True where the centre has another history than before."""
        with self._store.receiving() as connection:
            before = profile.read(connection, profile.EPOCH)
            # A server set back to an older image says the same epoch, but its log has not come so far again.
            is_set_back = before == hello.epoch and hello.log_end < profile.read(connection, profile.LOG_END, 0)
            if is_set_back:
                places.doubt_all(connection)
            known = {each["id"]: each for each in profile.read(connection, profile.INITIATIVES, [])}
            named = [
                {
                    "id": each.id,
                    "name": each.name,
                    "zone": each.zone,
                    "calendar": each.calendar,
                    "office": each.office,
                    "frozen_on": None if each.frozen_on is None else each.frozen_on.isoformat(),
                }
                for each in hello.initiatives
            ]
            now = to_microseconds(self._now())
            profile.write(
                connection,
                {
                    profile.EPOCH: hello.epoch,
                    profile.LOG_END: hello.log_end,
                    profile.PULL_UNTIL: None if hello.pull_until is None else hello.pull_until.isoformat(),
                    profile.GREETED_AT: now,
                    # Before this the clock may have shown anything; from here it is held to what it shows.
                    profile.TIME_SEEN: now,
                    profile.SKEW_MS: skew_ms,
                    profile.ROLE: hello.role,
                    profile.NAME: hello.name,
                    profile.INITIATIVES: named,
                    profile.LEASE: None if hello.lease_until is None else hello.lease_until.isoformat(),
                },
            )
            places.keep_panels(connection, hello.panels)
            if known and [*known.values()] != named:
                # Another zone or another frozen day: every rank counts from it.
                self._arrival.rewrite_all(connection)
            connection.commit()
        return is_set_back or (before is not None and before != hello.epoch)

    def bundles(self) -> Mapping[str, str]:
        """Return the version of the reference bundle held of each initiative."""
        with self._store.reading() as connection:
            return dict(profile.read(connection, profile.BUNDLES, {}))

    def take_bundle(self, initiative_id: str, version: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Replace a bundle whole."""
        with self._store.receiving() as connection:
            held = profile.read(connection, profile.BUNDLES, {})
            profile.write(connection, {profile.BUNDLES: {**held, initiative_id: version}})
            self._arrival.bundle(connection, initiative_id, rows)
            connection.commit()

    def places(self) -> Sequence[Place]:
        """Return how far each panel was read."""
        with self._store.reading() as connection:
            return places.all_places(connection)

    def panels(self) -> Sequence[PanelState]:
        """Return what is held of each panel, by name."""
        with self._store.reading() as connection:
            return places.panel_states(connection)

    def begin_copy(self, panel_id: str, epoch: str, listing: Listing, only: set[str] | None = None) -> None:
        """Start a first copy, or a repair of some members; whoever is held and not listed leaves."""
        with self._store.receiving() as connection:
            # Whoever was leaving and is listed is ours again; a page alone takes somebody back into lists and search.
            coming = None if only is None else {*only, *leavers.all_leaving(connection)}
            owed = [each for each in listing.members if coming is None or each in coming]
            places.begin_copy(connection, panel_id, epoch, listing.snapshot, owed)
            if only is None:
                filling.end(connection, panel_id)
            else:
                filling.begin_again(connection, panel_id)
            self._let_go(connection, panel_id, held(connection, panel_id) - set(listing.members))
            connection.commit()

    def next_to_copy(self, panel_id: str, limit: int) -> Sequence[str]:
        """Return the next members a first copy owes."""
        with self._store.reading() as connection:
            return places.next_owed(connection, panel_id, limit)

    def take_copy(self, place: Place, page: Page) -> None:
        """Apply a page of a first copy and cross its members off."""
        with self._store.receiving() as connection:
            if tuple(places.next_owed(connection, place.panel_id, len(page.asked))) != page.asked:
                raise Trouble("overtaken", "Another window of this profile is receiving; nothing was taken twice.")
            # What is held and not in the page is not at the centre any more: a restored one has forgotten it.
            known = _known(connection, page.present)
            tables = [table.name for table in PULLED if table.name != "member" and table.name in (place.only or _ALL)]
            whole = {name: tuple(sorted(known)) for name in tables if known}
            self._apply(connection, place, replace(page, dropped=whole), newer_only=False)
            places.cross_off(connection, place.panel_id, len(page.asked))
            connection.commit()

    def end_copy(self, panel_id: str, as_of: datetime) -> None:
        """Note that the panel is whole."""
        with self._store.receiving() as connection:
            places.end_copy(connection, panel_id, as_of)
            self._compare_names(connection)
            connection.commit()

    def begin_fill(self, panel_id: str) -> None:
        """Owe the tables asked for of everybody held; the feed's place stays where it is."""
        with self._store.receiving() as connection:
            filling.begin(connection, panel_id)
            connection.commit()

    def end_fill(self, panel_id: str) -> None:
        """Note that they are here."""
        with self._store.receiving() as connection:
            filling.end(connection, panel_id)
            connection.commit()

    def take_feed(self, place: Place, page: Page, as_of: datetime) -> None:
        """Apply a page of the feed and move the place, together."""
        with self._store.receiving() as connection:
            self._apply(connection, place, page, newer_only=True)
            if page.last is None:
                places.move(connection, place, s_old=page.target, s_target=None, pos=None, as_of=as_of)
                self._compare_names(connection)
            else:
                places.move(connection, place, s_old=place.s_old, s_target=page.target, pos=page.last, as_of=as_of)
            connection.commit()

    def unknown(self, members: Iterable[str]) -> set[str]:
        """Return those of ``members`` the store does not hold."""
        asked = set(members)
        with self._store.reading() as connection:
            return asked - _known(connection, asked)

    def digests(self, panel_id: str, depth: str) -> Mapping[str, int]:
        """Return the same number per member as the centre does."""
        with self._store.reading() as connection:
            return digests.of_panel(driver_of(connection), panel_id, depth)

    def expire(self, panel_id: str) -> None:
        """Give a panel's cursor up: it is copied whole again."""
        with self._store.receiving() as connection:
            places.expire(connection, panel_id)
            connection.commit()

    def verified(self, panel_id: str, epoch: str, listing: Listing, differing: set[str], at: datetime) -> None:
        """Note that a panel was compared, and owe those who differ again."""
        if differing:
            self.begin_copy(panel_id, epoch, listing, differing)
        with self._store.receiving() as connection:
            places.verified(connection, panel_id, at)
            connection.commit()

    def leave(self, panels: Iterable[str]) -> int:
        """Let whole panels go, unsent work first, and say how many members left."""
        count = 0
        with self._store.receiving() as connection:
            for panel_id in panels:
                gone = held(connection, panel_id)
                self._let_go(connection, panel_id, gone)
                places.forget(connection, panel_id)
                count += len(gone)
            connection.commit()
        return count

    def purge(self) -> int:
        """Delete those who left and whose work was delivered; say how many.

        Where a large part of a panel left at once the next hello has to say so too: somebody may have moved them by
        mistake, and what was not deleted need not be fetched again.
        """
        with self._store.receiving() as connection:
            free = leavers.free_to_go(connection, profile.read(connection, profile.GREETED_AT, 0))
            if not free:
                connection.rollback()
                return 0
            erase(connection, free)
            told = profile.read(connection, profile.RECEIPTS, [])
            who = hashlib.sha256("|".join(sorted(free)).encode()).hexdigest()
            profile.write(connection, {profile.RECEIPTS: [*told, [len(free), who[:32]]]})
            connection.commit()
        self._store.scrub()
        return len(free)

    def receipts(self) -> Sequence[Receipt]:
        """Return what was deleted and the centre does not know of yet."""
        with self._store.reading() as connection:
            return tuple(Receipt(*each) for each in profile.read(connection, profile.RECEIPTS, []))

    def forget_receipt(self, receipt: Receipt) -> None:
        """Forget a receipt the centre has."""
        with self._store.receiving() as connection:
            left = [each for each in profile.read(connection, profile.RECEIPTS, []) if Receipt(*each) != receipt]
            profile.write(connection, {profile.RECEIPTS: left})
            connection.commit()

    def _apply(self, connection: Connection, place: Place, page: Page, *, newer_only: bool) -> None:
        refused = self._arrival.write(connection, page.rows, page.dropped, newer_only=newer_only)
        back = [each for each in page.asked if each in page.present]
        leavers.welcome_back(connection, back)
        self._let_go(connection, place.panel_id, set(page.asked) - page.present)
        odd = self._arrival.derive(connection, back, page.rows)
        unfit = [*page.unread, *refused, *(Unread(unread.RANK, each, each, "") for each in odd)]
        if unfit or unread.any_kept(connection):
            unread.settle(connection, page, back, unfit, self._now())
        if page.rows.get("member"):
            profile.write(connection, {profile.NAMES_CHANGED: True})

    def _let_go(self, connection: Connection, panel_id: str, members: set[str]) -> None:
        """Hide members of this panel that left; ``purge`` deletes them once nothing of theirs waits."""
        if members:
            # Named after the hello it came with; clocks that are set meanwhile change nothing in that.
            greeted = from_microseconds(profile.read(connection, profile.GREETED_AT, 0))
            leavers.note(connection, panel_id, members & held(connection, panel_id), greeted)
            profile.write(connection, {profile.NAMES_CHANGED: True})

    def _compare_names(self, connection: Connection) -> None:
        """Find look-alikes again where names changed and no panel is still being copied.

        Each page would have to read the whole panel for it; that they are due is kept with the page that changed names.
        """
        if profile.read(connection, profile.NAMES_CHANGED) and not places.is_copying(connection):
            self._arrival.compare_names(connection)
            profile.forget(connection, [profile.NAMES_CHANGED])


def _known(connection: Connection, members: Collection[str]) -> set[str]:
    asked = "SELECT id FROM member WHERE id IN (SELECT value FROM json_each(?))"
    return {row[0] for row in driver_of(connection).execute(asked, (json.dumps(sorted(members)),))}
