"""How one slot wraps the store's key: what somebody knows, stretched, with a second half that is somewhere else."""

import secrets
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
AIM_SECONDS = 0.6
"""Between half a second and one: what a try may cost the person at the keyboard."""
MOST_PASSES = 60


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a passphrase costs (Argon2id); the default is RFC 9106's second choice, and our least."""

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 4


def seconds_of(cost: Cost) -> float:
    """Return how long one try takes on this computer."""
    began = time.perf_counter()
    _stretched("a passphrase to measure with", secrets.token_bytes(16), cost)
    return time.perf_counter() - began


def tuned(measure: Callable[[Cost], float] = seconds_of) -> Cost:
    """Return what makes a try cost about AIM_SECONDS here, and never less than the default does.

    The quickest of three counts: whatever else the computer did meanwhile must not make the passphrase cheaper.
    """
    least = Cost()
    quickest = min(measure(least) for _ in range(3))
    fitting = round(least.passes * AIM_SECONDS / max(quickest, 0.001))
    return replace(least, passes=min(max(fitting, least.passes), MOST_PASSES))


def wrap(kind: str, key: bytes, passphrase: str, half: bytes | None, cost: Cost, **told: str) -> dict[str, Any]:
    """Return a slot; ``told`` stands in it in clear and cannot be changed without spoiling it."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    slot = {"kind": kind, **told}
    wrapping = _wrapping_key(kind, passphrase, half, salt, cost)
    return {
        **slot,
        "argon2id": asdict(cost),
        "salt": _text(salt),
        "nonce": _text(nonce),
        "wrapped": _text(AESGCM(wrapping).encrypt(nonce, key, _bound(slot))),
    }


def unwrap(slot: Mapping[str, Any], passphrase: str, half: bytes | None) -> bytes | None:
    """Return the key, or None where passphrase, half or slot is not the right one."""
    kind = slot["kind"]
    wrapping = _wrapping_key(kind, passphrase, half, b64decode(slot["salt"]), cost_of(slot))
    try:
        return AESGCM(wrapping).decrypt(b64decode(slot["nonce"]), b64decode(slot["wrapped"]), _bound(slot))
    except InvalidTag:
        return None


def cost_of(slot: Mapping[str, Any]) -> Cost:
    """Return what a try of a slot costs."""
    return Cost(**slot["argon2id"])


def _bound(slot: Mapping[str, Any]) -> bytes:
    told = sorted((name, value) for name, value in slot.items() if name in {"server", "login", "device"})
    return "|".join((str(slot["kind"]), *(f"{name}={value}" for name, value in told))).encode()


def _wrapping_key(kind: str, passphrase: str, half: bytes | None, salt: bytes, cost: Cost) -> bytes:
    info = b"coordinator store key, slot " + kind.encode()
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(_stretched(passphrase, salt, cost) + (half or b""))


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    return hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _text(value: bytes) -> str:
    return b64encode(value).decode("ascii")
