"""Tables of ballots: the ballot, its options and electorate, the frozen roll, the votes, the result."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.governance.base import Base

_PREPARED, _OPEN = sa.text("state = 'prepared'"), sa.text("state = 'open'")
_UNTOLD, _TELLING, _FREEZING = sa.text("NOT told"), sa.text("telling IS NOT NULL"), sa.text("state = 'opening'")


class Ballot(Base):
    """表决 A ballot. Its row is small: every voter reads it.

    `base` to `rules` are set when it is opened, by the rules of that day. `reached` is the last member whose row of
    the roll is written (while it is being frozen) or who was told (while `telling` says of what:
    `called`, `ended`, `result`).
    """

    __tablename__ = "ballot"

    id: Mapped[UuidKey]
    title: Mapped[str] = mapped_column(sa.String(100))
    kind: Mapped[str] = mapped_column(sa.String(10))
    secrecy: Mapped[str] = mapped_column(sa.String(10))
    body: Mapped[str] = mapped_column(sa.String(20))
    origin_kind: Mapped[str] = mapped_column(sa.String(10))
    origin_id: Mapped[UUID | None]
    seats: Mapped[int]
    options: Mapped[int]
    """How many options there are."""
    counts: Mapped[str] = mapped_column(sa.String(10))
    electorate: Mapped[str] = mapped_column(sa.String(10))
    state: Mapped[str] = mapped_column(sa.String(10))
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    presence_known: Mapped[bool]
    entitled: Mapped[int | None]
    base: Mapped[str | None] = mapped_column(sa.String(10))
    comparator: Mapped[str | None] = mapped_column(sa.String(20))
    proxies_most: Mapped[int | None]
    outcome: Mapped[str | None] = mapped_column(sa.String(10))
    reached: Mapped[UUID | None]
    telling: Mapped[str | None] = mapped_column(sa.String(10))
    run_off_of: Mapped[UUID | None] = mapped_column(sa.ForeignKey("ballot.id"), unique=True)
    called: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """By a session, a meeting or an election of delegates, or as a further round: what is voted on, and who votes, is
    settled."""
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.Index("ix_ballot_created_at", "created_at", "id"),
        sa.Index("ix_ballot_state", "state", "created_at", "id"),
        sa.Index("ix_ballot_origin", "origin_kind", "origin_id", "id"),
        sa.Index("ix_ballot_opens_at", "opens_at", postgresql_where=_PREPARED, sqlite_where=_PREPARED),
        sa.Index("ix_ballot_closes_at", "closes_at", postgresql_where=_OPEN, sqlite_where=_OPEN),
        sa.Index("ix_ballot_opening", "id", postgresql_where=_FREEZING, sqlite_where=_FREEZING),
        sa.Index("ix_ballot_telling", "id", postgresql_where=_TELLING, sqlite_where=_TELLING),
    )


class BallotTerms(Base):
    """表决说明 What is read of a ballot once and not by every voter: the text, the electorate, its rules, the reason.

    `present` are the members who are there, where presence is taken before the roll is frozen.
    """

    __tablename__ = "ballot_terms"

    ballot_id: Mapped[UUID] = mapped_column(sa.ForeignKey("ballot.id"), primary_key=True)
    about: Mapped[str | None] = mapped_column(sa.String(4000))
    unit_ids: Mapped[list[Any]] = mapped_column(sa.JSON)
    member_ids: Mapped[list[Any]] = mapped_column(sa.JSON)
    present: Mapped[list[Any]] = mapped_column(sa.JSON)
    rules: Mapped[list[Any]] = mapped_column(sa.JSON)
    least: Mapped[str | None] = mapped_column(sa.String(20))
    """The part of the roll that must take part, as the rule has it."""
    reason: Mapped[str | None] = mapped_column(sa.String(200))


class BallotOption(Base):
    """选项 An option of a ballot, numbered from 1."""

    __tablename__ = "ballot_option"

    ballot_id: Mapped[UUID] = mapped_column(sa.ForeignKey("ballot.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str | None] = mapped_column(sa.String(200))
    member_id: Mapped[UUID | None]


class BallotRoll(Base):
    """投票人名册 A member who may vote, frozen when the ballot is opened; who leaves later stays.

    `present` is null where presence is not taken. Voting does not touch the row.
    """

    __tablename__ = "ballot_roll"

    ballot_id: Mapped[UUID] = mapped_column(sa.ForeignKey("ballot.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID | None]
    present: Mapped[bool | None]
    proxy_id: Mapped[UUID | None]

    __table_args__ = (
        sa.Index("ix_ballot_roll_member_id", "member_id", "ballot_id"),
        sa.Index("ix_ballot_roll_unit_id", "ballot_id", "unit_id", "member_id"),
        sa.Index(
            "ix_ballot_roll_proxy_id", "ballot_id", "proxy_id",
            postgresql_where=sa.text("proxy_id IS NOT NULL"), sqlite_where=sa.text("proxy_id IS NOT NULL"),
        ),
    )  # fmt: skip


class BallotVote(Base):
    """记名票 The vote of a member in a named or open ballot; `choices` are keys of options, separated by commas.

    `told`: the to-do of the voter is closed. A secret ballot has no rows here. There is no foreign key to the roll: a
    row there is never deleted, and checking it would lock it.
    """

    __tablename__ = "ballot_vote"

    ballot_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    choices: Mapped[str] = mapped_column(sa.String(200))
    cast_at: Mapped[datetime]
    cast_by: Mapped[UUID | None]
    """The proxy who voted; null where the member did."""
    told: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        sa.Index("ix_ballot_vote_untold", "ballot_id", "member_id", postgresql_where=_UNTOLD, sqlite_where=_UNTOLD),
    )


class BallotResult(Base):
    """表决结果 What came of a ballot, as it was counted when it was closed."""

    __tablename__ = "ballot_result"

    ballot_id: Mapped[UUID] = mapped_column(sa.ForeignKey("ballot.id"), primary_key=True)
    counted_at: Mapped[datetime]
    figures: Mapped[dict[str, Any]]
