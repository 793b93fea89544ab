"""Signatures are minisign's: what its program made is read here, and what is made here has its form."""

import ast
import base64

import pytest

from haitang.kiosk.release.signing import BadKey, SecretKey, new_key, read_public_key, read_secret_key
from tests.worlds import PROJECT

# Made by minisign 0.11: `minisign -G -W`, `minisign -S -t 'hall:kiosk'` and, for the older form, `minisign -S -l`.
PUBLIC = b"""untrusted comment: minisign public key B8A64097178B2B9C
RWScK4sXl0CmuCCm142gqM8wTRuuDgSRa5Yq9q52aa6LAaxPUtouAA5g
"""
SECRET = b"""untrusted comment: minisign encrypted secret key
RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAnCuLF5dAprgdTZdgDWogH4JGJWf1x0c9kHVzvwaUEMO2tMt8JL\
pTvSCm142gqM8wTRuuDgSRa5Yq9q52aa6LAaxPUtouAA5gAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
"""
MESSAGE = b"hello haitang\n"
HASHED = b"""untrusted comment: signature from minisign secret key
RUScK4sXl0CmuNTDvtfWNfjeXhzdrT2s5KuejR+a00EYxpdLcggU6liIM/8OtrikdtzMafeu2R9/H6nif7QscjNj/wvHG2/P+AY=
trusted comment: hall:kiosk
DAYjqADAKqbDlaRlQ2F2+28yZ+OGQELvC7jqtPrZyQlPi+LUEbOVXJWlJhLQnduo+dvtYmWBZso0gHRxDB1UAQ==
"""
LEGACY = b"""untrusted comment: signature from minisign secret key
RWScK4sXl0CmuJWnJ022NQvZR5OZYZU7TiMZ9nbr8txwnFqG0Dhxaus5vUgGc4lIRtOFRlhEbde3p8BETULravxOE66JH1cFmgY=
trusted comment: timestamp:1795538914\tfile:g.txt
AGdkvfsC26AleeZwFXCd36Qrn4H4Hv4/nnD3s4Oe3bopr0yygTK2EXAQRH7zgoKbZxHLxIhyeFdWg1XKGoljBA==
"""


@pytest.mark.parametrize("signature", [HASHED, LEGACY, HASHED.replace(b"\n", b"\r\n"), HASHED.rstrip()])
def test_signatures_of_minisign_are_believed(signature: bytes) -> None:
    key = read_public_key(PUBLIC)
    assert key.name == "B8A64097178B2B9C"
    assert key.signed(MESSAGE, signature)
    assert not key.signed(MESSAGE + b" ", signature)


def test_our_signature_is_the_one_minisign_makes() -> None:
    """Ed25519 has one signature for a key and a message: byte for byte what the program wrote."""
    assert read_secret_key(SECRET).sign(MESSAGE, "hall:kiosk") == HASHED


def test_keys_are_written_as_minisign_writes_them() -> None:
    key = read_secret_key(SECRET)
    assert key.text().splitlines()[1] == SECRET.splitlines()[1]
    assert key.public.text() == PUBLIC
    assert read_public_key(PUBLIC.splitlines()[1]) == key.public


@pytest.mark.parametrize("sign", [b"!", b" ", b"\t", b"\xe6\xb5\xb7"])
def test_a_sign_that_is_none_of_base64_is_not_passed_over(sign: bytes) -> None:
    """Many decoders skip it; then two files would be one signature."""
    assert read_public_key(PUBLIC).signed(MESSAGE, HASHED)
    assert not read_public_key(PUBLIC).signed(MESSAGE, HASHED.replace(b"RUSc", b"RUSc" + sign))
    assert not read_public_key(PUBLIC).signed(MESSAGE, HASHED.replace(b"DAYj", b"DAYj" + sign))
    with pytest.raises(BadKey, match="public"):
        read_public_key(PUBLIC.replace(b"RWSc", b"RWSc" + sign))
    with pytest.raises(BadKey, match="secret"):
        read_secret_key(SECRET.replace(b"RWQA", b"RWQA" + sign))


def test_a_new_key_signs_for_itself_alone() -> None:
    one, other = new_key(), new_key()
    again = read_secret_key(one.text())
    signature = again.sign(MESSAGE, "x")
    assert read_public_key(one.public.text()).signed(MESSAGE, signature)
    assert not other.public.signed(MESSAGE, signature)
    assert one.seed.hex() not in repr(one)


@pytest.mark.parametrize("line", [1, 2, 3])
def test_every_signed_bit_counts(line: int) -> None:
    """A flipped bit in the signature, in the comment it vouches for, or in the seal over both."""
    key = read_public_key(PUBLIC)
    lines = HASHED.splitlines()
    data = lines[line] if line == 2 else base64.b64decode(lines[line])
    first = len(b"trusted comment: ") if line == 2 else 0
    for place in range(first, len(data)):
        changed = bytearray(data)
        changed[place] ^= 1
        wrong = [*lines[:line], bytes(changed) if line == 2 else base64.b64encode(changed), *lines[line + 1 :]]
        assert not key.signed(MESSAGE, b"\n".join(wrong)), place


@pytest.mark.parametrize(
    "signature", [b"", b"\n\n\n\n", HASHED[:-30], HASHED + HASHED, HASHED.replace(b"RUS", b"RU\xff"), bytes(5000)]
)
def test_what_is_no_signature_signs_nothing(signature: bytes) -> None:
    assert not read_public_key(PUBLIC).signed(MESSAGE, signature)


@pytest.mark.parametrize(
    "data", [b"", PUBLIC[:-10], SECRET, PUBLIC.replace(b"RWS", b"RUS"), b"x\n" + PUBLIC, bytes(9999), b"\xff\n\xff"]
)
def test_what_is_no_public_key_is_refused(data: bytes) -> None:
    with pytest.raises(BadKey):
        read_public_key(data)


def test_what_is_no_secret_key_is_refused() -> None:
    body = base64.b64decode(SECRET.splitlines()[1])
    encrypted = SECRET.splitlines()[0] + b"\n" + base64.b64encode(body[:2] + b"Sc" + body[4:])
    torn = SECRET.splitlines()[0] + b"\n" + base64.b64encode(body[:100] + bytes([body[100] ^ 1]) + body[101:])
    for data in (b"", PUBLIC, SECRET[:-20], encrypted, torn):
        with pytest.raises(BadKey):
            read_secret_key(data)


def test_a_comment_is_one_line() -> None:
    key = SecretKey(bytes(8), bytes(32))
    with pytest.raises(UnicodeEncodeError):
        key.sign(MESSAGE, "展厅")
    assert not key.public.signed(MESSAGE, key.sign(MESSAGE, "x\ny"))


def test_a_release_needs_nothing_of_ours_but_core() -> None:
    """A hall's machine installs, checks and rolls back without the data, the site or the forms."""
    release = PROJECT / "haitang" / "kiosk" / "release"
    nodes = [node for path in release.glob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    ours = [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    ours += [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    assert "haitang.core.problems" in ours
    allowed = ("haitang.core.", "haitang.kiosk.release")
    assert [name for name in ours if name.startswith("haitang") and not name.startswith(allowed)] == []
