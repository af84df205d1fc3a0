"""The agenda: items of its own and from motions, their order, and motions that wait for another meeting."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.governance.meetings.meetings import MOST_ITEMS
from services.governance.meetings import rules
from services.governance.meetings.tables import Meeting, MeetingItem
from services.governance.meetings.use_cases.documents import erase_documents_of
from services.governance.meetings.use_cases.motions import tell_motion
from services.governance.meetings.use_cases.reading import detail
from services.governance.meetings.use_cases.store import (
    goes_on,
    item_of,
    items_of,
    managed,
    motion_of,
    move_motion,
    note,
)
from services.governance.meetings.workflow import MANAGER

_AS_MANAGER = frozenset({MANAGER})


def add_meeting_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Add an item at the end of the agenda; a motion is placed with it."""
    meeting = managed(tx, request["meeting_id"])
    items, title = items_of(tx, meeting.id), request["title"]
    refuse_first(
        rules.agenda_can_change(meeting.state),
        rules.items_are_few(len(items), MOST_ITEMS),
        rules.item_says_what(title, request["motion_id"] is not None),
    )
    if request["motion_id"] is not None:
        motion = motion_of(tx, request["motion_id"], lock=True)
        refuse_first(rules.motion_is_of_the_body(motion.body_id, meeting.body_id))
        move_motion(tx, motion, "place", _AS_MANAGER)
        motion.meeting_id, title = meeting.id, title or motion.title
        tell_motion(tx, motion)
    place = max((item.position for item in items), default=0) + 1
    names = ("kind", "motion_id", "presenter_id", "minutes")
    tx.session.add(
        MeetingItem(meeting_id=meeting.id, position=place, title=title, **{name: request[name] for name in names})
    )
    tx.session.flush()
    note(tx, meeting, agenda=(len(items), len(items) + 1))
    return detail(tx, meeting)


def remove_meeting_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take an item off the agenda with its documents; its motion waits again."""
    meeting = managed(tx, request["meeting_id"])
    item = item_of(tx, meeting, request["item_id"])
    refuse_first(
        rules.agenda_can_change(meeting.state),
        rules.item_is_undecided(item.decision_id is not None),
        rules.no_vote_goes_on(goes_on(tx, meeting.id, item.id)),
    )
    _free(tx, item, "take_off")
    erase_documents_of(tx, meeting, item.id)
    tx.session.delete(item)
    tx.session.flush()
    note(tx, meeting, agenda=(item.title, None))
    return detail(tx, meeting)


def postpone_meeting_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Postpone an item: it stays on this agenda as such, and its motion waits for another one."""
    meeting = managed(tx, request["meeting_id"])
    item = item_of(tx, meeting, request["item_id"])
    refuse_first(
        rules.is_open(meeting.state),
        rules.item_is_undecided(item.decision_id is not None),
        rules.item_can_be_decided(item.kind, item.postponed),
        rules.no_vote_goes_on(goes_on(tx, meeting.id, item.id)),
    )
    _free(tx, item, "postpone")
    item.postponed = True
    tx.session.flush()
    note(tx, meeting, postponed=(None, item.title))
    return detail(tx, meeting)


def order_meeting_items(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Put the agenda in another order."""
    meeting = managed(tx, request["meeting_id"])
    items = {item.id: item for item in items_of(tx, meeting.id)}
    refuse_first(rules.agenda_can_change(meeting.state), rules.order_is_whole(request["item_ids"], items))
    for place, item_id in enumerate(request["item_ids"], 1):
        items[item_id].position = place
    tx.session.flush()
    note(tx, meeting, agenda=("", "reordered"))
    return detail(tx, meeting)


def free_motions(tx: Transaction, meeting: Meeting, action: str) -> None:
    """Let the motions of a meeting that were not decided wait: those of a cancelled one again, of an ended one still.

    Args:
        tx: the transaction.
        meeting: which one, locked.
        action: "take_off" or "postpone".
    """
    for item in items_of(tx, meeting.id):
        if item.decision_id is None and not item.postponed and item.motion_id is not None:
            _free(tx, item, action)
            item.postponed = action == "postpone"


def _free(tx: Transaction, item: MeetingItem, action: str) -> None:
    if item.motion_id is None or item.postponed:
        return
    motion = motion_of(tx, item.motion_id, lock=True)
    move_motion(tx, motion, action, _AS_MANAGER)
    motion.meeting_id = None
    tell_motion(tx, motion)
