"""Income from dues needs no table or column of its own: entries of a further source and kind; see the README."""

from __future__ import annotations

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    pass
