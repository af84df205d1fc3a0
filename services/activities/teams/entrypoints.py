"""Operations of teams, the lock of line-ups, and members who leave."""

from __future__ import annotations

from services.activities.teams.use_cases import changing, lapsing, reading
from services.chassis.entrypoints import answers, every, on_event
from services.contracts.activities.teams import operations as contract
from services.contracts.membership.record.operations import MemberUpdated

_ONE_MINUTE = 60


@answers(
    (contract.get_team_setting, reading.get_team_setting),
    (contract.list_teams, reading.list_teams),
    (contract.get_team, reading.get_team),
    (contract.set_teams, changing.set_teams),
    (contract.remove_player, changing.remove_player),
    (contract.confirm_team, changing.confirm_team),
    (contract.end_team, changing.end_team),
)
@answers(
    (contract.found_team, changing.found_team),
    (contract.answer_team_invitation, changing.answer_team_invitation),
    prepare=changing.prepare_own,
)
@answers((contract.invite_players, changing.invite_players), prepare=changing.prepare_named)
class TeamEntrypoints:
    """Teams over RPC."""

    lapse_teams = every(_ONE_MINUTE, "lapse-teams", lapsing.lapse_teams)
    end_with_activity = every(_ONE_MINUTE, "end-teams", lapsing.end_with_activity)
    release_player = on_event(MemberUpdated, lapsing.release_player)
