"""Papers made in a process of their own: one at a time, within limits, its memory given back when nobody prints.

A paper takes 90 MB beside the process that draws it, nearly all for the Chinese font, and Python keeps most of that.
In the gateway itself a few members printing their cards at the same moment held 250 MB until its end.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from services.chassis.errors import Unavailable
from services.chassis.files.parser_process import MEGABYTE, Reading, parsed

PAPER = Reading(
    "paper", memory=512 * MEGABYTE, cpu_seconds=60, seconds=120, most_answer=64 * MEGABYTE, kept=200 * MEGABYTE,
    unreadable=lambda why: Unavailable("The paper could not be made; try again in a moment."),
)  # fmt: skip


def printed(paper: str, *facts: Any) -> bytes:
    """Return the PDF of a paper; other requests go on meanwhile.

    Args:
        paper: "card", "card sheets", "slips" or "own data".
        facts: JSON values; times and identifiers come to the paper as text.

    Raises:
        Unavailable: too many papers wait, or this one took too much memory or time.
    """
    return b"".join(parsed(PAPER, made, json.dumps(facts, default=str).encode(), paper=paper))


def made(content: bytes, paper: str) -> Iterator[bytes]:
    """Yield the PDF, in the other process and without a request."""
    yield _maker(paper)(*json.loads(content))


def _maker(paper: str) -> Callable[..., bytes]:
    """Imported here, so that neither the gateway nor the process of another paper holds what this one needs."""
    if paper == "card":
        from gateway.pdf.cards import one_card

        return one_card
    if paper == "card sheets":
        from gateway.pdf.cards import sheet

        return sheet
    if paper == "slips":
        from gateway.pdf import slips

        return slips.sheet
    from gateway.pdf import own_data

    return own_data.printed
