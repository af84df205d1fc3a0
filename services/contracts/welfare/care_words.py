"""Words of standing care that the rulebook uses too."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

CARE_KINDS = Vocabulary(
    "care_kind", wedding="新婚慰问", birth="生育慰问", retirement="退休纪念", children_day="六一慰问",
)  # fmt: skip
"""Kinds of gifts; each is the benefit of its name."""
CARE_SHARES = Vocabulary("care_share", child="每个孩子一份", member="每位会员一份")
"""What the gifts of children's day are counted by; both together: each member has one for each child."""
