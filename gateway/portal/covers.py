"""Covers of activities: which drawing of `static/covers.svg` and which colour of the style sheets a kind has."""

from __future__ import annotations

from typing import NamedTuple


class Cover(NamedTuple):
    """A drawing, and the group of colours it is shown in: learning, sports, arts, care or together."""

    drawing: str
    tone: str


_OTHER = Cover("other", "together")
COVERS = {
    "seminar": Cover("talk", "learning"),
    "lecture": Cover("talk", "learning"),
    "salon": Cover("social", "learning"),
    "training": Cover("talk", "learning"),
    "meeting": Cover("talk", "learning"),
    "congress": Cover("congress", "arts"),
    "contest": Cover("contest", "arts"),
    "match": Cover("match", "sports"),
    "sports": Cover("sports", "sports"),
    "choir": Cover("choir", "arts"),
    "ceremony": Cover("ceremony", "arts"),
    "newcomers_ceremony": Cover("ceremony", "together"),
    "retirement_ceremony": Cover("sunset", "arts"),
    "parent_child": Cover("kite", "sports"),
    "trip": Cover("trip", "sports"),
    "care": Cover("care", "care"),
    "visit": Cover("care", "care"),
    "examination": Cover("health", "care"),
    "donation": Cover("donation", "care"),
    "social": Cover("social", "together"),
    "other": _OTHER,
}
"""By kind of activity (`ACTIVITY_KINDS` of the contract)."""
DRAWINGS = frozenset(cover.drawing for cover in COVERS.values())


def cover_of(kind: str | None) -> Cover:
    """Return the cover of a kind of activity; that of others for a kind that a newer service may have."""
    return COVERS.get(kind or "", _OTHER)
