"""Hints (使用提示): what an account is told at its first visit of a page. Answered by the gateway itself."""

from __future__ import annotations

from services.chassis.schema import ACCOUNT, Choice, Empty, Operation, Schema, Vocabulary

HINTED_PAGES = Vocabulary("hinted_page", home="首页", workbench="工作台")
"""Pages that have hints."""


class DismissHints(Schema):
    """The page whose hints are no longer shown to this account."""

    page = Choice(HINTED_PAGES, required=True)


dismiss_hints = Operation(
    "gateway", "dismiss_hints", DismissHints, Empty, frozenset({ACCOUNT}), "command",
    "Dismiss the hints of a page: they are not shown to this account again.", title="不再显示使用提示",
)  # fmt: skip
