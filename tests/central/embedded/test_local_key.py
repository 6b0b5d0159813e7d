"""The key of the local server reaches the database and no other place."""

import secrets

import pytest

from coordinator_app.central.embedded import ServerFolder, bundled, install_local_key, local_key, stop
from coordinator_app.central.embedded.account import Account
from coordinator_app.central.embedded.sql import SuperuserSql
from coordinator_app.domain.trouble import Trouble

MIGRATED = """
CREATE SCHEMA sec;
CREATE TABLE sec.local_key (place int PRIMARY KEY DEFAULT 1, key bytea NOT NULL);
CREATE FUNCTION sec.keep_local_key(new_key bytea) RETURNS void LANGUAGE sql
    AS 'INSERT INTO sec.local_key (key) VALUES (new_key) ON CONFLICT (place) DO UPDATE SET key = excluded.key';
"""
STORED = "SELECT encode(key, 'hex') FROM sec.local_key"


@pytest.mark.server
def test_before_the_first_migrate_there_is_no_place_for_the_key(fresh_database):
    install_local_key(fresh_database().sql, secrets.token_bytes(32))


@pytest.mark.server
def test_the_key_is_stored_once_and_a_new_one_takes_its_place(fresh_database):
    database = fresh_database()
    database.sql(MIGRATED)
    old, new = secrets.token_bytes(32), secrets.token_bytes(32)
    for key in (old, old, new):
        install_local_key(database.sql, key)
        assert database.sql(STORED) == key.hex()


@pytest.mark.server
def test_each_start_brings_the_key_of_the_folder(begin, data):
    state = begin()
    execute = SuperuserSql(Account(), bundled(), ServerFolder(data), state.port).on("coordinator")
    execute(MIGRATED)
    stop(data)
    begin()
    assert execute(STORED) == (data / "local.key").read_bytes().hex()


def test_a_key_of_the_wrong_length_is_no_key(tmp_path):
    (tmp_path / "local.key").write_bytes(b"short")
    with pytest.raises(Trouble, match="32 bytes"):
        local_key.read(tmp_path / "local.key")
    with pytest.raises(ValueError, match="not a local key"):
        install_local_key(lambda _: None, b"short")


def test_a_key_is_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "local.key"
    made = local_key.ensure(path)
    assert local_key.ensure(path) == made
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_key_is_found_beside_the_passfile_of_an_embedded_server_only(tmp_path):
    assert local_key.beside(tmp_path / "passfile") is None
    made = local_key.ensure(tmp_path / "local.key")
    assert local_key.beside(tmp_path / "passfile") == made
