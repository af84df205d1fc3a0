"""Deciding: closing groups, publishing results, taking them back, reading them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from services.activities.contests import rules, scoring_rules
from services.activities.contests.tables import Contest, ContestEntry
from services.activities.contests.use_cases import store
from services.activities.contests.use_cases.standing import Standing, entry_reply, standing_of
from services.activities.contests.workflow import CONTEST
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.contracts.activities.contests.events import ContestDecided

_RESULT = ("raw_score", "adjusted", "score", "rank", "award")


def close_group(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """End judging of a group; when none is open any more the results are provisional.

    Raises:
        Refused: judging is not open, the group is closed, or sheets of an entry are waited for or too few.
    """
    activity, contest = store.managed(tx, request["activity_id"])
    number = request["group"]
    refuse_first(
        rules.judging_is_open(contest.state),
        rules.group_is_known(number in store.group_names(contest)),
        rules.group_is_open(store.is_closed(contest, number)),
    )
    standing, least = standing_of(tx, contest), scoring_rules.LEAST[contest.scoring]
    of_group = [one for one in standing.entries if one.group_number == number and one.state == "entered"]
    refuse_first(
        *(
            rules.has_enough_sheets(one.number, len(standing.counted(one)), len(standing.due(one)), least)
            for one in of_group
        )
    )
    _set_closed(contest, number, tx.now.isoformat())
    if all(store.is_closed(contest, one["number"]) for one in contest.groups):
        contest.state = CONTEST.apply(contest.state, "close_last_group", roles=None)
    store.moved(tx, contest)
    tx.session.flush()
    return store.reply(tx, activity, contest)


def reopen_group(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Let judges hand in sheets of a group again, with the reason.

    Raises:
        Refused: the results are published, the group is open, or there is no reason.
    """
    activity, contest = store.managed(tx, request["activity_id"])
    number = request["group"]
    refuse_first(
        rules.results_are_open(contest.state),
        rules.group_is_known(number in store.group_names(contest)),
        rules.group_is_closed(store.is_closed(contest, number)),
        rules.reason_is_given(request["reason"]),
    )
    _set_closed(contest, number, None)
    if contest.state == "provisional":
        contest.state = CONTEST.apply(contest.state, "reopen_group", roles=None)
    store.note(tx, contest, f"group/{number}", "closed", "open", request["reason"])
    store.moved(tx, contest)
    tx.session.flush()
    return store.reply(tx, activity, contest)


def publish_contest(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Publish the results: scores, ranks and awards are stored with the entries as they are now.

    Raises:
        Refused: judging of a group is open, the results are published, or an entry has too few sheets by now.
    """
    activity, contest = store.managed(tx, request["activity_id"])
    state = CONTEST.apply(contest.state, "publish", roles=None)
    standing, least = standing_of(tx, contest), scoring_rules.LEAST[contest.scoring]
    entered = [one for one in standing.entries if one.state == "entered"]
    refuse_first(
        *(
            rules.has_enough_sheets(one.number, len(standing.counted(one)), len(standing.due(one)), least)
            for one in entered
        )
    )
    for one, result in [(one, standing.result(one)) for one in entered]:
        for name in _RESULT:
            setattr(one, name, result[name])
    contest.state, contest.published_at = state, tx.now
    store.note(tx, contest, "results", None, "published")
    tx.record(_decided(standing, entered))
    store.moved(tx, contest)
    tx.session.flush()
    return store.reply(tx, activity, contest)


def withdraw_results(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take published results back, with the reason, so that they can be corrected."""
    activity, contest = store.managed(tx, request["activity_id"])
    contest.state = CONTEST.apply(contest.state, "withdraw", roles=None)
    refuse_first(rules.reason_is_given(request["reason"]))
    contest.published_at = None
    for one in standing_of(tx, contest).entries:
        for name in _RESULT:
            setattr(one, name, None)
    store.note(tx, contest, "results", "published", "provisional", request["reason"])
    store.moved(tx, contest)
    tx.session.flush()
    return store.reply(tx, activity, contest)


def contest_results(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return entries by group and rank, those without a score after them; entries that were withdrawn are left out.

    Raises:
        NotAllowed: the results are not published, there is no live board, and the caller does not organise it.
    """
    activity, contest = store.seen(tx, request["activity_id"])
    if not rules.may_look(contest.state, contest.live_board, store.organises_or_audits(tx, activity)):
        raise NotAllowed("The results are not published.", rule="contests.results_are_published")
    standing = standing_of(tx, contest)
    wanted = [
        one
        for one in standing.entries
        if one.state == "entered" and request["group"] in (None, one.group_number)
    ]  # fmt: skip
    replies = [entry_reply(standing, one) for one in wanted]
    order = {group["number"]: place for place, group in enumerate(contest.groups)}
    replies.sort(key=lambda one: (order.get(one["group"], 0), one["rank"] is None, one["rank"] or 0, one["number"]))
    return {"final": contest.state == "published", "items": replies}


def _set_closed(contest: Contest, number: int, closed_at: str | None) -> None:
    contest.groups = [
        {**group, "closed_at": closed_at} if group["number"] == number else group for group in contest.groups
    ]
    flag_modified(contest, "groups")


def _decided(standing: Standing, entered: list[ContestEntry]) -> ContestDecided:
    return ContestDecided(
        activity_id=standing.contest.activity_id,
        groups=len({one.group_number for one in entered}),
        entries=len(entered),
        judges=len(standing.judges),
        sheets=sum(len(standing.counted(one)) for one in entered),
        awards=sum(one.award is not None for one in entered),
        member_ids=sorted(one.member_id for one in entered if one.member_id is not None),
    )
