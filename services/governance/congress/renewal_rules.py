"""Rules of the renewal of a term. Pure: days, counts and states are arguments.

Source: 工会基层组织选举工作条例 (总工发〔2016〕27号); its days are the union's own.
"""

from __future__ import annotations

from datetime import date, timedelta

from services.chassis.rules.refusal import Refusal


def due_day(opened_on: date, ends_on: date, percent: int) -> date:
    """Return the last day of an item that is due after so many percent of the time to the term's end."""
    days = max(0, (ends_on - opened_on).days)
    return opened_on + timedelta(days=days * percent // 100)


def state_of(done: bool, due_on: date, today: date) -> str:
    """Return how an item stands."""
    if done:
        return "done"
    return "late" if due_on < today else "waiting"


def renewal_is_open(opened: bool, opens_on: date | None) -> Refusal | None:
    """The checklist is worked on from its opening."""
    if opened:
        return None
    params = {"opens_on": opens_on.isoformat()} if opens_on else {}
    return Refusal("congress.renewal_is_open", "The renewal has not begun.", params=params)


def item_waits(done: bool) -> Refusal | None:
    """What is ticked, moved or removed is not done yet."""
    return Refusal("congress.renewal_item_waits", "This was done already.") if done else None


def item_is_done(done: bool) -> Refusal | None:
    """What is taken back was ticked."""
    return None if done else Refusal("congress.renewal_item_is_done", "This was not done yet.")


def item_is_own(own: bool) -> Refusal | None:
    """What the rules ask for stays; what the union added can be removed."""
    return None if own else Refusal("congress.renewal_item_is_own", "The rules ask for this item.")


def day_is_ahead(due_on: date, today: date) -> Refusal | None:
    """A new last day is not past."""
    if due_on >= today:
        return None
    return Refusal("congress.renewal_day_is_ahead", "The day is past.", "due_on", {"from": today.isoformat()})


def item_is_new(taken: bool) -> Refusal | None:
    """Each item is listed once."""
    return Refusal("congress.renewal_item_is_new", "This is on the list.", "item") if taken else None


def items_are_few(count: int, most: int) -> Refusal | None:
    """A checklist has some items."""
    return (
        None if count < most else Refusal("congress.renewal_items_are_few", f"At most {most}.", params={"most": most})
    )
