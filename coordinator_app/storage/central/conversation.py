"""One connection of a workstation to the centre: how it is opened, how long it may be silent, what its errors mean."""

import hashlib
import hmac
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Any

import psycopg

from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.storage.central.address import Address
from coordinator_app.storage.central.errors import OWN_REFUSAL, failure_of

Driver = psycopg.Connection[tuple[Any, ...]]

CONNECT_SECONDS = 10
SILENT_SECONDS = 20
PAGE_SECONDS = 300

OFFLINE = "The center does not answer. What you saved is safe here and will be sent later."

_REFUSALS = {
    "must_change_password": "The one-time password must be changed first: run `coordinator enroll` again.",
    "no_workstation_for_you": "This login is disabled, or has no work at a workstation.",
    "no_such_panel": "The panel is no longer yours.",
    "no_such_initiative": "The initiative is no longer yours.",
    "protocol_unknown": "The center does not speak this program's protocol yet; ask who runs it to update it.",
    "device_of_another": "Another login sends under this workstation's id; enroll into a fresh folder.",
    "too_many_devices": "Too many new workstations were set up under this login today; try again tomorrow.",
    "unknown_device": "The center does not know this workstation; try again.",
    "cursor_expired": "The center no longer keeps what changed that long ago; the panel is copied again.",
    "protocol_ended": "This program is too old to receive; update it. What you write is still sent.",
    "not_a_supervisor": "Only a supervisor decides about what waits.",
    "nothing_waits": "This entry does not wait any more; somebody was quicker.",
    "comment_needed": "Say why it is not taken up; the author will read it.",
    "bad_login": "The center does not accept this password.",
}
# Shut down, starting up, too many connections, a standby that may not be written to: nobody is at home for the moment.
_NOT_AT_HOME = ("57P", "53", "08", "25006")


@contextmanager
def connected(address: Address, login: str, password: str) -> Iterator[Driver]:
    """Connect as a person; Trouble("offline") where nobody answers, a Refusal where the login is not accepted."""
    with told(at_the_door=True):
        driver: Driver = psycopg.connect(
            **address.arguments(address.roles.login(login), password),  # type: ignore[arg-type]
            autocommit=True,
            application_name="coordinator",
            connect_timeout=CONNECT_SECONDS,
            keepalives_idle=10,
            keepalives_interval=5,
            keepalives_count=2,
            tcp_user_timeout=SILENT_SECONDS * 1000,
        )
    try:
        with patience(driver, SILENT_SECONDS):
            driver.execute("SET TIME ZONE 'UTC'")
            driver.execute("SET DateStyle = ISO")
            driver.execute(f"SET statement_timeout = '{PAGE_SECONDS}s'")
        # Of explicit transactions; a single statement stays READ COMMITTED.
        driver.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        yield driver
    finally:
        driver.close()


def prove(driver: Driver, address: Address) -> None:
    """Have the embedded server of this machine prove that it knows our key file; nothing else is spoken to in clear."""
    if not address.is_local:
        return
    challenge = new_challenge()
    with patience(driver, SILENT_SECONDS):
        row = driver.execute("SELECT sec.answer_challenge(%s)", (challenge,)).fetchone()
    check_answer(address, challenge, None if row is None or row[0] is None else bytes(row[0]))


def new_challenge() -> bytes:
    """Return a challenge nobody has answered before."""
    return secrets.token_bytes(32)


def check_answer(address: Address, challenge: bytes, answer: bytes | None) -> None:
    """Raise Trouble unless the embedded server answered as only the holder of the key file can."""
    if not address.is_local:
        return
    path = address.local_key
    try:
        key = b"" if path is None else path.read_bytes()
    except OSError:
        key = b""
    if not key:
        raise Trouble("no_local_key", "The key file of the local server cannot be read; nothing was received.")
    if not hmac.compare_digest(answer or b"", hmac.digest(key, challenge, hashlib.sha256)):
        raise Trouble(
            "not_trusted", "The server is not the one this workstation was enrolled with; nothing was received."
        )


@contextmanager
def patience(driver: Driver, seconds: float) -> Iterator[None]:
    """Give up on a server that is silent for so long; a connection nobody answers on looks open for hours."""
    timer = Timer(seconds, _hang_up, (driver,))
    timer.daemon = True
    timer.start()
    try:
        with told():
            yield
    finally:
        timer.cancel()


@contextmanager
def told(*, at_the_door: bool = False) -> Iterator[None]:
    """Turn the driver's errors into Refusal and Trouble, without its words: they may quote a patient."""
    try:
        yield
    except psycopg.Error as error:
        raise _meaning(error, at_the_door=at_the_door) from None


def _meaning(error: psycopg.Error, *, at_the_door: bool) -> Refusal | Trouble:
    state = error.sqlstate
    if state == OWN_REFUSAL:
        code = error.diag.message_primary or "refused"
        return Refusal(code, _REFUSALS.get(code, "The center refuses this."))
    if state == "42501":
        return Refusal("not_allowed", "Your rights at the center do not reach this.")
    if state is not None and state.startswith("28"):
        return _not_accepted()
    if state is not None and not state.startswith(_NOT_AT_HOME):
        return Trouble("server_error", f"The center answered {state} ({type(error).__name__}); what you saved is safe.")
    # Only while knocking do libpq's words tell more than that the line is dead, and they name no patient.
    failure = failure_of(error) if at_the_door and state is None else None
    if failure is None or failure.code in ("no_server", "server_full"):
        return Trouble("offline", OFFLINE)
    return _not_accepted() if failure.code == "wrong_password" else failure


def _not_accepted() -> Refusal:
    return Refusal("login_refused", "The center does not accept this login and password.")


def _hang_up(driver: Driver) -> None:
    # Only the socket is shut: the connection itself belongs to the thread that waits on it.
    with suppress(OSError, psycopg.Error):
        line = socket.socket(fileno=os.dup(driver.fileno()))
        try:
            line.shutdown(socket.SHUT_RDWR)
        finally:
            line.close()
