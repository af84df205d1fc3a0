"""The year's plan and its items."""

from __future__ import annotations

from gateway.http.routes import Route
from services.contracts.governance.plan.operations import (
    add_plan_item,
    begin_plan,
    complete_plan_item,
    discard_plan,
    get_plan,
    get_plan_item,
    import_plan,
    list_plan_items,
    list_plans,
    publish_plan,
    remove_plan_item,
    update_plan_item,
)

_PLAN = "/governance/plan/<int:year>"
_ITEM = "/governance/plan/items/<uuid:item_id>"

ROUTES = (
    Route("GET", "/governance/plan", list_plans),
    Route("POST", "/governance/plan", begin_plan, 201, location="/governance/plan/{year}"),
    Route("POST", "/governance/plan/import", import_plan),
    Route("GET", _PLAN, get_plan),
    Route("DELETE", _PLAN, discard_plan),
    Route("POST", f"{_PLAN}/publish", publish_plan),
    Route("GET", f"{_PLAN}/items", list_plan_items),
    Route("POST", f"{_PLAN}/items", add_plan_item, 201, location="/governance/plan/items/{id}"),
    Route("GET", _ITEM, get_plan_item),
    Route("PATCH", _ITEM, update_plan_item),
    Route("DELETE", _ITEM, remove_plan_item),
    Route("POST", f"{_ITEM}/complete", complete_plan_item),
)
