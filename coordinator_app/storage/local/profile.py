"""What the store knows of its person, its computer and its centre; one fact a row."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from coordinator_app.domain.trouble import Refusal
from coordinator_app.storage.tables import local

LOGIN = "login"
ROLE_NAME = "role_name"
PERSON = "person"
ROLE = "role"
NAME = "name"
SERVER = "server"
EPOCH = "epoch"
DEVICE = "device"
PASSWORD = "password"  # noqa: S105 (the name of the fact, not its value)
PENDING = "password_pending"
# The other halves of slots B and C, so that another passphrase can be put on them without asking anybody.
RECOVERY = "recovery_code"
SLOT_SECRET = "slot_secret"  # noqa: S105
SKEW_MS = "skew_ms"
BUNDLES = "bundles"
INITIATIVES = "initiatives"
LEASE = "lease"
GREETED_AT = "greeted_at"
TIME_SEEN = "time_seen"
DEVICE_STATE = "device_state"
WIPE_ORDERED = "wipe_ordered"
SEAL_KEY = "seal_key"
EMERGENCIES = "emergencies"
NAMES_CHANGED = "names_changed"
LOG_END = "log_end"
RECEIPTS = "receipts"
PULL_UNTIL = "pull_until"
BACKFILL = "backfill"

# Put together once: that costs more than asking, and these are asked in every save.
_ONE: Final = select(local.profile.c.value).where(local.profile.c.key == bindparam("wanted"))
# By the driver's own words: every look at the store begins with it, for the lease.
_ALL: Final = "SELECT key, value FROM profile WHERE key NOT IN (?, ?, ?, ?)"
_SECRET: Final = (PASSWORD, PENDING, RECOVERY, SLOT_SECRET)


def read_all(connection: Connection) -> dict[str, Any]:
    """Return every fact of the profile but passwords and halves of keys."""
    found = connection.exec_driver_sql(_ALL, _SECRET)
    return {key: None if value is None else json.loads(value) for key, value in found}


def read(connection: Connection, key: str, default: Any = None) -> Any:
    """Return one fact, or ``default`` where it was never learned."""
    found = connection.execute(_ONE, {"wanted": key}).first()
    return default if found is None else found.value


def write(connection: Connection, facts: Mapping[str, Any]) -> None:
    """Learn or replace facts."""
    if not facts:
        return
    put = insert(local.profile)
    put = put.on_conflict_do_update(index_elements=["key"], set_={"value": put.excluded.value})
    connection.execute(put, [{"key": key, "value": value} for key, value in facts.items()])


def forget(connection: Connection, keys: Iterable[str]) -> None:
    """Drop facts."""
    connection.execute(local.profile.delete().where(local.profile.c.key.in_(list(keys))))


def refuse_another(connection: Connection, login: str) -> None:
    """Raise a Refusal unless this store is of ``login``: one person, one store (ruling 22)."""
    owner = read(connection, LOGIN)
    if owner is not None and owner != login:
        raise Refusal("another_login", "This profile belongs to another login; enroll into a folder of its own.")
