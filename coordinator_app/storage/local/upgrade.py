"""Brings a store to this program's form: a safety copy first, then everything in one transaction (ruling 22)."""

import hashlib
from pathlib import Path

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.local.engine import connect, single_engine

STORE_VERSION = "0002"
"""The last revision in migrations/local; a test holds the two together."""

# What cannot be had again from the centre: an upgrade may not lose or change a byte of it.
PRECIOUS = ("outbox", "draft")


def version_of(path: Path, key: bytes) -> str | None:
    """Return the store's revision, or None for a file that holds no tables yet."""
    driver = connect(path, key)
    try:
        row = driver.execute("SELECT version_num FROM alembic_version").fetchone()
    except dbapi2.OperationalError:
        return None
    finally:
        driver.close()
    return None if row is None else str(row[0])


def bring_up_to_date(path: Path, key: bytes, migrations: Path) -> bool:
    """Make or upgrade the store and say whether anything was done; a newer store is refused and left as it is."""
    found = version_of(path, key)
    if found == STORE_VERSION:
        return False
    if found is not None and found > STORE_VERSION:
        raise Trouble(
            "store_newer",
            "This store was written by a newer program. Nothing was changed; update this program and open it again.",
        )
    copy = None if found is None else safety_copy(path, key, found)
    engine = single_engine(path, key)
    try:
        with engine.connect() as connection:
            _upgrade(connection, migrations)
    finally:
        engine.dispose()
    if copy is not None:
        copy.unlink()
    return True


def safety_copy(path: Path, key: bytes, version: str) -> Path:
    """Write a copy of the store under the same key beside it and return its place; it is there until all is well."""
    copy = path.with_name(f"{path.name}.before-{version}")
    copy.unlink(missing_ok=True)
    driver = connect(path, key)
    try:
        driver.execute("VACUUM INTO ?", (str(copy),))
    finally:
        driver.close()
    return copy


def _upgrade(connection: Connection, migrations: Path) -> None:
    # Alembic is loaded only here: opening a store that is up to date is on the way to every command.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    before = _digest(connection)
    command.upgrade(config, "head")
    if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone() is not None:
        raise Trouble("upgrade_failed", "The upgrade left a row without its owner; the store is as it was before.")
    if before and _digest(connection) != before:
        raise Trouble("upgrade_failed", "The upgrade changed unsent work; the store is as it was before.")
    connection.exec_driver_sql("COMMIT")
    connection.commit()


def _digest(connection: Connection) -> str:
    """Return one hash over the bytes of unsent work and drafts, or "" for a store without tables."""
    names = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    digest = hashlib.sha256()
    for table in PRECIOUS:
        if table not in names:
            return ""
        columns = "op_id, device_seq, payload, hash" if table == "outbox" else "id, member_id, content"
        for row in connection.exec_driver_sql(f"SELECT {columns} FROM {table} ORDER BY 1"):
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()
