"""Records of former members, for erasure after the retention periods."""

from services.membership.base import is_one_of
from services.membership.record.rules import ENDED
from services.membership.record.tables import Member

__all__ = ["ANONYMOUS", "FORMER", "Member"]

ANONYMOUS = "已匿名"
"""Replaces an erased name."""

FORMER = is_one_of(Member.standing, ENDED)
"""The condition that a membership has ended."""
