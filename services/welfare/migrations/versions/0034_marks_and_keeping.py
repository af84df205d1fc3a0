"""Each mark of who came to an examination as its own dated row; when files of aid and claims were erased."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0034"
down_revision = "0033"

_NAMES = UUID("0d6f3b0e-7f1c-5b0a-9d53-3c1b3a2f5a41")
_KEPT = "papers_erased_on IS NULL AND decided_on IS NOT NULL"
_CLAIM_KEPT = "documents_erased_on IS NULL AND decided_at IS NOT NULL"


def upgrade() -> None:
    marks = op.create_table(
        "examination_mark",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("examinee_id", sa.Uuid(), sa.ForeignKey("examinee.id"), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("marked_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_examination_mark_examinee_id", "examination_mark", ["examinee_id", "id"])
    _bring_marks(marks)
    with op.batch_alter_table("aid_application") as table:
        table.alter_column("kind", existing_type=sa.Text(), nullable=True)
        table.add_column(sa.Column("papers_erased_on", sa.Date(), nullable=True))
    with op.batch_alter_table("mutual_aid_claim") as table:
        table.add_column(sa.Column("documents_erased_on", sa.Date(), nullable=True))
    _index("ix_aid_application_papers", "aid_application", "decided_on", _KEPT)
    _index("ix_mutual_aid_claim_documents", "mutual_aid_claim", "decided_at", _CLAIM_KEPT)


def _index(name: str, table: str, column: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, [column, "id"], postgresql_where=where, sqlite_where=where)


def _bring_marks(marks: sa.Table) -> None:
    """Keep the last mark of everybody who was marked; earlier ones were not kept."""
    examinee = sa.table(
        "examinee", sa.column("id", sa.Uuid()), sa.column("state"), sa.column("marked_at", UtcDateTime())
    )
    marked = sa.select(examinee).where(examinee.c.marked_at.is_not(None)).order_by(examinee.c.id)
    connection = op.get_bind()
    last: UUID | None = None
    while True:
        rest = marked if last is None else marked.where(examinee.c.id > last)
        rows = connection.execute(rest.limit(1000)).all()
        if not rows:
            return
        connection.execute(marks.insert(), [_mark(row) for row in rows])
        last = rows[-1].id


def _mark(row: Any) -> dict[str, Any]:
    mark_id = uuid5(_NAMES, str(row.id))
    return {"id": mark_id, "examinee_id": row.id, "state": row.state, "marked_at": row.marked_at}
