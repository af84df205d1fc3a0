"""Rules of facts: which ones an audience needs, and how long what was told may be used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

FRESH = timedelta(hours=1)
"""So long nobody is asked about again."""
USES_KEPT = timedelta(days=400)
"""So long members can read for which activities their facts were used."""

_NEEDS = (("age", ("age_from", "age_to")), ("honours", ("honours",)), ("posts", ("posts",)), ("sex", ("sex",)))


def facts_needed(audience: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the facts that only membership knows and the audience is decided by, in alphabetical order.

    Unit, employment, standing and the day of joining stand in the copy of members.
    """
    return tuple(fact for fact, parts in _NEEDS if any(audience.get(part) not in (None, []) for part in parts))
