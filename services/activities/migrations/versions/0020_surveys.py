"""Surveys: questions, groups, rolls, marks, anonymous sheets, named answers, and what came of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    _create_survey()
    _create_rolls()
    _create_answers()
    _create_results()


def _create_survey() -> None:
    times = ("opens_at", "closes_at", "opened_at", "closed_at", "published_at", "reminded_at")
    op.create_table(
        "survey",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("unit_id", sa.Uuid()),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("about", sa.String(1000)),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("by_unit", sa.Boolean(), nullable=False),
        sa.Column("electorate", sa.String(10), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("activity_id", sa.Uuid()),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        *(sa.Column(name, UtcDateTime()) for name in times),
        sa.Column("with_texts", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer()) for name in ("entitled", "sheets", "smallest")),
        sa.Column("rule", sa.JSON()),
        sa.Column("reason", sa.String(200)),
        sa.Column("telling", sa.String(10)),
        sa.Column("reached", sa.Uuid()),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_survey_created_at", "survey", ["created_at", "id"])
    for name in ("state", "unit_id", "activity_id"):
        op.create_index(f"ix_survey_{name}", "survey", [name, "created_at", "id"])
    op.create_index("ix_survey_title", "survey", ["title", "id"])
    for name, column, where in (
        ("opens_at", "opens_at", "state = 'draft'"), ("closes_at", "closes_at", "state = 'open'"),
        ("opening", "id", "state = 'opening'"), ("telling", "id", "telling IS NOT NULL"),
    ):  # fmt: skip
        only = sa.text(where)
        op.create_index(f"ix_survey_{name}", "survey", [column], postgresql_where=only, sqlite_where=only)


def _create_rolls() -> None:
    _of_survey(
        "survey_group", (sa.Column("number", sa.Integer()),), sa.Column("unit_id", sa.Uuid()),
        sa.Column("entitled", sa.Integer(), nullable=False), sa.Column("signing_key", sa.Text()),
        sa.Column("public_key", sa.String(700)), sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("sheets", sa.Integer()),
    )  # fmt: skip
    member = (sa.Column("member_id", sa.Uuid()),)
    _of_survey("survey_roll", member, sa.Column("group_number", sa.Integer(), nullable=False))
    op.create_index("ix_survey_roll_member_id", "survey_roll", ["member_id", "survey_id"])
    _of_survey(
        "survey_mark", (sa.Column("member_id", sa.Uuid()),), sa.Column("asked", sa.String(64), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False, server_default=sa.false()), unnumbered=True,
    )  # fmt: skip


def _create_answers() -> None:
    _of_survey(
        "survey_sheet", (sa.Column("token_hash", sa.String(64)),),
        sa.Column("group_number", sa.Integer(), nullable=False), sa.Column("content", sa.Text(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False), unnumbered=True,
    )  # fmt: skip
    waiting = sa.text("NOT settled")
    columns = ["survey_id", "token_hash"]
    op.create_index("ix_survey_sheet_waiting", "survey_sheet", columns, postgresql_where=waiting, sqlite_where=waiting)
    _of_survey(
        "survey_answer", (sa.Column("member_id", sa.Uuid()),), sa.Column("content", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
    )  # fmt: skip
    op.create_index("ix_survey_answer_member_id", "survey_answer", ["member_id", "answered_at", "survey_id"])


def _create_results() -> None:
    key = tuple(sa.Column(name, sa.Integer()) for name in ("group_number", "question", "option_number"))
    _of_survey(
        "survey_figure", key, sa.Column("chosen", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False), sa.Column("mean", sa.String(20)),
    )  # fmt: skip
    op.create_table(
        "survey_text",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(200)),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name="fk_survey_text_survey_id_survey"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_survey_text_survey_id", "survey_text", ["survey_id", "question", "id"])


def _of_survey(name: str, key: tuple[sa.Column, ...], *columns: sa.Column, unnumbered: bool = False) -> None:
    """Create a table whose key is a survey and further columns."""
    op.create_table(
        name,
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        *key,
        *columns,
        sa.PrimaryKeyConstraint("survey_id", *(one.name for one in key), name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=f"fk_{name}_survey_id_survey"),
        **({"sqlite_with_rowid": False} if unnumbered else {}),
    )
