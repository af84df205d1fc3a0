"""What a member was told with an own to-do, open or done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.read_models.tables import TodoView
from gateway.runtime import gateway


def params_told(kind: str, subject_id: UUID | str, member_id: UUID) -> dict[str, Any]:
    """Return the params of a member's entry about a subject; empty where there is none.

    Args:
        kind: one of which each member has an own entry.
        subject_id: its subject.
        member_id: whose it is.
    """
    key = f"{kind}:{subject_id}:{member_id}"
    with gateway().database.session(readonly=True) as session:
        return session.scalar(sa.select(TodoView.params).where(TodoView.key == key)) or {}
