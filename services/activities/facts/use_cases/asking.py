"""Asking membership for facts, before the transaction that decides by them and never inside one.

Where membership can't be asked, what it told before is used for as long as the setting FACTS_USABLE_HOURS says; members
of whom nothing is known are told that they can't be decided about now.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from services.activities.calendar.use_cases.reading import find_activity
from services.activities.facts.rules import facts_needed
from services.activities.facts.use_cases import keeping
from services.chassis.clock import day_of
from services.chassis.errors import Problem
from services.chassis.process import logs
from services.chassis.process.runtime import Call
from services.contracts.membership.facts import MOST_MEMBERS, facts_of_members

PURPOSE = "activity_audience"
SECONDS = 2.0
"""A caller who waits for a seat is answered also where membership does not answer."""

log = logs.get_logger(__name__)


def bring(call: Call, activity_id: UUID, member_ids: Collection[UUID]) -> None:
    """Make known what the audience of an activity needs of members, in one question for up to 1,000 of them.

    Asks nothing where the audience needs no facts, or all are known.
    """
    with call.transaction(readonly=True) as tx:
        activity = find_activity(tx, activity_id)
        if activity is None or not facts_needed(activity.audience):
            return
        names, day = facts_needed(activity.audience), day_of(activity.starts_at)
        wanted = keeping.not_fresh(tx, activity, member_ids)
    for start in range(0, len(wanted), MOST_MEMBERS):
        told = _ask(call, activity_id, names, day.isoformat(), wanted[start : start + MOST_MEMBERS])
        if told is None:
            return
        with call.transaction() as tx:
            keeping.keep(tx, activity_id, names, day, told)


def _ask(
    call: Call, activity_id: UUID, names: Sequence[str], day: str, member_ids: Sequence[UUID]
) -> list[Mapping[str, Any]] | None:
    request = {
        "purpose": PURPOSE, "facts": list(names), "on": day, "about": f"activity/{activity_id}",
        "member_ids": [str(one) for one in member_ids],
    }  # fmt: skip
    try:
        items: list[Mapping[str, Any]] = call.rpc(facts_of_members, request, SECONDS)["items"]
    except Problem as problem:
        log.warning("facts_not_told", code=problem.code, members=len(member_ids))
        return None
    return items
