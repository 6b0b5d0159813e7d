"""Real PostgreSQL servers and encrypted stores for tests, and how long each slice of the tests took."""

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coordinator_app.central import passfile
from coordinator_app.central.embedded import HOST, SUPERUSER, Binaries, Choices, ServerFolder, bundled, start, stop
from coordinator_app.central.embedded.account import choose

# A test of the domain alone is not to wait for the database and the desk to be imported.
if TYPE_CHECKING:
    from coordinator_app.bootstrap.desk import Desk
    from tests.ui.screens.sample_store import Sample

TEST_USER = "coordinator-test"
DEBIAN_BINARIES = Binaries(Path("/usr/lib/postgresql/15/bin"))

# A test's server may forget everything in a power cut; nothing else differs from the product's.
QUICK = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "64MB"}


@dataclass(frozen=True)
class ServerForTests:
    """A running server, alone in its folder; every worker of a parallel run has its own."""

    folder: ServerFolder
    port: int
    binaries: Binaries
    root_certificate: Path | None = None

    def url(self, database: str, passwords: Path | None = None) -> str:
        """Return the URL for the commands of the centre; TLS is asked for where the server has it."""
        place = f"postgresql+psycopg://{HOST}:{self.port}/{database}?passfile={passwords or self.folder.passfile}"
        if self.root_certificate is None:
            return place
        return f"{place}&sslmode=verify-full&sslrootcert={self.root_certificate}"

    def enroll_url(self, database: str) -> str:
        """Return the URL a workstation enrolls with."""
        if self.root_certificate is None:
            return self.folder.enroll_url(self.port, database)
        place = f"postgresql+psycopg://{HOST}:{self.port}/{database}"
        return f"{place}?sslmode=verify-full&sslrootcert={self.root_certificate}&channel_binding=require"

    def psql(
        self, statement: str, database: str, login: str = SUPERUSER, password: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run SQL as any login; without `password` the passfile's is taken. Rows come back unaligned."""
        named = {"PGPASSWORD": password} if password is not None else {"PGPASSFILE": str(self.folder.passfile)}
        place = ["-h", HOST, "-p", str(self.port), "-U", login, "-d", database]
        return subprocess.run(
            [self.binaries.psql, "-X", "-w", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *place, "-f", "-"],
            input=statement,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C", **named},
            capture_output=True,
            text=True,
            check=False,
        )

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run SQL as superuser and return its rows; the test fails if the statement does."""
        done = self.psql(statement, database)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@dataclass(frozen=True)
class DatabaseForTests:
    """A database of one test, dropped afterwards; its passfile holds the superuser and what migrate adds."""

    server: ServerForTests
    name: str
    passfile: Path

    @property
    def url(self) -> str:
        return self.server.url(self.name, self.passfile)

    @property
    def enroll_url(self) -> str:
        return self.server.enroll_url(self.name)

    @property
    def keyfile(self) -> Path:
        return self.server.folder.local_key

    def sql(self, statement: str) -> str:
        """Run SQL as superuser."""
        return self.server.sql(statement, self.name)


MakeDatabase = Callable[..., DatabaseForTests]


@pytest.fixture(scope="session")
def run_as() -> str | None:
    """The user who runs test servers: None unless we are root, who may not; `scripts/test` makes TEST_USER."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    wanted = os.environ.get("COORDINATOR_TEST_USER", TEST_USER)
    for name in (wanted, "postgres"):
        if name in known:
            return name
    line = f"useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin {wanted}"
    pytest.exit(f"As root the test servers need a user of their own; this line makes it: {line}", returncode=4)


@pytest.fixture(scope="session")
def servers_home() -> Iterator[Path]:
    """A folder the servers' user can reach; pytest's own temporary folders are closed to it."""
    home = Path(tempfile.mkdtemp(prefix="coordinator-test-"))
    home.chmod(0o711)
    yield home
    shutil.rmtree(home)


@contextmanager
def served(
    data: Path, run_as: str | None, choices: Choices, root_certificate: Path | None = None
) -> Iterator[ServerForTests]:
    state = start(data, run_as=run_as, choices=choices)
    assert state.port is not None
    try:
        yield ServerForTests(ServerFolder(data), state.port, choices.binaries or bundled(), root_certificate)
    finally:
        stop(data, choices=choices)


@pytest.fixture(scope="session")
def server(servers_home: Path, run_as: str | None) -> Iterator[ServerForTests]:
    """The embedded server as the product starts it (PostgreSQL 18)."""
    with served(servers_home / "embedded", run_as, Choices(settings=QUICK)) as running:
        yield running


@pytest.fixture(scope="session")
def server_16(servers_home: Path, run_as: str | None) -> Iterator[ServerForTests]:
    """The older of the two servers in the package (PostgreSQL 16)."""
    with served(servers_home / "embedded-16", run_as, Choices(bundled(16), QUICK)) as running:
        yield running


@pytest.fixture(scope="session")
def debian_server(servers_home: Path, run_as: str | None) -> Iterator[ServerForTests]:
    """Debian's PostgreSQL 15 with TLS and a certificate authority of our own; plain TCP is turned away."""
    if not DEBIAN_BINARIES.initdb.exists():
        pytest.fail("Debian's postgresql-15 is missing; scripts/test installs it.")
    data, tls = servers_home / "debian", servers_home / "tls"
    authority = make_certificates(tls, choose(run_as, data / "pgdata").own)
    settings = {
        **QUICK,
        "ssl": "on",
        "ssl_min_protocol_version": "TLSv1.2",
        "ssl_cert_file": str(tls / "server.crt"),
        "ssl_key_file": str(tls / "server.key"),
    }
    access = (f"hostssl all all {HOST}/32 scram-sha-256",)
    with served(data, run_as, Choices(DEBIAN_BINARIES, settings, access), authority) as running:
        yield running


@pytest.fixture
def fresh_database_on() -> Iterator[Callable[..., DatabaseForTests]]:
    """Make empty databases, or copies of `template`, on any of the servers; all are dropped at the end."""
    made: list[DatabaseForTests] = []

    def make(server: ServerForTests, template: str = "template0") -> DatabaseForTests:
        name = f"test_{uuid.uuid4().hex[:12]}"
        server.sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        passwords = server.folder.root / f"{name}.passfile"
        passfile.put(passwords, passfile.read(server.folder.passfile))
        made.append(DatabaseForTests(server, name, passwords))
        return made[-1]

    yield make
    for database in made:
        database.server.sql(f'DROP DATABASE "{database.name}" WITH (FORCE)')
        database.passfile.unlink()


@pytest.fixture
def fresh_database(server: ServerForTests, fresh_database_on: MakeDatabase) -> MakeDatabase:
    """Make databases on the embedded server: `fresh_database()` or `fresh_database(template=NAME)`."""

    def make(template: str = "template0") -> DatabaseForTests:
        return fresh_database_on(server, template)

    return make


@pytest.fixture(scope="session")
def nobody(tmp_path_factory: pytest.TempPathFactory) -> "Sample":
    """A closed store of an enrolled nurse without patients, to be copied: making it costs ten times a copy."""
    from tests.ui.screens.sample_store import Sample

    made = Sample(tmp_path_factory.mktemp("nobody"))
    made.close()
    return made


@pytest.fixture(scope="session")
def everybody(nobody: "Sample", tmp_path_factory: pytest.TempPathFactory) -> "Sample":
    """The same with the whole sample panel, ranked."""
    from tests.ui.screens.sample_people import people

    made = nobody.copy_to(tmp_path_factory.mktemp("everybody"))
    made.fill(made.desk(), people())
    made.close()
    return made


@pytest.fixture
def sample(everybody: "Sample", tmp_path: Path) -> Iterator["Sample"]:
    """A real encrypted store of the test's own that holds the sample panel."""
    copy = everybody.copy_to(tmp_path)
    yield copy
    copy.close()


@pytest.fixture
def desk(sample: "Sample") -> "Desk":
    """What a nurse can do on that store."""
    return sample.desk()


def make_certificates(folder: Path, own: Callable[[Path], None]) -> Path:
    """Write server.crt and server.key for the loopback address and return their authority's certificate."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    folder.mkdir()
    folder.chmod(0o755)
    begin = datetime.now(UTC) - timedelta(days=1)
    authority_key, server_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])

    def certificate(subject: x509.Name, key: ec.EllipticCurvePrivateKey, name: str, *, authority: bool) -> Path:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(begin + timedelta(days=30))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )
        if not authority:
            import ipaddress

            names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address(HOST))]
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        path = folder / name
        path.write_bytes(builder.sign(authority_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
        path.chmod(0o644)
        return path

    root = certificate(issuer, authority_key, "authority.crt", authority=True)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate(subject, server_key, "server.crt", authority=False)
    passfile.write_private(
        folder / "server.key",
        server_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )
    own(folder / "server.key")
    return root


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the seconds each folder of tests took, summed over all workers."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[report.nodeid.removeprefix("tests/").split("/")[0].split("::")[0]] += report.duration
    if seconds:
        terminalreporter.section("seconds per slice")
        for name, spent in sorted(seconds.items(), key=lambda item: -item[1]):
            terminalreporter.write_line(f"{spent:8.1f} {name}")
