"""The servers that other tests stand on are what they say."""

import pytest

pytestmark = pytest.mark.server


def test_the_older_bundled_server_works_too(server_16, fresh_database_on):
    database = fresh_database_on(server_16)
    assert database.sql("SHOW server_version_num").startswith("16")
    assert database.sql("SELECT lower('ÑANDÚ')") == "ñandú"


def test_each_database_is_alone_and_sorts_by_code_point(fresh_database):
    first, second = fresh_database(), fresh_database()
    first.sql("CREATE TABLE here (n int)")
    assert second.sql("SELECT to_regclass('here') IS NULL") == "t"
    assert first.sql("SELECT string_agg(w, '' ORDER BY w) FROM (VALUES ('b'), ('A'), ('a'), ('B')) AS v(w)") == "ABab"
    assert first.sql("SELECT lower('ÑANDÚ')") == "ñandú"


def test_a_database_can_be_copied_from_a_prepared_one(fresh_database):
    prepared = fresh_database()
    prepared.sql("CREATE TABLE here (n int)")
    assert fresh_database(template=prepared.name).sql("SELECT to_regclass('here') IS NOT NULL") == "t"


def test_debians_server_speaks_tls_only_and_proves_its_name(debian_server, fresh_database_on):
    import psycopg

    database = fresh_database_on(debian_server)
    place = database.url.replace("+psycopg", "").replace("//", "//postgres@")
    with psycopg.connect(f"{place}&channel_binding=require") as connection:
        answered = connection.execute(
            "SELECT ssl, current_setting('server_version_num') FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        ).fetchone()
    assert answered is not None
    assert answered[0] is True
    assert answered[1].startswith("15")
    with pytest.raises(psycopg.OperationalError, match="no encryption"):
        psycopg.connect(place.replace("verify-full", "disable"))
    with pytest.raises(psycopg.OperationalError, match="certificate"):
        psycopg.connect(place.split("&sslrootcert")[0] + "&sslrootcert=system")
