"""How visits and life events are shown, and to whom what is masked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import day_of
from services.chassis.database.history import history_of
from services.chassis.database.transaction import Transaction
from services.chassis.files.storage import files_of
from services.chassis.rules.rulebook import RuleInForce
from services.chassis.security.principal import Principal
from services.welfare.rulebook.use_cases import rules_in_force as rulebook
from services.welfare.rulebook.use_cases.visit_types import VisitType
from services.welfare.visits import rules
from services.welfare.visits.tables import LifeEvent, RemovedEvidence, Visit, VisitEvidence
from services.welfare.visits.use_cases.access import is_sent, knows_the_benefit, may_remove, opens, roles_on, sees_all
from services.welfare.visits.use_cases.store import evidence_of, subject_of, visit_type_of
from services.welfare.visits.workflow import EVIDENCE_STATES, MEMBER_DIED, REMOVAL_STATES, VISIT

_ROW = (
    "id",
    "life_event_id",
    "member_id",
    "unit_id",
    "level",
    "state",
    "due_at",
    "assignee_id",
    "visited_on",
    "amount",
    "form",
    "claim_state",
    "refused_rule",
    "refused_code",
    "version",
)
MOST_STEPS = 100
UNNAMED_RULE = "benefit"
"""The key of a rule to those who may not read which benefit it is of."""
Names = tuple[str | None, str | None]
"""What an occasion is called, in Chinese and in English."""
NO_NAMES: Mapping[str, Names] = {}
_UNNAMED: Names = (None, None)


def life_event_answer(
    principal: Principal, event: LifeEvent, visit: Visit, *, plain: bool = True, names: Mapping[str, Names] = NO_NAMES
) -> dict[str, Any]:
    """Return a life event; its protected fields only to the member concerned.

    `plain` is False for the answer of a command, because it is stored if the command had an idempotency key. `names`
    are those of the occasions.
    """
    own = plain and principal.member_id is not None and principal.member_id == event.member_id
    name, name_en = names.get(event.occasion, _UNNAMED) if own else _UNNAMED
    return {
        "id": event.id,
        "member_id": event.member_id,
        "unit_id": event.unit_id,
        "occasion": event.occasion if own else None,
        "occasion_name": name,
        "occasion_name_en": name_en,
        "relation": event.relation if own else None,
        "happened_on": event.happened_on if own or principal.has("officer") else None,
        "masked": not own,
        "has_note": event.note is not None,
        "withdrawn": event.live_key is None,
        "reported_at": event.reported_at,
        "reported_by_self": event.reporter_id == event.member_id,
        "visit_id": visit.id,
        "visit_state": visit.state,
        "due_at": visit.due_at,
    }


def visit_row(tx: Transaction, visit: Visit, *, plain: bool = True) -> dict[str, Any]:
    """Return a visit as it stands in a list."""
    principal = tx.principal
    row = {name: getattr(visit, name) for name in _ROW}
    row["overdue"] = rules.is_overdue(visit.state, visit.due_at, tx.now)
    row["escalated"] = visit.escalated_at is not None
    row["visited_in_time"] = in_time(visit)
    if not plain or not sees_all(principal):
        # The key of the rule that refused a claim names the occasion.
        row["refused_rule"] = None
    return row


def visit_answer(tx: Transaction, visit: Visit, *, plain: bool = False) -> dict[str, Any]:
    """Return one visit whole, as the caller may see it.

    `plain` is False for the answer of a command: it is remembered as it is, where the command carried a key.
    """
    visit_type, evidence = visit_type_of(tx, visit), evidence_of(tx, visit)
    wanted = (*visit_type.evidence_needed, *visit_type.evidence_to_close)
    shows_benefit = plain and knows_the_benefit(tx.principal, visit)
    return {
        **visit_row(tx, visit, plain=plain),
        "reported_at": visit.life_event.reported_at,
        "overdue_at": visit.overdue_at,
        "escalated_at": visit.escalated_at,
        "completed_at": visit.completed_at,
        "closed_at": visit.closed_at,
        "cancel_reason": visit.cancel_reason if plain and sees_all(tx.principal) else None,
        "cancel_cause": visit.cancel_cause,
        "entry_id": visit.entry_id,
        "evidence": _pieces(tx, visit, evidence),
        "removed_evidence": _removed(tx, visit, plain=plain),
        "evidence_needed": visit_type.evidence_needed,
        "evidence_to_close": visit_type.evidence_to_close,
        "evidence_missing": rules.evidence_missing(wanted, {piece.kind for piece in evidence}),
        **_told(tx, visit, visit_type if plain else None),
        "benefit": benefit_answer(tx, visit, visit_type) if shows_benefit else None,
        "steps": _steps(tx, visit),
        "actions": actions(tx.principal, visit),
    }


def _told(tx: Transaction, visit: Visit, visit_type: VisitType | None) -> dict[str, Any]:
    """Return the occasion as its type lets the visitor read it; nobody else reads it here."""
    if visit_type is None or not is_sent(tx.principal, visit):
        return {"told_as": None, "told_as_en": None}
    return {"told_as": visit_type.told_as, "told_as_en": visit_type.told_as_en or visit_type.told_as}


_PIECE = ("id", "kind", "late", "recorded_at", "recorded_by", "has_text", "has_file", "people_shown")


def _pieces(tx: Transaction, visit: Visit, evidence: list[VisitEvidence]) -> list[dict[str, Any]]:
    """Return the evidence as it is listed, and what the caller may do with each file."""
    filed = any(piece.has_file for piece in evidence)
    files = {file.id: file for file in files_of(tx, subject_of(visit))} if filed else {}
    pieces = []
    for piece in evidence:
        file = files.get(piece.file_id) if piece.file_id else None
        of_file = {"media_type": file.media_type, "size": file.size} if file else {}
        removable = may_remove(tx.principal, visit, piece) and (
            tx.principal.member_id == visit.member_id or visit.state in REMOVAL_STATES
        )
        may = {"opens": opens(tx.principal, visit, piece), "removable": removable}
        pieces.append({**{name: getattr(piece, name) for name in _PIECE}, **of_file, **may})
    return pieces


def _removed(tx: Transaction, visit: Visit, *, plain: bool) -> list[dict[str, Any]]:
    """Return what was removed, the reason only to those who see all."""
    statement = sa.select(RemovedEvidence).where(RemovedEvidence.visit_id == visit.id).order_by(RemovedEvidence.id)
    names = ("kind", "recorded_at", "removed_at", "removed_by")
    whole = plain and sees_all(tx.principal)
    return [
        {**{name: getattr(one, name) for name in names}, "reason": one.reason if whole else None}
        for one in tx.session.scalars(statement.limit(MOST_STEPS))
    ]


def benefit_answer(tx: Transaction, visit: Visit, visit_type: VisitType) -> dict[str, Any]:
    """Return what may be given at a visit.

    The rules' keys name the occasion, so only who sees all reads them. The visitor reads document and article where
    the type tells of the occasion.
    """
    on = visit.visited_on or tx.today
    gift = rulebook.what_may_be_given(tx, visit_type.benefit_key, on)
    whole = sees_all(tx.principal)
    in_force: list[RuleInForce] = [rule for rule in (gift.cap, gift.forms) if rule is not None]
    return {
        "cap": gift.cap.amount if gift.cap else None,
        "forms": gift.forms.value if gift.forms else [],
        "rules": _explained(in_force, whole=whole, told=bool(visit_type.told_as)),
        **(rulebook.why_not(gift.missing) if whole or not gift.missing else {"why_not": unnamed(on)}),
    }


def _explained(in_force: list[RuleInForce], *, whole: bool, told: bool) -> list[dict[str, Any]]:
    found = [rulebook.explained(rule) for rule in in_force]
    if whole:
        return found
    return [{**rule, "key": UNNAMED_RULE} for rule in found] if told else []


def unnamed(on: object) -> str:
    """Return the sentence for a missing rule whose key would tell why the visit is made."""
    return f"no rule in force for the benefit of this visit on {on}"


def actions(principal: Principal, visit: Visit) -> list[str]:
    """Return what the caller can do with the visit now."""
    roles = roles_on(principal, visit)
    if not roles or visit.member_id == principal.member_id:
        return []
    legal = [action for action in VISIT.legal(visit.state, roles) if action != "claim_again" or _can_claim(visit)]
    if visit.cancel_cause == MEMBER_DIED:
        return ["complete"]
    return [*legal, "add_evidence"] if visit.state in EVIDENCE_STATES else legal


def in_time(visit: Visit) -> bool | None:
    """Whether the visit was made in time; None while it was not made."""
    if visit.visited_on is None:
        return None
    return rules.was_in_time(visit.visited_on, day_of(visit.due_at))


def kinds(evidence: list[VisitEvidence]) -> list[str]:
    """Return the kinds of evidence, each once, in the order they came."""
    return list(dict.fromkeys(piece.kind for piece in evidence))


def account_of(actor: str) -> UUID | None:
    """Return the account behind an entry of history; None where a service acted for the union."""
    try:
        return UUID(actor)
    except ValueError:
        return None


def _can_claim(visit: Visit) -> bool:
    return rules.claim_can_be_put_again(visit.claim_state) is None


def _steps(tx: Transaction, visit: Visit) -> list[dict[str, Any]]:
    page = history_of(tx, subject_of(visit), limit=MOST_STEPS)
    steps = []
    for change in reversed(page.rows):
        taken = change.changes.get("state") or change.changes.get("step")
        steps.append(
            {
                "at": change.changed_at,
                "state": taken["new"],
                "account_id": account_of(change.changed_by),
            }
        )
    return steps
