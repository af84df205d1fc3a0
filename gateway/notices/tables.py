"""Tables of notices: what was told to whom, how it is delivered, and what recipients and officers decided about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gateway.tables import Base
from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText

STILL_UNREAD = sa.text("notice.read_at IS NULL")
"""The condition of the partial index below, exactly as there: else SQLite does not use it."""
_UNREAD = sa.text("read_at IS NULL")
_IN_FORCE = sa.text("ended_at IS NULL")


class Notice(Base):
    """通知 One thing that one recipient is told.

    `recipient_id` is a member, else the account of a person who is no member, or a robot of a group chat. `event_id` is
    the event it comes from, or the announcement; with recipient and kind it is unique, so that a replay tells nothing
    twice. `params` has figures for the text, never personal data.
    """

    __tablename__ = "notice"

    id: Mapped[UuidKey]
    recipient_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(sa.String(40))
    event_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    at: Mapped[datetime]
    params: Mapped[dict[str, Any]]
    read_at: Mapped[datetime | None]

    __table_args__ = (
        sa.UniqueConstraint("recipient_id", "kind", "event_id"),
        sa.Index("ix_notice_recipient_id_at", "recipient_id", "at", "id"),
        sa.Index("ix_notice_unread", "recipient_id", postgresql_where=_UNREAD, sqlite_where=_UNREAD),
    )


class NoticeDelivery(Base):
    """投递 One notice over one channel outside of the portal.

    A row that is `sending` is claimed until `next_at`; after that another replica sends it again. `reason` is a code,
    `answer` the status the other server gave, never its text, which may name a person.
    """

    __tablename__ = "notice_delivery"

    id: Mapped[UuidKey]
    notice_id: Mapped[UUID] = mapped_column(sa.ForeignKey("notice.id", ondelete="CASCADE"), index=True)
    recipient_id: Mapped[UUID] = mapped_column(index=True)
    account_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(sa.String(40))
    event_id: Mapped[UUID]
    channel: Mapped[str] = mapped_column(sa.String(12))
    digest: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(sa.String(12))
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    claimed_by: Mapped[str | None] = mapped_column(sa.String(80))
    reason: Mapped[str | None] = mapped_column(sa.String(40))
    answer: Mapped[str | None] = mapped_column(sa.String(20))
    sent_at: Mapped[datetime | None]

    __table_args__ = (
        sa.UniqueConstraint("notice_id", "channel"),
        sa.Index("ix_notice_delivery_state_next_at", "state", "next_at"),
        sa.Index("ix_notice_delivery_state_id", "state", "id"),
        sa.Index("ix_notice_delivery_channel_id", "channel", "id"),
        sa.Index("ix_notice_delivery_kind_id", "kind", "id"),
        sa.Index("ix_notice_delivery_event_id_state", "event_id", "state"),
    )


class NoticePreference(Base):
    """偏好 Whether an account wants a kind over a channel; without a row the kind's own default holds."""

    __tablename__ = "notice_preference"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    channel: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    wanted: Mapped[bool]


class NoticeSettings(Base):
    """通知设置 How an account is reached outside of the portal.

    An address is used from its confirmation; `new_email` waits for the code that was sent to it. Quiet hours are
    minutes of the day in Chinese time. With `digest_hour` notices wait for one e-mail a day at that hour.
    """

    __tablename__ = "notice_settings"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str | None] = mapped_column(EncryptedText)
    confirmed_at: Mapped[datetime | None]
    new_email: Mapped[str | None] = mapped_column(EncryptedText)
    code_hash: Mapped[str | None] = mapped_column(sa.String(64))
    code_expires_at: Mapped[datetime | None]
    code_tries: Mapped[int] = mapped_column(default=0)
    quiet_from: Mapped[int | None]
    quiet_to: Mapped[int | None]
    digest_hour: Mapped[int | None]
    stopped_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class NoticeStop(Base):
    """停发 An officer's decision that a member, or a kind, is sent nothing outside of the portal, until it is ended."""

    __tablename__ = "notice_stop"

    id: Mapped[UuidKey]
    member_id: Mapped[UUID | None]
    kind: Mapped[str | None] = mapped_column(sa.String(40))
    reason: Mapped[str] = mapped_column(sa.String(200))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(sa.String(64))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(sa.String(64))

    __table_args__ = tuple(
        sa.Index(f"uq_notice_stop_{column}", column, unique=True, postgresql_where=_IN_FORCE, sqlite_where=_IN_FORCE)
        for column in ("member_id", "kind")
    )


class NoticeRobot(Base):
    """群机器人 A robot of a group chat that is told announcements and public kinds; its address is a secret."""

    __tablename__ = "notice_robot"

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(sa.String(60))
    service: Mapped[str] = mapped_column(sa.String(12))
    unit_id: Mapped[UUID | None]
    address: Mapped[str] = mapped_column(EncryptedText)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(sa.String(64))
    ended_at: Mapped[datetime | None]


class Announcement(Base):
    """公告 A text of the officers for an audience. `cursor` is the last recipient that was told.

    `link`: the page of the portal that says more, where there is one.
    """

    __tablename__ = "announcement"

    id: Mapped[UuidKey]
    title: Mapped[str] = mapped_column(sa.String(120))
    title_en: Mapped[str | None] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.Text)
    text_en: Mapped[str | None] = mapped_column(sa.Text)
    link: Mapped[str | None] = mapped_column(sa.String(200))
    audience: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(sa.String(12))
    send_at: Mapped[datetime]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(sa.String(64))
    cursor: Mapped[UUID | None]
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (sa.Index("ix_announcement_state_send_at", "state", "send_at"),)


class AnnouncedPage(Base):
    """公告的页面 A page that was announced, or taken away before: the last event of it, and its announcement."""

    __tablename__ = "announced_page"

    page_id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(sa.BigInteger)
    announcement_id: Mapped[UUID | None]
