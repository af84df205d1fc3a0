"""How a contest is judged: setting it, opening judging, lists, history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, get_activity, require_organiser
from services.activities.contests import rules
from services.activities.contests.tables import Contest, ContestEntry, ContestJudge
from services.activities.contests.use_cases import store
from services.activities.contests.workflow import CONTEST
from services.chassis.database.history import history_of
from services.chassis.database.pagination import Key, page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import PreconditionFailed, refuse_first
from services.chassis.security.principal import require_member

_PLAIN = ("scoring", "scale", "most_age", "age_on", "live_board")
_SORTS: dict[str, list[Key]] = {
    "-made_at": [(Contest.made_at, "desc"), (Contest.activity_id, "desc")],
    "made_at": [(Contest.made_at, "asc"), (Contest.activity_id, "asc")],
}


def get_contest(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the contest of an activity. Raises `NotFound`."""
    return store.reply(tx, *store.seen(tx, request["activity_id"]))


def list_contests(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of contests with their activities; drafts of others are left out."""
    statement = sa.select(Contest, Activity).join(Activity, Activity.id == Contest.activity_id)
    if request["state"] is not None:
        statement = statement.where(Contest.state == request["state"])
    if request["q"]:
        statement = statement.where(Activity.title.icontains(request["q"], autoescape=True))
    if not tx.principal.has("officer", "auditor"):
        own = Activity.organiser_unit_id.in_(tx.principal.units("chair"))
        statement = statement.where(Activity.scheduled_at.is_not(None) | own)
    page = page_of(tx, statement, request, _SORTS[request["sort"]])
    return page.reply([store.reply(tx, activity, contest) for contest, activity in page.rows])


def my_contests(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of contests in which the caller judges or takes part, the latest activity first."""
    member_id = require_member(tx.principal, "Only a member judges or takes part.", rule="contests.caller_is_a_member")
    roles = sa.union_all(
        *(
            sa.select(table.activity_id, sa.literal(role).label("role")).where(table.member_id == member_id, *more)
            for table, role, more in (
                (ContestJudge, "judge", ()),
                (ContestEntry, "contestant", (ContestEntry.state == "entered",)),
            )
        )
    ).subquery()
    columns = Activity.id.label("activity_id"), Activity.title, Activity.starts_at, Contest.state, roles.c.role
    statement = (
        sa.select(*columns)
        .select_from(roles)
        .join(Contest, Contest.activity_id == roles.c.activity_id)
        .join(Activity, Activity.id == Contest.activity_id)
    )
    keys: list[Key] = [(Activity.starts_at, "desc"), (Activity.id, "desc"), (roles.c.role, "desc")]
    page = page_of(tx, statement, request, keys)
    return page.reply([dict(row._mapping) for row in page.rows])


def set_contest(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Say how an activity is judged, for the first time or anew until judging opens.

    Raises:
        NotAllowed: the caller does not organise the activity.
        PreconditionFailed: somebody else changed it.
        Refused: weights, names or ages are not sound, judging has opened, or a removed group is in use.
    """
    activity = get_activity(tx, request)
    require_organiser(tx.principal, activity.organiser_unit_id)
    tx.lock(store.subject_of(activity.id))
    contest = tx.session.get(Contest, activity.id, with_for_update=True)
    if request["version"] != (contest.version if contest else 0):
        raise PreconditionFailed("Somebody else changed it.", rule="contests.version_is_the_one_that_stands")
    refuse_first(
        rules.activity_stands(activity.state),
        rules.is_prepared(contest.state if contest else CONTEST.initial),
        rules.weights_sum_to_100([one["weight"] for one in request["criteria"]]),
        rules.names_differ([one["name"] for one in request["criteria"]], "criteria"),
        rules.names_differ(request["groups"], "groups"),
        rules.names_differ([one["name"] for one in request["awards"]], "awards"),
        rules.age_and_day_go_together(request["most_age"], request["age_on"]),
    )
    if contest is None:
        contest = Contest(
            activity_id=activity.id, state=CONTEST.initial, criteria=[], groups=[], awards=[], version=0, made_at=tx.now
        )
        tx.session.add(contest)
    before = _told(contest) if contest.version else None
    _keep(tx, contest, request)
    store.note(tx, contest, "settings", before, _told(contest))
    contest.version += 1
    tx.session.flush()
    return store.reply(tx, activity, contest)


def open_contest(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Open judging; the judges are told.

    Raises:
        Refused: nobody is entered, or a group with entries has no judge.
    """
    activity, contest = store.managed(tx, request["activity_id"])
    state = CONTEST.apply(contest.state, "open", roles=None)
    entered = ContestEntry.activity_id == contest.activity_id, ContestEntry.state == "entered"
    counted = sa.select(ContestEntry.group_number, sa.func.count()).where(*entered)
    used = {row[0]: row[1] for row in tx.session.execute(counted.group_by(ContestEntry.group_number))}
    judged = {number for judge in _judges(tx, contest) for number in judge.groups}
    names = store.group_names(contest)
    without = [names[number] for number in sorted(used) if number not in judged]
    refuse_first(rules.contest_is_complete(sum(used.values()), without))
    contest.state = state
    store.moved(tx, contest, opened=True)
    tx.session.flush()
    return store.reply(tx, activity, contest)


def contest_history(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of what was changed, corrected, adjusted or taken back, newest first."""
    store.looked_at(tx, request["activity_id"])
    subject = store.subject_of(request["activity_id"])
    page = history_of(tx, subject, cursor=request["cursor"], limit=request["limit"])
    return page.reply(
        [
            {
                "at": row.changed_at, "by": row.changed_by, "reason": row.reason, "what": what,
                "before": change["old"], "after": change["new"],
            }
            for row in page.rows
            for what, change in row.changes.items()
        ]
    )  # fmt: skip


def _keep(tx: Transaction, contest: Contest, request: Mapping[str, Any]) -> None:
    """Store the settings; groups and criteria of the same name keep their numbers."""
    for name in _PLAIN:
        setattr(contest, name, request[name])
    criteria = [{"name": one["name"], "weight": f"{one['weight']}"} for one in request["criteria"]]
    contest.criteria = store.numbered(contest.criteria, criteria)
    groups = store.numbered(contest.groups, [{"name": name, "closed_at": None} for name in request["groups"]])
    removed = {one["number"]: one["name"] for one in contest.groups}
    for group in groups:
        removed.pop(group["number"], None)
    for number, name in removed.items():
        refuse_first(rules.group_is_empty(name, _is_used(tx, contest, number)))
    contest.groups = groups
    contest.awards = [{"name": one["name"], "count": one["count"]} for one in request["awards"]]


def _is_used(tx: Transaction, contest: Contest, number: int) -> bool:
    entered = ContestEntry.activity_id == contest.activity_id, ContestEntry.group_number == number
    if tx.session.scalar(sa.select(ContestEntry.id).where(*entered).limit(1)) is not None:
        return True
    return any(number in judge.groups for judge in _judges(tx, contest))


def _judges(tx: Transaction, contest: Contest) -> list[ContestJudge]:
    return list(
        tx.session.scalars(sa.select(ContestJudge).where(ContestJudge.activity_id == contest.activity_id)).all()
    )


def _told(contest: Contest) -> str:
    """Return the settings in a line, for the history."""
    criteria = " ".join(f"{one['name']}{one['weight']}" for one in contest.criteria)
    groups = " ".join(one["name"] for one in contest.groups)
    awards = " ".join(f"{one['name']}{one['count']}" for one in contest.awards)
    age = f" | ≤{contest.most_age} {contest.age_on}" if contest.most_age else ""
    return f"{contest.scoring} /{contest.scale} | {criteria} | {groups} | {awards}{age}"
