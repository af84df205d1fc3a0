"""Passwords: requirements, hashing and verifying with argon2 outside the event loop.

Never call these inside a transaction: hashing takes tens of milliseconds and may wait for a free thread.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.chassis.errors import InvalidInput
from services.chassis.process.native_threads import NativeThreads

SHORTEST = 10
LONGEST = 200
FEWEST_GUESSES = 10**6
"""Guesses a password must resist; `throttling` allows some hundred a day for a name and address."""
_AT_ONCE = 4
"""Concurrent hashes: each takes 19 MiB, so the number is limited."""

# RFC 9106 lets the parameters depend on the memory; these are OWASP's for small servers.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_threads = NativeThreads(_AT_ONCE, "passwords")
_unknown_account_hash = ""


@dataclass(frozen=True)
class Secret:
    """A generated password: its text, to be shown once, and its hash, to be stored."""

    text: str
    hash: str

    def __repr__(self) -> str:
        return "Secret()"


def new_secret(size: int = 32) -> Secret:
    """Return a random password of `size` bytes with its hash."""
    text = secrets.token_urlsafe(size)
    return Secret(text, hash_password(text))


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password."""
    return _threads.run(_hasher.hash, password)


def hash_strong(password: str, *, username: str, field: str = "password") -> str:
    """Return the hash of a chosen password. Raises `InvalidInput` as `require_strong`."""
    require_strong(password, username=username, field=field)
    return hash_password(password)


def password_matches(password_hash: str | None, password: str) -> bool:
    """Whether the password matches the hash. Takes as long without a hash, to hide whether there is an account."""
    return _threads.run(_verify, password_hash, password) and password_hash is not None


def require_strong(password: str, *, username: str, field: str = "password") -> None:
    """Raise `InvalidInput` unless the password is long enough, not the user name and not easily guessed."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidInput(
            f"A password has {SHORTEST} to {LONGEST} characters.", field=field, rule="password.is_long_enough"
        )
    if password.casefold() == username.casefold():
        raise InvalidInput("The password must not be the user name.", field=field, rule="password.is_no_name")
    if len(set(password)) < 4:
        raise InvalidInput("The password repeats too few characters.", field=field, rule="password.is_varied")
    if _threads.run(_guesses, password, username) < FEWEST_GUESSES:
        raise InvalidInput(
            "This password is among the first a guesser tries.", field=field, rule="password.is_not_common"
        )


def _guesses(password: str, username: str) -> int:
    """Return the estimated guesses to find the password: common ones, names, dates, keyboard rows, combinations.

    zxcvbn contains the lists (30,000 passwords, names, words); they take 15 MB and are loaded at the first use. Only
    the first 50 characters are checked, to limit the time.
    """
    from zxcvbn import zxcvbn

    known = [username, *re.split(r"[._@-]", username), "gonghui", "woaini", "5201314"]
    return int(zxcvbn(password[:50], user_inputs=[word for word in known if word])["guesses"])


def _verify(password_hash: str | None, password: str) -> bool:
    try:
        return _hasher.verify(password_hash or _any_hash(), password)
    except (VerificationError, InvalidHashError):
        return False


def _any_hash() -> str:
    global _unknown_account_hash
    if not _unknown_account_hash:
        _unknown_account_hash = _hasher.hash(secrets.token_urlsafe(16))
    return _unknown_account_hash
