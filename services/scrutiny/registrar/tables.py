"""Tables of the second registrar. Marks have neither a time nor a number of their coming."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.process.settings import settings
from services.chassis.security.encryption import EncryptedText, KeyRing, ring_of
from services.scrutiny.base import Base


class KeyText(EncryptedText):
    """A private key, encrypted with `GONGHUI_SCRUTINY_KEYS`; the other services can't read it with theirs."""

    cache_ok = True

    def ring(self) -> KeyRing:
        """Return the keys of this service."""
        return ring_of(settings().scrutiny_keys, "GONGHUI_SCRUTINY_KEYS")


class WatchedBallot(Base):
    """监票的投票 The key of a secret ballot, which signs its tokens and is used for nothing else, and its roll.

    `entitled`: how many governance says are on the roll. `voters` and `roll`, their hash, are set once all are known.
    `ended`: no more votes are taken. `statement`: what was given out, signed.
    """

    __tablename__ = "watched_ballot"

    ballot_id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(sa.String(10))
    signing_key: Mapped[str] = mapped_column(KeyText)
    public_key: Mapped[str] = mapped_column(sa.String(800))
    entitled: Mapped[int | None]
    voters: Mapped[int | None]
    roll: Mapped[str | None] = mapped_column(sa.String(64))
    ended: Mapped[bool] = mapped_column(default=False)
    statement: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)


class WatchedVoter(Base):
    """名册 A member who may vote in a ballot, as the frozen roll had it."""

    __tablename__ = "watched_voter"

    ballot_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)


class ScrutinyMark(Base):
    """领取记号 A member whose token was signed, and the hash of the blinded message."""

    __tablename__ = "scrutiny_mark"

    ballot_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    asked: Mapped[str] = mapped_column(sa.String(64))

    __table_args__ = ({"sqlite_with_rowid": False},)


class StatementKey(Base):
    """监票组签名密钥 The key with which statements are signed; there is one row."""

    __tablename__ = "statement_key"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    private: Mapped[str] = mapped_column(KeyText)
    public: Mapped[str] = mapped_column(sa.String(44))
