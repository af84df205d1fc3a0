"""The money of a source over HTTP."""

from gateway.http.routes import Route
from services.contracts.welfare import payment_operations as contract

_SOURCE = "/welfare/payments/<source_type>/<uuid:source_id>"

ROUTES = (
    Route("GET", _SOURCE, contract.get_money_of_source),
    Route("POST", f"{_SOURCE}/pay-again", contract.pay_again),
    Route("POST", f"{_SOURCE}/reserve-again", contract.reserve_money_again),
)
