"""Tables of sessions: agenda, documents, attendance, guests, organs, speakers, resolutions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.governance.base import Base, RevisionColumns

_OPEN = sa.text("state = 'open'")
_SPEAKING = sa.text("state = 'speaking'")
_WANTS = sa.text("state IN ('waiting', 'speaking')")
_IS_MEMBER = sa.text("member_id IS NOT NULL")


class CongressSession(Base):
    """次 A session. `quorate`: the bodies whose quorum was reached and announced.

    `minutes` are those of the latest revision, `minutes_number` its number. `opened_quorum`, `closed_quorum`: the
    counts of each body at the opening and the closing. They stay when the delegates change later; so does the list of
    delegates, which is that of `closed_on`.
    """

    __tablename__ = "congress_session"

    id: Mapped[UuidKey]
    congress_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(8))
    requested_by: Mapped[str | None] = mapped_column(sa.String(9))
    requesters: Mapped[int | None]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    place: Mapped[str] = mapped_column(sa.String(100))
    state: Mapped[str] = mapped_column(sa.String(10))
    quorate: Mapped[list[Any]] = mapped_column(sa.JSON)
    opened_quorum: Mapped[list[Any] | None] = mapped_column(sa.JSON)
    closed_quorum: Mapped[list[Any] | None] = mapped_column(sa.JSON)
    closed_on: Mapped[date | None]
    minutes: Mapped[str | None] = mapped_column(sa.Text)
    minutes_number: Mapped[int] = mapped_column(default=0, server_default="0")
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (sa.UniqueConstraint("congress_id", "number"),)


class SessionMinutes(RevisionColumns, Base):
    """会议记录修订 The minutes of a session as somebody saved them; all members read the latest after the end."""

    __tablename__ = "congress_minutes"

    session_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress_session.id"))
    text: Mapped[str] = mapped_column(sa.Text)

    __table_args__ = (sa.UniqueConstraint("session_id", "number"),)


class SessionArchive(Base):
    """会议档案 An archive that was made of a session: the digest of its manifest, by which a copy is recognised."""

    __tablename__ = "congress_archive"

    id: Mapped[UuidKey]
    session_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress_session.id"))
    manifest_sha256: Mapped[str] = mapped_column(sa.String(64))
    files: Mapped[int]
    size: Mapped[int] = mapped_column(sa.BigInteger)
    made_at: Mapped[datetime]
    member_id: Mapped[UUID | None]

    __table_args__ = (sa.UniqueConstraint("session_id", "manifest_sha256"),)


class AgendaItem(Base):
    """议程 An item of a session's agenda, perhaps the report of an organ; one of them is open at a time.

    `rating_id`: the round in which leaders are assessed, of an item of that kind.
    """

    __tablename__ = "congress_agenda_item"

    id: Mapped[UuidKey]
    session_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress_session.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    agenda_kind: Mapped[str] = mapped_column(sa.String(8))
    body: Mapped[str | None] = mapped_column(sa.String(16))
    presenter: Mapped[str | None] = mapped_column(sa.String(60))
    organ_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(sa.String(8))
    note: Mapped[str | None] = mapped_column(sa.String(2000))
    speakers_taken: Mapped[bool] = mapped_column(default=False)
    rating_id: Mapped[UUID | None]

    __table_args__ = (
        sa.Index("ix_congress_agenda_item_session_id", "session_id", "position"),
        sa.Index("uq_congress_agenda_item_open", "session_id", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
    )


class Attendance(Base):
    """签到 When a delegate came to a session and left it; who came back has not left."""

    __tablename__ = "congress_attendance"

    session_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress_session.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    came_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class Speaker(Base):
    """发言人 Who wants to speak on an item, in the order of `position`; each waits or speaks once at a time."""

    __tablename__ = "congress_speaker"

    id: Mapped[UuidKey]
    item_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress_agenda_item.id"))
    member_id: Mapped[UUID]
    position: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(9))
    asked_at: Mapped[datetime]
    began_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index("ix_congress_speaker_item_id", "item_id", "position"),
        sa.Index(
            "uq_congress_speaker_wants", "item_id", "member_id", unique=True,
            postgresql_where=_WANTS, sqlite_where=_WANTS,
        ),
        sa.Index(
            "uq_congress_speaker_speaking", "item_id", unique=True, postgresql_where=_SPEAKING, sqlite_where=_SPEAKING
        ),
    )  # fmt: skip


class Resolution(Base):
    """决议 What a body resolved on an item; `delegates` and `present` as they were at the vote."""

    __tablename__ = "congress_resolution"

    id: Mapped[UuidKey]
    session_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress_session.id"), index=True)
    item_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress_agenda_item.id"), index=True)
    body: Mapped[str] = mapped_column(sa.String(16))
    title: Mapped[str] = mapped_column(sa.String(100))
    way: Mapped[str] = mapped_column(sa.String(8))
    ballot_id: Mapped[UUID | None] = mapped_column(unique=True)
    delegates: Mapped[int]
    present: Mapped[int]
    votes_for: Mapped[int | None]
    against: Mapped[int | None]
    abstained: Mapped[int | None]
    needed: Mapped[int | None]
    state: Mapped[str] = mapped_column(sa.String(8))
    rule: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    decided_at: Mapped[datetime | None]


class CongressDocument(Base):
    """会议文件 A document of a session or of one item, for one audience; the file is a `StoredFile` of the session."""

    __tablename__ = "congress_document"

    id: Mapped[UuidKey]
    session_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress_session.id"), index=True)
    item_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("congress_agenda_item.id"))
    document: Mapped[str] = mapped_column(sa.String(80))
    audience: Mapped[str] = mapped_column(sa.String(10))
    file_id: Mapped[UUID]
    added_at: Mapped[datetime]


class CongressGuest(Base):
    """列席 Who is invited to a session without a vote: a member, or somebody from outside by name."""

    __tablename__ = "congress_guest"

    id: Mapped[UuidKey]
    session_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress_session.id"))
    member_id: Mapped[UUID | None]
    name: Mapped[str | None] = mapped_column(EncryptedText)
    guest_kind: Mapped[str] = mapped_column(sa.String(8))
    position: Mapped[str | None] = mapped_column(sa.String(80))
    came_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index("ix_congress_guest_session_id", "session_id", "id"),
        sa.Index(
            "uq_congress_guest_member", "session_id", "member_id", unique=True,
            postgresql_where=_IS_MEMBER, sqlite_where=_IS_MEMBER,
        ),
    )  # fmt: skip


class CongressOrgan(Base):
    """机构 The presidium of a session, the executive committee of a term, or one of its committees."""

    __tablename__ = "congress_organ"

    id: Mapped[UuidKey]
    congress_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    session_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("congress_session.id"), index=True)
    organ_kind: Mapped[str] = mapped_column(sa.String(9))
    name: Mapped[str] = mapped_column(sa.String(40))
    head_id: Mapped[UUID]


class OrganMember(Base):
    """A delegate in an organ."""

    __tablename__ = "congress_organ_member"

    organ_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress_organ.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
