"""What the embedded server is told: who may come in, and that no patient reaches its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_app.central.embedded.folder import HOST, ServerFolder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# An error's own words may quote a value ("invalid input syntax for type date: ..."), so errors of statements stay out
# of the log altogether; level "log" keeps starts, stops, crashes, failed sign-ins. The client still gets every word.
_SILENT_ABOUT_PATIENTS = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_lock_waits": "off",
    "debug_print_parse": "off",
    "debug_print_plan": "off",
    "debug_print_rewritten": "off",
}

_WAYS_IN = {
    "listen_addresses": HOST,
    "password_encryption": "scram-sha-256",
    "max_connections": "300",
    "authentication_timeout": "20s",
    "unix_socket_permissions": "0777",
}

_MODEST = {
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "default_text_search_config": "pg_catalog.simple",
}

_LOG_FILES = {
    "log_destination": "stderr",
    "logging_collector": "on",
    "log_filename": "server-%a.log",
    "log_rotation_age": "1d",
    "log_truncate_on_rotation": "on",
    "log_line_prefix": "%m [%p] %q%u@%d ",
}

SCRAM_ONLY = (
    "local all all scram-sha-256",
    f"host all all {HOST}/32 scram-sha-256",
)


def server_settings(folder: ServerFolder, port: int, extra: Mapping[str, str]) -> str:
    """Return the text of postgresql.conf; `extra` comes last and wins."""
    places = {
        "data_directory": _path(folder.cluster),
        "hba_file": _path(folder.settings / "pg_hba.conf"),
        "ident_file": _path(folder.settings / "pg_ident.conf"),
        "log_directory": _path(folder.log),
        "unix_socket_directories": _listed(folder.run) if folder.has_socket() else "",
        "port": str(port),
    }
    told = places | _WAYS_IN | _MODEST | _LOG_FILES | _SILENT_ABOUT_PATIENTS | dict(extra)
    lines = [f"{name} = '{_quoted(value)}'" for name, value in told.items()]
    opening = "# Written at every start. Own settings belong in site.conf beside this file; it is read last."
    return "\n".join([opening, *lines, "include_if_exists 'site.conf'", ""])


def access_rules(lines: tuple[str, ...] = SCRAM_ONLY) -> str:
    """Return the text of pg_hba.conf; no line admits anybody without a password."""
    return "".join(f"{line}\n" for line in lines)


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")


def _path(path: Path) -> str:
    return path.as_posix()


def _listed(path: Path) -> str:
    doubled = path.as_posix().replace('"', '""')
    return f'"{doubled}"'
