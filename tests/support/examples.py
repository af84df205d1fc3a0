"""How many examples property tests try: what the chosen hypothesis profile says, or a share of it."""

from __future__ import annotations

from hypothesis import settings

COSTLY_SHARE = 3
"""A test whose example fills a database tries one example where others try so many."""


def costly() -> settings:
    """Return settings for tests whose every example works on a database."""
    return settings(max_examples=settings().max_examples // COSTLY_SHARE)
