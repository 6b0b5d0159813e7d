"""A server that cannot prove itself hears no login, no password and no question."""

import ipaddress
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.central.address import address_of
from coordinator_app.storage.central.conversation import connected

HERE = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
NOW = datetime.now(UTC)
SSL_REQUEST = struct.pack("!ii", 8, 80877103)


class Authority:
    """Vouches for certificates, also for bad ones."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.file = folder / f"{name}.crt"
        self._write(self.file, self._built(self._name, self._key, NOW + timedelta(days=1), None))

    def vouch(self, name: x509.GeneralName, until: datetime) -> tuple[Path, Path]:
        """Return the files of a certificate and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "server")])
        self._write(self._folder / "server.crt", self._built(subject, key, until, name))
        plain = serialization.NoEncryption()
        pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        (self._folder / "server.key").write_bytes(pem)
        return self._folder / "server.crt", self._folder / "server.key"

    def _built(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, until: datetime, name: x509.GeneralName | None
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - timedelta(days=9))
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=name is None, path_length=None), critical=True)
        )
        if name is not None:
            builder = builder.add_extension(x509.SubjectAlternativeName([name]), critical=False)
        return builder.sign(self._key, hashes.SHA256())

    @staticmethod
    def _write(file: Path, certificate: x509.Certificate) -> None:
        file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


class Listener:
    """Speaks PostgreSQL as far as the TLS handshake and keeps what comes after it."""

    def __init__(self, certificate: tuple[Path, Path] | None) -> None:
        self._certificate, self.heard = certificate, b""
        self._door = socket.create_server(("127.0.0.1", 0))
        self._door.settimeout(20)
        self.port = int(self._door.getsockname()[1])
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        with suppress(OSError, ssl.SSLError):
            line, _ = self._door.accept()
            with line:
                line.settimeout(10)
                assert line.recv(8) == SSL_REQUEST
                if self._certificate is None:
                    line.sendall(b"N")
                    self.heard = line.recv(1000)
                    return
                line.sendall(b"S")
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(*self._certificate)
                with context.wrap_socket(line, server_side=True) as speaking:
                    self.heard = speaking.recv(1000)

    def close(self) -> bytes:
        """Return what was heard after the handshake."""
        self._thread.join(20)
        self._door.close()
        return self.heard


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "authority")


@pytest.fixture
def open_doors() -> Iterator[list[Listener]]:
    doors: list[Listener] = []
    yield doors
    for door in doors:
        door.close()


def knock(listener: Listener, root: Path) -> str:
    """Connect as a nurse's workstation does and return the code of what it is told."""
    address = address_of(f"postgresql+psycopg://127.0.0.1:{listener.port}/care?sslmode=verify-full&sslrootcert={root}")
    with pytest.raises(Trouble) as told, connected(address, "zyxquill", "her password"):
        pass
    assert "zyxquill" not in str(told.value)
    return told.value.code


def test_a_server_that_proves_itself_hears_who_is_there(authority: Authority, open_doors: list[Listener]) -> None:
    open_doors.append(Listener(authority.vouch(HERE, NOW + timedelta(days=1))))
    assert knock(open_doors[0], authority.file) == "offline"
    assert b"zyxquill" in open_doors[0].close()


@pytest.mark.parametrize("fault", ["expired", "other_name", "other_address", "other_authority", "no_tls"])
def test_a_server_that_does_not_prove_itself_hears_nothing(
    authority: Authority, open_doors: list[Listener], tmp_path: Path, fault: str
) -> None:
    tomorrow = NOW + timedelta(days=1)
    root, certificate = authority.file, None
    match fault:
        case "expired":
            certificate = authority.vouch(HERE, NOW - timedelta(days=1))
        case "other_name":
            certificate = authority.vouch(x509.DNSName("care.example.org"), tomorrow)
        case "other_address":
            certificate = authority.vouch(x509.IPAddress(ipaddress.ip_address("127.0.0.2")), tomorrow)
        case "other_authority":
            certificate, root = authority.vouch(HERE, tomorrow), Authority(tmp_path, "stranger").file
    open_doors.append(Listener(certificate))
    assert knock(open_doors[0], root) == "not_trusted"
    assert open_doors[0].close() == b""
