"""The hr_sync subject's tables; see the service's README."""

from __future__ import annotations

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    pass
