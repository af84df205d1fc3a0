"""What a death or the end of a membership does to lists, and what is forgotten later."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import erase_logs, note_change
from services.chassis.database.transaction import Transaction
from services.chassis.files.storage import erase_files
from services.welfare.care_campaigns.tables import CareCampaign, CareEvidence, CareItem
from services.welfare.care_campaigns.use_cases.store import tell_visitors
from services.welfare.care_campaigns.workflow import ITEM, TO_BE_GIVEN

DIED, LEFT = "member_died", "member_left"


def end_items(tx: Transaction, member_id: UUID, cause: str) -> None:
    """Nothing more is given to who left or died; and what one was to visit goes back to be assigned."""
    for item in _items(tx, CareItem.member_id == member_id, CareItem.state.in_(TO_BE_GIVEN)):
        state = ITEM.apply(item.state, "end", roles=None)
        note_change(tx, f"care_item/{item.id}", {"state": (item.state, state)})
        item.state, item.missed_cause, item.recorded_on = state, cause, tx.today
        item.version += 1
        tell_visitors(tx, tx.session.get_one(CareCampaign, item.campaign_id), [item.visitor_id])
    campaigns: set[UUID] = set()
    for item in _items(tx, CareItem.visitor_id == member_id, CareItem.state == "assigned"):
        item.visitor_id, item.state = None, "listed"
        item.version += 1
        campaigns.add(item.campaign_id)
    for campaign_id in sorted(campaigns):
        tell_visitors(tx, tx.session.get_one(CareCampaign, campaign_id), [member_id])


def undo_death(tx: Transaction, member_id: UUID) -> None:
    """Put who did not die back on the lists of campaigns that are still under way."""
    under_way = sa.select(CareCampaign.id).where(CareCampaign.state.in_(("draft", "open")))
    ended = CareItem.missed_cause == DIED, CareItem.campaign_id.in_(under_way)
    for item in _items(tx, CareItem.member_id == member_id, *ended):
        state = ITEM.apply(item.state, "restore", roles=None)
        note_change(tx, f"care_item/{item.id}", {"state": (item.state, state)})
        item.state, item.missed_cause, item.recorded_on, item.visitor_id = state, None, None, None
        item.version += 1


def hand_over(tx: Transaction, unit_id: UUID, to_unit_id: UUID) -> None:
    """Whom a closed unit was still to visit is another unit's now."""
    left = CareItem.unit_id == unit_id, CareItem.state.in_(TO_BE_GIVEN)
    values = {"unit_id": to_unit_id, "version": CareItem.version + 1}
    tx.session.execute(sa.update(CareItem).where(*left).values(values).execution_options(synchronize_session=False))


def subjects_of_member(tx: Transaction, member_id: UUID) -> list[str]:
    """Return the names under which looks at what campaigns keep of a member are kept."""
    ids = tx.session.scalars(sa.select(CareItem.id).where(CareItem.member_id == member_id))
    return [f"care_item/{one}" for one in ids]


def forget(tx: Transaction, member_id: UUID) -> None:
    """Erase what is said and shown of a former member; what was given stays."""
    items = list(tx.session.scalars(sa.select(CareItem.id).where(CareItem.member_id == member_id)))
    if not items:
        return
    words = {"signed_by": None, "note": None, "reason": None}
    tx.session.execute(sa.update(CareItem).where(CareItem.id.in_(items)).values(words))
    tx.session.execute(sa.delete(CareEvidence).where(CareEvidence.item_id.in_(items)))
    subjects = [f"care_item/{one}" for one in items]
    erase_files(tx, subjects)
    erase_logs(tx, subjects)


def _items(tx: Transaction, *conditions: sa.ColumnElement[bool]) -> list[CareItem]:
    statement = sa.select(CareItem).where(*conditions).order_by(CareItem.id)
    return list(tx.session.scalars(statement.with_for_update().execution_options(populate_existing=True)))
