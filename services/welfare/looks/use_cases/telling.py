"""Telling a member who looked at what welfare keeps protected about the member."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.chassis.database.history import looks_of_others
from services.chassis.database.transaction import Transaction
from services.chassis.security.principal import require_member
from services.welfare.care_campaigns.use_cases import ends as care_campaigns
from services.welfare.hardship.use_cases import ends as hardship
from services.welfare.mutual_aid.use_cases import ending as mutual_aid
from services.welfare.requests.use_cases import forgetting as requests
from services.welfare.statement.use_cases import telling as statement
from services.welfare.visits.use_cases import forgetting as visits

_SOURCES = (
    visits.subjects_of_member, care_campaigns.subjects_of_member, requests.subjects_of_member,
    hardship.subjects_of_member, mutual_aid.subjects_of_member, statement.subjects_of_member,
)  # fmt: skip


def my_welfare_looks(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of what others read or opened of the caller's, newest first."""
    member_id = require_member(tx.principal, "Only a member has benefits.", rule="looks.caller_is_a_member")
    subjects = [subject for source in _SOURCES for subject in source(tx, member_id)]
    page = looks_of_others(tx, subjects, cursor=request["cursor"], limit=request["limit"])
    return page.reply([_row(look.subject, look.seen_at, look.purpose) for look in page.rows])


def _row(subject: str, at: Any, purpose: str) -> dict[str, Any]:
    kind, _, source_id = subject.partition("/")
    return {"at": at, "kind": kind, "source_id": UUID(source_id), "purpose": purpose}
