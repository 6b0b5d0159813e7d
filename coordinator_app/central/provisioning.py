"""Writes what an administrator needs to put up a real server: settings, access rules, scripts, units, and the steps."""

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from coordinator_app.domain.trouble import Refusal, Trouble

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,23}")
_PLAIN_PATH = re.compile(r"/[A-Za-z0-9._/+-]+")
_SIZE = re.compile(r"[1-9][0-9]{0,6}(kB|MB|GB)")
_PLACE = re.compile(r"@([a-z_]+)@")

_RUN = frozenset({"backup.sh", "restore.sh"})
_NOT_WRITTEN = frozenset({"server-floors.json"})


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for; paths are the server's own, absolute and plain, so that no file needs quoting."""

    out: Path
    host: str
    database: str = "coordinator"
    port: int = 5432
    gate_port: int = 6432
    networks: tuple[str, ...] = ()
    root: str = "/etc/coordinator/root.crt"
    certificate: str = "/etc/coordinator/server.crt"
    private_key: str = "/etc/coordinator/server.key"
    passfile: str = "/etc/coordinator/passfile"
    backups: str = "/var/backups/coordinator"
    archive: str = "/var/backups/coordinator-wal"
    heads: str = "/var/lib/coordinator/heads"
    scripts: str = "/usr/local/lib/coordinator"
    program: str = "/usr/local/bin/coordinator-central"
    shared_buffers: str = "4GB"


class Provisioning:
    """Fills the shipped templates."""

    def __init__(self, templates: Path) -> None:
        self._templates = templates

    def write(self, order: Order) -> list[Path]:
        """Write every file into a new or empty folder and return them; Refusal or Trouble, and then none is there."""
        words = _words(order)
        texts = {
            file.name: _filled(file.read_text(encoding="utf-8"), words)
            for file in sorted(self._templates.iterdir())
            if file.name not in _NOT_WRITTEN
        }
        try:
            order.out.mkdir(parents=True, exist_ok=True)
            if any(order.out.iterdir()):
                raise Refusal("not_empty", "The folder for the files is not empty; name another.")
            written = []
            for name, text in texts.items():
                path = order.out / name
                path.write_text(text, encoding="utf-8", newline="\n")
                path.chmod(0o755 if name in _RUN else 0o644)
                written.append(path)
        except OSError:
            raise Trouble("no_folder", "The files cannot be written into this folder.") from None
        return written


def _words(order: Order) -> dict[str, str]:
    if not _HOST.fullmatch(order.host):
        raise Refusal("bad_host", "The host is a name or an address, as the certificate says it.")
    if not _NAME.fullmatch(order.database):
        raise Refusal("bad_database", "The database's name is small letters, digits and underscores, 24 at most.")
    if not all(1 <= port <= 65535 for port in (order.port, order.gate_port)):
        raise Refusal("bad_port", "A port lies between 1 and 65535.")
    if not _SIZE.fullmatch(order.shared_buffers):
        raise Refusal("bad_size", "Memory is written like 4GB.")
    paths = {
        "root": order.root,
        "certificate": order.certificate,
        "private_key": order.private_key,
        "passfile": order.passfile,
        "backups": order.backups,
        "archive": order.archive,
        "heads": order.heads,
        "scripts": order.scripts,
        "program": order.program,
    }
    if bad := sorted(name for name, path in paths.items() if not _PLAIN_PATH.fullmatch(path)):
        raise Refusal("bad_path", f"Paths are absolute, of letters, digits, and . _ + -: {', '.join(bad)}.")
    url = (
        f"postgresql+psycopg://{order.host}:{order.port}/{order.database}"
        f"?passfile={quote(order.passfile)}&sslmode=verify-full&sslrootcert={quote(order.root)}"
    )
    return {
        **paths,
        "host": order.host,
        "listen": "*" if order.networks else "localhost",
        "database": order.database,
        "port": str(order.port),
        "gate_port": str(order.gate_port),
        "shared_buffers": order.shared_buffers,
        "network_lines": "\n".join(_network_line(network) for network in order.networks),
        "heads_folder": str(PurePosixPath(order.heads).parent),
        "backup_place": f"--port {order.port}",
        "server_user": "postgres",
        "service_user": "coordinator",
        "url": url,
        # In a unit file a percent sign begins a specifier.
        "url_for_units": url.replace("%", "%%"),
    }


def _network_line(text: str) -> str:
    try:
        network = ipaddress.ip_network(text)
    except ValueError:
        raise Refusal("bad_network", "A network is written like 10.20.0.0/16.") from None
    return f"hostssl  all             all             {network!s:<23} scram-sha-256"


def _filled(text: str, words: dict[str, str]) -> str:
    return _PLACE.sub(lambda place: words[place.group(1)], text)
