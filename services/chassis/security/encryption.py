"""Encryption, keyed hashes and masking of personal values.

A column of `EncryptedText` is ciphertext in the database and text in the program. A value that must be searchable has a
`blind_index` beside it; a value to count by without identifying people gets a `pseudonym`. What must not tell when it
was written, such as an anonymous sheet, is `UntimedText`.
"""

from __future__ import annotations

import hmac
import unicodedata
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Dialect, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

from services.chassis.names import canonical_name
from services.chassis.plain_text import without_unseen
from services.chassis.process.settings import settings

_MASK = "*"
_LEAST_HIDDEN = 4


class KeyRing:
    """The keys in use: the first encrypts, every one decrypts.

    Args:
        keys: Fernet keys (32 bytes, base64url), newest first.
        setting: the variable they come from, for messages.

    Raises:
        ValueError: when there is no key, or one is not a Fernet key.
    """

    def __init__(self, keys: tuple[str, ...], setting: str = "GONGHUI_ENCRYPTION_KEYS") -> None:
        if not keys:
            raise ValueError(f"no encryption key is set ({setting})")
        self._setting = setting
        fernets = [Fernet(key) for key in keys]
        self._first = fernets[0]
        self._all = MultiFernet(fernets)

    def encrypt(self, text: str) -> str:
        """Return `text` encrypted with the first key."""
        return self._first.encrypt(text.encode()).decode("ascii")

    def encrypt_untimed(self, text: str) -> str:
        """Return `text` encrypted with the first key; the token, which has a readable time, has the time 0."""
        return self._first.encrypt_at_time(text.encode(), 0).decode("ascii")

    def decrypt(self, token: str) -> str:
        """Return the text of a token made with any key of the ring.

        Raises:
            ValueError: when no key of the ring fits; the message holds neither key nor token.
        """
        return self.open(token.encode("ascii")).decode()

    def seal(self, content: bytes) -> bytes:
        """Return bytes encrypted with the first key; a third longer, since the token is base64."""
        return self._first.encrypt(content)

    def open(self, token: bytes) -> bytes:
        """Return the bytes of a token made with any key of the ring.

        Raises:
            ValueError: when no key of the ring fits; the message holds neither key nor token.
        """
        try:
            return self._all.decrypt(token)
        except InvalidToken:
            raise ValueError(f"an encrypted value fits no key in {self._setting}") from None

    def is_current(self, token: str | bytes) -> bool:
        """Tell whether a token was made with the first key."""
        try:
            self._first.decrypt(token)
        except InvalidToken:
            return False
        return True


def key_ring() -> KeyRing:
    """Return the ring of the keys set in `GONGHUI_ENCRYPTION_KEYS`."""
    return ring_of(tuple(settings().encryption_keys))


@lru_cache(maxsize=8)
def ring_of(keys: tuple[str, ...], setting: str = "GONGHUI_ENCRYPTION_KEYS") -> KeyRing:
    """Return the ring of some keys, made once. Raises as `KeyRing`."""
    return KeyRing(keys, setting)


class EncryptedText(TypeDecorator[str]):
    """A text column that is encrypted in the database. It can't be searched, sorted or compared there."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Encrypt on the way into the database; None stays None."""
        return None if value is None else self.ring().encrypt(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Decrypt on the way out of the database; None stays None."""
        return None if value is None else self.ring().decrypt(value)

    def ring(self) -> KeyRing:
        """Return the keys of the column."""
        return key_ring()

    @property
    def python_type(self) -> type[str]:
        """The type a loaded value has."""
        return str


class UntimedText(EncryptedText):
    """An encrypted text column whose stored value does not tell when it was written, as tokens of Fernet do."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Encrypt on the way into the database; None stays None."""
        return None if value is None else self.ring().encrypt_untimed(value)


class EncryptedBytes(TypeDecorator[bytes]):
    """A column of bytes that is encrypted in the database."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Encrypt on the way into the database; None stays None."""
        return None if value is None else key_ring().seal(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Decrypt on the way out of the database; None stays None."""
        return None if value is None else key_ring().open(bytes(value))

    @property
    def python_type(self) -> type[bytes]:
        """The type a loaded value has."""
        return bytes


def blind_index(value: str, *, scope: str = "") -> str:
    """Return the keyed hash (64 hex digits) by which an encrypted value is searched.

    Width, case and spaces don't matter: the same document number written in another way gives the same hash.

    Args:
        value: the value as typed.
        scope: keeps equal values of different columns apart.
    """
    plain = unicodedata.normalize("NFKC", without_unseen(value)).upper()
    return _keyed_hash("blind-index", scope, "".join(plain.split()))


def pseudonym(value: object, scope: str) -> str:
    """Return a keyed hash (32 hex digits) that stands for `value` within `scope` and can't be linked across scopes.

    Args:
        value: an id; its text form is hashed.
        scope: what may be counted together, such as `"visits:2023"`.
    """
    return _keyed_hash("pseudonym", scope, str(value))[:32]


def fingerprint(text: str, scope: str) -> str:
    """Return a keyed hash (64 hex digits) that tells whether two texts are the same without keeping either.

    Args:
        text: the text; every character matters.
        scope: keeps equal texts of different kinds apart.
    """
    return _keyed_hash("fingerprint", scope, text)


def _keyed_hash(purpose: str, scope: str, value: str) -> str:
    # The unit separator keeps ("a", "bc") and ("ab", "c") apart.
    message = f"{purpose}\x1f{scope}\x1f{value}".encode()
    return hmac.digest(settings().hash_key.encode(), message, "sha256").hex()


def mask_name(name: str) -> str:
    """Return the family name and one star for each further character: 欧阳娜 → 欧**; Anna Li → A*** L*."""
    return " ".join(word[:1] + _MASK * (len(word) - 1) for word in canonical_name(name).split())


def mask_id_number(number: str) -> str:
    """Return the first three and the last two characters of a document number: 110***…**12."""
    return _mask_middle(number, 3, 2)


def mask_phone(phone: str) -> str:
    """Return the first three and the last four digits of a telephone number: 138****5678."""
    return _mask_middle(phone, 3, 4)


def mask_email(email: str) -> str:
    """Return the first character of the mailbox and the domain: l***@example.edu.cn."""
    mailbox, at, domain = email.rpartition("@")
    return f"{mailbox[:1]}***{at}{domain}" if at else _mask_middle(email, 1, 0)


def _mask_middle(text: str, head: int, tail: int) -> str:
    """Hide at least four characters, or half of a shorter text."""
    if len(text) - head - tail < _LEAST_HIDDEN:
        head, tail = min(head, len(text) // 2), 0
    return text[:head] + _MASK * (len(text) - head - tail) + (text[-tail:] if tail else "")
