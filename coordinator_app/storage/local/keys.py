"""How the store's key is kept: wrapped in slots, never in clear (sync 4.11, ruling 15).

The slot file is JSON: ``{"version": 1, "slots": [{"kind": ...}], "failures": {"count", "until"}}``. Slot A opens with
the passphrase and a secret of this computer's keyring; slot P with the passphrase alone, and is weaker: whoever copies
the file may try passphrases as fast as Argon2id lets them. Slots of kinds this program does not know stay as they are.
"""

import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from coordinator_app.domain.trouble import Refusal, Trouble

VERSION = 1
KEY_BYTES = 32
WITH_KEYRING = "A"
PASSPHRASE_ONLY = "P"  # noqa: S105 (the letter of a slot)
SHORTEST = 12
# Failed tries and the seconds to wait after that many. Slot P's counter guards nothing against a copied disk.
WAITS = ((10, 900), (8, 300), (5, 30))


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a passphrase costs (Argon2id); the default is RFC 9106's second choice with our lanes."""

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 4


class KeySlots:
    """The slot file of one profile. ``now`` gives seconds since 1970 and only times the back-off."""

    def __init__(self, path: Path, now: Callable[[], float], cost: Cost | None = None) -> None:
        self._path, self._now, self._cost = path, now, cost or Cost()

    @property
    def kind(self) -> str:
        """The kind of the slot that opens the store day by day: A or P."""
        return str(self._daily(self._read())["kind"])

    @property
    def exists(self) -> bool:
        """True where this profile was enrolled."""
        return self._path.exists()

    def make(self, passphrase: str, keyring_secret: bytes | None) -> bytes:
        """Make a new key and its first slot, and return the key; without a keyring secret it is slot P."""
        if len(passphrase) < SHORTEST:
            raise Refusal("short_passphrase", f"A passphrase needs at least {SHORTEST} characters.")
        key = secrets.token_bytes(KEY_BYTES)
        kind = PASSPHRASE_ONLY if keyring_secret is None else WITH_KEYRING
        slot = _wrap(kind, key, passphrase, keyring_secret, self._cost)
        self._write({"version": VERSION, "slots": [slot], "failures": {"count": 0, "until": 0}})
        return key

    def unlock(self, passphrase: str, keyring_secret: bytes | None) -> bytes:
        """Return the key; a Refusal says wrong or how long to wait, and never which of the two secrets was wrong."""
        content = self._read()
        failures = content["failures"]
        left = int(failures["until"] - self._now())
        if left > 0:
            raise Refusal("wait", f"Too many wrong passphrases. Try again in {left} seconds.")
        slot = self._daily(content)
        if slot["kind"] == WITH_KEYRING and keyring_secret is None:
            raise Trouble("no_keyring", "This computer's keyring does not answer; unlock it and try again.")
        key = _unwrap(slot, passphrase, keyring_secret if slot["kind"] == WITH_KEYRING else None)
        if key is None:
            failures["count"] += 1
            failures["until"] = self._now() + _wait_after(failures["count"])
            self._write(content)
            raise Refusal("wrong_passphrase", "The passphrase is wrong.")
        if failures["count"]:
            content["failures"] = {"count": 0, "until": 0}
            self._write(content)
        return key

    def _daily(self, content: Mapping[str, Any]) -> dict[str, Any]:
        for kind in (WITH_KEYRING, PASSPHRASE_ONLY):
            for slot in content["slots"]:
                if slot["kind"] == kind:
                    return dict(slot)
        raise Trouble("no_slot", "This profile has no key that this program knows how to open.")

    def _read(self) -> dict[str, Any]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise Trouble("not_enrolled", "This profile is not enrolled: run `coordinator enroll` first.") from None
        except (OSError, ValueError):
            raise Trouble("slots_unreadable", "The key file of this profile cannot be read.") from None
        if content.get("version", 0) > VERSION:
            raise Trouble("slots_newer", "The key file was written by a newer program; update this one.")
        return dict(content)

    def _write(self, content: Mapping[str, Any]) -> None:
        fresh = self._path.with_suffix(".new")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)


def _wait_after(count: int) -> int:
    return next((seconds for tries, seconds in WAITS if count >= tries), 0)


def _wrap(kind: str, key: bytes, passphrase: str, keyring_secret: bytes | None, cost: Cost) -> dict[str, Any]:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapping = _wrapping_key(kind, passphrase, keyring_secret, salt, cost)
    return {
        "kind": kind,
        "argon2id": asdict(cost),
        "salt": _text(salt),
        "nonce": _text(nonce),
        "wrapped": _text(AESGCM(wrapping).encrypt(nonce, key, kind.encode())),
    }


def _unwrap(slot: Mapping[str, Any], passphrase: str, keyring_secret: bytes | None) -> bytes | None:
    kind = slot["kind"]
    wrapping = _wrapping_key(kind, passphrase, keyring_secret, b64decode(slot["salt"]), Cost(**slot["argon2id"]))
    try:
        return AESGCM(wrapping).decrypt(b64decode(slot["nonce"]), b64decode(slot["wrapped"]), kind.encode())
    except InvalidTag:
        return None


def _wrapping_key(kind: str, passphrase: str, keyring_secret: bytes | None, salt: bytes, cost: Cost) -> bytes:
    stretched = hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
    info = b"coordinator store key, slot " + kind.encode()
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(stretched + (keyring_secret or b""))


def _text(value: bytes) -> str:
    return b64encode(value).decode("ascii")
