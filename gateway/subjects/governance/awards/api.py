"""Awards: commendations of members and units."""

from gateway.http.routes import Route
from services.contracts.governance.awards import get_award, grant_award, list_awards, revoke_award

_AWARD = "/governance/awards/<uuid:award_id>"

ROUTES = (
    Route("GET", "/governance/awards", list_awards),
    Route("POST", "/governance/awards", grant_award, 201, location="/governance/awards/{id}"),
    Route("GET", _AWARD, get_award),
    Route("POST", f"{_AWARD}/revoke", revoke_award),
)
