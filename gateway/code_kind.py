"""What a subject declares of the codes it issues: what they are for, who checks them, which page handles them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.chassis.schema import Operation


@dataclass(frozen=True)
class CodeKind:
    """A kind of signed codes (`services.chassis.security.codes`).

    Args:
        name: the kind in the code.
        words: what such a code is.
        read: the operation of its issuer that takes a `ReadToken` and answers a `CodeReading`.
        link: address of its subject for programs, below /api/v1; `{}` is replaced by its id.
        page: called as `page(reading)`; returns the address and the words of the page that goes on with it,
            or None where the reader has none; only for a reading that tells the id of its subject. The reading has the
            code itself besides, as `token`, for a page that needs it as proof.
        titles: what a state is called of this kind, where the vocabulary's word is too general.
        former: the form of codes of this kind that were given out before codes said what they are for.
    """

    name: str
    words: Any
    read: Operation
    link: str
    page: Callable[[Mapping[str, Any]], tuple[str, Any] | None]
    titles: Mapping[str, Any] = field(default_factory=dict)
    former: re.Pattern[str] | None = None
