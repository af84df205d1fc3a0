"""Registering children, changing who collects them, taking them out. One child's registrations come one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.children_classes import rules
from services.activities.children_classes.tables import ChildRegistration, ChildrenClass, ChildrenTerm
from services.activities.children_classes.use_cases import consent, places, reading
from services.activities.children_classes.use_cases.classes import class_of, term_of
from services.activities.children_classes.workflow import CHILD_REGISTRATION
from services.activities.participants.use_cases.reading import participants_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.chassis.rules.optional import rule_or_none
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import rule_in_force
from services.chassis.security.encryption import pseudonym
from services.chassis.security.principal import require_member
from services.contracts.activities.children_classes.vocabulary import LIVE

Request = Mapping[str, Any]
_CONTACT = ("phone", "pick_up", "health_note")


def register_child(tx: Transaction, request: Request) -> dict[str, Any]:
    """Register a child of the caller, or put it on the waiting list.

    Raises:
        NoRuleInForce: no rule says how long data of children are kept (`children.keep_months`).
        Refused: registration is not open, the guardian did not consent to the wording in force, the age does not fit,
            or the child is in the class or in too many.
    """
    member_id = require_member(tx.principal, "Only a member registers.", rule="children.caller_is_a_member")
    rule_in_force(tx, "children.keep_months", tx.today)
    seen = class_of(tx, request["class_id"])
    key = _key(seen.term_id, request["child_name"], request["born_on"])
    tx.lock(f"child/{key}")
    found = class_of(tx, seen.id, lock=True)
    term = term_of(tx, found.term_id)
    _require_allowed(tx, found, term, request, key, member_id)
    version, text = consent.wording(tx)
    participant = participants_of(tx, [member_id])[member_id]
    found.last_ticket += 1
    one = ChildRegistration(
        class_id=found.id, term_id=term.id, member_id=member_id, unit_id=participant.unit_id,
        child=places.sealed(_child(request)), child_key=key, age=rules.full_years(request["born_on"], term.starts_on),
        state=CHILD_REGISTRATION.initial, ticket=found.last_ticket, registered_at=tx.now, fee=found.fee,
        fee_state="owed" if found.fee else "free", consent_version=version, consent_text=text,
    )  # fmt: skip
    if found.confirmed < found.places and not found.waiting:
        places.confirm(tx, found, one, "take_place")
    else:
        one.state = CHILD_REGISTRATION.apply(one.state, "wait", roles=None)
        found.waiting += 1
        tx.session.add(one)
        tx.session.flush()
    return reading.in_plain(tx, [one])[0]


def change_child_contact(tx: Transaction, request: Request) -> dict[str, Any]:
    """Replace whom to call and who collects the child. Raises `Refused` once it left or the term ended."""
    found, one = _own(tx, request["registration_id"])
    refuse_first(
        rules.child_is_in_the_class(one.state in LIVE and one.child is not None),
        rules.term_is_not_over(term_of(tx, found.term_id).ends_on, tx.today),
    )
    one.child = places.sealed({**places.opened(one), **{name: request[name] for name in _CONTACT}})
    tx.session.flush()
    return reading.in_plain(tx, [one])[0]


def withdraw_child(tx: Transaction, request: Request) -> dict[str, Any]:
    """Take a child out of a class; its data are erased at once, and who waits first moves up.

    Raises:
        NotAllowed: it is another member's child, and the caller no officer.
        Refused: it has left, the term is over, or an officer gives no reason.
    """
    seen = tx.get(ChildRegistration, request["registration_id"], reading.NO_CHILD, field="registration_id")
    own = tx.principal.member_id is not None and seen.member_id == tx.principal.member_id
    if not own and not tx.principal.has("officer"):
        raise NotAllowed("This is another member's child.", rule="children.child_is_ones_own")
    found, one = reading.locked(tx, seen.id)
    term = term_of(tx, found.term_id)
    refuse_first(
        rules.term_is_not_over(term.ends_on, tx.today), None if own else rules.reason_is_given(request["reason"])
    )
    places.end(tx, found, one, "by_guardian" if own else "by_officer", request["reason"])
    places.fill(tx, found, term)
    return reading.masked(tx, [one])[0]


def _own(tx: Transaction, registration_id: UUID) -> tuple[ChildrenClass, ChildRegistration]:
    found, one = reading.locked(tx, registration_id)
    if one.member_id is None or one.member_id != tx.principal.member_id:
        raise NotAllowed("This is another member's child.", rule="children.child_is_ones_own")
    return found, one


def _require_allowed(
    tx: Transaction, found: ChildrenClass, term: ChildrenTerm, request: Request, key: str, member_id: UUID
) -> None:
    known = participants_of(tx, [member_id]).get(member_id)
    age = rules.full_years(request["born_on"], term.starts_on)
    mine = sa.select(ChildRegistration.class_id).where(
        ChildRegistration.term_id == term.id, ChildRegistration.child_key == key, ChildRegistration.state.in_(LIVE)
    )
    classes = tx.session.scalars(mine).all()
    most = rule_or_none(tx, "children.classes_most", tx.today)
    refuse_first(
        rules.standing_may_register(known.standing if known else None),
        rules.registration_is_open(term.opens_at, term.closes_at, tx.now),
        rules.term_is_not_over(term.ends_on, tx.today),
        rules.consent_is_given(request["consents"]),
        rules.consent_is_current(request["consent_version"], consent.wording(tx)[0]),
        rules.age_fits(age, found.age_from, found.age_to),
        rules.child_is_not_in_it(found.id in classes),
        sourced(rules.classes_are_few(len(classes), most.count), most) if most is not None else None,
    )


def _key(term_id: UUID, name: str, born_on: date) -> str:
    return pseudonym(f"{name} {born_on.isoformat()}", f"child:{term_id}")


def _child(request: Request) -> dict[str, Any]:
    kept = {name: request[name] for name in ("child_name", *_CONTACT)}
    return {**kept, "born_on": request["born_on"].isoformat()}
