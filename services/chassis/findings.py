"""What a check of a published file finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that was checked, in a sentence, and whether it holds."""

    holds: bool
    words: str
