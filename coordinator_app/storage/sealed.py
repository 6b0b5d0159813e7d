"""A box that one key alone opens: X25519 and AES-GCM, made where that key never was.

The first line is JSON in clear (form, workstation, which key, the box's own public half, nonce) and is authenticated
with what follows it.
"""

import json
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from coordinator_app.domain.trouble import Refusal

FORM = 1


def new_pair() -> tuple[bytes, bytes]:
    """Return a private key as PEM, and its public half, 32 bytes."""
    private = X25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem, private.public_key().public_bytes_raw()


def seal(public: bytes, device: str, content: bytes) -> bytes:
    """Return a box for whoever holds the private half of ``public``."""
    own = X25519PrivateKey.generate()
    half, nonce = own.public_key().public_bytes_raw(), secrets.token_bytes(12)
    head = {"form": FORM, "device": device, "to": _name(public), "half": half.hex(), "nonce": nonce.hex()}
    line = json.dumps(head, separators=(",", ":")).encode()
    key = _key(own.exchange(X25519PublicKey.from_public_bytes(public)), half, public)
    return line + b"\n" + AESGCM(key).encrypt(nonce, content, line)


def unseal(private_pem: bytes, box: bytes) -> tuple[str, bytes]:
    """Return the workstation and the content. Refusal: ``not_a_key``, ``not_a_box``, ``other_key``, ``box_damaged``."""
    try:
        private = load_pem_private_key(private_pem, None)
    except ValueError:
        raise _not_a_key() from None
    if not isinstance(private, X25519PrivateKey):
        raise _not_a_key()
    public = private.public_key().public_bytes_raw()
    line, _, sealed = box.partition(b"\n")
    try:
        head = json.loads(line)
        half, nonce, device, to = bytes.fromhex(head["half"]), bytes.fromhex(head["nonce"]), head["device"], head["to"]
        known = head["form"] == FORM
    except (ValueError, KeyError, TypeError):
        raise Refusal("not_a_box", "This is no sealed outbox, or its head is damaged.") from None
    if not known:
        raise Refusal("not_a_box", "This sealed outbox was made by a newer program; update this one.")
    if to != _name(public):
        raise Refusal("other_key", "This outbox was sealed to another key.")
    try:
        key = _key(private.exchange(X25519PublicKey.from_public_bytes(half)), half, public)
        return str(device), AESGCM(key).decrypt(nonce, sealed, line)
    except (InvalidTag, ValueError):
        raise Refusal("box_damaged", "This sealed outbox is damaged; nothing was taken from it.") from None


def _key(shared: bytes, half: bytes, public: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"coordinator sealed outbox" + half + public).derive(shared)


def _name(public: bytes) -> str:
    return sha256(public).hexdigest()


def _not_a_key() -> Refusal:
    return Refusal("not_a_key", "This file is no private key of this kind.")
