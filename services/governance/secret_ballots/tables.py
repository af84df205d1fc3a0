"""Tables of secret ballots. No row has a time or a number of its coming, so that none joins a voter and a vote.

Rows of marks and votes are kept in the order of their keys on SQLite (`WITHOUT ROWID`), which would number them
otherwise.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.security.encryption import EncryptedText
from services.governance.base import Base

_WAITING = sa.text("position IS NULL")


class SecretBallot(Base):
    """无记名投票 The keys and the head of the board of a ballot.

    `terms` is the hash of what is voted on. `signing_key` signs tokens and is used for nothing else. `definition` and
    what follows it are set when the keys are made. `chain` is the hash after the last entry on the board, `secret` the
    private key once it was joined. `voters` and `roll`, their hash, are of the frozen roll. `statement`: what the
    second registrar signed that it gave out.
    """

    __tablename__ = "secret_ballot"

    ballot_id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(sa.String(10))
    terms: Mapped[str] = mapped_column(sa.String(64))
    length: Mapped[int]
    needed: Mapped[int]
    others: Mapped[list[Any]]
    """Name, key and key of statements of each further registrar; set with the keys of the ballot."""
    definition: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    signing_key: Mapped[str | None] = mapped_column(EncryptedText)
    published: Mapped[int] = mapped_column(default=0)
    chain: Mapped[str | None] = mapped_column(sa.String(64))
    head: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    secret: Mapped[str | None] = mapped_column(sa.String(64))
    voters: Mapped[int | None]
    roll: Mapped[str | None] = mapped_column(sa.String(64))
    statement: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)

    __table_args__ = (sa.Index("ix_secret_ballot_state", "state", "ballot_id"),)


class BallotScrutineer(Base):
    """监票人 Who holds a share of a ballot's key: the own public key, the share encrypted to it, the share given."""

    __tablename__ = "ballot_scrutineer"

    ballot_id: Mapped[UUID] = mapped_column(sa.ForeignKey("secret_ballot.ballot_id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    place: Mapped[int]
    public_key: Mapped[str | None] = mapped_column(sa.String(88))
    sealed_share: Mapped[str | None] = mapped_column(sa.String(200))
    share: Mapped[str | None] = mapped_column(sa.String(44))

    __table_args__ = (
        sa.UniqueConstraint("ballot_id", "place", name="uq_ballot_scrutineer_place"),
        sa.Index("ix_ballot_scrutineer_member_id", "member_id", "ballot_id"),
    )


class BallotMark(Base):
    """领取记号 A member who got a token, and the hash of the blinded message that was signed."""

    __tablename__ = "ballot_mark"

    ballot_id: Mapped[UUID] = mapped_column(sa.ForeignKey("secret_ballot.ballot_id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    asked: Mapped[str] = mapped_column(sa.String(64))

    __table_args__ = ({"sqlite_with_rowid": False},)


class SecretVote(Base):
    """无记名票 A vote by the hash of its token; on the board once it has a position. `vote` is its text when opened."""

    __tablename__ = "secret_vote"

    ballot_id: Mapped[UUID] = mapped_column(sa.ForeignKey("secret_ballot.ballot_id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    entry: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    position: Mapped[int | None]
    opened: Mapped[bool] = mapped_column(default=False)
    vote: Mapped[str | None] = mapped_column(sa.String(200))

    __table_args__ = (
        sa.UniqueConstraint("ballot_id", "position", name="uq_secret_vote_position"),
        sa.Index("ix_secret_vote_waiting", "ballot_id", "token_hash", postgresql_where=_WAITING, sqlite_where=_WAITING),
        {"sqlite_with_rowid": False},
    )


class UnionKey(Base):
    """工会签名密钥 The key with which the union signs heads and receipts; there is one row."""

    __tablename__ = "union_key"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    private: Mapped[str] = mapped_column(EncryptedText)
    public: Mapped[str] = mapped_column(sa.String(44))
