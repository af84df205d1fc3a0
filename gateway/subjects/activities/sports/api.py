"""Tournaments over HTTP."""

from gateway.http.routes import Route
from services.contracts.activities.sports import fixtures, tournaments

_ACTIVITY = "/activities/<uuid:activity_id>"
_FIXTURE = f"{_ACTIVITY}/fixtures/<uuid:fixture_id>"

ROUTES = (
    Route("GET", "/tournaments", tournaments.list_tournaments),
    Route("GET", f"{_ACTIVITY}/tournament", tournaments.get_tournament),
    Route("PUT", f"{_ACTIVITY}/tournament", tournaments.set_tournament),
    Route("GET", f"{_ACTIVITY}/tournament/teams", tournaments.list_sports_teams),
    Route("POST", f"{_ACTIVITY}/tournament/teams", tournaments.add_sports_team, 201),
    Route("DELETE", f"{_ACTIVITY}/tournament/teams/<uuid:team_id>", tournaments.remove_sports_team),
    Route("GET", f"{_ACTIVITY}/fixtures", fixtures.list_fixtures),
    Route("POST", f"{_ACTIVITY}/fixtures", fixtures.draw_fixtures),
    Route("PUT", f"{_FIXTURE}/result", fixtures.record_result),
    Route("PUT", f"{_FIXTURE}/time", fixtures.move_fixture),
    Route("GET", f"{_ACTIVITY}/standings", fixtures.standings),
)
