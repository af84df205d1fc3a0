"""The congress over HTTP."""

from gateway.http.routes import Route
from services.contracts.governance.congress import delegates, terms

_CONGRESSES = "/governance/congresses"
_CONGRESS = f"{_CONGRESSES}/<uuid:congress_id>"
_DELEGATE = "/governance/delegates/<uuid:delegate_id>"
_DELEGATION = "/governance/congress-delegations/<uuid:delegation_id>"

ROUTES = (
    Route("GET", _CONGRESSES, terms.list_congresses),
    Route("POST", _CONGRESSES, terms.add_congress, 201, location=_CONGRESSES + "/{id}"),
    Route("GET", _CONGRESS, terms.get_congress),
    Route("PUT", _CONGRESS, terms.change_congress),
    Route("POST", f"{_CONGRESS}/begin", terms.begin_congress),
    Route("POST", f"{_CONGRESS}/end", terms.end_congress),
    Route("GET", f"{_CONGRESS}/seats", terms.list_seats),
    Route("POST", f"{_CONGRESS}/seats", terms.allot_seats),
    Route("PUT", f"{_CONGRESS}/seats/<uuid:unit_id>", terms.set_unit_seats),
    Route("POST", f"{_CONGRESS}/shares", terms.check_shares),
    Route("GET", f"{_CONGRESS}/delegates", delegates.list_delegates),
    Route("POST", f"{_CONGRESS}/delegates", delegates.enter_delegates, 201),
    Route("GET", f"{_CONGRESS}/delegations", delegates.list_congress_delegations),
    Route("POST", f"{_CONGRESS}/delegations", delegates.form_delegation, 201),
    Route("PUT", _DELEGATION, delegates.change_delegation),
    Route("DELETE", _DELEGATION, delegates.dissolve_delegation),
    Route("GET", _DELEGATE, delegates.get_delegate),
    Route("POST", f"{_DELEGATE}/end", delegates.end_delegate),
    Route("GET", "/me/congress-seats", delegates.my_seats),
)
