"""How the store's key is kept: wrapped in slots, never in clear (sync 4.11, ruling 15).

The slot file is JSON: ``{"version": 1, "slots": [{"kind": ...}], "failures": {"count", "until", "mac"}}``. Each slot
opens with the passphrase and one thing more: A with a secret of this computer's keyring, B with the recovery code that
was printed once, C with a secret of the centre's. Slot P opens with the passphrase alone, and is weaker: whoever copies
the file may try passphrases as fast as Argon2id lets them. Slots of kinds this program does not know stay until
the passphrase is changed.
"""

import json
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.storage.local import key_failures
from coordinator_app.storage.local.key_wrapping import KEY_BYTES, Cost, tuned, unwrap, wrap

VERSION = 1
WITH_KEYRING = "A"
WITH_CODE = "B"
ONLINE = "C"
PASSPHRASE_ONLY = "P"  # noqa: S105 (the letter of a slot)
SHORTEST = 12

__all__ = ["ONLINE", "PASSPHRASE_ONLY", "WITH_CODE", "WITH_KEYRING", "Cost", "KeySlots", "Where"]


@dataclass(frozen=True, slots=True)
class Where:
    """Whom slot C asks: the centre, the person's login there, and which workstation this is."""

    server: str
    login: str
    device: str


class KeySlots:
    """The slot file of one profile. ``now`` gives seconds since 1970 and only times the back-off.

    ``cost`` None has the passphrase's stretching measured and tuned when the first slot is made.
    """

    def __init__(self, path: Path, now: Callable[[], float], cost: Cost | None = None) -> None:
        self._path, self._now, self._cost = path, now, cost

    @property
    def kind(self) -> str:
        """The kind of the slot that opens the store day by day: A or P."""
        return str(self._daily(self._read())["kind"])

    @property
    def kinds(self) -> Sequence[str]:
        """The kinds of all slots."""
        return tuple(str(slot["kind"]) for slot in self._read()["slots"])

    @property
    def exists(self) -> bool:
        """True where this profile was enrolled."""
        return self._path.exists()

    def make(self, passphrase: str, keyring_secret: bytes | None) -> bytes:
        """Make a new key and its first slot, and return the key; without a keyring secret it is slot P."""
        _refuse_short(passphrase)
        key = secrets.token_bytes(KEY_BYTES)
        self._write(self._content([self._daily_slot(key, passphrase, keyring_secret)], keyring_secret))
        return key

    def add_code(self, key: bytes, passphrase: str, code: bytes) -> None:
        """Let the passphrase and a recovery code open the store too."""
        self._put(wrap(WITH_CODE, key, passphrase, code, self._tuned()))

    def add_online(self, key: bytes, passphrase: str, secret: bytes, where: Where) -> None:
        """Let the passphrase and the centre's secret open the store too."""
        told = {"server": where.server, "login": where.login, "device": where.device}
        self._put(wrap(ONLINE, key, passphrase, secret, self._tuned(), **told))

    def renew(self, key: bytes, passphrase: str, keyring_secret: bytes) -> None:
        """Give the store a daily slot again, under a fresh secret of this computer's keyring."""
        content = self._read()
        others = [slot for slot in content["slots"] if slot["kind"] != WITH_KEYRING]
        self._write(self._content([self._daily_slot(key, passphrase, keyring_secret), *others], keyring_secret))

    def rewrap(self, key: bytes, passphrase: str, halves: Mapping[str, bytes | None]) -> None:
        """Wrap the key anew under another passphrase, in every slot whose other half is given; other slots go.

        A slot that stayed behind would go on opening with the old passphrase.
        """
        _refuse_short(passphrase)
        slots = []
        for slot in self._read()["slots"]:
            if slot["kind"] in halves:
                told = {name: slot[name] for name in ("server", "login", "device") if name in slot}
                slots.append(wrap(slot["kind"], key, passphrase, halves[slot["kind"]], self._tuned(), **told))
        self._write(self._content(slots, halves.get(WITH_KEYRING)))

    def unlock(self, passphrase: str, keyring_secret: bytes | None) -> bytes:
        """Return the key; a Refusal says wrong or how long to wait, and never which of the two secrets was wrong.

        Refusal: ``wrong_passphrase``, ``wait``, ``online_only``. Trouble: ``no_keyring``, ``not_enrolled``.
        """
        content = self._read()
        slot = self._daily(content)
        is_with_keyring = slot["kind"] == WITH_KEYRING
        if is_with_keyring and keyring_secret is None:
            raise Trouble("no_keyring", "This computer's keyring does not answer; unlock it and try again.")
        return self._try(content, slot, passphrase, keyring_secret if is_with_keyring else None)

    def unlock_with_code(self, passphrase: str, code: bytes) -> bytes:
        """Return the key where the keyring is gone. Refusal: ``wrong_passphrase``, ``wait``; Trouble: ``no_slot``.

        Its own counter has no MAC: there is no keyring to take one from, and the code's 128 bits cannot be tried out.
        """
        content = self._read()
        slot = self._slot(content, WITH_CODE)
        failures = content.get("code_failures") or key_failures.none_yet(None)
        key_failures.refuse_early(failures, self._now(), can_go_online=False)
        key = unwrap(slot, passphrase, code)
        content["code_failures"] = (
            key_failures.none_yet(None) if key else key_failures.after_failure(failures, self._now(), None)
        )
        self._write(content)
        if key is None:
            raise _wrong()
        return key

    @property
    def where(self) -> Where:
        """Whom slot C asks. Trouble: ``no_slot``."""
        slot = self._slot(self._read(), ONLINE)
        return Where(slot["server"], slot["login"], slot["device"])

    def unlock_online(self, passphrase: str, secret: bytes, keyring_secret: bytes | None) -> bytes:
        """Return the key with the centre's secret, and count from nothing again. Refusal: ``wrong_passphrase``.

        It does not wait for the other counter: the centre has just known the person by her password.
        """
        content = self._read()
        key = unwrap(self._slot(content, ONLINE), passphrase, secret)
        if key is None:
            raise _wrong()
        half = keyring_secret if self._daily(content)["kind"] == WITH_KEYRING else None
        content["failures"] = key_failures.none_yet(half)
        self._write(content)
        return key

    def _try(self, content: dict[str, Any], slot: Mapping[str, Any], passphrase: str, half: bytes | None) -> bytes:
        if not key_failures.is_ours(content["failures"], half):
            content["failures"] = key_failures.the_worst(self._now(), half)
            self._write(content)
        failures, can_go_online = content["failures"], ONLINE in {each["kind"] for each in content["slots"]}
        key_failures.refuse_early(failures, self._now(), can_go_online=can_go_online)
        key = unwrap(slot, passphrase, half)
        if key is None:
            content["failures"] = key_failures.after_failure(failures, self._now(), half)
            self._write(content)
            raise _wrong()
        if failures["count"]:
            content["failures"] = key_failures.none_yet(half)
            self._write(content)
        return key

    def _daily_slot(self, key: bytes, passphrase: str, keyring_secret: bytes | None) -> dict[str, Any]:
        kind = PASSPHRASE_ONLY if keyring_secret is None else WITH_KEYRING
        return wrap(kind, key, passphrase, keyring_secret, self._tuned())

    def _tuned(self) -> Cost:
        self._cost = self._cost or tuned()
        return self._cost

    def _content(self, slots: Sequence[Mapping[str, Any]], half: bytes | None) -> dict[str, Any]:
        return {"version": VERSION, "slots": list(slots), "failures": key_failures.none_yet(half)}

    def _put(self, slot: Mapping[str, Any]) -> None:
        content = self._read()
        content["slots"] = [*(each for each in content["slots"] if each["kind"] != slot["kind"]), slot]
        self._write(content)

    def _daily(self, content: Mapping[str, Any]) -> dict[str, Any]:
        for kind in (WITH_KEYRING, PASSPHRASE_ONLY):
            for slot in content["slots"]:
                if slot["kind"] == kind:
                    return dict(slot)
        raise _no_slot()

    def _slot(self, content: Mapping[str, Any], kind: str) -> dict[str, Any]:
        for slot in content["slots"]:
            if slot["kind"] == kind:
                return dict(slot)
        raise _no_slot()

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


def _refuse_short(passphrase: str) -> None:
    if len(passphrase) < SHORTEST:
        raise Refusal("short_passphrase", f"A passphrase needs at least {SHORTEST} characters.")


def _wrong() -> Refusal:
    return Refusal("wrong_passphrase", "The passphrase is wrong.")


def _no_slot() -> Trouble:
    return Trouble("no_slot", "This profile has no key that this program knows how to open in this way.")
