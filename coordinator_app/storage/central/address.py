"""Where the central server is, and whether it may be spoken to: TLS for everything that is not local embedded."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from coordinator_app.domain.trouble import Refusal
from coordinator_app.storage.central.roles import Roles

_ALLOWED = frozenset(
    {
        "passfile",
        "keyfile",
        "host",
        "port",
        "sslmode",
        "sslrootcert",
        "sslcert",
        "sslkey",
        "channel_binding",
        "gatekeeper",
        "roles",
        "standby",
    }
)


class BadUrl(Refusal):
    """The URL itself is wrong; a command ends as for a wrong command line."""


@dataclass(frozen=True, slots=True)
class Address:
    """A central database, ready to be connected to; ``secure`` holds what libpq is told about TLS."""

    host: str
    port: int
    database: str
    passfile: Path | None = None
    keyfile: Path | None = None
    secure: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    """Of the names of roles, where the database was copied or renamed (``roles=``); else it follows from its name."""

    standby: tuple[str, int] | None = None
    """Where a standby of it may be read from (``standby=HOST:PORT``); asked in the same way, and trusted no further."""

    @property
    def roles(self) -> Roles:
        """The names of this database's roles."""
        return Roles(self.prefix) if self.prefix else Roles.of(self.database)

    @property
    def is_local(self) -> bool:
        """True for the embedded server of this machine, known by its key file."""
        return self.secure.get("sslmode") == "disable"

    @property
    def local_key(self) -> Path | None:
        """The embedded server's key: the one named, else the one beside the passfile, if it is there."""
        if self.keyfile is not None:
            return self.keyfile
        beside = self.passfile.parent / "local.key" if self.passfile is not None else None
        return beside if beside is not None and beside.is_file() else None

    def at_standby(self) -> "Address | None":
        """Return the address of the standby, if there is one."""
        return None if self.standby is None else replace(self, host=self.standby[0], port=self.standby[1], standby=None)

    def arguments(self, login: str, password: str | None = None) -> dict[str, str | int]:
        """Return what psycopg connects with; without a password the passfile gives it."""
        told: dict[str, str | int] = {
            "host": self.host,
            "port": self.port,
            "dbname": self.database,
            "user": login,
            # The server must prove that it knows the password too; a liar gets nothing that could be replayed.
            "require_auth": "scram-sha-256",
            **self.secure,
        }
        if _loopback(self.host) and self.host != "localhost":
            told["hostaddr"] = self.host
        if password is not None:
            told["password"] = password
        elif self.passfile is not None:
            told["passfile"] = str(self.passfile)
        return told


def address_of(text: str) -> Address:
    """Read a URL ``postgresql+psycopg://HOST:PORT/DATABASE?passfile=FILE``; BadUrl or Refusal says what is wrong."""
    try:
        url = make_url(text)
        port = int(_one(url, "port") or url.port or 5432)
    except (ArgumentError, ValueError):
        raise BadUrl("bad_url", "The URL is not postgresql+psycopg://HOST:PORT/DATABASE?passfile=FILE.") from None
    if url.drivername not in ("postgresql+psycopg", "postgresql"):
        raise BadUrl("bad_url", "The URL must begin with postgresql+psycopg://.")
    if url.password is not None or "password" in url.query:
        raise BadUrl("password_in_url", "A URL never carries a password; put it into the passfile.")
    if url.username is not None:
        raise BadUrl("login_in_url", "A URL carries no login; each command knows the one it needs.")
    if strange := sorted(set(url.query) - _ALLOWED):
        raise BadUrl("bad_url", f"The URL may not set {', '.join(strange)}.")
    host = _one(url, "host") or url.host or ""
    if not host or not url.database or "," in host:
        raise BadUrl("bad_url", "The URL must name one host (or a socket's folder) and a database.")
    passfile, keyfile = _file(url, "passfile"), _file(url, "keyfile")
    prefix = _one(url, "roles") or ""
    plain = Address(host, port, url.database, passfile, keyfile, {}, prefix, _standby(url))
    is_local = host.startswith("/") or (_loopback(host) and plain.local_key is not None)
    asked = _one(url, "sslmode")
    if is_local and asked in (None, "disable"):
        return replace(plain, secure={"sslmode": "disable", "gssencmode": "disable"})
    return replace(plain, secure=_over_tls(url))


def _over_tls(url: URL) -> dict[str, str]:
    if _one(url, "sslmode") not in (None, "verify-full"):
        raise Refusal(
            "tls_needed", "A server on the network is only spoken to with sslmode=verify-full; nothing was sent."
        )
    root = _one(url, "sslrootcert")
    if root is None:
        raise Refusal(
            "tls_needed",
            "A server on the network needs sslrootcert=FILE with the certificate vouching for it; nothing was sent.",
        )
    behind_gatekeeper = _one(url, "gatekeeper") == "pgbouncer"
    binding = _one(url, "channel_binding") or ("disable" if behind_gatekeeper else "require")
    if binding != "require" and not behind_gatekeeper:
        raise Refusal(
            "tls_needed",
            "channel_binding may be left out only behind a gatekeeper (gatekeeper=pgbouncer); nothing was sent.",
        )
    own = {name: value for name in ("sslcert", "sslkey") if (value := _one(url, name))}
    return {
        "sslmode": "verify-full",
        "sslrootcert": root,
        "ssl_min_protocol_version": "TLSv1.2",
        "channel_binding": binding,
        "gssencmode": "disable",
        **own,
    }


def _one(url: URL, name: str) -> str | None:
    value = url.query.get(name)
    if value is None or isinstance(value, str):
        return value
    raise BadUrl("bad_url", f"The URL sets {name} twice.")


def _standby(url: URL) -> tuple[str, int] | None:
    place = _one(url, "standby")
    if place is None:
        return None
    host, _, port = place.rpartition(":")
    main = _one(url, "host") or url.host or ""
    # Of this machine is only what the whole address is: nothing on the network is spoken to as if it were.
    is_here = main.startswith("/") or _loopback(main)
    if not host or not port.isdigit() or _loopback(host) != is_here:
        raise BadUrl("bad_url", "The URL's standby is HOST:PORT, on this machine only if the server is.")
    return host, int(port)


def _file(url: URL, name: str) -> Path | None:
    value = _one(url, name)
    return None if value is None else Path(value).expanduser()


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
