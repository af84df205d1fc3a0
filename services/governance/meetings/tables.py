"""Tables of meetings. What is written in words about people and matters is encrypted; titles are searched."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.governance.base import Base, RevisionColumns

IS_OPEN, VOTING = sa.text("state = 'open'"), sa.text("state = 'voting'")


class MeetingBody(Base):
    """会议组织 A body that meets: who holds one of `post_kinds`, in `unit_id` or in the whole union."""

    __tablename__ = "meeting_body"

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(sa.String(60), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    unit_id: Mapped[UUID | None]
    post_kinds: Mapped[list[Any]] = mapped_column(sa.JSON)
    chair_kind: Mapped[str] = mapped_column(sa.String(20))
    active: Mapped[bool] = mapped_column(default=True)


class Meeting(Base):
    """会议 A meeting; `kind` and `unit_id` are its body's when it was planned.

    `minutes_number` is the latest revision of its minutes, `minutes_reason` why they were last returned.
    """

    __tablename__ = "meeting"

    id: Mapped[UuidKey]
    body_id: Mapped[UUID] = mapped_column(sa.ForeignKey("meeting_body.id"))
    kind: Mapped[str] = mapped_column(sa.String(10))
    unit_id: Mapped[UUID | None]
    title: Mapped[str] = mapped_column(sa.String(100))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(sa.String(100))
    notice: Mapped[str | None] = mapped_column(sa.String(2000))
    state: Mapped[str] = mapped_column(sa.String(10))
    reason: Mapped[str | None] = mapped_column(sa.String(200))
    minutes_state: Mapped[str] = mapped_column(sa.String(10), default="none")
    minutes_number: Mapped[int] = mapped_column(default=0)
    minutes_reason: Mapped[str | None] = mapped_column(EncryptedText)
    approved_by: Mapped[UUID | None]
    approved_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index("ix_meeting_starts_at", "starts_at", "id"),
        sa.Index("ix_meeting_body_id", "body_id", "starts_at", "id"),
        sa.Index("ix_meeting_unit_id", "unit_id", "starts_at", "id"),
        sa.Index("ix_meeting_state", "state", "starts_at", "id"),
    )


class MeetingSeat(Base):
    """参会人 A person of a meeting; `votes` for members of the body, whose list is as it was when it was called."""

    __tablename__ = "meeting_seat"

    meeting_id: Mapped[UUID] = mapped_column(sa.ForeignKey("meeting.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    role: Mapped[str] = mapped_column(sa.String(10))
    votes: Mapped[bool]
    attendance: Mapped[str] = mapped_column(sa.String(10), default="expected")

    __table_args__ = (sa.Index("ix_meeting_seat_member_id", "member_id", "meeting_id"),)


class MeetingMotion(Base):
    """议题 A motion to a body; `meeting_id` while it stands on an agenda."""

    __tablename__ = "meeting_motion"

    id: Mapped[UuidKey]
    body_id: Mapped[UUID] = mapped_column(sa.ForeignKey("meeting_body.id"))
    unit_id: Mapped[UUID | None]
    title: Mapped[str] = mapped_column(sa.String(100))
    text: Mapped[str] = mapped_column(EncryptedText)
    proposer_id: Mapped[UUID | None]
    proposed_by: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(sa.String(10))
    submitted_at: Mapped[datetime]
    meeting_id: Mapped[UUID | None]
    decision_id: Mapped[UUID | None]
    reason: Mapped[str | None] = mapped_column(EncryptedText)

    __table_args__ = (
        sa.Index("ix_meeting_motion_body_id", "body_id", "id"),
        sa.Index("ix_meeting_motion_unit_id", "unit_id", "id"),
        sa.Index("ix_meeting_motion_state", "state", "id"),
        sa.Index("ix_meeting_motion_proposer_id", "proposer_id", "id"),
    )


class MeetingItem(Base):
    """议程 An item of an agenda, of its own or from a motion."""

    __tablename__ = "meeting_item"

    id: Mapped[UuidKey]
    meeting_id: Mapped[UUID] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(100))
    kind: Mapped[str] = mapped_column(sa.String(10))
    motion_id: Mapped[UUID | None]
    presenter_id: Mapped[UUID | None]
    minutes: Mapped[int | None]
    decision_id: Mapped[UUID | None]
    postponed: Mapped[bool] = mapped_column(default=False)


class MeetingDocument(Base):
    """会议文件 A document of a meeting or of one item; the file is a `StoredFile` of the meeting."""

    __tablename__ = "meeting_document"

    id: Mapped[UuidKey]
    meeting_id: Mapped[UUID] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    item_id: Mapped[UUID | None]
    document: Mapped[str] = mapped_column(sa.String(80))
    file_id: Mapped[UUID]
    added_at: Mapped[datetime]


class MinutesRevision(RevisionColumns, Base):
    """纪要修订 The minutes of a meeting as somebody saved them."""

    __tablename__ = "minutes_revision"

    meeting_id: Mapped[UUID] = mapped_column(sa.ForeignKey("meeting.id"))
    text: Mapped[str] = mapped_column(EncryptedText)

    __table_args__ = (sa.UniqueConstraint("meeting_id", "number"),)


class MeetingDecision(Base):
    """决议 What a meeting decided, with its votes and the rules they were counted by."""

    __tablename__ = "meeting_decision"

    id: Mapped[UuidKey]
    number: Mapped[str] = mapped_column(sa.String(12), unique=True)
    meeting_id: Mapped[UUID] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    body_id: Mapped[UUID] = mapped_column(sa.ForeignKey("meeting_body.id"))
    kind: Mapped[str] = mapped_column(sa.String(10))
    unit_id: Mapped[UUID | None]
    item_id: Mapped[UUID]
    motion_id: Mapped[UUID | None]
    title: Mapped[str] = mapped_column(sa.String(100))
    text: Mapped[str] = mapped_column(EncryptedText)
    decided_on: Mapped[date]
    recorded_at: Mapped[datetime]
    ballot_id: Mapped[UUID | None]
    vote_way: Mapped[str] = mapped_column(sa.String(10))
    votes_for: Mapped[int]
    votes_against: Mapped[int]
    abstained: Mapped[int]
    entitled: Mapped[int]
    present: Mapped[int]
    quorum: Mapped[int]
    base: Mapped[str] = mapped_column(sa.String(10))
    comparator: Mapped[str] = mapped_column(sa.String(15))
    needed: Mapped[int]
    rules: Mapped[list[Any]] = mapped_column(sa.JSON)
    outcome: Mapped[str] = mapped_column(sa.String(10))
    state: Mapped[str] = mapped_column(sa.String(10), default="standing")
    reason: Mapped[str | None] = mapped_column(sa.String(200))
    replaces_id: Mapped[UUID | None]
    replaced_by_id: Mapped[UUID | None]
    published: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        sa.Index("ix_meeting_decision_decided_on", "decided_on", "id"),
        sa.Index("ix_meeting_decision_body_id", "body_id", "decided_on", "id"),
        sa.Index("ix_meeting_decision_unit_id", "unit_id", "decided_on", "id"),
        sa.Index("ix_meeting_decision_published", "published", "decided_on", "id"),
    )


class MeetingVote(Base):
    """会议表决 A ballot that a meeting called for an item; one goes on at a time.

    `quorum` and `rules` are those of its opening.
    """

    __tablename__ = "meeting_vote"

    ballot_id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(sa.ForeignKey("meeting.id"))
    item_id: Mapped[UUID]
    title: Mapped[str] = mapped_column(sa.String(100))
    text: Mapped[str] = mapped_column(EncryptedText)
    secrecy: Mapped[str] = mapped_column(sa.String(10))
    replaces_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(sa.String(10), default="voting")
    called_at: Mapped[datetime]
    quorum: Mapped[int]
    rules: Mapped[list[Any]] = mapped_column(sa.JSON)
    decision_id: Mapped[UUID | None]

    __table_args__ = (
        sa.Index("ix_meeting_vote_meeting_id", "meeting_id", "ballot_id"),
        sa.Index("uq_meeting_vote_voting", "item_id", unique=True, postgresql_where=VOTING, sqlite_where=VOTING),
        sa.Index("ix_meeting_vote_voting", "ballot_id", postgresql_where=VOTING, sqlite_where=VOTING),
    )


class ActionItem(Base):
    """督办事项 What one person is to do after a meeting, numbered within it."""

    __tablename__ = "action_item"

    id: Mapped[UuidKey]
    meeting_id: Mapped[UUID] = mapped_column(sa.ForeignKey("meeting.id"))
    body_id: Mapped[UUID]
    unit_id: Mapped[UUID | None]
    item_id: Mapped[UUID | None]
    number: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(300))
    owner_id: Mapped[UUID]
    due_on: Mapped[date]
    percent: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(sa.String(10), default="open")
    reminded: Mapped[bool] = mapped_column(default=False)
    overdue_told: Mapped[bool] = mapped_column(default=False)
    done_on: Mapped[date | None]

    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "number"),
        sa.Index("ix_action_item_owner_id", "owner_id", "due_on", "id"),
        sa.Index("ix_action_item_body_id", "body_id", "due_on", "id"),
        sa.Index("ix_action_item_unit_id", "unit_id", "due_on", "id"),
        sa.Index("ix_action_item_due_on", "due_on", "id"),
        sa.Index("ix_action_item_open", "due_on", "id", postgresql_where=IS_OPEN, sqlite_where=IS_OPEN),
    )


class ActionStep(Base):
    """督办记录 What was reported or changed of an action item."""

    __tablename__ = "action_step"

    id: Mapped[UuidKey]
    action_item_id: Mapped[UUID] = mapped_column(sa.ForeignKey("action_item.id"), index=True)
    step: Mapped[str] = mapped_column(sa.String(10))
    percent: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(EncryptedText)
    at: Mapped[datetime]
    account_id: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
