"""What is demanded of the gatekeeper: its version and the settings that guard identity and transport (ruling 14)."""

import configparser
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from coordinator_app.domain.oversight import Finding, Health

_WHY_TLS: Final = "what is read here is patients"
_ENCRYPTED: Final = frozenset({"require", "verify-ca", "verify-full"})
_PROVED: Final = frozenset({"verify-ca", "verify-full"})

# Setting -> what is wanted, and why.
_ONE_OF: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "pool_mode": (frozenset({"session"}), "identity is the login, and a session is never shared"),
    "auth_type": (frozenset({"scram-sha-256"}), "a password never travels"),
    "client_tls_sslmode": (_ENCRYPTED, _WHY_TLS),
    "server_tls_sslmode": (_PROVED, "the server behind the gate must prove itself too"),
}
_LIMITS: Final = ("query_timeout", "idle_transaction_timeout", "query_wait_timeout", "client_login_timeout")
_NAME: Final = "gatekeeper"


@dataclass(frozen=True, slots=True)
class Gate:
    """A gatekeeper as it stands on its machine: its settings file, and what its program says of its version."""

    settings: str
    version: str | None


class GateDoctoring:
    """Looks at a gatekeeper."""

    def __init__(self, gate: Callable[[], Gate], floor: str) -> None:
        self._gate, self._floor = gate, floor

    def look(self) -> list[Finding]:
        """Return every finding; Trouble where the file cannot be read."""
        gate = self._gate()
        return [_version(gate.version, self._floor), *_settings(gate.settings)]


def _version(said: str | None, floor: str) -> Finding:
    found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", said or "")
    if found is None:
        return Finding(_NAME, Health.UNKNOWN, "its version cannot be asked from here", "Run doctor on its machine.")
    number = tuple(int(part or 0) for part in found.groups())
    if number < tuple(map(int, floor.split("."))):
        return Finding(
            _NAME, Health.MISSING, f"version {found[0]}", f"Install {floor} or newer: older ones have holes."
        )
    return Finding(_NAME, Health.OK, f"version {found[0]}")


def _settings(text: str) -> list[Finding]:
    read = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=(";", "#"), strict=False)
    try:
        read.read_string(text)
        told = dict(read["pgbouncer"])
    except (configparser.Error, KeyError):
        return [Finding(_NAME, Health.MISSING, "its settings cannot be read", "Use pgbouncer.ini of `provision`.")]
    wrong = [
        Finding(_NAME, Health.MISSING, f"{name} = {told.get(name, 'not set')}", f"Set one of {_listed(wanted)}: {why}.")
        for name, (wanted, why) in _ONE_OF.items()
        if told.get(name, "").strip() not in wanted
    ]
    wrong += [
        Finding(_NAME, Health.MISSING, f"{name} = {told.get(name, 'not set')}", "Set a limit a session cannot lift.")
        for name in _LIMITS
        if not _is_above_zero(told.get(name, ""))
    ]
    return wrong or [Finding(_NAME, Health.OK, f"{len(_ONE_OF) + len(_LIMITS)} settings as they should be")]


def _listed(wanted: frozenset[str]) -> str:
    return ", ".join(sorted(wanted))


def _is_above_zero(value: str) -> bool:
    try:
        return float(value) > 0
    except ValueError:
        return False
