"""Who made it: Ed25519 keys and signatures in minisign's file formats. The only module that knows cryptography.

The rule: a file that is not exactly what minisign writes is refused, with no attempt to guess what was meant. Keys and
signatures go both ways: `minisign -V` reads ours, we read those of `minisign -S`. Secret keys are unencrypted, as `minisign
-G -W` writes them: what signs in a build has nobody to type a password.
"""

import base64
import binascii
import os
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_PLAIN, _HASHED = b"Ed", b"ED"
_COMMENT, _TRUSTED = b"untrusted comment: ", b"trusted comment: "
_LONGEST = 4096


class BadKey(Exception):
    """The bytes are no public key, or no unencrypted secret key; holds which."""

    def __init__(self, kind: Literal["public", "secret"]) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class PublicKey:
    """`number` is how a signature names its key; it says nothing about who may sign."""

    number: bytes
    raw: bytes

    def text(self) -> bytes:
        """As a file for minisign."""
        return _lines(_COMMENT + f"minisign public key {self.name}".encode(), _PLAIN + self.number + self.raw)

    @property
    def name(self) -> str:
        """The number as minisign shows it."""
        return self.number[::-1].hex().upper()

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature file is this key's, for these bytes."""
        lines = _split(signature)
        if len(lines) != 4 or not lines[0].startswith(_COMMENT) or not lines[2].startswith(_TRUSTED):
            return False
        body, seal = _decoded(lines[1], 74), _decoded(lines[3], 64)
        if body is None or seal is None or body[:2] not in (_PLAIN, _HASHED) or body[2:10] != self.number:
            return False
        key = Ed25519PublicKey.from_public_bytes(self.raw)
        try:
            key.verify(body[10:], _digest(message) if body[:2] == _HASHED else message)
            key.verify(seal, body[10:] + lines[2].removeprefix(_TRUSTED))
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, repr=False)
class SecretKey:
    """What signs. It has no repr: a secret must not end up in a log."""

    number: bytes
    seed: bytes

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.number, self._key.public_key().public_bytes_raw())

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def text(self) -> bytes:
        """As an unencrypted file for minisign: no key derivation, no salt, no limits, no checksum."""
        body = b"".join((_PLAIN, b"\0\0", b"B2", bytes(48), self.number, self.seed, self.public.raw, bytes(32)))
        return _lines(_COMMENT + b"minisign secret key", body)

    def sign(self, message: bytes, comment: str) -> bytes:
        """A signature file over the bytes; `comment` is signed too and must be one line of ASCII."""
        signature = self._key.sign(_digest(message))
        trusted = comment.encode("ascii")
        seal = self._key.sign(signature + trusted)
        first = _lines(_COMMENT + b"signature from minisign secret key", _HASHED + self.number + signature)
        return first + _lines(_TRUSTED + trusted, seal)


def new_key() -> SecretKey:
    """A key nobody has had."""
    return SecretKey(os.urandom(8), os.urandom(32))


def read_public_key(data: bytes) -> PublicKey:
    """The key in a public key file, or in its second line alone. Raises BadKey."""
    lines = _split(data)
    body = _decoded(lines[-1], 42) if len(lines) == 1 or (len(lines) == 2 and lines[0].startswith(_COMMENT)) else None
    if body is None or body[:2] != _PLAIN:
        raise BadKey("public")
    return PublicKey(body[2:10], body[10:])


def read_secret_key(data: bytes) -> SecretKey:
    """The key in an unencrypted secret key file. Raises BadKey."""
    lines = _split(data)
    body = _decoded(lines[1], 158) if len(lines) == 2 and lines[0].startswith(_COMMENT) else None
    if body is None or body[:6] != _PLAIN + b"\0\0B2":
        raise BadKey("secret")
    key = SecretKey(body[54:62], body[62:94])
    if key.public.raw != body[94:126]:
        raise BadKey("secret")
    return key


def _split(data: bytes) -> list[bytes]:
    """The lines of a small file, also where an editor on Windows saved it."""
    return data.rstrip(b"\r\n").replace(b"\r\n", b"\n").split(b"\n") if len(data) <= _LONGEST else []


def _decoded(line: bytes, size: int) -> bytes | None:
    try:
        body = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        return None
    return body if len(body) == size else None


def _digest(message: bytes) -> bytes:
    return blake2b(message).digest()


def _lines(comment: bytes, body: bytes) -> bytes:
    return comment + b"\n" + base64.b64encode(body) + b"\n"
