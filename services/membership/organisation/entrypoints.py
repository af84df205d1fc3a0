"""Operations of the organisation."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, every, on_call, on_event
from services.contracts.governance.congress.events import DelegateElected, DelegateEnded, DelegateTermChanged
from services.contracts.membership import snapshot
from services.contracts.membership.organisation import delegations as delegation_contract
from services.contracts.membership.organisation import operations as contract
from services.contracts.membership.organisation import unit_changes
from services.membership.organisation.use_cases import (
    delegate_posts,
    delegations,
    ending,
    merging,
    posts,
    snapshots,
    splitting,
    unit_history,
    units,
)
from services.membership.organisation.use_cases.roles import roles_of

_ONE_HOUR = 3600


@answers(
    (contract.list_units, units.list_units),
    (snapshot.snapshot_units, snapshots.snapshot_units),
    (contract.unit_figures, units.unit_figures),
    (contract.create_unit, units.create_unit),
    (contract.update_unit, units.update_unit),
    (contract.list_posts, posts.list_posts),
    (contract.assign_post, posts.assign_post),
    (contract.end_post, posts.end_post),
    (delegation_contract.list_delegations, delegations.list_delegations),
    (delegation_contract.give_delegation, delegations.give_delegation),
    (delegation_contract.end_delegation, delegations.end_delegation),
    (unit_changes.unit_history, unit_history.unit_history),
    (unit_changes.preview_merge, merging.preview_merge),
    (unit_changes.merge_unit, merging.merge_unit),
    (unit_changes.preview_split, splitting.preview_split),
    (unit_changes.split_unit, splitting.split_unit),
    (unit_changes.move_unit, merging.move_unit),
)
class OrganisationEntrypoints:
    """Units and posts over RPC."""

    give_delegate_post = on_event(DelegateElected, delegate_posts.follow_seat)
    end_delegate_post = on_event(DelegateEnded, delegate_posts.follow_seat)
    change_delegate_post = on_event(DelegateTermChanged, delegate_posts.follow_seat)
    tell_ending_terms = every(_ONE_HOUR, "tell_ending_terms", ending.tell_ending_terms)

    @on_call(contract.get_roles)
    def get_roles(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return {"items": [{"role": one.role, "unit_id": one.unit} for one in roles_of(tx, request["member_id"])]}

    @on_call(contract.get_unit)
    def get_unit(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return units.get_unit(tx, request["unit_id"])
