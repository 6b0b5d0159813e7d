"""The encrypted file page by page, for the day one of them is damaged: which are, and how they can be read again.

A page is ciphertext, IV and a MAC over both and the page's number (SQLCipher 4). A page whose MAC is wrong is refused
whole, though all but some 32 bytes of it may be as they were. Signed anew it can be read; what is read then is held
against hashes of its own.
"""

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE: Final = 4096
_IV, _MAC, _SALT = 16, 64, 16
_RESERVED = _IV + _MAC
_HEADER = 100


def damaged_pages(path: Path, key: bytes) -> list[int]:
    """Return the numbers of pages whose MAC is wrong; a file that ends within a page is damaged in its last."""
    return [number for number, page, mac in _pages(path, key) if page[-_MAC:] != mac]


def sign_anew(path: Path, key: bytes, first: bytes | None = None) -> list[int]:
    """Have every page of a copy be read as it is, and return those that had a wrong MAC.

    A damaged first page is replaced by ``first``, an earlier state of it, where there is one: it leads to all others
    and seldom changes. Its header is written as it must be for a file of this size: it says nothing that is not known.
    """
    bad = damaged_pages(path, key)
    with path.open("r+b") as file:
        file.seek(0, 2)
        whole = -(-file.tell() // PAGE)
        file.truncate(whole * PAGE)
        if 1 in bad:
            file.seek(0)
            page = _with_header(first or file.read(PAGE), key, whole)
            file.seek(0)
            file.write(page)
    for number, page, mac in list(_pages(path, key)):
        if page[-_MAC:] != mac:
            with path.open("r+b") as file:
                file.seek(number * PAGE - _MAC)
                file.write(mac)
    return bad


def _pages(path: Path, key: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Give each page with its number and the MAC it should have."""
    with path.open("rb") as file:
        salt = file.read(_SALT)
        signing = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, 32)
        file.seek(0)
        number = 0
        while page := file.read(PAGE):
            number += 1
            page = page.ljust(PAGE, b"\0")
            signed = page[_SALT if number == 1 else 0 : PAGE - _MAC] + number.to_bytes(4, "little")
            yield number, page, hmac.digest(signing, signed, hashlib.sha512)


def _with_header(page: bytes, key: bytes, pages: int) -> bytes:
    """Return the first page with a header as SQLite would write it: WAL, UTF-8, no free pages, this many pages."""
    vector = page[PAGE - _RESERVED : PAGE - _MAC]
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector))
    reader = cipher.decryptor()
    plain = bytearray(reader.update(page[_SALT : PAGE - _RESERVED]) + reader.finalize())
    count = (1).to_bytes(4, "big")
    cookie = plain[40 - _SALT : 44 - _SALT]
    plain[: _HEADER - _SALT] = b"".join(
        (
            PAGE.to_bytes(2, "big"), b"\x02\x02", bytes([_RESERVED]), b"\x40\x20\x20",
            count, pages.to_bytes(4, "big"), bytes(8), bytes(cookie), (4).to_bytes(4, "big"), bytes(8),
            (1).to_bytes(4, "big"), bytes(12), bytes(20), count, (3_045_000).to_bytes(4, "big"),
        )
    )  # fmt: skip
    writer = cipher.encryptor()
    return page[:_SALT] + writer.update(bytes(plain)) + writer.finalize() + page[PAGE - _RESERVED :]
