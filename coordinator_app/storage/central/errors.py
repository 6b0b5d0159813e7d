"""The central database's errors in words that never quote a value."""

from collections.abc import Mapping

import psycopg
from sqlalchemy.exc import DBAPIError

from coordinator_app.domain.trouble import Refusal, Trouble

OWN_REFUSAL = "CC001"
"""The SQLSTATE by which our functions refuse; the message is then a code word of ours, never a value."""

_REFUSALS: Mapping[str, str] = {
    "no_such_initiative": "There is no such initiative, or it is not yours.",
    "initiative_taken": "An initiative of this name exists.",
    "bound_to_one_initiative": "This administrator serves one initiative and can make no other.",
    "no_such_panel": "There is no such panel, or it is not yours.",
    "panel_taken": "The initiative has a panel of this name.",
    "no_such_staff": "There is no such login, or it is disabled or not yours.",
    "role_holds_no_panel": "Only coordinators and supervisors hold panels.",
    "other_initiative": "This person works in another initiative than the panel.",
    "no_such_member": "One of these people is unknown, or belongs to another initiative; nobody was moved.",
    "login_taken": "This login is taken.",
    "bad_login": "A login is 1 to 31 small letters, digits, dots, dashes or underscores, and begins with a letter.",
    "bad_role": "A role is coordinator, supervisor, case_manager or auditor.",
    "not_a_case_manager": "Only a payer's case manager may ask this.",
    "not_an_auditor": "Only an auditor may ask this, after the one-time password was changed.",
    "unknown_member": "There is no such person in your initiatives.",
    "no_such_device": "There is no such workstation, or it is not yours; `device list` names them.",
    "no_seal_key": "Workstations have no key to seal to yet: unsent work would be lost. `device seal-key` makes one.",
    "bad_hours": "An emergency lasts 1 to 12 hours; open another when it is over.",
    "no_reason_given": "An emergency needs its reason, in ten letters at least; it is kept in the audit.",
    "holds_it_already": "This person holds the panel already.",
    "bad_span": "The first instant lies after the last.",
    "seal_ahead": (
        "The last seal is ahead of this server, as after a dump was brought back into a younger cluster. "
        "docs/operations.md says why; nothing was sealed."
    ),
}


_NO_SERVER = Trouble("no_server", "The central server does not answer. Is it started, and is the address right?")
_AT_THE_DOOR: tuple[tuple[tuple[str, ...], Refusal | Trouble], ...] = (
    # A line that is cut under TLS says nothing against the server.
    (("SSL SYSCALL error", "SSL connection has been closed", "unexpected eof"), _NO_SERVER),
    (
        ("password authentication failed", "no password supplied"),
        Refusal("wrong_password", "The central server does not accept this login and password."),
    ),
    (
        ("is not permitted to log in", "does not exist"),
        Refusal("no_such_login", "The central server knows no such login or database, or it is disabled."),
    ),
    (
        ("certificate", "SSL", "channel binding"),
        Trouble("not_trusted", "The server could not prove that it is the one expected; nothing was sent."),
    ),
    (("too many connections", "remaining connection slots"), Trouble("server_full", "The central server is full.")),
)


def failure_of(error: DBAPIError | psycopg.Error) -> Refusal | Trouble:
    """Say what a database error means; only its SQLSTATE and type are told, for its words may quote a patient."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(cause, "sqlstate", None)
    if state is None:
        return _at_the_door(str(cause))
    if state == OWN_REFUSAL and isinstance(cause, psycopg.Error):
        code = cause.diag.message_primary or "refused"
        return Refusal(code, _REFUSALS.get(code, "The central database refuses this."))
    if state == "42501":
        return Refusal("not_allowed", "Your rights at the central database do not reach this.")
    return Trouble("server_error", f"The central database answered {state} ({type(cause).__name__}).")


def _at_the_door(words: str) -> Refusal | Trouble:
    """A connection that was never made has no SQLSTATE; libpq's words name no patient."""
    for signs, failure in _AT_THE_DOOR:
        if any(sign in words for sign in signs):
            return type(failure)(failure.code, failure.sentence)
    return Trouble(_NO_SERVER.code, _NO_SERVER.sentence)
