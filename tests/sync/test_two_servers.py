"""Two real servers: pages from a standby, a lossy fail-over to it, a dump brought back (sync 6, rows 15, 16, 17)."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

import psycopg
import pytest

from coordinator_app.central import passfile
from coordinator_app.central.embedded import HOST, Choices
from coordinator_app.central.embedded.ports import free_ports
from coordinator_app.central.embedded.settings import SCRAM_ONLY
from tests.conftest import QUICK, DatabaseForTests, ServerForTests, served
from tests.sync.conftest import TEMPLATE, Centre, DeskForTests, MakeDesk, lay_template, new_centre

REPLICATING = {**QUICK, "wal_level": "replica", "max_wal_senders": "4", "hot_standby": "on", "wal_keep_size": "64MB"}


@dataclass
class Second:
    """A standby of the first server, with its own port and folder."""

    first: ServerForTests
    data: Path
    port: int
    user: str | None

    @property
    def server(self) -> ServerForTests:
        return replace(self.first, port=self.port)

    def run(self, *words: object) -> None:
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PGPASSWORD": self.password}
        told = [str(word) for word in words]
        done = subprocess.run(
            told, env=env, capture_output=True, text=True, check=False, user=self.user, cwd=self.data.parent
        )
        assert done.returncode == 0, done.stderr

    @property
    def password(self) -> str:
        return passfile.read(self.first.folder.passfile)[0].password

    def make(self) -> None:
        self.copy("-R")
        self.start()

    def copy(self, *how: str) -> None:
        at = ("-h", HOST, "-p", self.first.port, "-U", "postgres")
        into = (*at, "-D", self.data, "-X", "stream", "-c", "fast", *how)
        self.run(self.first.binaries.program("pg_basebackup"), *into)

    def start(self) -> None:
        hba = self.data / "pg_hba.conf"
        settings = {
            "listen_addresses": HOST,
            "port": str(self.port),
            "unix_socket_directories": "",
            "hba_file": str(hba),
            "max_connections": "300",
            "password_encryption": "scram-sha-256",
            "timezone": "UTC",
            "wal_retrieve_retry_interval": "100ms",
            **REPLICATING,
        }
        hba.write_text("".join(f"{line}\n" for line in SCRAM_ONLY))
        (self.data / "postgresql.conf").write_text("".join(f"{key} = '{value}'\n" for key, value in settings.items()))
        self.run(
            self.first.binaries.pg_ctl, "-D", self.data, "-w", "-t", "50", "-l", self.data.parent / "said", "start"
        )

    def stop(self) -> None:
        with suppress(AssertionError):
            self.run(self.first.binaries.pg_ctl, "-D", self.data, "-m", "immediate", "-w", "stop")

    def catch_up(self) -> None:
        upto = self.first.sql("SELECT pg_current_wal_lsn()")
        until(lambda: self.server.sql(f"SELECT pg_last_wal_replay_lsn() >= '{upto}'") == "t")

    def cut_off(self) -> None:
        """Let it receive nothing more; what it has, it keeps."""
        self.server.sql("ALTER SYSTEM SET primary_conninfo = ''")
        self.server.sql("SELECT pg_reload_conf()")
        until(lambda: self.server.sql("SELECT count(*) FROM pg_stat_wal_receiver") == "0")

    def promote(self) -> None:
        assert self.server.sql("SELECT pg_promote(true, 50)") == "t"


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(1000):
        if is_so():
            return
        Event().wait(0.03)
    pytest.fail("waited in vain")


@pytest.fixture
def first(servers_home: Path, run_as: str | None, request: pytest.FixtureRequest) -> Iterator[ServerForTests]:
    access = (*SCRAM_ONLY, f"host replication all {HOST}/32 scram-sha-256")
    folder = servers_home / f"first-{abs(hash(request.node.name)) % 10_000}"
    with served(folder, run_as, Choices(settings=REPLICATING, access=access)) as running:
        lay_template(running)
        yield running


@pytest.fixture
def centre(first: ServerForTests) -> Centre:
    first.sql(f'CREATE DATABASE "centre" TEMPLATE "{TEMPLATE}"')
    return new_centre(DatabaseForTests(first, "centre", first.folder.passfile))


@pytest.fixture
def place_beside(first: ServerForTests, centre: Centre, run_as: str | None) -> Iterator[Second]:
    """A folder for a second server of the first one's kind, with nothing in it yet."""
    home = first.folder.root / "second"
    home.mkdir(mode=0o700)
    if run_as is not None:
        import pwd

        entry = pwd.getpwnam(run_as)
        os.chown(home, entry.pw_uid, entry.pw_gid)
    made = Second(first, home / "pgdata", next(free_ports(home, None)), run_as)
    yield made
    made.stop()


@pytest.fixture
def second(place_beside: Second) -> Second:
    place_beside.make()
    return place_beside


@pytest.fixture
def panel(centre: Centre) -> str:
    return centre.panel("East")


@pytest.fixture
def rosa(centre: Centre, panel: str, second: Second, desk_of: MakeDesk) -> DeskForTests:
    centre.people(panel, 4)
    person = centre.staff("rosa", "coordinator", panel)
    second.catch_up()
    desk = desk_of("rosa", person, replace(centre.address, standby=(HOST, second.port)))
    desk.sync()
    return desk


def pages_from(centre: Centre) -> str:
    return centre.sql(
        "SELECT string_agg(DISTINCT coalesce(facts ->> 'from', 'primary'), ' ') FROM audit.event "
        "WHERE kind IN ('copy', 'pull')"
    )


def test_what_was_under_way_while_a_standby_was_read_comes_later_and_is_never_skipped(
    centre: Centre, second: Second, rosa: DeskForTests
) -> None:
    assert pages_from(centre) == "standby"
    slow, quick, *_ = sorted(rosa.held())
    place = centre.database
    with psycopg.connect(
        host=HOST, port=place.server.port, dbname=place.name, user="postgres", passfile=str(place.passfile)
    ) as writer:
        number = writer.execute(
            "UPDATE care.member SET city = 'Late' WHERE id = %s RETURNING pg_current_xact_id()::text", (slow,)
        ).fetchone()
        assert number is not None
        centre.sql(f"UPDATE care.member SET city = 'Early' WHERE id = '{quick}'")
        second.catch_up()
        # The trap: a standby says of what is still open that it is visible.
        naive = f"SELECT pg_visible_in_snapshot('{number[0]}', pg_current_snapshot())"
        assert second.server.sql(naive, place.name) == "t"
        rosa.sync()
        writer.commit()
    second.catch_up()
    rosa.sync()
    rosa.sync()
    assert rosa.sql(f"SELECT city FROM member WHERE id = '{slow}'") == [("Late",)]
    assert rosa.sql(f"SELECT city FROM member WHERE id = '{quick}'") == [("Early",)]
    assert pages_from(centre) == "standby"
    # A standby that lags is not believed, and one that is away is no reason to wait.
    second.cut_off()
    centre.sql(f"UPDATE care.member SET city = 'Now' WHERE id = '{quick}'")
    rosa.sync()
    assert rosa.sql(f"SELECT city FROM member WHERE id = '{quick}'") == [("Now",)]
    second.stop()
    centre.sql(f"UPDATE care.member SET city = 'Then' WHERE id = '{quick}'")
    rosa.sync()
    assert rosa.sql(f"SELECT city FROM member WHERE id = '{quick}'") == [("Then",)]
    assert rosa.exchange.verify() == 0


def test_a_lossy_fail_over_loses_nothing_a_nurse_was_told_is_kept(
    centre: Centre, panel: str, first: ServerForTests, second: Second, rosa: DeskForTests
) -> None:
    lost, later, *_ = sorted(rosa.held())
    rosa.call(lost)
    rosa.sync()
    second.catch_up()
    second.cut_off()
    # Acknowledged by the first server alone, and what the payer told it alone.
    rosa.call(lost, "left_message")
    centre.sql(f"UPDATE care.member SET city = 'Lost' WHERE id = '{lost}'")
    rosa.address = replace(rosa.address, standby=None)
    rosa.close()
    rosa.open()
    assert rosa.sync().outcomes == {"applied": 1}
    assert rosa.sql(f"SELECT city FROM member WHERE id = '{lost}'") == [("Lost",)]
    first.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE '%rosa'")

    second.promote()
    promoted = replace(centre, database=replace(centre.database, server=second.server))
    # Transaction numbers are given out again: what is written now lies below the cursor she holds.
    promoted.sql(f"UPDATE care.member SET city = 'Anew' WHERE id = '{later}'")
    rosa.address = replace(rosa.address, port=second.port)
    rosa.close()
    rosa.open()
    received = rosa.sync()
    assert received.outcomes == {"duplicate": 1, "applied": 1}
    assert (
        promoted.sql("SELECT string_agg(outcome, ' ' ORDER BY outcome) FROM activity.contact") == "left_message reached"
    )
    cities = dict(rosa.sql("SELECT id, city FROM member"))
    assert (cities[lost], cities[later]) == ("", "Anew")
    assert rosa.exchange.verify() == 0
    assert rosa.sync().outcomes == {}


def test_last_nights_dump_brought_back_gets_todays_work_again(
    centre: Centre, panel: str, first: ServerForTests, tmp_path: Path, desk_of: MakeDesk
) -> None:
    centre.people(panel, 4)
    rosa = desk_of("rosa", centre.staff("rosa", "coordinator", panel))
    rosa.sync()
    member, other, *_ = sorted(rosa.held())
    rosa.call(member)
    rosa.sync()
    night = tmp_path / "night.dump"
    env = {"PATH": os.environ["PATH"], "PGPASSWORD": passfile.read(first.folder.passfile)[0].password}
    at = ["-h", HOST, "-p", str(first.port), "-U", "postgres"]
    subprocess.run([first.binaries.pg_dump, *at, "-Fc", "-f", night, "centre"], env=env, check=True)

    rosa.call(member, "left_message")
    rosa.sync()
    with_facts = rosa.sql("SELECT count(*) FROM fact")
    centre.sql(
        f"UPDATE care.member SET city = 'Lost' WHERE id = '{other}'; DELETE FROM care.fact WHERE member_id = '{other}'"
    )
    rosa.sync()
    first.sql('DROP DATABASE "centre" WITH (FORCE)')
    first.sql('CREATE DATABASE "centre" TEMPLATE template0')
    # As the owner's roles outlived the database, the dump's grants and owners find theirs.
    restore = first.binaries.program("pg_restore")
    subprocess.run([restore, *at, "-d", "centre", night], env=env, check=True)

    assert rosa.sync().outcomes == {"duplicate": 1, "applied": 1}
    assert centre.sql("SELECT count(*) FROM activity.contact") == "2"
    assert rosa.sql("SELECT count(*) FROM fact") == with_facts
    assert rosa.sql(f"SELECT city FROM member WHERE id = '{other}'") == [("",)]
    assert rosa.exchange.verify() == 0
    assert rosa.sync().outcomes == {}


def test_last_nights_copy_of_the_files_brought_back_begins_another_history(
    centre: Centre, panel: str, first: ServerForTests, place_beside: Second, desk_of: MakeDesk
) -> None:
    centre.people(panel, 4)
    rosa = desk_of("rosa", centre.staff("rosa", "coordinator", panel))
    rosa.sync()
    member, other, *_ = sorted(rosa.held())
    place_beside.copy()
    rosa.call(member)
    rosa.sync()
    # The copy comes back as restore.sh leaves it; before she says hello it has gone further than the first ever did.
    (place_beside.data / "postgresql.auto.conf").write_text("restore_command = 'false'\n")
    (place_beside.data / "recovery.signal").touch()
    place_beside.start()
    restored = replace(centre, database=replace(centre.database, server=place_beside.server))
    until(lambda: place_beside.server.sql("SELECT pg_is_in_recovery()") == "f")
    restored.sql(f"UPDATE care.member SET city = 'Anew' WHERE id = '{other}'")
    restored.sql("CREATE TABLE public.filler AS SELECT g, repeat('x', 900) FROM generate_series(1, 2000) AS g")
    assert restored.sql(f"SELECT pg_current_wal_lsn() > '{first.sql('SELECT pg_current_wal_lsn()')}'") == "t"
    rosa.address = replace(rosa.address, port=place_beside.port)
    rosa.close()
    rosa.open()
    assert rosa.sync().outcomes == {"applied": 1}
    assert restored.sql("SELECT count(*) FROM activity.contact") == "1"
    assert rosa.sql(f"SELECT city FROM member WHERE id = '{other}'") == [("Anew",)]
    assert rosa.exchange.verify() == 0
