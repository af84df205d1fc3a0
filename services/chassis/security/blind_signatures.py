"""RSA blind signatures: RSABSSA-SHA384-PSS-Randomized of RFC 9474, section 4.

The signer sees a blinded message only. It can't recognise the finished signature, which anyone verifies as an ordinary
RSASSA-PSS signature. A signing key is used for one purpose only and for nothing besides blind signatures.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from math import gcd

import gmpy2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY_BITS = 3072
"""Size of new keys: 128 bits of security (NIST SP 800-57 part 1, table 2)."""
PREFIX = 32
"""Bytes of the random prefix of a prepared message."""
SALT = 48
_EXPONENT = 65537
_HASH = 48
_PSS = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=SALT)


class BlindSignatureError(ValueError):
    """A value of the protocol is not valid, or a signature was computed wrongly."""


@dataclass(frozen=True)
class Blinded:
    """What `blind` gives: the message for the signer, and the secret that finishes its answer."""

    message: bytes
    inverse: int


def new_key() -> rsa.RSAPrivateKey:
    """Return a new signing key; takes up to a second, so call it in a native thread."""
    return rsa.generate_private_key(_EXPONENT, KEY_BITS)


def private_text(key: rsa.RSAPrivateKey) -> str:
    """Return a private key as PEM (PKCS #8), to be stored encrypted."""
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, *form).decode("ascii")


def public_bytes(key: rsa.RSAPublicKey) -> bytes:
    """Return a public key as DER (SubjectPublicKeyInfo)."""
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def public_key(content: bytes) -> rsa.RSAPublicKey:
    """Return the public key of its DER form.

    Raises:
        BlindSignatureError: the bytes are no RSA key.
    """
    try:
        key = serialization.load_der_public_key(content)
    except ValueError:
        raise BlindSignatureError("not a public key") from None
    if not isinstance(key, rsa.RSAPublicKey):
        raise BlindSignatureError("not an RSA key")
    return key


def prepare(message: bytes) -> bytes:
    """Return the message with a random prefix (section 4.1), so that its signer can't choose what is signed."""
    return secrets.token_bytes(PREFIX) + message


def blind(key: rsa.RSAPublicKey, prepared: bytes, salt: bytes | None = None, factor: int | None = None) -> Blinded:
    """Blind a prepared message (section 4.2).

    Args:
        key: of the signer.
        prepared: as `prepare` returns it.
        salt: 48 bytes, for test vectors; random otherwise.
        factor: the blinding factor, for test vectors; random otherwise.

    Raises:
        BlindSignatureError: message or factor has a divisor in common with the modulus.
    """
    n, e = _numbers(key)
    encoded = int.from_bytes(_encode(prepared, key.key_size - 1, salt or secrets.token_bytes(SALT)), "big")
    factor = factor or 1 + secrets.randbelow(n - 1)
    if gcd(encoded, n) != 1 or gcd(factor, n) != 1:
        raise BlindSignatureError("invalid input")
    hidden = encoded * gmpy2.powmod(factor, e, n) % n
    return Blinded(_to_bytes(int(hidden), key), int(gmpy2.invert(factor, n)))


class Signer:
    """Signs blinded messages with one private key.

    Args:
        pem: the private key, as `private_text` returns it.

    Raises:
        ValueError: the text is no RSA private key.
    """

    def __init__(self, pem: str) -> None:
        key = serialization.load_pem_private_key(pem.encode("ascii"), password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise ValueError("not an RSA private key")
        numbers = key.private_numbers()
        self.public = key.public_key()
        self._n, self._e = _numbers(self.public)
        self._p, self._q = gmpy2.mpz(numbers.p), gmpy2.mpz(numbers.q)
        self._dp, self._dq, self._qi = (gmpy2.mpz(part) for part in (numbers.dmp1, numbers.dmq1, numbers.iqmp))

    def sign(self, blinded: bytes) -> bytes:
        """Return the blind signature of a blinded message (section 4.3); takes milliseconds: use a native thread.

        The powers take the same time for all messages, and the result is checked before it leaves (section 8.1): a
        wrong one would tell the private key.

        Raises:
            BlindSignatureError: the message has the wrong length or is out of range, or the computation failed.
        """
        if len(blinded) != _length(self.public):
            raise BlindSignatureError("unexpected input size")
        message = gmpy2.mpz(int.from_bytes(blinded, "big"))
        if not 0 < message < self._n:
            raise BlindSignatureError("message representative out of range")
        by_p = gmpy2.powmod_sec(message % self._p, self._dp, self._p)
        by_q = gmpy2.powmod_sec(message % self._q, self._dq, self._q)
        signature = by_q + (self._qi * (by_p - by_q) % self._p) * self._q
        if gmpy2.powmod(signature, self._e, self._n) != message:
            raise BlindSignatureError("signing failure")
        return _to_bytes(int(signature), self.public)


def finalize(key: rsa.RSAPublicKey, prepared: bytes, blind_signature: bytes, inverse: int) -> bytes:
    """Return the signature of a prepared message, made from the signer's answer (section 4.4).

    Raises:
        BlindSignatureError: the answer is no signature of the message.
    """
    if len(blind_signature) != _length(key):
        raise BlindSignatureError("unexpected input size")
    signature = _to_bytes(int.from_bytes(blind_signature, "big") * inverse % key.public_numbers().n, key)
    if not is_signed(key, prepared, signature):
        raise BlindSignatureError("invalid signature")
    return signature


def is_signed(key: rsa.RSAPublicKey, prepared: bytes, signature: bytes) -> bool:
    """Tell whether a signature of a prepared message is valid (section 4.5)."""
    try:
        key.verify(signature, prepared, _PSS, hashes.SHA384())
    except InvalidSignature:
        return False
    return True


def _numbers(key: rsa.RSAPublicKey) -> tuple[int, int]:
    numbers = key.public_numbers()
    return numbers.n, numbers.e


def _length(key: rsa.RSAPublicKey) -> int:
    return (key.key_size + 7) // 8


def _to_bytes(value: int, key: rsa.RSAPublicKey) -> bytes:
    return value.to_bytes(_length(key), "big")


def _encode(message: bytes, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS of RFC 8017, section 9.1.1, with SHA-384 and MGF1."""
    length = (bits + 7) // 8
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(length - len(salt) - _HASH - 2) + b"\x01" + salt
    masked = bytes(a ^ b for a, b in zip(block, _mask(digest, len(block)), strict=True))
    unused = 8 * length - bits
    return bytes([masked[0] & (0xFF >> unused)]) + masked[1:] + digest + b"\xbc"


def _mask(seed: bytes, length: int) -> bytes:
    """MGF1 of RFC 8017, appendix B.2.1."""
    rounds = range(-(-length // _HASH))
    return b"".join(hashlib.sha384(seed + number.to_bytes(4, "big")).digest() for number in rounds)[:length]
