"""Teams over HTTP."""

from gateway.http.routes import Route
from services.contracts.activities.teams import operations as contract

_TEAMS = "/activities/<uuid:activity_id>/teams"
_TEAM = f"{_TEAMS}/<uuid:team_id>"

ROUTES = (
    Route("GET", _TEAMS, contract.list_teams),
    Route("POST", _TEAMS, contract.found_team, 201, location="/activities/{activity_id}/teams/{id}"),
    Route("GET", f"{_TEAMS}/setting", contract.get_team_setting),
    Route("PUT", f"{_TEAMS}/setting", contract.set_teams),
    Route("GET", _TEAM, contract.get_team),
    Route("DELETE", _TEAM, contract.end_team),
    Route("POST", f"{_TEAM}/players", contract.invite_players),
    Route("POST", f"{_TEAM}/answer", contract.answer_team_invitation),
    Route("POST", f"{_TEAM}/leave", contract.remove_player),
    Route("POST", f"{_TEAM}/confirm", contract.confirm_team),
)
