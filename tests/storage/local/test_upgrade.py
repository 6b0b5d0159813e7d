import shutil
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.local.engine import connect
from coordinator_app.storage.local.upgrade import STORE_VERSION, bring_up_to_date, version_of
from coordinator_app.storage.tables import LOCAL_SCHEMAS, local_only, shared
from coordinator_app.storage.tables.local import HIDE_LEAVERS, SEARCH
from tests.storage.local.conftest import MIGRATIONS, killed_at

MADE = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"


def test_the_program_knows_the_last_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == STORE_VERSION


def test_the_last_revision_is_what_the_tables_say(path: Path, key: bytes) -> None:
    engine = create_engine("sqlite://", execution_options={"schema_translate_map": LOCAL_SCHEMAS})
    with engine.begin() as connection:
        shared.create_all(connection, checkfirst=False)
        local_only.create_all(connection, checkfirst=False)
        said = {row.name: " ".join(row.sql.split()) for row in connection.execute(text(MADE))}
    engine.dispose()
    driver = connect(path, key)
    made = {name: " ".join(sql.split()) for name, sql in driver.execute(MADE)}
    driver.close()
    for name in [name for name in made if name.startswith(("people_search_", "alembic_"))]:
        del made[name]
    by_hand = {"people_search": SEARCH, "hide_leavers": HIDE_LEAVERS}
    assert made == said | {name: " ".join(sql.split()) for name, sql in by_hand.items()}


def test_a_store_that_is_up_to_date_is_left_alone(path: Path, key: bytes) -> None:
    assert bring_up_to_date(path, key, MIGRATIONS) is False
    assert [file.name for file in path.parent.iterdir() if "before" in file.name] == []


def test_a_newer_store_is_refused_with_a_sentence_and_not_touched(path: Path, key: bytes) -> None:
    driver = connect(path, key)
    driver.execute("UPDATE alembic_version SET version_num = '9999'")
    driver.close()
    with pytest.raises(Trouble, match="newer program") as told:
        bring_up_to_date(path, key, MIGRATIONS)
    assert told.value.code == "store_newer"
    assert version_of(path, key) == "9999"


NEXT = """
revision = "000{n}"
down_revision = "{before}"

from alembic import op


def upgrade() -> None:
    op.get_bind().exec_driver_sql("CREATE TABLE added_{n} (a INTEGER)")
    op.get_bind().exec_driver_sql("{also}")
"""


def older_home(tmp_path: Path, also: str = "SELECT 1") -> Path:
    home = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, home, ignore=shutil.ignore_patterns("__pycache__"))
    (home / "versions" / "next.py").write_text(NEXT.format(n=9, before=STORE_VERSION, also=also))
    return home


def test_an_upgrade_killed_at_any_statement_leaves_the_old_store_or_the_new(
    path: Path, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = connect(path, key)
    driver.execute("INSERT INTO draft VALUES ('d', NULL, 'call', '{}', 1)")
    driver.close()
    home = older_home(tmp_path)
    monkeypatch.setattr("coordinator_app.storage.local.upgrade.STORE_VERSION", "0009")
    nth, died = 0, True
    while died:
        nth += 1
        died = killed_at(nth, lambda: bring_up_to_date(path, key, home))
        driver = connect(path, key)
        added = driver.execute("SELECT count(*) FROM sqlite_master WHERE name = 'added_9'").fetchone()[0]
        assert driver.execute("SELECT id FROM draft").fetchall() == [("d",)]
        driver.close()
        assert (version_of(path, key), added) in {(STORE_VERSION, 0), ("0009", 1)}
    assert version_of(path, key) == "0009"
    assert nth > 5


def test_an_upgrade_that_would_change_unsent_work_is_undone(
    path: Path, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = connect(path, key)
    driver.execute("INSERT INTO draft VALUES ('d', NULL, 'call', '{}', 1)")
    driver.close()
    monkeypatch.setattr("coordinator_app.storage.local.upgrade.STORE_VERSION", "0009")
    with pytest.raises(Trouble, match="unsent work"):
        bring_up_to_date(path, key, older_home(tmp_path, "DELETE FROM draft"))
    assert version_of(path, key) == STORE_VERSION
    copy = connect(path.with_name(f"store.db.before-{STORE_VERSION}"), key)
    assert copy.execute("SELECT id FROM draft").fetchall() == [("d",)]
    copy.close()
