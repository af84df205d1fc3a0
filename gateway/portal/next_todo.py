"""The way from the page on which a to-do is done to the next one that is done on such a page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request, url_for

from gateway.identity.current import current_principal
from gateway.read_models import todo_groups
from gateway.subject import installed


def next_todo(subject_id: str) -> dict[str, Any] | None:
    """Return `address` of the reader's next to-do and how many are `left` besides this one; None where there is none.

    Args:
        subject_id: what this page is about.
    """
    endpoint = (request.endpoint or "").removeprefix("portal.")
    kinds = {name: kind for name, kind in installed().todos.items() if kind.endpoint == endpoint and kind.argument}
    if not kinds:
        return None
    found, left = todo_groups.next_of(current_principal(), tuple(kinds), UUID(subject_id))
    if found is None:
        return None
    argument = kinds[found["kind"]].argument or ""
    return {"address": url_for(f"portal.{endpoint}", **{argument: found["subject_id"]}), "left": left}
