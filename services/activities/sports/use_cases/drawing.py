"""Drawing the fixtures: groups or a bracket first, after the groups the knock-out stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.activities.sports import drawing_rules, rules
from services.activities.sports.drawing_rules import Slot
from services.activities.sports.standing_rules import table_of
from services.activities.sports.tables import Fixture, SportsTeam, Tournament
from services.activities.sports.use_cases import store
from services.activities.sports.workflow import TOURNAMENT
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.activities.sports.events import FixturesDrawn
from services.contracts.activities.sports.vocabulary import DONE

Pair = tuple[UUID | None, UUID | None]


def draw_fixtures(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Draw the next stage, with courts and times; contacts of teams are told.

    Raises:
        Refused: there are too few teams or too little time, groups are not played, teams share a rank that decides who
            goes on, or all stages are drawn.
    """
    activity, tournament = store.managed(tx, request["activity_id"])
    if tournament.state == "preparing":
        state = TOURNAMENT.apply(tournament.state, "draw_groups", roles=None)
        if tournament.format == "knock_out":
            _draw_bracket(tx, tournament, list(store.teams_of(tx, tournament)))
        else:
            _draw_groups(tx, tournament)
    else:
        to_come = tournament.format == "groups_then_knock_out" and not tournament.knock_out_drawn
        refuse_first(rules.knock_out_is_to_come(to_come))
        state = TOURNAMENT.apply(tournament.state, "draw_knock_out", roles=None)
        _draw_bracket(tx, tournament, _advanced(tx, tournament))
    tournament.state = state
    tx.session.flush()
    return store.tournament_reply(activity, tournament)


def group_tables(tx: Transaction, tournament: Tournament) -> dict[int, list[tuple[int, Any]]]:
    """Return ranks and figures of the teams of each group."""
    teams, fixtures = store.teams_of(tx, tournament), store.fixtures_of(tx, tournament, "group")
    scoring, matches = store.scoring_of(tournament), store.played(fixtures)
    groups = sorted({one.group_number for one in teams if one.group_number is not None})
    return {
        group: table_of([one.id for one in teams if one.group_number == group], matches, scoring) for group in groups
    }


def _draw_groups(tx: Transaction, tournament: Tournament) -> None:
    teams = store.teams_of(tx, tournament)
    advance = tournament.advance if tournament.format == "groups_then_knock_out" else None
    refuse_first(rules.teams_fill_groups(len(teams), tournament.groups, advance))
    by_id = {one.id: one for one in teams}
    rounds: dict[int, list[tuple[int, tuple[UUID, UUID]]]] = {}
    for number, group in enumerate(drawing_rules.groups_of([one.id for one in teams], tournament.groups), start=1):
        for team in group:
            by_id[team].group_number = number
        for at, pairs in enumerate(drawing_rules.round_robin(group), start=1):
            rounds.setdefault(at, []).extend((number, pair) for pair in pairs)
    ordered = [rounds[at] for at in sorted(rounds)]
    slots = _planned(tx, tournament, [[pair for _, pair in one] for one in ordered], in_turn=False)
    made = [
        _fixture(tournament, "group", at, place, pair, slot, group)
        for at, (one, taken) in enumerate(zip(ordered, slots, strict=True), start=1)
        for place, ((group, pair), slot) in enumerate(zip(one, taken, strict=True))
    ]
    _store(tx, tournament, "group", made, teams)


def _draw_bracket(tx: Transaction, tournament: Tournament, teams: list[SportsTeam]) -> None:
    refuse_first(rules.teams_fill_groups(len(teams), 1, None))
    first: list[Pair] = list(drawing_rules.bracket([one.id for one in teams]))
    rounds: list[list[Pair]] = [first]
    while len(rounds[-1]) > 1:
        before = rounds[-1]
        through = [pair[0] if len(rounds) == 1 and pair[1] is None else None for pair in before]
        rounds.append(list(zip(through[::2], through[1::2], strict=True)))
    played = [[pair for pair in one if at or pair[1] is not None] for at, one in enumerate(rounds)]
    slots = [iter(one) for one in _planned(tx, tournament, played, in_turn=True)]
    made = []
    for at, pairs in enumerate(rounds):
        for place, pair in enumerate(pairs):
            bye = not at and pair[1] is None
            one = _fixture(tournament, "knock_out", at + 1, place, pair, None if bye else next(slots[at]), None)
            if bye:
                one.state, one.winner_id = "bye", pair[0]
            made.append(one)
    tournament.knock_out_drawn = True
    _store(tx, tournament, "knock_out", made, teams)


def _advanced(tx: Transaction, tournament: Tournament) -> list[SportsTeam]:
    """Return who goes on, the first of the groups first, then the second, so that they meet last."""
    left = [one for one in store.fixtures_of(tx, tournament, "group") if one.state not in DONE]
    refuse_first(rules.groups_are_played(len(left)))
    by_id = {one.id: one for one in store.teams_of(tx, tournament)}
    through: list[tuple[int, int, UUID]] = []
    for group, table in group_tables(tx, tournament).items():
        last = tournament.advance
        ahead = [entry for entry in table if entry[0] <= last]
        refuse_first(rules.ranks_decide(len(ahead) == min(last, len(table)), group))
        through.extend((place, group, line.team) for place, (_, line) in enumerate(ahead))
    return [by_id[team] for _, _, team in sorted(through)]


def _planned(
    tx: Transaction, tournament: Tournament, rounds: Sequence[Sequence[Pair]], *, in_turn: bool
) -> list[list[Slot]]:  # fmt: skip
    """Return court and time of each match, after those that are planned. Raises `Refused`: there are too few."""
    taken = [one.starts_at for one in store.fixtures_of(tx, tournament) if one.starts_at is not None]
    times = drawing_rules.slots_of(store.periods_of(tournament), tournament.courts, tournament.match_minutes)
    free = [slots for slots in times if not taken or slots[0].starts_at > max(taken)]
    found = drawing_rules.planned(rounds, free, in_turn=in_turn)
    refuse_first(rules.slots_are_enough(found is not None, sum(len(one) for one in rounds)))
    assert found is not None
    return found


def _fixture(
    tournament: Tournament, stage: str, at: int, place: int, pair: Pair, slot: Slot | None, group: int | None
) -> Fixture:  # fmt: skip
    return Fixture(
        activity_id=tournament.activity_id, stage=stage, group_number=group, round=at, position=place,
        home_id=pair[0], away_id=pair[1], court=slot.court if slot else None,
        starts_at=slot.starts_at if slot else None, state="planned", sets=[],
    )  # fmt: skip


def _store(
    tx: Transaction, tournament: Tournament, stage: str, made: list[Fixture], teams: Sequence[SportsTeam]
) -> None:  # fmt: skip
    """Number the fixtures after those there are, by time, and announce them."""
    last = max((one.number for one in store.fixtures_of(tx, tournament)), default=0)
    ordered = sorted(made, key=lambda one: (one.round, one.starts_at is not None, one.starts_at, one.position)
                     if one.starts_at else (one.round, False, None, one.position))  # fmt: skip
    for number, one in enumerate(ordered, start=last + 1):
        one.number = number
    tx.session.add_all(ordered)
    tx.session.flush()
    tx.record(
        FixturesDrawn(
            activity_id=tournament.activity_id, stage=stage, fixtures=sum(one.state != "bye" for one in made),
            contact_ids=store.contacts_of(teams),
        )
    )  # fmt: skip
