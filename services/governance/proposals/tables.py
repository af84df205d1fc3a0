"""Tables of proposals: departments, campaigns, proposals with their people, departments, replies, ratings, stages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.governance.base import Base

_IS_DUE = sa.text("due_on IS NOT NULL")
_IS_TOLD_AGAIN = sa.text("retell")
_WAITS = sa.text("publish_on IS NOT NULL AND published_on IS NULL")


class Department(Base):
    """承办部门 A department that handles proposals; its leader approves what it replies."""

    __tablename__ = "department"

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(sa.String(60), unique=True)
    leader_id: Mapped[UUID] = mapped_column(index=True)
    note: Mapped[str | None] = mapped_column(sa.String(300))
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)


class DepartmentContact(Base):
    """部门联系人 A member who handles a department's proposals."""

    __tablename__ = "department_contact"

    department_id: Mapped[UUID] = mapped_column(sa.ForeignKey("department.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)


class Campaign(Base):
    """提案征集 For whom, until when and with which steps proposals are called for."""

    __tablename__ = "proposal_campaign"

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(sa.String(60))
    session: Mapped[str | None] = mapped_column(sa.String(40))
    body: Mapped[str] = mapped_column(sa.String(16))
    unit_id: Mapped[UUID | None]
    opens_on: Mapped[date]
    deadline: Mapped[datetime]
    switches: Mapped[list[Any]] = mapped_column(sa.JSON)
    inspector_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("department.id"))
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.Index("ix_proposal_campaign_opens_on", "opens_on", "id"),
        sa.Index("ix_proposal_campaign_body", "body", "opens_on", "id"),
        sa.Index("ix_proposal_campaign_unit_id", "unit_id", "opens_on", "id"),
        sa.Index("ix_proposal_campaign_inspector_id", "inspector_id"),
    )


class Proposal(Base):
    """提案 A proposal. `text_version` grows with each change of the text that others had read.

    A merged one names what it was merged into; the people of both are those of the joint proposal. `round` counts the
    handling. `due_on` is the department's last day, `reminded` and `overdue_told` whether it was told of. `retell`:
    what waits for whom is to be told again, because a department has new contacts.
    """

    __tablename__ = "proposal"

    id: Mapped[UuidKey]
    number: Mapped[str | None] = mapped_column(sa.String(16), unique=True)
    campaign_id: Mapped[UUID] = mapped_column(sa.ForeignKey("proposal_campaign.id"))
    unit_id: Mapped[UUID | None]
    proposer_id: Mapped[UUID]
    collective: Mapped[str | None] = mapped_column(sa.String(60))
    kind: Mapped[str] = mapped_column(sa.String(12))
    title: Mapped[str] = mapped_column(sa.String(60))
    reason: Mapped[str] = mapped_column(sa.String(2000))
    suggestion: Mapped[str] = mapped_column(sa.String(2000))
    text_version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(sa.String(16))
    drafted_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    filed_on: Mapped[date | None]
    ground: Mapped[str | None] = mapped_column(sa.String(12))
    why: Mapped[str | None] = mapped_column(sa.String(500))
    merged_into: Mapped[UUID | None] = mapped_column(sa.ForeignKey("proposal.id"), index=True)
    department_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("department.id"))
    due_on: Mapped[date | None]
    reminded: Mapped[bool] = mapped_column(default=False)
    overdue_told: Mapped[bool] = mapped_column(default=False)
    key_leader_id: Mapped[UUID | None] = mapped_column(index=True)
    round: Mapped[int] = mapped_column(default=1)
    outcome: Mapped[str | None] = mapped_column(sa.String(12))
    percent: Mapped[int] = mapped_column(default=0)
    satisfaction: Mapped[str | None] = mapped_column(sa.String(12))
    excellent: Mapped[bool] = mapped_column(default=False)
    check_asked: Mapped[int | None]
    closed_on: Mapped[date | None]
    retell: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.Index("ix_proposal_submitted_at", "submitted_at", "id"),
        sa.Index("ix_proposal_state", "state", "submitted_at", "id"),
        sa.Index("ix_proposal_campaign_id", "campaign_id", "state", "id"),
        sa.Index("ix_proposal_kind", "kind", "submitted_at", "id"),
        sa.Index("ix_proposal_unit_id", "unit_id", "submitted_at", "id"),
        sa.Index("ix_proposal_department_id", "department_id", "submitted_at", "id"),
        sa.Index("ix_proposal_proposer_id", "proposer_id", "id"),
        sa.Index("ix_proposal_title", "title", "id"),
        sa.Index("ix_proposal_filed_on", "filed_on", "id"),
        sa.Index("ix_proposal_due_on", "due_on", "id", postgresql_where=_IS_DUE, sqlite_where=_IS_DUE),
        sa.Index("ix_proposal_retell", "id", postgresql_where=_IS_TOLD_AGAIN, sqlite_where=_IS_TOLD_AGAIN),
    )


class Seconding(Base):
    """附议 A delegate who seconds, and which text; one row for each."""

    __tablename__ = "proposal_seconding"

    proposal_id: Mapped[UUID] = mapped_column(sa.ForeignKey("proposal.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    text_version: Mapped[int]
    at: Mapped[datetime]


class Assignment(Base):
    """交办 A department that handles a proposal: leading or assisting; `signed_round` is the reply it co-signed."""

    __tablename__ = "proposal_assignment"

    proposal_id: Mapped[UUID] = mapped_column(sa.ForeignKey("proposal.id"), primary_key=True)
    department_id: Mapped[UUID] = mapped_column(sa.ForeignKey("department.id"), primary_key=True, index=True)
    part: Mapped[str] = mapped_column(sa.String(10))
    text: Mapped[str | None] = mapped_column(sa.String(2000))
    signed_round: Mapped[int] = mapped_column(default=0)


class Reply(Base):
    """答复 The reply of a round; public from `published_on`."""

    __tablename__ = "proposal_reply"

    proposal_id: Mapped[UUID] = mapped_column(sa.ForeignKey("proposal.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(sa.String(4000))
    outcome: Mapped[str | None] = mapped_column(sa.String(12))
    publish_on: Mapped[date | None]
    published_on: Mapped[date | None]

    __table_args__ = (
        sa.Index("ix_proposal_reply_publish_on", "publish_on", postgresql_where=_WAITS, sqlite_where=_WAITS),
    )


class Rating(Base):
    """评价 How a proposer or seconder rates the reply of a round."""

    __tablename__ = "proposal_rating"

    proposal_id: Mapped[UUID] = mapped_column(sa.ForeignKey("proposal.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    grade: Mapped[str] = mapped_column(sa.String(12))
    comment: Mapped[str | None] = mapped_column(sa.String(500))
    at: Mapped[datetime]


class Milestone(Base):
    """阶段目标 A stage of the implementation, and the percent that is done when it is reached."""

    __tablename__ = "proposal_milestone"

    id: Mapped[UuidKey]
    proposal_id: Mapped[UUID] = mapped_column(sa.ForeignKey("proposal.id"), index=True)
    milestone: Mapped[str] = mapped_column(sa.String(100))
    due_on: Mapped[date]
    percent: Mapped[int]
    done_on: Mapped[date | None]


class Check(Base):
    """年度自查 What a department reports of an open proposal each December."""

    __tablename__ = "proposal_check"

    proposal_id: Mapped[UUID] = mapped_column(sa.ForeignKey("proposal.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    percent: Mapped[int]
    why: Mapped[str] = mapped_column(sa.String(500))


class Gram(Base):
    """A pair of characters of a proposal that others may read, by which similar ones are found."""

    __tablename__ = "proposal_gram"

    gram: Mapped[str] = mapped_column(sa.String(4), primary_key=True)
    proposal_id: Mapped[UUID] = mapped_column(sa.ForeignKey("proposal.id"), primary_key=True, index=True)
