"""How applications are shown, and to whom what is hidden: the kind, the papers, who was present."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import accesses_of, history_of
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce, NotAllowed
from services.chassis.rules.rulebook import rule_in_force
from services.chassis.security.principal import Principal
from services.chassis.security.unit_scope import in_seen_units
from services.welfare.hardship import rules
from services.welfare.hardship.tables import AidApplication, AidPaper, HardshipRecord
from services.welfare.hardship.use_cases.store import (
    is_registered,
    load,
    own_member_id,
    papers_of,
    require_sight,
    roles_on,
    shows_inside,
    shows_kind,
    subject_of,
)
from services.welfare.hardship.workflow import ACCEPTED, AID, UNDECIDED

NOTHING = Decimal("0.00")
MOST_STEPS = 100
CAPS = {"hardship": "aid.hardship.cap", "grave_illness": "aid.grave_illness.cap"}
"""The key of the cap of a member and year, by the kind of aid."""
_ROW = (
    "id", "member_id", "unit_id", "asked", "granted", "paid", "state", "submitted_at", "forwarded_at", "decided_on",
    "decision_id", "claim_state", "end_cause", "for_family", "version",
)  # fmt: skip
_FUNDS = ("refused_rule", "refused_code")
_PAPER = ("id", "kind", "media_type", "size", "recorded_at")


def row(application: AidApplication) -> dict[str, Any]:
    """Return an application without what tells of an illness."""
    return {**dict.fromkeys(("kind", *_FUNDS)), **{name: getattr(application, name) for name in _ROW}}


def paper_row(paper: AidPaper) -> dict[str, Any]:
    """Return a paper without its file."""
    return {name: getattr(paper, name) for name in _PAPER}


def list_aid_applications(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List applications that were handed in; drafts are seen by their applicants only."""
    statement = sa.select(AidApplication).where(AidApplication.submitted_at.is_not(None))
    for name in ("member_id", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(AidApplication, name) == request[name])
    if request["payment_refused"] is not None:
        refused = AidApplication.claim_state.in_(rules.UNSETTLED)
        statement = statement.where(refused if request["payment_refused"] else sa.not_(refused))
    if request["ids"] is not None:
        statement = statement.where(AidApplication.id.in_(request["ids"]))
    statement = in_seen_units(statement, AidApplication.unit_id, tx.principal, request["unit_id"])
    page = page_of(tx, statement, request, [(AidApplication.id, "desc" if request["sort"][0] == "-" else "asc")])
    return page.reply([_seen(tx.principal, one) for one in page.rows])


def my_aid_applications(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List the caller's own applications, newest first, with what is written in them."""
    statement = sa.select(AidApplication).where(AidApplication.member_id == own_member_id(tx.principal))
    page = page_of(tx, statement, request, [(AidApplication.id, "desc")])
    ids = [one.id for one in page.rows]
    papers: dict[UUID, list[dict[str, Any]]] = {}
    for paper in tx.session.scalars(sa.select(AidPaper).where(AidPaper.application_id.in_(ids)).order_by(AidPaper.id)):
        papers.setdefault(paper.application_id, []).append(paper_row(paper))
    words = ("kind", "reason", "note", "returned_because", "papers_erased_on")
    return page.reply(
        [
            {
                **row(one),
                **{name: getattr(one, name) for name in words},
                "evidence": papers.get(one.id, []),
                "actions": _actions(tx.principal, one),
            }
            for one in page.rows
        ]
    )


def get_aid_application(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Show one application, with the figures of the decision while it is still to be made."""
    found = load(tx, request["application_id"])
    require_sight(tx.principal, found)
    return detail(tx, found, plain=True)


def detail(tx: Transaction, application: AidApplication, *, plain: bool = False) -> dict[str, Any]:
    """Return one application as the caller may see it.

    Args:
        tx: the transaction.
        application: which one.
        plain: False for the answer of a command, which is stored where the command carried a key.
    """
    inside = plain and shows_inside(tx.principal)
    seen = _seen(tx.principal, application) if plain else row(application)
    return {
        **seen,
        "actions": _actions(tx.principal, application),
        "steps": _steps(tx, application),
        "evidence": [paper_row(paper) for paper in papers_of(tx, application)] if inside else [],
        "present": [UUID(one) for one in application.present] if plain and shows_kind(tx.principal) else [],
        "registered": is_registered(tx, application.member_id) if inside else None,
        "returned": application.returned_because is not None,
        "papers_erased_on": application.papers_erased_on,
        **dict.fromkeys(("cap", "given_this_year", "missing_rule")),
        **(_figures(tx, application) if inside and application.state in UNDECIDED else {}),
    }


def given_in_year(tx: Transaction, application: AidApplication, on: date) -> Decimal:
    """Return what was granted to the applicant for the same kind in the year of a day, this application aside.

    The kind is encrypted, so the few applications of a member in a year are read.
    """
    others = (
        AidApplication.member_id == application.member_id,
        AidApplication.id != application.id,
        AidApplication.state.in_(ACCEPTED),
        AidApplication.decided_on.between(date(on.year, 1, 1), date(on.year, 12, 31)),
    )
    granted = tx.session.scalars(sa.select(AidApplication).where(*others))
    return sum((one.granted or NOTHING for one in granted if one.kind == application.kind), NOTHING)


def list_aid_accesses(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List who looked at an application: officers and auditors any, the applicant the own."""
    found = load(tx, request["application_id"])
    if tx.principal.member_id != found.member_id and not tx.principal.has("officer", "auditor"):
        raise NotAllowed("This is somebody else's application.", rule="hardship.application_is_ones_own")
    page = accesses_of(tx, subject_of(found), cursor=request["cursor"], limit=request["limit"])
    return page.reply(
        [
            {"at": one.seen_at, "field": one.field, "purpose": one.purpose, "account_id": account_of(one.seen_by)}
            for one in page.rows
        ]
    )


def hardship_figures(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Count what waits, and add up what was asked, granted and paid in a year."""
    year = request["year"] or tx.today.year
    days = date(year, 1, 1), date(year, 12, 31)
    of_year = AidApplication.decided_on.between(*days)
    state = AidApplication.state
    waits = sa.select(
        sa.func.count().filter(state == "submitted").label("to_forward"),
        sa.func.count().filter(state.in_(("unit_forwarded", "under_review"))).label("to_review"),
        sa.func.count().filter(AidApplication.claim_state.in_(rules.UNSETTLED)).label("payments_refused"),
        sa.func.coalesce(sa.func.sum(AidApplication.asked).filter(of_year), 0).label("asked"),
        sa.func.coalesce(sa.func.sum(AidApplication.granted).filter(of_year), 0).label("granted"),
        sa.func.coalesce(sa.func.sum(AidApplication.paid).filter(of_year), 0).label("paid"),
    ).where(sa.or_(state.in_(UNDECIDED), of_year, AidApplication.claim_state.in_(rules.UNSETTLED)))
    is_open = HardshipRecord.state == "open"
    registry = sa.select(
        sa.func.count().label("on_record"),
        sa.func.count().filter(HardshipRecord.review_due <= tx.today).label("reviews_due"),
    ).where(is_open)
    counted, recorded = tx.session.execute(waits).one(), tx.session.execute(registry).one()
    sums = {name: Decimal(str(counted._mapping[name])).quantize(NOTHING) for name in ("asked", "granted", "paid")}
    return {**counted._mapping, **sums, **recorded._mapping}


def cap_key(application: AidApplication) -> str:
    """Return the key of the cap for the kind of an application that is still to be decided, which always has one."""
    assert application.kind is not None
    return CAPS[application.kind]


def account_of(actor: str) -> UUID | None:
    """Return the account behind an entry of a log; None where a service acted."""
    try:
        return UUID(actor)
    except ValueError:
        return None


def _seen(principal: Principal, application: AidApplication) -> dict[str, Any]:
    seen = row(application)
    if not shows_kind(principal):
        return {**seen, "decision_id": None}
    return {**seen, "kind": application.kind, **{name: getattr(application, name) for name in _FUNDS}}


def _actions(principal: Principal, application: AidApplication) -> list[str]:
    legal = AID.legal(application.state, roles_on(principal, application))
    unsettled = application.claim_state in rules.UNSETTLED
    return [action for action in legal if action != "pay_again" or unsettled]


def _figures(tx: Transaction, application: AidApplication) -> dict[str, Any]:
    try:
        cap = rule_in_force(tx, cap_key(application), tx.today).amount
    except NoRuleInForce as missing:
        return {"missing_rule": missing.rule}
    return {"cap": cap, "given_this_year": given_in_year(tx, application, tx.today)}


def _steps(tx: Transaction, application: AidApplication) -> list[dict[str, Any]]:
    steps = []
    for change in reversed(history_of(tx, subject_of(application), limit=MOST_STEPS).rows):
        taken = change.changes.get("state") or change.changes.get("step")
        steps.append({"at": change.changed_at, "state": taken["new"], "account_id": account_of(change.changed_by)})
    return steps
