"""A recovery code as a person writes it down: 128 bits, a check, and no letter that could be read as another."""

import hashlib
import secrets
from typing import Final

from coordinator_app.domain.trouble import Refusal

BYTES: Final = 16
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LENGTH, _GROUP = 26, 5


def new_code() -> bytes:
    """Return a code nobody knows."""
    return secrets.token_bytes(BYTES)


def written(code: bytes) -> str:
    """Return a code in groups of five; the last sign checks the others."""
    number = int.from_bytes(code, "big")
    signs = "".join(_SIGNS[number >> 5 * place & 31] for place in reversed(range(_LENGTH))) + _check(code)
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))


def read(typed: str) -> bytes:
    """Return the code that was typed; a slip is told as one. Refusal: ``bad_code``."""
    signs = "".join(typed.upper().split()).replace("-", "").translate(_READ_AS)
    if len(signs) != _LENGTH + 1 or any(sign not in _SIGNS for sign in signs):
        raise _slip()
    number = 0
    for sign in signs[:-1]:
        number = number << 5 | _SIGNS.index(sign)
    if number >> 8 * BYTES:
        raise _slip()
    code = number.to_bytes(BYTES, "big")
    if signs[-1] != _check(code):
        raise _slip()
    return code


def _check(code: bytes) -> str:
    return _SIGNS[hashlib.sha256(code).digest()[0] & 31]


def _slip() -> Refusal:
    return Refusal("bad_code", "This is not a recovery code as it was printed; look for a slip.")
