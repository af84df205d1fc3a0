"""Loading notices, who has which part in one, keeping each step, and telling people that there is something to see."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound
from services.chassis.security.encryption import blind_index
from services.contracts.governance.dismissals.events import DismissalOpinionSettled
from services.contracts.governance.dismissals.vocabulary import CLOCKED, ENDED
from services.governance.dismissals.tables import DismissalEntry, DismissalNotice
from services.governance.dismissals.workflow import DISMISSAL
from services.governance.mediation.use_cases.store import tell

NO_MEMBER = "This account belongs to no member."


def key_of(member_id: UUID | None) -> str | None:
    """Return the keyed hash by which the notices about a member are found."""
    return None if member_id is None else blind_index(str(member_id), scope="dismissal_member")


def notice_of(
    tx: Transaction, dismissal_id: UUID, *parts: str, lock: bool = True
) -> tuple[DismissalNotice, frozenset[str]]:
    """Return a notice with the caller's roles in it; locked unless told otherwise.

    Args:
        tx: the transaction.
        dismissal_id: which one.
        parts: roles of which the caller must have one; any part where none is named.
        lock: whether it is to be changed.

    Raises:
        NotFound: there is none, or the caller has no part in it: whether there is one is told to nobody else.
        NotAllowed: the caller's part is another.
    """
    notice = tx.session.get(DismissalNotice, dismissal_id, with_for_update=lock or None, populate_existing=lock)
    held = roles_in(tx, notice) if notice is not None else frozenset()
    if notice is None or not held:
        raise NotFound("There is no such notice.", field="dismissal_id")
    if parts and held.isdisjoint(parts):
        raise NotAllowed("This step is for another part in the notice.", rule="dismissals.are_for_few")
    return notice, held


def roles_in(tx: Transaction, notice: DismissalNotice) -> frozenset[str]:
    """Return in which roles the caller stands to a notice. An office without a part in it gives none."""
    principal = tx.principal
    if principal.has("hr") and notice.channel == "online" and notice.filed_by == principal.account_id:
        return frozenset({"employer"})
    if principal.kind != "account" or principal.member_id is None:
        return frozenset()
    if notice.member_key == key_of(principal.member_id):
        return frozenset({"member"})  # who is concerned keeps no notice of the own
    if notice.clerk_id == principal.member_id and principal.has("officer"):
        return frozenset({"clerk"})
    return frozenset()


def move(tx: Transaction, notice: DismissalNotice, action: str, held: frozenset[str], note: str | None = None) -> None:
    """Take a notice on by an action, and keep it with what was said; that no opinion is due is announced.

    Args:
        tx: the transaction.
        notice: locked.
        action: of the workflow.
        held: the caller's roles in the notice.
        note: seen by those who have a part.
    """
    was_due = notice.state in CLOCKED
    notice.state = DISMISSAL.apply(notice.state, action, roles=held)
    note_entry(tx, notice, action, held - {"office"} or frozenset({"clerk"}), note)
    if notice.state in ENDED:
        notice.closed_on = tx.today
    if was_due and notice.state not in CLOCKED:
        tx.record_uncorrelated(DismissalOpinionSettled(case_id=notice.case_id))


def note_entry(
    tx: Transaction, notice: DismissalNotice, step: str, held: Collection[str], note: str | None = None
) -> None:
    """Keep what was done, in which role."""
    tx.session.add(DismissalEntry(dismissal_id=notice.id, step=step, role=min(held), note=note, at=tx.now))


def tell_all(tx: Transaction, notice: DismissalNotice) -> None:
    """Tell the member concerned and the clerk that there is something to see, without what or why."""
    people: list[UUID | None] = [UUID(notice.member_id)] if notice.member_id else []
    people += [notice.clerk_id] if notice.clerk_id else []
    tell(tx, people)


def subject_of(notice: DismissalNotice) -> str:
    """Return the name under which a notice's looks and files are kept."""
    return f"dismissal/{notice.id}"


def actions_of(notice: DismissalNotice, held: frozenset[str]) -> list[str]:
    """Return what the caller may do now."""
    moves: list[Any] = list(DISMISSAL.legal(notice.state, held))
    if held & {"clerk", "employer"} and notice.closed_on is None:
        moves.append("attach")
    if "clerk" in held and notice.closed_on is None:
        moves.append("link")
    if "member" in held and not notice.referred and notice.state != "withdrawn":
        moves.append("refer")
    return moves
