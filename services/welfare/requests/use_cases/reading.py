"""Lists of requests, and one request with what the caller may see of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import looks_of_others, note_access
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.principal import require_member
from services.welfare.requests.tables import MemberRequest, RequestDocument, RequestEntry, RequestType
from services.welfare.requests.use_cases.store import request_of, require_sight, subject_of
from services.welfare.requests.use_cases.types import names_of_types, type_of
from services.welfare.requests.workflow import APPLICANT, HANDLERS, OPEN_STATES, REQUEST

_NEVER = date(9999, 12, 31)
LOOKS_TOLD = 20
WORDS = "text"
"""The name under which looks at the words of a request are kept; a document's is its own."""
_ROW = (
    "id", "number", "type_id", "member_id", "unit_id", "state", "step", "submitted_at", "due_on", "ended_at",
)  # fmt: skip
_ORDERS: dict[str, tuple[Any, str]] = {
    "due_on": (sa.func.coalesce(MemberRequest.due_on, _NEVER), "asc"),
    "submitted_at": (MemberRequest.submitted_at, "asc"),
    "-submitted_at": (MemberRequest.submitted_at, "desc"),
}


def row(one: MemberRequest, type_name: str, today: date) -> dict[str, Any]:
    """Return a request as it stands in a list; no words of it."""
    return {
        **{name: getattr(one, name) for name in _ROW},
        "type_name": type_name,
        "step_name": one.steps[one.step - 1]["name"] if one.step else None,
        "overdue": one.due_on is not None and one.due_on < today,
    }


def my_requests(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the caller's own requests, newest first."""
    member_id = require_member(tx.principal, "Only a member asks.", rule="requests.caller_is_a_member")
    statement = sa.select(MemberRequest).where(MemberRequest.member_id == member_id)
    page = page_of(tx, statement, request, [(MemberRequest.id, "desc")])
    names = names_of_types(tx, {one.type_id for one in page.rows})
    return page.reply([{**row(one, names[one.type_id], tx.today), "text": one.text} for one in page.rows])


def list_requests(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of requests; to who is neither officer nor auditor those handled by the caller."""
    statement = sa.select(MemberRequest)
    if not tx.principal.has("officer", "auditor"):
        statement = statement.where(MemberRequest.handler_id == tx.principal.member_id)
    order, direction = _ORDERS[request["sort"]]
    return _page(tx, _narrowed(statement, request, tx.today), request, [(order, direction), (MemberRequest.id, "asc")])


def get_request(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one request; its words to the applicant, its files to those who handle it as well."""
    one = request_of(tx, request["request_id"])
    roles = require_sight(tx.principal, one)
    own, reads = APPLICANT in roles, bool(roles - {"auditor"})
    files = _files(tx, one) if reads else []
    looks = looks_of_others(tx, [subject_of(one)], limit=LOOKS_TOLD).rows if own else []
    return {
        **row(one, type_of(tx, one.type_id).name, tx.today),
        "text": one.text if own else None,
        "has_text": one.text is not None,
        "opens": reads,
        "steps": one.steps,
        "documents": one.documents,
        "missing": missing_of(tx, one),
        "files": [{"id": file.id, "document": file.document, "added_at": file.added_at} for file in files],
        "history": _history(tx, one, plain=own),
        "actions": _actions(one, roles),
        "looks": [{"at": look.seen_at, "field": look.field, "purpose": look.purpose} for look in looks],
    }


def unmask_request(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return what a request says in words, and keep who looked and for what; the applicant has them without."""
    one = request_of(tx, request["request_id"])
    if not require_sight(tx.principal, one) & HANDLERS:
        raise NotAllowed("Only those who handle a request read it.", rule="requests.are_for_few")
    note_access(tx, subject_of(one), WORDS, request["purpose"])
    return {"text": one.text, "history": _history(tx, one, plain=True)}


def missing_of(tx: Transaction, one: MemberRequest) -> list[str]:
    """Return the required documents that were not handed in."""
    given = {file.document for file in _files(tx, one)}
    return [asked["name"] for asked in one.documents if asked["required"] and asked["name"] not in given]


def _history(tx: Transaction, one: MemberRequest, *, plain: bool) -> list[dict[str, Any]]:
    of_request = sa.select(RequestEntry).where(RequestEntry.request_id == one.id).order_by(RequestEntry.id)
    return [
        {
            "action": entry.action,
            "step_name": entry.step_name,
            "note": entry.note if plain else None,
            "has_note": entry.note is not None,
            "at": entry.at,
        }
        for entry in tx.session.scalars(of_request)
    ]


def _actions(one: MemberRequest, roles: frozenset[str]) -> list[str]:
    last = one.step >= len(one.steps)
    unfit = {"advance"} if last else {"finish"}
    actions = [action for action in REQUEST.legal(one.state, roles) if action not in unfit]
    return [*actions, "attach"] if APPLICANT in roles and one.state in OPEN_STATES and one.documents else actions


def _files(tx: Transaction, one: MemberRequest) -> list[RequestDocument]:
    of_request = sa.select(RequestDocument).where(RequestDocument.request_id == one.id)
    return list(tx.session.scalars(of_request.order_by(RequestDocument.id)))


def _narrowed(statement: sa.Select[Any], request: dict[str, Any], today: date) -> sa.Select[Any]:
    if request["ids"] is not None:
        return statement.where(MemberRequest.id.in_(request["ids"]))
    for name in ("type_id", "unit_id", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(MemberRequest, name) == request[name])
    if request["show"] == "overdue":
        statement = statement.where(MemberRequest.due_on < today)
    elif request["show"] == "open" and request["state"] is None:
        statement = statement.where(MemberRequest.due_on.is_not(None))
    if request["q"]:
        of_type = sa.select(RequestType.id).where(RequestType.name.contains(request["q"], autoescape=True))
        numbered = MemberRequest.number.contains(request["q"], autoescape=True)
        statement = statement.where(sa.or_(numbered, MemberRequest.type_id.in_(of_type)))
    return statement


def _page(tx: Transaction, statement: sa.Select[Any], request: dict[str, Any], keys: list[Any]) -> dict[str, Any]:
    page = page_of(tx, statement, request, keys)
    names = names_of_types(tx, {one.type_id for one in page.rows})
    return page.reply([row(one, names[one.type_id], tx.today) for one in page.rows])
