"""Care campaigns: their lists, visitors, what was given."""

from gateway.http.routes import Route
from services.contracts.files import LARGEST
from services.contracts.welfare.care_campaigns import operations as contract

_CAMPAIGNS = "/welfare/care-campaigns"
_CAMPAIGN = f"{_CAMPAIGNS}/<uuid:campaign_id>"
_ITEMS = "/welfare/care-items"
_ITEM = f"{_ITEMS}/<uuid:item_id>"
_EVIDENCE = f"{_ITEM}/evidence"

ROUTES = (
    Route("GET", _CAMPAIGNS, contract.list_care_campaigns),
    Route("POST", _CAMPAIGNS, contract.create_care_campaign, 201, location=f"{_CAMPAIGNS}/{{id}}"),
    Route("GET", _CAMPAIGN, contract.get_care_campaign),
    Route("POST", f"{_CAMPAIGN}/open", contract.open_care_campaign),
    Route("POST", f"{_CAMPAIGN}/close", contract.close_care_campaign),
    Route("POST", f"{_CAMPAIGN}/cancel", contract.cancel_care_campaign),
    Route("POST", f"{_CAMPAIGN}/pay-again", contract.pay_care_again),
    Route("POST", f"{_CAMPAIGN}/people/check", contract.check_care_list),
    Route("POST", f"{_CAMPAIGN}/people", contract.add_to_care_list),
    Route("POST", f"{_CAMPAIGN}/assign", contract.assign_care_items),
    Route("POST", f"{_CAMPAIGN}/hand-over", contract.hand_over_care_items),
    Route("GET", _ITEMS, contract.list_care_items),
    Route("GET", _ITEM, contract.get_care_item),
    Route("DELETE", _ITEM, contract.remove_from_care_list),
    Route("POST", f"{_ITEM}/complete", contract.complete_care_item),
    Route("POST", f"{_ITEM}/miss", contract.miss_care_item),
    Route("POST", _EVIDENCE, contract.attach_care_evidence, 201, upload=LARGEST),
    Route("POST", f"{_EVIDENCE}/<uuid:evidence_id>/open", contract.open_care_evidence, download=True),
    Route("DELETE", f"{_EVIDENCE}/<uuid:evidence_id>", contract.remove_care_evidence),
    Route("GET", "/me/care-visits", contract.my_care_items),
    Route("GET", "/me/campaign-gifts", contract.my_campaign_gifts),
)
