"""Asking for a transfer, taking it back, noting one from another union. Deciding is in `deciding`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotAllowed, refuse_first
from services.chassis.input_errors import InputError
from services.contracts.membership.transfer import TransferReleased, TransferRequested
from services.membership.organisation.use_cases import directory
from services.membership.record.use_cases import standing
from services.membership.transfer import rules
from services.membership.transfer.tables import Transfer
from services.membership.transfer.use_cases.transfers import (
    announce_end,
    capacities,
    facts,
    get_for_update,
    take_step,
    to_reply,
)
from services.membership.transfer.workflow import RELEASING, TRANSFER
from services.membership.versions import require_version


def request_transfer(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Begin a transfer: the member is transferring, still in the old unit. A chair who requests it releases."""
    member = standing.get_member_for_update(tx, _whose(tx, request))
    _require_own(tx, member)
    to_unit = request["to_unit_id"]
    effective_on = request["effective_on"] or tx.today
    units = directory.units_by_id(tx, {to_unit}, lock=True)
    refuse_first(
        rules.member_may_transfer(member.standing),
        rules.unit_is_another(member.unit_id, to_unit),
        None if to_unit is None else directory.refusal_to_take_members(units.get(to_unit)),
        rules.chair_hands_over_first(directory.chairs(tx, member.id, member.unit_id)),
        rules.effective_day_is_possible(effective_on, tx.today),
    )
    transfer = _new(tx, member, "internal" if to_unit else "out", request, effective_on)
    transfer.from_unit_id, transfer.to_unit_id = member.unit_id, to_unit
    tx.session.add(transfer)
    tx.session.flush()
    standing.set_standing(tx, member, "transferring", "transfer requested")
    tx.record(TransferRequested(**facts(transfer)))
    mine = capacities(tx, transfer)
    if RELEASING in mine and member.unit_id in tx.principal.units("chair"):
        take_step(tx, transfer, "release", mine)
        tx.record(TransferReleased(**facts(transfer)))
    return to_reply(tx, transfer)


def withdraw_transfer(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Withdraw a transfer; the member is active in the old unit."""
    transfer, member = get_for_update(tx, request["transfer_id"])
    mine = capacities(tx, transfer)
    if not mine:
        raise NotAllowed("This is somebody else's transfer.", rule="transfer.own_transfer")
    TRANSFER.apply(transfer.state, "withdraw", roles=mine)
    require_version(transfer, request["version"])
    take_step(tx, transfer, "withdraw", mine, request["reason"])
    announce_end(tx, transfer)
    standing.set_standing(tx, member, "active", "transfer withdrawn")
    return to_reply(tx, transfer)


def record_transfer_in(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Record that a member came from another union, with its name and the member number there."""
    member = standing.get_member_for_update(tx, request["member_id"])
    refuse_first(rules.member_since_is_past(request["member_since"], member.joined_on))
    transfer = _new(tx, member, "in", request, member.joined_on)
    transfer.to_unit_id = member.unit_id
    transfer.former_number, transfer.member_since = request["former_number"], request["member_since"]
    tx.session.add(transfer)
    tx.session.flush()
    take_step(tx, transfer, "take_in", capacities(tx, transfer))
    return to_reply(tx, transfer)


def _whose(tx: Transaction, request: Mapping[str, Any]) -> Any:
    member_id = request["member_id"] or tx.principal.member_id
    if member_id is None:
        raise InvalidInput(errors={"member_id": [InputError("transfer.member_missing", "Say whose transfer this is.")]})
    return member_id


def _require_own(tx: Transaction, member: standing.Member) -> None:
    principal = tx.principal
    if principal.member_id == member.id or principal.has("officer") or member.unit_id in principal.units("chair"):
        return
    raise NotAllowed("This belongs to another unit.", rule="own_unit")


def _new(tx: Transaction, member: standing.Member, kind: str, request: Mapping[str, Any], on: Any) -> Transfer:
    return Transfer(
        kind=kind,
        state="requested",
        member_id=member.id,
        other_union=request["other_union"],
        effective_on=on,
        reason=request["reason"],
        requested_at=tx.now,
        requested_by=tx.principal.account_id,
        updated_at=tx.now,
        version=1,
    )
