"""What a subject lets be found: a select of the things that its lists show to a caller."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


def found(
    kind: str,
    subject_id: Any,
    title: Any,
    *,
    text: Any = None,
    on: Any = None,
    state: Any = None,
    by_appointment: Any = None,
) -> sa.Select[Any]:
    """Return a select of things of a kind, which the subject narrows to what the caller sees.

    Args:
        kind: a word of `FOUND_KINDS`.
        subject_id: column of the ids; they tell the order, newest first.
        title: column of what people call it.
        text: column or expression of what is found as well and shown beside the title.
        on: column of the day it is known by.
        state: column of its state.
        by_appointment: column that says whether a type of requests has appointments.
    """
    return sa.select(
        subject_id.label("id"),
        sa.literal(kind, sa.String).label("kind"),
        title.label("title"),
        (sa.cast(sa.null(), sa.String) if text is None else text).label("text"),
        (sa.cast(sa.null(), sa.Date) if on is None else on).label("on"),
        (sa.cast(sa.null(), sa.String) if state is None else state).label("state"),
        (sa.false() if by_appointment is None else by_appointment).label("by_appointment"),
    )
