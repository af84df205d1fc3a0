"""Questions of activities, and answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("activity", sa.Column("has_questions", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "activity_question",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("hint", sa.String(200), nullable=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("if_question", sa.Integer(), nullable=True),
        sa.Column("if_answers", sa.JSON(), nullable=False),
        sa.Column("if_option", sa.Integer(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("activity_id", "number", name="pk_activity_question"),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_activity_question_activity_id_activity"),
    )
    op.create_table(
        "registration_answers",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("registration_id", name="pk_registration_answers"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_registration_answers_registration_id_registration"
        ),
    )
    op.create_index("ix_registration_answers_member_id", "registration_answers", ["member_id"])
