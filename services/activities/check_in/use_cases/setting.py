"""Setting up an activity's check-in: times, walk-ins, helpers, cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import get_activity, lock_to_change, organises, subject_of
from services.activities.check_in import rules
from services.activities.check_in.tables import DeskHelper
from services.activities.check_in.use_cases import store
from services.activities.participants.use_cases.reading import participants_of
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.activities.check_in.events import DeskHelperNamed

_SET = ("opens_minutes", "closes_minutes", "walk_ins", "cost")


def get_check_in(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return how check-in at an activity is set up and how many came, to its organisers, helpers and auditors."""
    activity = get_activity(tx, request)
    if not organises(tx.principal, activity, also=("officer", "auditor")):
        store.require_desk(tx, activity)
    return store.state_of(tx, activity)


def set_check_in(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Set times, walk-ins, helpers and cost; who becomes a helper is told.

    Raises:
        Refused: the activity does not take place, or a helper is no member of the union.
    """
    activity = lock_to_change(tx, request)
    if activity.state != "draft":
        refuse_first(rules.activity_takes_place(activity.state))
    setting = store.own_setting(tx, activity.id)
    changes = {name: (getattr(setting, name), request[name]) for name in _SET}
    for name in _SET:
        setattr(setting, name, request[name])
    _name_helpers(tx, activity.id, list(dict.fromkeys(request["helpers"])))
    tx.session.flush()
    note_change(tx, subject_of(activity.id), changes)
    return store.state_of(tx, activity)


def _name_helpers(tx: Transaction, activity_id: Any, wanted: list[Any]) -> None:
    before = store.helpers_of(tx, activity_id)
    new, gone = [one for one in wanted if one not in before], [one for one in before if one not in wanted]
    known = participants_of(tx, new)
    refuse_first(
        *(rules.member_belongs(known[one].standing if one in known else None, registered=False) for one in new)
    )
    if gone:
        tx.session.execute(
            sa.delete(DeskHelper).where(DeskHelper.activity_id == activity_id, DeskHelper.member_id.in_(gone))
        )
    for member_id in new:
        named = {"named_at": tx.now, "named_by": tx.principal.actor}
        tx.session.add(DeskHelper(activity_id=activity_id, member_id=member_id, **named))
        tx.record(DeskHelperNamed(activity_id=activity_id, member_id=member_id))
    note_change(tx, subject_of(activity_id), {"helpers": (len(before), len(wanted))} if new or gone else {})
