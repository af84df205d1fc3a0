"""Telling a statement: the lines of all sources for one member and day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from services.chassis.database.history import accesses_of, note_access
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.security.principal import require_member
from services.contracts.welfare.statement import STATEMENT_KINDS, YEARS_BACK
from services.welfare.members.use_cases.member_copies import member_of
from services.welfare.statement import rules
from services.welfare.statement.use_cases import subjects
from services.welfare.statement.use_cases.lines import MOST_LINES, StatementLine, sources

__all__ = ["my_statement", "read_statement", "subjects"]

LOOKS_TOLD = 20


def my_statement(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the caller's own statement."""
    member_id = require_member(tx.principal, "Only a member has benefits.", rule="statement.caller_is_a_member")
    looks = accesses_of(tx, _subject(member_id), limit=LOOKS_TOLD).rows
    return {
        **_statement(tx, member_id, request),
        "looks": [{"at": look.seen_at, "purpose": look.purpose} for look in looks],
    }


def read_statement(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a member's statement, and keep who looked and why: it tells of visits, and so of health and family."""
    member_id = member_of(tx, request["member_id"]).member_id
    note_access(tx, _subject(member_id), "statement", request["purpose"])
    return _statement(tx, member_id, request)


def subjects_of_member(tx: Transaction, member_id: UUID) -> list[str]:
    """Return the name under which readings of a member's statement are kept."""
    return [_subject(member_id)]


def _subject(member_id: UUID) -> str:
    return f"statement/{member_id}"


def _statement(tx: Transaction, member_id: UUID, request: dict[str, Any]) -> dict[str, Any]:
    as_of: date = request["as_of"] or tx.today
    year_from: int = as_of.year if request["year_from"] is None else request["year_from"]
    refuse_first(
        rules.day_has_come(as_of, tx.today),
        rules.years_are_few(year_from, as_of.year, YEARS_BACK),
    )
    known = sources()
    by_kind = [known[kind](tx, member_id, year_from, as_of) for kind in STATEMENT_KINDS if kind in known]
    return {
        "member_id": member_id,
        "as_of": as_of,
        "year_from": year_from,
        "lines": [asdict(line) for lines in by_kind for line in _latest(lines)],
        "looks": [],
        "shortened": any(len(lines) > MOST_LINES for lines in by_kind),
    }


def _latest(lines: list[StatementLine]) -> list[StatementLine]:
    newest_first = sorted(lines, key=lambda line: line.on or line.until or date.max, reverse=True)
    return newest_first[:MOST_LINES]
