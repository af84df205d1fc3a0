"""What the organisation answers."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, every, query
from services.contracts.membership import snapshot
from services.contracts.membership.organisation import operations as contract
from services.contracts.membership.organisation import unit_changes
from services.membership.organisation.use_cases import ending, merging, posts, snapshots, splitting, unit_history, units

_ONE_HOUR = 3600


class OrganisationEntrypoints:
    """Units and posts over RPC."""

    @query(contract.list_units)
    def list_units(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return units.list_units(tx, request)

    @query(snapshot.snapshot_units)
    def snapshot_units(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return snapshots.snapshot_units(tx, request)

    @query(contract.get_unit)
    def get_unit(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return units.get_unit(tx, request["unit_id"])

    @query(contract.unit_figures)
    def unit_figures(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return units.unit_figures(tx, request["unit_id"])

    @command(contract.create_unit)
    def create_unit(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return units.create_unit(tx, request)

    @command(contract.update_unit)
    def update_unit(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return units.update_unit(tx, request)

    @query(contract.list_posts)
    def list_posts(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return posts.list_posts(tx, request)

    @command(contract.assign_post)
    def assign_post(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return posts.assign_post(tx, request)

    @command(contract.end_post)
    def end_post(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return posts.end_post(tx, request)

    @query(unit_changes.unit_history)
    def unit_history(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return unit_history.unit_history(tx, request)

    @query(unit_changes.preview_merge)
    def preview_merge(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return merging.preview_merge(tx, request)

    @command(unit_changes.merge_unit)
    def merge_unit(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return merging.merge_unit(tx, request)

    @query(unit_changes.preview_split)
    def preview_split(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return splitting.preview_split(tx, request)

    @command(unit_changes.split_unit)
    def split_unit(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return splitting.split_unit(tx, request)

    @command(unit_changes.move_unit)
    def move_unit(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return merging.move_unit(tx, request)

    @every(_ONE_HOUR, "tell_ending_terms")
    def tell_ending_terms(self, tx: Transaction) -> None:
        ending.tell_ending_terms(tx)
