"""Loading cases, who has which part in one, keeping each step, and telling people that there is something to do.

Belongs here: what several use cases need. Whether a part is enough for a step says the workflow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound
from services.chassis.rules.refusal import Written
from services.chassis.rules.rulebook import rule_in_force
from services.chassis.security.encryption import blind_index
from services.chassis.working_days import works
from services.contracts.governance.mediation.events import DisputeClosed
from services.contracts.governance.mediation.vocabulary import CLOSED
from services.governance.mediation import rules
from services.governance.mediation.tables import (
    DisputeCase,
    DisputeEntry,
    DisputeMediator,
    DisputeParty,
    PrivateNotice,
)
from services.governance.mediation.workflow import DISPUTE

HELD_BACK = timedelta(minutes=10)
"""Notices are handed over at the next full ten minutes, so that their time tells little of what happened."""
_PARTIES = frozenset({"applicant", "respondent"})
ASKED = frozenset({"asked"})
"""The part of a mediator who is to say whether there is an interest: sees the names of the parties only."""


def key_of(member_id: UUID | None) -> str | None:
    """Return the keyed hash by which a member's part in cases is found."""
    return None if member_id is None else blind_index(str(member_id), scope="dispute_party")


def case_of(
    tx: Transaction, dispute_id: UUID, *parts: str, lock: bool = True, asked: bool = False
) -> tuple[DisputeCase, frozenset[str]]:
    """Return a case with the caller's roles in it; locked unless told otherwise.

    Args:
        tx: the transaction.
        dispute_id: which one.
        parts: roles of which the caller must have one; any part where none is named.
        lock: whether it is to be changed.
        asked: whether a mediator who has not answered yet has a part, `asked`.

    Raises:
        NotFound: there is none, or the caller has no part in it: whether there is one is told to nobody else.
        NotAllowed: the caller's part is another.
    """
    case = tx.session.get(DisputeCase, dispute_id, with_for_update=lock or None, populate_existing=lock)
    held = roles_in(tx, case) if case is not None else frozenset()
    if case is not None and asked and not held and _is_asked(tx, case):
        held = ASKED
    if case is None or not held:
        raise NotFound("There is no such case.", field="dispute_id")
    if parts and held.isdisjoint(parts):
        raise NotAllowed("This step is for another part in the case.", rule="mediation.cases_are_for_few")
    return case, held


def roles_in(tx: Transaction, case: DisputeCase) -> frozenset[str]:
    """Return in which roles the caller stands to a case. An office without a part in it gives none."""
    principal = tx.principal
    if principal.member_id is None or principal.kind != "account":
        return frozenset()
    held = {party.side for party in parties_of(tx, case) if party.member_key == key_of(principal.member_id)}
    if held:
        return frozenset(held)  # a party keeps or mediates no case of its own
    if case.clerk_id == principal.member_id and principal.has("officer"):
        held.add("clerk")
    if principal.has("mediator"):
        own = tx.session.get(DisputeMediator, (case.id, principal.member_id))
        held |= {"mediator"} if own is not None and own.state == "serving" else set()
    return frozenset(held)


def _is_asked(tx: Transaction, case: DisputeCase) -> bool:
    me = tx.principal.member_id
    own = tx.session.get(DisputeMediator, (case.id, me)) if me is not None else None
    return own is not None and own.state == "asked" and tx.principal.has("mediator")


def parties_of(tx: Transaction, case: DisputeCase) -> list[DisputeParty]:
    """Return the parties of a case, in the order in which they came."""
    of_case = sa.select(DisputeParty).where(DisputeParty.dispute_id == case.id)
    return list(tx.session.scalars(of_case.order_by(DisputeParty.id)))


def mediators_of(tx: Transaction, case: DisputeCase) -> list[DisputeMediator]:
    """Return who was asked to mediate a case."""
    of_case = sa.select(DisputeMediator).where(DisputeMediator.dispute_id == case.id)
    return list(tx.session.scalars(of_case.order_by(DisputeMediator.member_id)))


def acting_parties(tx: Transaction, case: DisputeCase) -> list[DisputeParty]:
    """Return the parties that answer for their sides: the representatives where there are some."""
    parties = parties_of(tx, case)
    acts = rules.acting([(party.side, party.represents) for party in parties])
    return [party for party, does in zip(parties, acts, strict=True) if does]


def is_party(tx: Transaction, case: DisputeCase, member_id: UUID | None) -> bool:
    """Whether a member is a party of a case."""
    return member_id is not None and key_of(member_id) in {party.member_key for party in parties_of(tx, case)}


def move(
    tx: Transaction,
    case: DisputeCase,
    action: str,
    held: frozenset[str] | None,
    note: str | None = None,
    **context: Any,
) -> None:
    """Take a case on by an action, and keep it with what was said; an end is announced without how.

    Args:
        tx: the transaction.
        case: locked.
        action: of the workflow.
        held: the caller's roles in the case; None for the clock.
        note: told to the parties.
        context: for the guards.
    """
    case.state = DISPUTE.apply(case.state, action, roles=held, subject=case, context=context)
    note_entry(tx, case, action, held, note)
    if case.state in CLOSED:
        case.closed_on = tx.today
        tx.record_uncorrelated(DisputeClosed(case_id=case.case_id))


def note_entry(
    tx: Transaction, case: DisputeCase, action: str, held: Collection[str] | None, note: str | None = None
) -> None:
    """Keep what was done, in which role."""
    role = min(held) if held else None
    tx.session.add(DisputeEntry(dispute_id=case.id, action=action, role=role, note=note, at=tx.now))


def tell(tx: Transaction, member_ids: Iterable[UUID | None]) -> None:
    """Tell members, without what or why, that there is something to do; never who acts now. None for the officers."""
    minutes = int(HELD_BACK.total_seconds() // 60)
    full = tx.now.replace(minute=tx.now.minute // minutes * minutes, second=0, microsecond=0)
    for member_id in dict.fromkeys(member_ids):
        if member_id is None or member_id != tx.principal.member_id:
            whom = None if member_id is None else str(member_id)
            tx.session.add(PrivateNotice(member_id=whom, after=full + HELD_BACK))


def tell_all(tx: Transaction, case: DisputeCase) -> None:
    """Tell everybody who has a part in a case that there is something to look at."""
    parties = (UUID(party.member_id) for party in parties_of(tx, case) if party.member_id)
    serving = (one.member_id for one in mediators_of(tx, case) if one.state in ("serving", "asked"))
    tell(tx, [*parties, *serving, *([case.clerk_id] if case.clerk_id else [])])


def start_clock(tx: Transaction, case: DisputeCase, begins_on: date) -> None:
    """Let the days run from a day on; the rule says how many. Raises `NoRuleInForce`."""
    rule = rule_in_force(tx, "mediation.days", begins_on)
    case.due_on = last_day(begins_on, rule.count)


def last_day(begins_on: date, days: int) -> date:
    """Return the last of so many days; the first day does not count, and the last is a working day."""
    return rules.last_day(begins_on, days, works)


def subject_of(case: DisputeCase) -> str:
    """Return the name under which a case's looks and files are kept."""
    return f"dispute/{case.id}"


def written(rule: Written) -> dict[str, Any]:
    """Return where a rule is written."""
    return {"document": rule.document, "number": rule.number, "article": rule.article}


def is_side(held: Collection[str]) -> bool:
    """Whether somebody is a party."""
    return not _PARTIES.isdisjoint(held)
