"""Loading contests for those who organise or judge them, what is told of them, the history of what was corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, get_activity, organises, require_organiser
from services.activities.contests import rules
from services.activities.contests.tables import Contest, ContestEntry, ContestJudge
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound, refuse_first
from services.contracts.activities.contests.events import ContestMoved

_TERMS = (
    "state", "scoring", "scale", "criteria", "groups", "awards", "most_age", "age_on", "live_board", "version",
    "made_at", "published_at",
)  # fmt: skip


def contest_of(tx: Transaction, activity_id: UUID, *, lock: bool = False) -> Contest:
    """Return the contest of an activity. Raises `NotFound`."""
    return tx.get(Contest, activity_id, "This activity has no contest.", field="activity_id", lock=lock)


def seen(tx: Transaction, activity_id: UUID) -> tuple[Activity, Contest]:
    """Return a contest with its activity, which the caller may see. Raises `NotFound`."""
    activity = get_activity(tx, {"activity_id": activity_id})
    return activity, contest_of(tx, activity_id)


def looked_at(tx: Transaction, activity_id: UUID) -> tuple[Activity, Contest]:
    """Return a contest for who organises it, and for auditors.

    Raises:
        NotAllowed: the caller does not organise it.
    """
    activity, contest = seen(tx, activity_id)
    require_organiser(tx.principal, activity.organiser_unit_id, also=("officer", "auditor"))
    return activity, contest


def managed(tx: Transaction, activity_id: UUID) -> tuple[Activity, Contest]:
    """Return a contest that the caller organises, locked; everything that changes a contest takes this lock first.

    Raises:
        NotAllowed: the caller does not organise it.
        Refused: the activity is cancelled.
    """
    activity, _ = seen(tx, activity_id)
    require_organiser(tx.principal, activity.organiser_unit_id)
    refuse_first(rules.activity_stands(activity.state))
    return activity, contest_of(tx, activity_id, lock=True)


def organises_or_audits(tx: Transaction, activity: Activity) -> bool:
    """Whether the caller organises the activity, or audits the union."""
    return organises(tx.principal, activity, also=("officer", "auditor"))


def entry_of(tx: Transaction, contest: Contest, entry_id: UUID) -> ContestEntry:
    """Return an entry of a contest. Raises `NotFound`."""
    entry = tx.session.get(ContestEntry, entry_id)
    if entry is None or entry.activity_id != contest.activity_id:
        raise NotFound("There is no such entry.", field="entry_id")
    return entry


def judge_of(tx: Transaction, contest: Contest, judge_id: UUID) -> ContestJudge:
    """Return a judge of a contest. Raises `NotFound`."""
    judge = tx.session.get(ContestJudge, judge_id)
    if judge is None or judge.activity_id != contest.activity_id:
        raise NotFound("There is no such judge.", field="judge_id")
    return judge


def own_judge(tx: Transaction, contest: Contest) -> ContestJudge:
    """Return the caller as a judge of a contest. Raises `NotAllowed`."""
    judge = judge_of_member(tx, contest, tx.principal.member_id)
    if judge is None:
        raise NotAllowed("Only a judge of this contest can do this.", rule="contests.caller_judges")
    return judge


def judge_of_member(tx: Transaction, contest: Contest, member_id: UUID | None) -> ContestJudge | None:
    """Return a member as a judge of a contest, None where the member is none."""
    if member_id is None:
        return None
    own = ContestJudge.activity_id == contest.activity_id, ContestJudge.member_id == member_id
    return tx.session.scalar(sa.select(ContestJudge).where(*own))


def group_names(contest: Contest) -> dict[int, str]:
    """Return the names of the groups by number."""
    return {group["number"]: group["name"] for group in contest.groups}


def is_closed(contest: Contest, number: int) -> bool:
    """Whether judging of a group has ended."""
    return any(group["number"] == number and group["closed_at"] for group in contest.groups)


def reply(tx: Transaction, activity: Activity, contest: Contest) -> dict[str, Any]:
    """Return a contest as the contract has it."""
    return {
        "activity_id": activity.id,
        "title": activity.title,
        "starts_at": activity.starts_at,
        "organiser_unit_id": activity.organiser_unit_id,
        "may_look": rules.may_look(contest.state, contest.live_board, organises_or_audits(tx, activity)),
        **{name: getattr(contest, name) for name in _TERMS},
        "groups": [{**group, "closed_at": _moment(group["closed_at"])} for group in contest.groups],
    }


def moved(tx: Transaction, contest: Contest, *, opened: bool = False) -> None:
    """Announce that what is shown of a contest changed; with the members who judge it where judging opened."""
    judges: list[UUID] = []
    if opened:
        of_contest = ContestJudge.activity_id == contest.activity_id, ContestJudge.member_id.is_not(None)
        judges = list(tx.session.scalars(sa.select(ContestJudge.member_id).where(*of_contest)))
    tx.record(
        ContestMoved(
            activity_id=contest.activity_id, state=contest.state, opened=opened, judge_member_ids=sorted(judges)
        )
    )


def subject_of(activity_id: UUID) -> str:
    """Return the name under which the changes of a contest are kept."""
    return f"contest/{activity_id}"


def note(
    tx: Transaction, contest: Contest, what: str, before: Any, after: Any, reason: str | None = None
) -> None:  # fmt: skip
    """Keep one change in the history of a contest."""
    note_change(tx, subject_of(contest.activity_id), {what: (before, after)}, reason)


def numbered(before: list[Any], named: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return criteria or groups with numbers: what had the same name before keeps its number."""
    known = {one["name"]: one["number"] for one in before}
    last = max(known.values(), default=0)
    result = []
    for one in named:
        number = known.get(one["name"])
        if number is None:
            last += 1
            number = last
        result.append({"number": number, **one})
    return result


def _moment(text: str | None) -> Any:
    return None if text is None else datetime.fromisoformat(text)
