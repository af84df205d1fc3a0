"""The claim of a visit on the union's funds: putting it, hearing the answer, closing the visit."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.welfare.visits.events import VisitClaimRefused, VisitClosed, VisitCompleted
from services.welfare.payments.use_cases.beneficiaries import beneficiary
from services.welfare.rulebook.use_cases.visit_types import VisitType
from services.welfare.visits import rules
from services.welfare.visits.tables import Visit, VisitClaim
from services.welfare.visits.use_cases.answers import kinds
from services.welfare.visits.use_cases.store import evidence_of, move, note_step, occasion_of, visit_type_of
from services.welfare.visits.workflow import VISIT

NOTHING = Decimal("0.00")


def put_to_the_funds(tx: Transaction, visit: Visit, visit_type: VisitType) -> None:
    """Announce what was given; without an amount nobody answers, and the visit closes when its evidence is whole."""
    assert visit.visited_on is not None
    amount = visit.amount or NOTHING
    visit.claim += 1
    visit.claim_state = "pending" if amount else "none"
    visit.entry_id = visit.refused_rule = visit.refused_code = None
    tx.session.add(VisitClaim(visit_id=visit.id, claim=visit.claim, amount=amount, claimed_on=tx.today))
    tx.record(
        VisitCompleted(
            visit_id=visit.id,
            unit_id=visit.unit_id,
            benefit_key=visit_type.benefit_key,
            amount=amount,
            form=visit.form,
            completed_on=visit.visited_on,
            beneficiary=beneficiary(visit.member_id, visit.visited_on.year),
            evidence_kinds=kinds(evidence_of(tx, visit)),
            rule_key=visit.rule_key,
            claim=visit.claim,
        )
    )
    close_if_complete(tx, visit, visit_type)


def close_if_complete(tx: Transaction, visit: Visit, visit_type: VisitType) -> None:
    """Close a visit whose evidence is whole and whose claim, if any, stands in the ledger."""
    settled = visit.state == "claimed" or (visit.state == "visited" and visit.claim_state == "none")
    given = {piece.kind for piece in evidence_of(tx, visit)}
    if not settled or not rules.evidence_is_complete(occasion_of(visit_type), given):
        return
    visit.closed_at = tx.now
    move(tx, visit, VISIT.apply(visit.state, "close_when_complete", roles=None))
    tx.record(VisitClosed(visit_id=visit.id, unit_id=visit.unit_id, entry_id=visit.entry_id))


def on_recorded(tx: Transaction, event: ReceivedEvent) -> None:
    """The claim stands in the ledger."""
    visit = _answered(tx, event)
    if visit is None or visit.state != "visited":
        return
    visit.claim_state, visit.entry_id = "recorded", event.data["entry_id"]
    visit.refused_rule = visit.refused_code = None
    move(tx, visit, VISIT.apply(visit.state, "record_claim", roles=None))
    close_if_complete(tx, visit, visit_type_of(tx, visit))


def on_refused(tx: Transaction, event: ReceivedEvent) -> None:
    """The claim was refused; the visit shows by which rule, and can be claimed again."""
    visit = _answered(tx, event)
    if visit is None or visit.state != "visited":
        return
    visit.claim_state = "refused"
    visit.refused_rule, visit.refused_code = event.data["rule"], event.data["reason_code"]
    _end(tx, visit, "refused", visit.refused_rule)
    note_step(tx, visit, "claim_refused")
    tx.record(
        VisitClaimRefused(
            visit_id=visit.id, unit_id=visit.unit_id, rule=visit.refused_rule, reason_code=visit.refused_code
        )
    )


def on_reversed(tx: Transaction, event: ReceivedEvent) -> None:
    """The ledger entry was undone: the visit is open again until it is claimed anew."""
    visit = _answered(tx, event)
    if visit is None:
        return
    visit.claim_state, visit.entry_id, visit.closed_at = "reversed", None, None
    _end(tx, visit, "reversed")
    if visit.state == "visited":
        note_step(tx, visit, "claim_reversed")
    else:
        move(tx, visit, VISIT.apply(visit.state, "reverse_claim", roles=None))


def _end(tx: Transaction, visit: Visit, ended_as: str, rule: str | None = None) -> None:
    claim = tx.session.get(VisitClaim, (visit.id, visit.claim))
    if claim is not None:
        claim.ended_as, claim.ended_on, claim.refused_rule = ended_as, tx.today, rule


def _answered(tx: Transaction, event: ReceivedEvent) -> Visit | None:
    """Return the visit an answer is about, or None when it is about an older claim or a newer answer was heard."""
    statement = (
        sa.select(Visit)
        .where(Visit.id == event.data["source_id"])
        .options(joinedload(Visit.life_event, innerjoin=True))
        .with_for_update(of=Visit)
        .execution_options(populate_existing=True)
    )
    visit = tx.session.scalars(statement).one_or_none()
    if visit is None or event.sequence <= visit.claim_sequence or event.data["claim"] != visit.claim:
        return None
    visit.claim_sequence = event.sequence
    return visit
