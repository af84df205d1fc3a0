"""Ratings over HTTP. Keys are read and sheets handed in without an account (`gateway.http.unlinked`)."""

from gateway.http.routes import Route
from services.contracts.governance.ratings import operations as contract

_RATINGS = "/governance/ratings"
_RATING = f"{_RATINGS}/<uuid:rating_id>"

ROUTES = (
    Route("GET", _RATINGS, contract.list_ratings),
    Route("POST", _RATINGS, contract.create_rating, 201, location="/governance/ratings/{id}"),
    Route("GET", f"{_RATINGS}/trend", contract.rating_trend),
    Route("GET", _RATING, contract.get_rating),
    Route("PUT", _RATING, contract.change_rating),
    Route("POST", f"{_RATING}/open", contract.open_rating),
    Route("POST", f"{_RATING}/close", contract.close_rating),
    Route("POST", f"{_RATING}/cancel", contract.cancel_rating),
    Route("POST", f"{_RATING}/reminders", contract.remind_raters),
    Route("POST", f"{_RATING}/publication", contract.publish_rating),
    Route("POST", f"{_RATING}/papers", contract.give_paper),
    Route("POST", f"{_RATING}/paper-counts", contract.enter_papers),
    Route("POST", f"{_RATING}/tokens", contract.request_rating_token),
    Route("GET", f"{_RATING}/keys", contract.get_rating_keys),
    Route("POST", f"{_RATING}/sheets", contract.hand_in_sheet),
    Route("GET", f"{_RATING}/result", contract.get_rating_result),
    Route("GET", f"{_RATING}/units", contract.list_rating_units),
    Route("GET", f"{_RATING}/remarks", contract.list_rating_remarks),
    Route("GET", "/me/ratings", contract.my_ratings),
)
