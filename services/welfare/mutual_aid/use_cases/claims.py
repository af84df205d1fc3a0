"""Claims on their way: filed by the member, forwarded by the unit, sent on by the union, paid or refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from services.chassis.clock import day_of
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, Refused, refuse_first
from services.chassis.files.storage import erase_files, files_of
from services.chassis.process.runtime import Call
from services.chassis.rules.refusal import Refusal
from services.chassis.security.principal import require_unit
from services.chassis.security.unit_scope import in_seen_units
from services.contracts.welfare.mutual_aid.vocabulary import OPEN_CLAIMS
from services.welfare.decisions.use_cases.deciders import decider
from services.welfare.decisions.use_cases.deciding import Case, decide
from services.welfare.members.use_cases.member_copies import member_of
from services.welfare.mutual_aid import rules
from services.welfare.mutual_aid.tables import Claim, Cover, MutualAidPlan
from services.welfare.mutual_aid.use_cases.claim_store import (
    DOCUMENTS,
    announce,
    claim_detail,
    claim_details,
    claim_of,
    claim_replies,
    claim_reply,
    is_own,
    move,
    require_sight,
    subject_of,
)
from services.welfare.mutual_aid.use_cases.reading import own_member_id, plan_of
from services.welfare.mutual_aid.workflow import COVERED

KIND = "mutual_aid.claim"

decider(KIND)(rules.claimable)


def submit_mutual_aid_claim(call: Call, request: dict[str, Any]) -> dict[str, Any]:
    """File a claim; refused or not, the decision is stored.

    Raises:
        NotAllowed: a member files it for somebody else.
        Refused: the event lies ahead, was claimed already, was not covered, or the deadline has passed.
    """
    with call.transaction() as tx:
        found = _submit(tx, request)
    if isinstance(found, Refusal):
        raise Refused.by(found)
    return found


def my_mutual_aid_claims(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """One's own claims, newest first."""
    statement = sa.select(Claim).where(Claim.member_id == own_member_id(tx))
    page = page_of(tx, statement, request, [(Claim.submitted_at, "desc"), (Claim.id, "desc")])
    return page.reply(claim_details(tx, page.rows))


def list_mutual_aid_claims(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of the claims in sight, by deadline unless another order is asked for."""
    statement = sa.select(Claim)
    if request["state"] is not None:
        statement = statement.where(Claim.state == request["state"])
    if request["late"] is not None:
        late = sa.and_(Claim.state.in_(OPEN_CLAIMS), Claim.due_on < tx.today)
        statement = statement.where(late if request["late"] else sa.not_(late))
    statement = in_seen_units(statement, Claim.unit_id, tx.principal, request["unit_id"])
    name = request["sort"].removeprefix("-")
    direction = "desc" if request["sort"].startswith("-") else "asc"
    page = page_of(tx, statement, request, [(getattr(Claim, name), direction), (Claim.id, direction)])
    return page.reply(claim_replies(tx, page.rows))


def get_mutual_aid_claim(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """One claim, with what it says where the caller may see that."""
    claim = claim_of(tx, request["claim_id"])
    require_sight(tx.principal, claim)
    return claim_detail(tx, claim)


def forward_mutual_aid_claim(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Forward a claim, whose documents stay sealed, to the union."""
    claim = _held(tx, request)
    refuse_first(rules.documents_are_there(len(files_of(tx, subject_of(claim), purpose=DOCUMENTS))))
    claim.forwarded_at = tx.now
    move(tx, claim, "forward")
    return claim_reply(tx, claim)


def send_on_mutual_aid_claim(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Note that a claim was sent on to the provider."""
    claim = _held(tx, request)
    claim.sent_on_at = tx.now
    move(tx, claim, "send_on")
    return claim_reply(tx, claim)


def record_claim_paid(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Note what the provider paid."""
    claim = _held(tx, request)
    refuse_first(
        rules.paid_after_the_event(request["paid_on"], claim.event_on, tx.today),
        rules.paid_is_within_sum(request["paid"], plan_of(tx, claim.plan_id).sum_insured),
    )
    claim.paid, claim.paid_on, claim.decided_at = request["paid"], request["paid_on"], tx.now
    move(tx, claim, "record_paid")
    return claim_reply(tx, claim)


def record_claim_refused(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Note that the provider does not pay, and why."""
    claim = _held(tx, request)
    claim.reason, claim.decided_at = request["reason"], tx.now
    move(tx, claim, "record_refused")
    return claim_reply(tx, claim)


def withdraw_mutual_aid_claim(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Withdraw a claim; nothing rests on its documents any more, so they are erased (个人信息保护法 Art. 47)."""
    claim = claim_of(tx, request["claim_id"], lock=True)
    if not is_own(tx.principal, claim) and not tx.principal.has("officer"):
        raise NotAllowed("This is another member's claim.", rule="mutual_aid.claim_is_ones_own")
    move(tx, claim, "withdraw")
    claim.details = None
    erase_files(tx, subject_of(claim), purpose=DOCUMENTS)
    return claim_reply(tx, claim)


def _held(tx: Transaction, request: dict[str, Any]) -> Claim:
    """Return a claim that the caller may take on."""
    claim = claim_of(tx, request["claim_id"], lock=True)
    require_unit(tx.principal, claim.unit_id, also=("officer",))
    refuse_first(rules.others_handle_ones_claim(claim.member_id, tx.principal.member_id))
    return claim


def _submit(tx: Transaction, request: dict[str, Any]) -> dict[str, Any] | Refusal:
    member_id, event_on = _whose(tx, request), request["event_on"]
    plan = plan_of(tx, request["plan_id"])
    refuse_first(rules.event_has_happened(event_on, tx.today))
    member = member_of(tx, member_id, lock=True)  # one claim for an event, also where it is filed twice at once
    refuse_first(_claimed_before(tx, plan, member_id, request))
    cover = _cover_on(tx, plan, member_id, request)
    due_on = rules.due_on(event_on, plan.claim_days)
    days = {"event_on": event_on, "filed_on": tx.today, "due_on": due_on}
    inputs = {"covered": cover is not None, "plan_document": plan.document}
    inputs |= {name: day.isoformat() for name, day in days.items()}
    claim_id = uuid4()
    decided = decide(tx, KIND, tx.today, {}, Case(claim_id, member_id, inputs))
    if decided.verdict.refusal is not None:
        return decided.verdict.refusal
    assert cover is not None
    claim = Claim(
        id=claim_id, cover_id=cover.id, plan_id=plan.id, period_id=cover.period_id, member_id=member_id,
        unit_id=member.unit_id, event_on=event_on, details=request["details"], asked=request["asked"], due_on=due_on,
        remind_on=due_on - timedelta(days=plan.remind_days), state="submitted", submitted_at=tx.now,
        decision_id=decided.id,
    )  # fmt: skip
    tx.session.add(claim)
    tx.session.flush()
    note_change(tx, subject_of(claim), {"state": (None, "submitted")})
    announce(tx, claim)
    return claim_detail(tx, claim)


def _whose(tx: Transaction, request: dict[str, Any]) -> UUID:
    """Return whose claim is filed: the caller's, or whom an officer names."""
    member_id: UUID | None = request["member_id"]
    if member_id is None or member_id == tx.principal.member_id:
        return own_member_id(tx)
    if not tx.principal.has("officer"):
        raise NotAllowed("You can only file a claim for yourself.", rule="mutual_aid.claim_is_ones_own")
    return member_id


def _claimed_before(tx: Transaction, plan: MutualAidPlan, member_id: UUID, request: dict[str, Any]) -> Refusal | None:
    statement = sa.select(Claim.id, Claim.submitted_at).where(
        Claim.plan_id == plan.id,
        Claim.member_id == member_id,
        Claim.event_on == request["event_on"],
        Claim.state != "withdrawn",
    )
    first = tx.session.execute(statement).first()
    return rules.event_is_claimed_once(first.id, day_of(first.submitted_at)) if first else None


def _cover_on(tx: Transaction, plan: MutualAidPlan, member_id: UUID, request: dict[str, Any]) -> Cover | None:
    """Return the member's cover of the plan on the day of the event; nobody takes it off its list meanwhile."""
    statement = sa.select(Cover).where(
        Cover.member_id == member_id,
        Cover.plan_id == plan.id,
        Cover.state.in_(COVERED),
        Cover.starts_on <= request["event_on"],
        Cover.ends_on >= request["event_on"],
    )
    return tx.session.scalars(statement.with_for_update(read=True)).first()
