"""Standing care over HTTP."""

from gateway.http.routes import Route
from services.contracts.welfare import care as contract

_MONTH = "/welfare/care/<int:year>/<int:month>"

ROUTES = (
    Route("GET", "/me/care-gifts", contract.my_care_gifts),
    Route("GET", _MONTH, contract.care_figures),
    Route("GET", f"{_MONTH}/gifts", contract.list_care_gifts),
    Route("POST", f"{_MONTH}/give", contract.give_care_gifts),
    Route("POST", "/welfare/care/children-day/<int:year>", contract.draw_up_children_day),
    Route("POST", "/welfare/care-gifts/<uuid:gift_id>/withdraw", contract.withdraw_care_gift),
)
