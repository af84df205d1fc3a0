"""JSON as compact UTF-8 for answers, calls, events and keys of caches, by msgspec.

What is stored and hashed, as the fund ledger's entries are, stays with the standard library, whose texts are known.
"""

from __future__ import annotations

from typing import Any

import msgspec


def _plain(value: Any) -> Any:
    """Return what msgspec can write of a value it does not know: the text of a kind of `str`."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


encode = msgspec.json.Encoder(enc_hook=_plain).encode
"""Return a value as JSON. UUIDs, days, moments and Decimals become texts, sets lists; raises `TypeError` for others."""
