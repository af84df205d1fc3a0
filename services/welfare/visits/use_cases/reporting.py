"""Life events: reporting one, listing them masked, unmasking a field for a purpose."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import SHANGHAI
from services.chassis.database.history import accesses_of, note_access, note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotAllowed, refuse_first
from services.chassis.input_errors import InputError
from services.chassis.process.runtime import Call
from services.chassis.rpc.idempotency import was_answered
from services.chassis.security.encryption import blind_index
from services.chassis.security.principal import require_unit
from services.contracts.membership.facts import facts_of_members
from services.contracts.welfare.visits.events import LifeEventReported, VisitRequired
from services.welfare.care.use_cases.owing import owe_for_life_event
from services.welfare.members.use_cases.member_copies import hold_death_of, member_of
from services.welfare.rulebook.use_cases.visit_types import VisitType, names_of_occasions, type_of
from services.welfare.visits import rules
from services.welfare.visits.tables import LifeEvent, Visit
from services.welfare.visits.use_cases.access import life_events_in_sight
from services.welfare.visits.use_cases.answers import account_of, life_event_answer
from services.welfare.visits.use_cases.store import life_event_subject, load_life_event, occasion_of, subject_of

_POSTS = "_posts"
"""Where a request keeps the member's posts between the question and the transaction of the report."""


def ask_posts(call: Call, request: dict[str, Any]) -> None:
    """Ask membership, before the transaction of a report, for the member's posts, where the type decides by them."""
    with call.transaction(readonly=True) as tx:
        if was_answered(tx, call.context.idempotency_key):
            return
        member_id, visit_type = _reported(tx, request)
        if visit_type.level == "union" or not visit_type.union_posts:
            return
        asked = {"on": tx.today.isoformat(), "member_ids": [str(member_id)]}
    question = {"purpose": "visit_level", "facts": ["posts"], **asked}
    items = call.rpc(facts_of_members, question)["items"]
    request[_POSTS] = [post for item in items for post in item["posts"]]


def report_life_event(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep a report and require the visit it calls for."""
    member_id, visit_type = _reported(tx, request)
    member, occasion = member_of(tx, member_id), occasion_of(visit_type)
    index = occasion_index(member_id, request["occasion"], request["relation"])
    died_on = hold_death_of(tx, member_id)
    tx.lock(f"life-event-{index}")
    earlier = days_reported(tx, index)
    refuse_first(
        rules.condolence_is_reported_by_others(occasion, member_id == tx.principal.member_id),
        rules.member_was_alive(occasion, request["happened_on"], died_on, "happened_on"),
        rules.member_is_covered(occasion, rules.standing_on(member.standing, request["happened_on"], died_on)),
        rules.relation_is_immediate(occasion, request["relation"]),
        rules.day_is_within_reach(occasion, request["happened_on"], tx.today),
        rules.another_is_a_relative(request["another_relative"], request["relation"]),
        rules.relatives_are_few(request["relation"], len(earlier)),
        None
        if request["another_relative"]
        else rules.was_not_reported_before(occasion, request["happened_on"], earlier),
    )
    event = keep_event(tx, member_id, member.unit_id, request, index, earlier.count(request["happened_on"]))
    level = rules.level_for(visit_type.level, occasion, request.get(_POSTS, ()))
    visit = require_visit(tx, event, visit_type, level)
    owe_for_life_event(tx, event.occasion, event.id, member_id, event.unit_id, event.happened_on, visit_type.apart_days)
    return life_event_answer(tx.principal, event, visit, plain=False)


def _reported(tx: Transaction, request: dict[str, Any]) -> tuple[UUID, VisitType]:
    """Return whose life event the caller may report, and the visit type of its occasion."""
    member_id = request["member_id"] or tx.principal.member_id
    if member_id is None:
        raise InvalidInput(errors={"member_id": [InputError("visits.member_missing", "Say whose life event this is.")]})
    _require_reporter(tx, member_id)
    member = member_of(tx, member_id)
    if member_id != tx.principal.member_id:
        require_unit(tx.principal, member.unit_id, also=("officer",))
    return member_id, type_of(tx, request["occasion"], tx.today)


def list_life_events(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List life events in sight, newest first."""
    statement = sa.select(LifeEvent, Visit).join(Visit, Visit.life_event_id == LifeEvent.id)
    statement = life_events_in_sight(statement, tx.principal, request["unit_id"])
    if request["member_id"] is not None:
        statement = statement.where(LifeEvent.member_id == request["member_id"])
    page = page_of(tx, statement, request, [(LifeEvent.id, "desc")])
    names = names_of_occasions(tx)
    items = [life_event_answer(tx.principal, event, visit, names=names) for event, visit in page.rows]
    return page.reply(items)


def unmask_life_event(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Show one protected field and keep who looked, and for what."""
    event = load_life_event(tx, request["life_event_id"])
    note_access(tx, life_event_subject(event.id), request["field"], request["purpose"])
    return {"field": request["field"], "value": getattr(event, request["field"])}


def list_life_event_accesses(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List accesses to a life event; members see those to their own."""
    event = load_life_event(tx, request["life_event_id"])
    own = tx.principal.member_id is not None and tx.principal.member_id == event.member_id
    if not own and not tx.principal.has("officer", "auditor"):
        raise NotAllowed("This is another member's.", rule="visits.own_life_event")
    page = accesses_of(tx, life_event_subject(event.id), cursor=request["cursor"], limit=request["limit"])
    items = [
        {"at": look.seen_at, "account_id": account_of(look.seen_by), "field": look.field, "purpose": look.purpose}
        for look in page.rows
    ]
    return page.reply(items)


def _require_reporter(tx: Transaction, member_id: UUID) -> None:
    """A caller without other roles reports own events only; refused before revealing whether another member exists."""
    if member_id != tx.principal.member_id and not tx.principal.has("officer", "chair"):
        raise NotAllowed("You can report only what happened to yourself.", rule="visits.own_life_event")


def occasion_index(member_id: UUID, occasion: str, relation: str | None) -> str:
    """Return the keyed hash by which a second report of the same occasion is recognised."""
    return blind_index(f"{member_id}/{occasion}/{relation or ''}", scope="life_event.occasion")


def days_reported(tx: Transaction, index: str) -> list[date]:
    """Return the days of an occasion that were reported and count."""
    statement = sa.select(LifeEvent.happened_on).where(
        LifeEvent.occasion_index == index, LifeEvent.live_key.is_not(None)
    )
    return list(tx.session.scalars(statement))


def keep_event(
    tx: Transaction, member_id: UUID, unit_id: UUID, request: dict[str, Any], index: str, same_day: int = 0
) -> LifeEvent:
    """Keep a report and announce that there is one; `same_day` counts others of the day, about other relatives."""
    live_key = f"{index}:{request['happened_on'].isoformat()}" + (f":{same_day}" if same_day else "")
    event = LifeEvent(
        member_id=member_id,
        unit_id=unit_id,
        occasion=request["occasion"],
        relation=request["relation"],
        note=request["note"] or None,
        happened_on=request["happened_on"],
        occasion_index=index,
        live_key=live_key,
        reported_at=tx.now,
        reported_by=tx.principal.account_id,
        reporter_id=tx.principal.member_id,
    )
    tx.session.add(event)
    tx.session.flush()
    tx.record(LifeEventReported(life_event_id=event.id, unit_id=event.unit_id))
    return event


def require_visit(tx: Transaction, event: LifeEvent, visit_type: VisitType, level: str) -> Visit:
    """Require the visit a report calls for, due by what its type says; the visit keeps this type to its end.

    `level` is who visits: as the type says, or the union where the member's post calls for it.
    """
    occasion = occasion_of(visit_type)
    due = rules.due_at(occasion, tx.now, event.happened_on, SHANGHAI)
    visit = Visit(
        life_event_id=event.id,
        member_id=event.member_id,
        unit_id=event.unit_id,
        type_id=str(visit_type.id),
        level=level,
        state="required",
        due_at=due,
        remind_at=rules.remind_at(occasion, tx.now, due),
        escalate_at=due + occasion.escalate_after,
        claim=0,
        claim_state="none",
    )
    tx.session.add(visit)
    tx.session.flush()
    note_change(tx, subject_of(visit), {"state": (None, "required")})
    tx.record(VisitRequired(visit_id=visit.id, unit_id=visit.unit_id, level=level, due_at=due))
    return visit
