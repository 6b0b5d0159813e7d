"""What is demanded of a server's version, settings and access rules."""

from collections.abc import Mapping, Sequence
from typing import Any

from coordinator_app.domain.oversight import Finding, Health

_OLDEST = 150004

# Setting -> what is wanted, and why. The first value is what provision writes.
_WANTED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "password_encryption": (("scram-sha-256",), "new passwords are kept as SCRAM"),
    "log_statement": (("none",), "statements may hold patients"),
    "log_min_error_statement": (("panic",), "failed statements may hold patients"),
    "log_min_duration_statement": (("-1",), "slow statements may hold patients"),
    "log_parameter_max_length_on_error": (("0",), "parameters hold patients"),
    "max_prepared_transactions": (("0",), "a forgotten one would hold back the feed"),
    "fsync": (("on",), "acknowledged work must survive a power cut"),
    "full_page_writes": (("on",), "acknowledged work must survive a power cut"),
    "synchronous_commit": (("on", "remote_apply", "remote_write"), "acknowledged work must survive a crash"),
}

_SAFE_METHODS = frozenset({"scram-sha-256", "cert", "gss", "reject"})
_LOOPBACK = ("127.0.0.1", "::1", "localhost", "samehost")
_NAMED = 8


def version_findings(number: int, floors: Mapping[str, str]) -> list[Finding]:
    """Judge a server's number, as 150018 for 15.18, against the oldest usable and the oldest without known holes."""
    major, minor = divmod(number, 10000)
    if number < _OLDEST:
        way_out = "PostgreSQL 15.4 or newer is needed: row policies could be evaded before."
        return [Finding("version", Health.MISSING, f"{major}.{minor}", way_out)]
    floor = floors.get(str(major))
    if floor is None:
        return [Finding("version", Health.UNKNOWN, f"{major}.{minor}: this program was not tried with it")]
    if minor < int(floor):
        way_out = f"Install {major}.{floor} or newer: row security could be seen past (docs/operations.md)."
        return [Finding("version", Health.MISSING, f"{major}.{minor}", way_out)]
    return [Finding("version", Health.OK, f"{major}.{minor}")]


def settings_findings(settings: Mapping[str, str]) -> list[Finding]:
    """Judge the settings, one finding for each that is wrong, or one for all where none is."""
    found = []
    for name, (wanted, why) in _WANTED.items():
        value = settings.get(name)
        if value is None:
            found.append(Finding("settings", Health.UNKNOWN, f"{name} may not be read by this login"))
        elif value not in wanted:
            found.append(Finding("settings", Health.MISSING, f"{name} = {value}", f"Set {name} = {wanted[0]}: {why}."))
    return found or [Finding("settings", Health.OK, f"{len(_WANTED)} settings as they should be")]


def access_finding(rules: Sequence[tuple[Any, ...]] | None, way_out: str) -> Finding:
    """Judge pg_hba.conf: SCRAM or better everywhere, and TLS for whatever is not the machine itself."""
    if rules is None:
        return Finding("access", Health.UNKNOWN, "pg_hba.conf may not be read by this login", way_out)
    wrong = []
    for line, kind, address, method, has_error in rules:
        is_far = kind != "local" and not str(address).startswith(_LOOPBACK)
        if has_error:
            wrong.append(f"line {line}: not understood")
        elif method not in _SAFE_METHODS and not (kind == "local" and method == "peer"):
            wrong.append(f"line {line}: {method}")
        elif is_far and kind != "hostssl" and method != "reject":
            wrong.append(f"line {line}: {kind} without TLS")
    if wrong:
        return Finding(
            "access", Health.MISSING, "; ".join(wrong), "Use hostssl and scram-sha-256, as `provision` writes."
        )
    return Finding("access", Health.OK, f"{len(rules)} rules, TLS and SCRAM")


def listing_finding(name: str, listed: Sequence[str] | None, what: str, way_out: str) -> Finding:
    """Judge a list that should be empty; None is a list this login may not read."""
    if listed is None:
        return Finding(name, Health.UNKNOWN, f"{what}: this login may not ask", way_out)
    if not listed:
        return Finding(name, Health.OK, f"no {what}")
    more = f" and {len(listed) - _NAMED} more" if len(listed) > _NAMED else ""
    return Finding(name, Health.MISSING, f"{what}: {', '.join(listed[:_NAMED])}{more}", way_out)
