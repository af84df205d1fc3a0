"""What the operations on saved filters answer, for the API and the pages alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.identity import saved_filters
from gateway.identity.current import current_principal, require_account
from gateway.own_operations import Handler, carry_out, checked_request
from gateway.portal.list_pages import ListPage
from gateway.subject import installed
from services.chassis.errors import InvalidInput, NotFound
from services.chassis.schema import Operation
from services.contracts.gateway import saved_filters as contract

_ANSWERS: dict[str, Handler] = {
    contract.save_filter.name: lambda tx, request: saved_filters.save(
        tx, request["account_id"], request["list"], request["name"], request["filters"]
    ),
    contract.rename_saved_filter.name: lambda tx, request: saved_filters.rename(tx, **request),
    contract.delete_saved_filter.name: lambda tx, request: saved_filters.delete(tx, **request),
}


def answer(operation: Operation, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out one of these operations for the account that is signed in.

    Raises:
        Problem: the input is not valid, the list is not the reader's, or the rules refuse.
    """
    request = checked_request(operation, payload)
    account_id = require_account().account_id
    if "list" in request:
        # Before the transaction: the units a list offers are asked of a service.
        _require_known(_page(request["list"]), request.get("filters", {}))
    if operation is contract.list_saved_filters:
        found = {"items": saved_filters.of_list(account_id, request["list"])}
        reply: dict[str, Any] = operation.reply_schema.dump(found)
        return reply
    return carry_out(operation, _ANSWERS[operation.name], {**request, "account_id": account_id})


def _page(name: str) -> ListPage:
    """Return a list page that the reader may see. Raises `NotFound` for any other."""
    page = installed().lists.get(name)
    if page is None or (page.roles and not current_principal().roles & set(page.roles)):
        raise NotFound("There is no such list.", rule="saved_filter.list_exists")
    return page


def _require_known(page: ListPage, filters: Mapping[str, str]) -> None:
    if page.saved_part(page.readable(filters)) != filters:
        raise InvalidInput("The list has no such filters.", rule="saved_filter.fits_list", field="filters")
