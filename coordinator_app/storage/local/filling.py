"""Tables and columns a newer program reads and an older one did not keep: fetched for everybody held, once."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from coordinator_app.storage.local import places, profile
from coordinator_app.storage.local.leavers import held
from coordinator_app.storage.tables import local


def ask(connection: Connection, tables: Iterable[str]) -> None:
    """Have these tables fetched for every panel held; a local migration that adds a column or a table says so."""
    owed = dict(asked(connection))
    for panel_id in connection.execute(select(local.feed_place.c.panel_id)).scalars():
        before = owed.get(panel_id, {}).get("tables", ())
        owed[panel_id] = {"tables": sorted({*before, *tables}), "begun": False}
    profile.write(connection, {profile.BACKFILL: owed})


def asked(connection: Connection) -> Mapping[str, Any]:
    """Return what is owed, by panel."""
    return profile.read(connection, profile.BACKFILL, {})  # type: ignore[no-any-return]


def begin(connection: Connection, panel_id: str) -> None:
    """Owe them of everybody held; the feed goes on from where it is, for other tables were not read anew."""
    owed = dict(asked(connection))
    places.forget_owed(connection, panel_id)
    members = sorted(held(connection, panel_id))
    if members:
        rows = [{"panel_id": panel_id, "place": place, "member_id": each} for place, each in enumerate(members)]
        connection.execute(insert(local.to_copy), rows)
    profile.write(connection, {profile.BACKFILL: {**owed, panel_id: {**owed[panel_id], "begun": True}}})


def begin_again(connection: Connection, panel_id: str) -> None:
    """Owe them from the start: what was owed of members gave way to a repair."""
    owed = dict(asked(connection))
    if panel_id in owed:
        profile.write(connection, {profile.BACKFILL: {**owed, panel_id: {**owed[panel_id], "begun": False}}})


def end(connection: Connection, panel_id: str) -> None:
    """Owe nothing of it any more; a copy of the whole panel brought it too."""
    owed = dict(asked(connection))
    if owed.pop(panel_id, None) is not None:
        profile.write(connection, {profile.BACKFILL: owed})
