"""A desk without network: the list it goes by, and what it noted meanwhile.

The list has names for the desk's eyes only, so it is told to who runs a desk, and holds for a limited time. What a
desk notes is judged by what it could know: somebody whose registration ended after the list was made was let in, which
counts and stands out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity
from services.activities.check_in import rules
from services.activities.check_in.tables import Attendance
from services.activities.check_in.use_cases import codes, store
from services.activities.check_in.use_cases.arriving import Coming, arrive
from services.activities.registration.use_cases.lists import latest_registrations, registration_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Problem, Refused, refuse_first
from services.chassis.rules.refusal import Refusal

_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("member_id", "arrived_at", "desk", "flag", "rule")), "params": {},
}  # fmt: skip


def desk_list(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return everybody with a registration, and what is recorded of them.

    Raises:
        NotAllowed: the caller runs no desk of the activity.
        Refused: the activity does not take place, or its list is closed.
    """
    activity = store.at_the_desk(tx, request["activity_id"])
    refuse_first(rules.activity_takes_place(activity.state), rules.list_is_open(_closed_at(tx, activity)))
    recorded = {
        row.member_id: row
        for row in tx.session.execute(
            sa.select(Attendance.member_id, Attendance.state, Attendance.arrived_at).where(
                Attendance.activity_id == activity.id
            )
        )
    }
    items = []
    for row in latest_registrations(tx, activity.id):
        known = recorded.get(row.member_id)
        items.append(
            {
                "registration_id": row.id,
                "member_id": row.member_id,
                "unit_id": row.unit_id,
                "companions": row.companions,
                "state": "present" if known is not None and known.state == "present" else row.state,
                "arrived_at": known.arrived_at if known is not None else None,
            }
        )
    return {
        "activity_id": activity.id,
        "token": codes.list_token(activity.id, tx.now),
        "made_at": tx.now,
        "until": tx.now + timedelta(hours=rules.LIST_HOURS),
        "items": items,
    }


def sync_check_ins(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Record what a desk noted; each line by itself, in the order of their times.

    Raises:
        NotAllowed: the caller runs no desk of the activity.
        InvalidInput: the list is not one of this activity, or holds no more.
    """
    activity = store.at_the_desk(tx, request["activity_id"])
    made_at = codes.list_made_at(request["token"], activity.id, tx.now)
    tx.lock(store.list_lock(activity.id), shared=True)
    setting = store.setting_of(tx, activity.id)
    outcomes = {}
    for line in sorted(request["lines"], key=lambda one: (-one["seconds_ago"], str(one["scan"]))):
        if line["scan"] not in outcomes:
            outcomes[line["scan"]] = _record(tx, activity, setting, made_at, {**line, "desk": request["desk"]})
    return {"outcomes": [outcomes[scan] for scan in dict.fromkeys(line["scan"] for line in request["lines"])]}


def _record(
    tx: Transaction, activity: Activity, setting: Mapping[str, Any], made_at: datetime, line: Mapping[str, Any]
) -> dict[str, Any]:
    at = tx.now - timedelta(seconds=line["seconds_ago"])
    row = None
    try:
        refuse_first(
            rules.person_is_named(line["code"], line["registration_id"]), rules.scan_follows_the_list(made_at, at)
        )
        wanted = line["registration_id"] or codes.opened_own(line["code"], at)
        row = registration_of(tx, wanted)
        refuse_first(rules.code_belongs_here(row is not None and row.activity_id == activity.id))
        assert row is not None
        noted = {"companions": line["companions"], "method": "list", "desk": line["desk"], "scan": line["scan"]}
        arrival = arrive(tx, Coming(activity, setting, row.member_id, row, at, True, noted, without_network=True))
        if isinstance(arrival, Refusal):
            raise Refused.by(arrival)
    except Problem as problem:
        ours = row is not None and row.activity_id == activity.id
        told = {"rule": problem.rule, "params": problem.params, "member_id": row.member_id if row and ours else None}
        return {**_NOTHING, "scan": line["scan"], "outcome": "not_counted", **told}
    outcome, recorded = arrival
    told = {name: getattr(recorded, name) for name in ("member_id", "arrived_at", "desk", "flag")}
    return {**_NOTHING, "scan": line["scan"], "outcome": outcome, **told}


def _closed_at(tx: Transaction, activity: Activity) -> datetime | None:
    closed_at: datetime | None = store.setting_of(tx, activity.id)["closed_at"]
    return closed_at
