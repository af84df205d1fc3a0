"""What a line of a statement is, and the functions by which subjects tell theirs.

A line tells what was known on a day. A source computes it from dated facts, who did what when, and never from the
state of today: the statement of a past day is the same whenever it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.contracts.welfare.statement import STATEMENT_KINDS, STATEMENT_STATES

MOST_LINES = 200
"""Lines of one kind in a statement; a source returns the latest."""


@dataclass(frozen=True)
class StatementLine:
    """One line about one benefit.

    Args:
        kind: a word of `STATEMENT_KINDS`.
        source_id: what the line is about: an entitlement, an application; None for caps of the year.
        state: a word of `STATEMENT_STATES`.
        title: what people called it, where it has a name of its own.
        amount: in yuan.
        on: the day it was given, used, asked for or refused.
        until: the last day on which it can be had.
        decision_id: the stored decision that granted or refused it.
        reason: the rule that refused it, with its `params`.
        params: JSON values; `benefit_key` names the benefit, `step` a finer state, both in words of a vocabulary.
    """

    kind: str
    source_id: UUID | None
    state: str
    title: str | None = None
    amount: Decimal | None = None
    on: date | None = None
    until: date | None = None
    decision_id: UUID | None = None
    reason: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises `ValueError` for a state that the contract does not have."""
        if self.state not in STATEMENT_STATES:
            raise ValueError(f"{self.state} is no state of a line")


LinesOf = Callable[[Transaction, UUID, int, date], list[StatementLine]]
"""Called with the transaction, the member, the first year and the day; returns what was known at the end of the day."""

_SOURCES: dict[str, LinesOf] = {}


def statement_source(kind: str) -> Callable[[LinesOf], LinesOf]:
    """Register a function as the source of the lines of a kind, and return it as it is.

    Raises:
        ValueError: the contract has no such kind, or the kind has another source.
    """
    if kind not in STATEMENT_KINDS:
        raise ValueError(f"{kind} is no kind of lines")

    def register(function: LinesOf) -> LinesOf:
        if _SOURCES.setdefault(kind, function) is not function:
            raise ValueError(f"{kind} has a source already")
        return function

    return register


def sources() -> Mapping[str, LinesOf]:
    """Return the registered sources by kind."""
    return _SOURCES
