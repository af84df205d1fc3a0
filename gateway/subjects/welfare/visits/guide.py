"""What a visitor has to do, step by step: go, record the visit, show evidence; then the union books and closes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

STEPS = {
    "go": _l("联系并前往"), "record": _l("登记走访"), "evidence": _l("照片和凭证"), "claim": _l("入账"),
    "close": _l("完成"),
}  # fmt: skip
_BOOKED = ("none", "recorded")
"""States of the claim in which nothing more is to be booked."""


def guide_of(visit: Mapping[str, Any], member_id: str | None) -> dict[str, str] | None:
    """Return the state of each step (`done`, `now`, `next`) for the visitor; None for everybody else.

    Args:
        visit: as `get_visit` tells it.
        member_id: of the reader.
    """
    if member_id is None or visit["assignee_id"] != member_id or visit["state"] in ("required", "cancelled"):
        return None
    made = visit["state"] != "assigned"
    over = visit["state"] == "closed"
    done = {
        "go": made,
        "record": made,
        "evidence": over or (made and not visit["evidence_missing"]),
        "claim": over or (made and visit["claim_state"] in _BOOKED),
        "close": over,
    }
    first_open = next((name for name in STEPS if not done[name]), None)
    return {name: "done" if done[name] else "now" if name == first_open else "next" for name in STEPS}
