"""Records of former members, for the end of their data's time."""

from services.membership.base import is_one_of
from services.membership.record.rules import ENDED
from services.membership.record.tables import Member

__all__ = ["ANONYMOUS", "FORMER", "Member"]

ANONYMOUS = "已匿名"
"""Stands in place of a name that was erased."""

FORMER = is_one_of(Member.standing, ENDED)
"""The condition that a membership has ended."""
