"""Telling which rules are in force and which are missing."""

from __future__ import annotations

from functools import partial
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import told_in_force
from services.contracts.governance.rulebook.keys import is_used_by

WANTED = (
    "joining.employments", "joining.documents.agency", "joining.documents.contract", "joining.documents.dispatched",
    "joining.unconfirmed_days", "dues.percent", "dues.base_step", "dues.paying_standings", "dues.exempt_reasons",
    "retention.identity", "retention.birth", "retention.re_joining", "retention.contact", "retention.career",
    "retention.private", "retention.family", "retention.papers", "retention.history",
)  # fmt: skip
"""Keys that are asked for: what no rule in force speaks about is named as missing. Each subject adds its own."""


_USED = partial(is_used_by, service="membership")


def list_membership_rules(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the rules in force on a day, and which are missing."""
    return told_in_force(tx, request["on"], used=_USED, wanted=lambda _: WANTED)
