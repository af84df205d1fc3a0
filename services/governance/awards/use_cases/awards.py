"""Recording, revoking and listing awards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, PreconditionFailed, refuse_first
from services.chassis.process.runtime import Call
from services.contracts.governance.awards import AwardGranted, AwardRevoked
from services.contracts.membership.organisation.operations import get_unit
from services.contracts.membership.record.operations import names_of
from services.governance.awards import rules
from services.governance.awards.tables import Award

_TOLD = ("member_id", "unit_id", "title", "level", "category", "awarded_on", "document")
_FILTERS = ("level", "category", "state")


def grant_award(call: Call, request: Mapping[str, Any]) -> Award:
    """Record an award of a member or unit that membership knows; a repeat returns the existing one.

    Raises:
        Refused: the day is in the future, or the member or unit does not exist.
    """
    known = _is_known(call, request)
    with call.transaction() as tx:
        field = "member_id" if request["member_id"] is not None else "unit_id"
        refuse_first(rules.holder_is_known(known, field), rules.awarded_on_is_past(request["awarded_on"], tx.today))
        holder = request[field]
        tx.lock(f"award-{holder}")
        stands = _standing(tx, holder, request["awarded_on"], request["title"])
        if stands is not None:
            return stands
        award = Award(**{name: request[name] for name in _TOLD}, holder=holder, state="granted", granted_at=tx.now)
        award.version = 1
        tx.session.add(award)
        tx.session.flush()
        note_change(tx, f"award/{award.id}", {"state": (None, "granted")})
        tx.record(AwardGranted(award_id=award.id, **{name: getattr(award, name) for name in _TOLD}))
        return award


def revoke_award(tx: Transaction, request: Mapping[str, Any]) -> Award:
    """Revoke an award, with the reason."""
    award = tx.get(Award, request["award_id"], "There is no such award.", field="award_id", lock=True)
    refuse_first(rules.award_stands(award.state))
    if award.version != request["version"]:
        raise PreconditionFailed("Somebody changed this meanwhile; look at it again.", rule="version_is_current")
    note_change(tx, f"award/{award.id}", {"state": ("granted", "revoked")}, request["reason"])
    award.state, award.reason, award.revoked_at = "revoked", request["reason"], tx.now
    award.version += 1
    tx.record(AwardRevoked(award_id=award.id, **{name: getattr(award, name) for name in _TOLD}))
    return award


def get_award(tx: Transaction, request: Mapping[str, Any]) -> Award:
    """One award. Raises `NotFound`."""
    return tx.get(Award, request["award_id"], "There is no such award.", field="award_id")


def list_awards(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of awards, newest first."""
    statement = sa.select(Award)
    for name in _FILTERS:
        if request[name] is not None:
            statement = statement.where(getattr(Award, name) == request[name])
    holder = request["member_id"] or request["unit_id"]
    if holder is not None:
        statement = statement.where(Award.holder == holder)
    if request["year"] is not None:
        year = request["year"]
        statement = statement.where(Award.awarded_on.between(date(year, 1, 1), date(year, 12, 31)))
    return page_of(tx, statement, request, [(Award.awarded_on, "desc"), (Award.id, "desc")]).reply()


def _is_known(call: Call, request: Mapping[str, Any]) -> bool:
    if request["member_id"] is not None:
        return bool(call.rpc(names_of, {"ids": [request["member_id"]]})["items"])
    try:
        return bool(call.rpc(get_unit, {"unit_id": request["unit_id"]}))
    except NotFound:
        return False


def _standing(tx: Transaction, holder: UUID, on: date, title: str) -> Award | None:
    same = Award.holder == holder, Award.awarded_on == on, Award.title == title, Award.state == "granted"
    return tx.session.scalar(sa.select(Award).where(*same))
