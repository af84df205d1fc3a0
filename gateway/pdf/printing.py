"""Makes PDF documents in a separate process: one at a time, within limits; the process ends when it is idle.

A document takes 90 MB, nearly all for the Chinese font, and Python keeps most of that. In the gateway itself, a few
members who printed their cards at the same time took 250 MB permanently.
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
    """Return a PDF document; other requests go on meanwhile.

    Args:
        paper: "card", "card sheets", "slips", "poster", "certificate", "document" or "own data".
        facts: JSON values; times and ids become text.

    Raises:
        Unavailable: too many documents wait, or this one took too much memory or time.
    """
    return b"".join(parsed(PAPER, made, json.dumps(facts, default=str).encode(), paper=paper))


def made(content: bytes, paper: str) -> Iterator[bytes]:
    """Yield the PDF, in the other process and without a request."""
    yield _maker(paper)(*json.loads(content))


def _maker(paper: str) -> Callable[..., bytes]:
    """Imported here, so that only a process that makes this document loads it."""
    if paper == "card":
        from gateway.pdf.cards import one_card

        return one_card
    if paper == "card sheets":
        from gateway.pdf.cards import sheet

        return sheet
    if paper == "slips":
        from gateway.pdf import slips

        return slips.sheet
    if paper == "poster":
        from gateway.pdf.poster import one_poster

        return one_poster
    if paper == "certificate":
        from gateway.pdf.certificate import one_certificate

        return one_certificate
    if paper == "document":
        from gateway.pdf import document

        return document.drawn
    from gateway.pdf import own_data

    return own_data.printed
