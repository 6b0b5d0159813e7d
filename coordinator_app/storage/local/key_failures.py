"""How often a wrong passphrase was tried, and what that costs; under slot A nobody can edit it unnoticed."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, Final

from coordinator_app.domain.trouble import Refusal

WAITS: Final = ((10, 900), (8, 300), (5, 30))
"""Tries, and the seconds to wait after that many. It guards the person's own keyboard, not a copied disk."""

ONLINE_ONLY: Final = 10
"""After so many the passphrase opens nothing here any more until the centre has known its owner."""


def none_yet(half: bytes | None) -> dict[str, Any]:
    """Return the counter as it begins."""
    return counted(0, 0.0, half)


def counted(count: int, until: float, half: bytes | None) -> dict[str, Any]:
    """Return a counter; with this computer's half of the key it carries a MAC."""
    made: dict[str, Any] = {"count": count, "until": until}
    return made if half is None else {**made, "mac": _mac(made, half)}


def after_failure(failures: Mapping[str, Any], now: float, half: bytes | None) -> dict[str, Any]:
    """Return the counter after one more wrong try."""
    count = int(failures["count"]) + 1
    return counted(count, now + _wait_after(count), half)


def refuse_early(failures: Mapping[str, Any], now: float, *, can_go_online: bool) -> None:
    """Raise a Refusal where the next try has to wait, or the centre has to be asked: ``wait``, ``online_only``."""
    count = int(failures["count"])
    if count >= ONLINE_ONLY and can_go_online:
        raise Refusal(
            "online_only", "Too many wrong passphrases. Open it with your password at the center, while it is reached."
        )
    # A clock set back must not make the wait longer than it ever was.
    left = min(int(failures["until"] - now), _wait_after(count))
    if left > 0:
        raise Refusal("wait", f"Too many wrong passphrases. Try again in {left} seconds.")


def is_ours(failures: Mapping[str, Any], half: bytes | None) -> bool:
    """Say whether nobody edited the counter; without this computer's half of the key nobody can tell."""
    return half is None or hmac.compare_digest(str(failures.get("mac", "")), _mac(failures, half))


def the_worst(now: float, half: bytes | None) -> dict[str, Any]:
    """Return the counter that takes the place of one somebody edited."""
    return counted(ONLINE_ONLY, now + WAITS[0][1], half)


def _mac(failures: Mapping[str, Any], half: bytes) -> str:
    said = f"failures|{failures['count']}|{failures['until']}".encode()
    return hmac.digest(half, said, hashlib.sha256).hex()


def _wait_after(count: int) -> int:
    return next((seconds for tries, seconds in WAITS if count >= tries), 0)
