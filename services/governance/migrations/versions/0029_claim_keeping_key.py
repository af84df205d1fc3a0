"""The rule about documents of mutual aid's claims bears the first word of its own topic."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0023"


def upgrade() -> None:
    rule = sa.table("policy_rule", sa.column("key"))
    renamed = sa.update(rule).where(rule.c.key == "aid.claim_keep_months")
    op.execute(renamed.values(key="mutual_aid.claim_keep_months"))
