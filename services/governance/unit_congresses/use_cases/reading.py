"""Lists of filings, and one with what the caller may see and do."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce
from services.chassis.rules.rulebook import RuleInForce
from services.chassis.security.principal import require_unit
from services.chassis.security.unit_scope import sees_all_units
from services.contracts.governance.unit_congresses.vocabulary import (
    CHECK_ITEMS,
    IN_REVIEW,
    RECORDING,
    UNITS_TURN,
    UNSHOWN_DOCUMENTS,
)
from services.governance.members.use_cases.copies import headcounts
from services.governance.unit_congresses import rules
from services.governance.unit_congresses.tables import (
    FilingCheck,
    FilingDocument,
    FilingResolution,
    FilingStep,
    UnitFiling,
)
from services.governance.unit_congresses.use_cases.store import (
    BASE,
    CHECKLIST,
    COMPARATOR,
    DOCUMENTS,
    QUORUM,
    STAFF_LINE,
    checklist,
    guidance_of,
    open_guidance,
    own_unit,
    resolutions_of,
    roles_in,
    rule_of,
    seen,
)
from services.governance.unit_congresses.workflow import FILING, OFFICE, UNIT

_ROW = ("id", "unit_id", "year", "state", "due_on", "late", "form", "planned_on", "held_on", "entitled", "present",
        "accepted_on")  # fmt: skip
_WHOLE = ("place", "agenda", "delegates", "summary", "reason")
_FIGURES = (STAFF_LINE, QUORUM, CHECKLIST, DOCUMENTS, COMPARATOR, BASE)
_REVIEWS = {"accept_plan": "accept", "accept_record": "accept", "return_plan": "return", "return_record": "return"}


def list_filings(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of filings in sight."""
    statement = _narrowed(tx, _in_sight(tx, request), request)
    order = (UnitFiling.due_on, "asc") if request["sort"] == "due_on" else (UnitFiling.year, "desc")
    page = page_of(tx, statement, request, [order, (UnitFiling.id, order[1])])
    return page.reply(_rows(tx, page.rows))


def get_filing(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one filing, to the offices, the chair of its unit, and once it is accepted to the unit's members."""
    return detail(tx, seen(tx, request["filing_id"])[0])


def detail(tx: Transaction, filing: UnitFiling) -> dict[str, Any]:
    """Return a filing whole, to who sees it."""
    held = roles_in(tx, filing)
    figures, missing = _figures(tx, filing)
    share, wanted = figures.get(QUORUM), figures.get(DOCUMENTS)
    entitled = filing.entitled or filing.delegates
    return {
        **_rows(tx, [filing])[0],
        **{name: getattr(filing, name) for name in _WHOLE},
        "quorum": rules.quorum_of(entitled, share.share) if share and entitled else None,
        "checks": _checks(tx, filing),
        "resolutions": [_resolution(one) for one in resolutions_of(tx, filing)],
        "documents": _documents(tx, filing, held),
        "wanted": wanted.value if wanted else [],
        "guidance": guidance_of(tx, filing) if held != {"member"} else [],
        "history": _history(tx, filing) if held != {"member"} else [],
        "rules": list(figures.values()),
        "missing_rules": missing,
        "actions": _actions(filing, held),
    }


def _in_sight(tx: Transaction, request: dict[str, Any]) -> sa.Select[Any]:
    statement, principal = sa.select(UnitFiling), tx.principal
    if sees_all_units(principal):
        return statement
    own, accepted = own_unit(tx), UnitFiling.state == "accepted"
    chaired = principal.units("chair")
    if request["unit_id"] is not None and request["unit_id"] != own:
        require_unit(principal, request["unit_id"])
    return statement.where(sa.or_(UnitFiling.unit_id.in_(chaired), sa.and_(UnitFiling.unit_id == own, accepted)))


def _narrowed(tx: Transaction, statement: sa.Select[Any], request: dict[str, Any]) -> sa.Select[Any]:
    if request["ids"] is not None:
        return statement.where(UnitFiling.id.in_(request["ids"]))
    for name in ("year", "unit_id", "state", "form"):
        if request[name] is not None:
            statement = statement.where(getattr(UnitFiling, name) == request[name])
    if request["q"]:
        statement = statement.where(_about(request["q"], request["named_unit_ids"]))
    waits = UnitFiling.state.in_(UNITS_TURN)
    shown = {
        "unit": waits,
        "review": UnitFiling.state.in_(IN_REVIEW),
        "overdue": sa.and_(waits, UnitFiling.due_on < tx.today),
        "accepted": UnitFiling.state == "accepted",
    }.get(request["show"])
    return statement if shown is None else statement.where(shown)


def _about(q: str, unit_ids: list[Any]) -> Any:
    resolved = sa.select(FilingResolution.filing_id).where(FilingResolution.title.contains(q, autoescape=True))
    texts = (one.contains(q, autoescape=True) for one in (UnitFiling.agenda, UnitFiling.place))
    return sa.or_(*texts, UnitFiling.id.in_(resolved), UnitFiling.unit_id.in_(unit_ids))


def _rows(tx: Transaction, filings: list[UnitFiling]) -> list[dict[str, Any]]:
    waiting = open_guidance(tx, [one.id for one in filings])
    unsized = {one.unit_id for one in filings if one.members is None}
    sizes = headcounts(tx, unsized) if unsized else {}
    return [
        {
            **{name: getattr(one, name) for name in _ROW},
            "overdue": is_overdue(tx, one),
            "members": sizes.get(one.unit_id, 0) if one.members is None else one.members,
            "open_guidance": waiting.get(one.id, 0),
        }
        for one in filings
    ]


def is_overdue(tx: Transaction, filing: UnitFiling) -> bool:
    """Whether the unit has let the last day pass."""
    return filing.state in UNITS_TURN and filing.due_on < tx.today


def _figures(tx: Transaction, filing: UnitFiling) -> tuple[dict[str, RuleInForce], list[str]]:
    found, missing = {}, []
    for key in _FIGURES:
        try:
            found[key] = rule_of(tx, filing, key)
        except NoRuleInForce:
            missing.append(key)
    return found, missing


def _checks(tx: Transaction, filing: UnitFiling) -> list[dict[str, Any]]:
    """Return the answers; while the record is filled in, with the open items of the present checklist."""
    of_filing = sa.select(FilingCheck).where(FilingCheck.filing_id == filing.id)
    answers = {one.item: one for one in tx.session.scalars(of_filing)}
    items = list(answers)
    if filing.state in RECORDING or not answers:
        try:
            items = checklist(tx, filing)
        except NoRuleInForce:
            items = []
    order = {item: place for place, item in enumerate(CHECK_ITEMS)}
    return [
        {
            "item": item,
            "own": item not in CHECK_ITEMS,
            "done": answers[item].done if item in answers else None,
            "note": answers[item].note if item in answers else None,
        }
        for item in sorted(items, key=lambda one: order.get(one, len(order)))
    ]


def _resolution(one: Any) -> dict[str, Any]:
    told = ("id", "title", "votes_for", "votes_against", "abstained", "needed")
    return {**{name: getattr(one, name) for name in told}, "passed": one.votes_for >= one.needed}


def _documents(tx: Transaction, filing: UnitFiling, held: frozenset[str]) -> list[FilingDocument]:
    of_filing = sa.select(FilingDocument).where(FilingDocument.filing_id == filing.id)
    if held == {"member"}:
        of_filing = of_filing.where(FilingDocument.kind.not_in(UNSHOWN_DOCUMENTS))
    return list(tx.session.scalars(of_filing.order_by(FilingDocument.id)))


def _history(tx: Transaction, filing: UnitFiling) -> list[FilingStep]:
    of_filing = sa.select(FilingStep).where(FilingStep.filing_id == filing.id)
    return list(tx.session.scalars(of_filing.order_by(FilingStep.id)))


def _actions(filing: UnitFiling, held: frozenset[str]) -> list[str]:
    legal = FILING.legal(filing.state, held)
    moves = [one for one in legal if one not in _REVIEWS]
    moves += dict.fromkeys(_REVIEWS[one] for one in legal if one in _REVIEWS)
    if UNIT in held and filing.state in UNITS_TURN:
        moves.append("attach")
    if UNIT in held and filing.state in RECORDING:
        moves.append("record")
    if OFFICE in held:
        moves.append("guide")
    return [*moves, "answer"] if UNIT in held else moves
