"""The year's plan and its items."""

from gateway.http.routes import Route
from services.contracts.governance.plan import operations as contract

_PLAN = "/governance/plan/<int:year>"
_ITEM = "/governance/plan/items/<uuid:item_id>"

ROUTES = (
    Route("GET", "/governance/plan", contract.list_plans),
    Route("POST", "/governance/plan", contract.begin_plan, 201, location="/governance/plan/{year}"),
    Route("POST", "/governance/plan/import", contract.import_plan),
    Route("GET", _PLAN, contract.get_plan),
    Route("DELETE", _PLAN, contract.discard_plan),
    Route("POST", f"{_PLAN}/publish", contract.publish_plan),
    Route("GET", f"{_PLAN}/items", contract.list_plan_items),
    Route("POST", f"{_PLAN}/items", contract.add_plan_item, 201, location="/governance/plan/items/{id}"),
    Route("GET", _ITEM, contract.get_plan_item),
    Route("PATCH", _ITEM, contract.update_plan_item),
    Route("DELETE", _ITEM, contract.remove_plan_item),
    Route("POST", f"{_ITEM}/complete", contract.complete_plan_item),
    Route("POST", f"{_ITEM}/drop", contract.drop_plan_item),
)
