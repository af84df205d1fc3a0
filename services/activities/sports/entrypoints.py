"""Operations of tournaments, and what the end of a member's data means for them."""

from __future__ import annotations

from services.activities.sports.use_cases import drawing, results, settings
from services.chassis.entrypoints import answers, on_event
from services.contracts.activities.sports import fixtures, tournaments
from services.contracts.membership.retention import MemberAnonymised


@answers(
    (tournaments.get_tournament, settings.get_tournament),
    (tournaments.list_tournaments, settings.list_tournaments),
    (tournaments.set_tournament, settings.set_tournament),
    (tournaments.list_sports_teams, settings.list_sports_teams),
    (tournaments.add_sports_team, settings.add_sports_team),
    (tournaments.remove_sports_team, settings.remove_sports_team),
    (fixtures.draw_fixtures, drawing.draw_fixtures),
    (fixtures.list_fixtures, results.list_fixtures),
    (fixtures.record_result, results.record_result),
    (fixtures.move_fixture, results.move_fixture),
    (fixtures.standings, results.standings),
)
class SportsEntrypoints:
    """Tournaments over RPC."""

    forget_contacts = on_event(MemberAnonymised, settings.forget_contacts)
