"""Who may see a visit or a life event, and in which role the caller acts on it.

Only officers manage a visit of the union, also to a member of the chair's unit; the chair can see it.
"""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.chassis.errors import NotAllowed
from services.chassis.security.principal import Principal, require_unit
from services.welfare.visits.tables import LifeEvent, Visit, VisitEvidence
from services.welfare.visits.workflow import VISITOR

PHOTO = "photo"
"""The kind of evidence that shows people and is kept re-encoded; all others are papers."""


def roles_on(principal: Principal, visit: Visit) -> frozenset[str]:
    """Return the roles in which somebody may move this visit."""
    roles = set()
    if principal.has("officer"):
        roles.add("officer")
    if visit.level == "unit" and visit.unit_id in principal.units("chair"):
        roles.add("chair")
    if visit.assignee_id is not None and visit.assignee_id == principal.member_id:
        roles.add(VISITOR)
    return frozenset(roles)


def knows_the_benefit(principal: Principal, visit: Visit) -> bool:
    """Whether the figures of what may be given are shown: they hint at why, so only to those who need them."""
    return sees_all(principal) or is_sent(principal, visit)


def is_sent(principal: Principal, visit: Visit) -> bool:
    """Whether the visit is the caller's to make."""
    return visit.assignee_id is not None and visit.assignee_id == principal.member_id


def sees_all(principal: Principal) -> bool:
    """Whether the whole union's visits are in sight."""
    return principal.kind == "service" or principal.has("officer", "auditor")


def opens(principal: Principal, visit: Visit, piece: VisitEvidence) -> str | None:
    """Return how somebody may open the file of a piece of evidence: `freely`, `for_purpose`, or None for not at all.

    Freely: the visitor, who made it, and the member visited, where it is a photo (个人信息保护法 Art. 45). A chair who
    did neither sees that there is a file.
    """
    if not piece.has_file:
        return None
    if principal.member_id is not None and principal.member_id == visit.member_id:
        return "freely" if piece.kind == PHOTO else None
    made_it = principal.account_id is not None and principal.account_id == piece.recorded_by
    if made_it or (principal.member_id is not None and principal.member_id == visit.assignee_id):
        return "freely"
    return "for_purpose" if principal.has("officer", "auditor") else None


def may_remove(principal: Principal, visit: Visit, piece: VisitEvidence) -> bool:
    """Whether somebody may ever remove this file: who acts on the visit; the member visited a photo only."""
    if not piece.has_file:
        return False
    if principal.member_id is not None and principal.member_id == visit.member_id:
        return piece.kind == PHOTO
    return bool(roles_on(principal, visit))


def require_sight(principal: Principal, visit: Visit) -> None:
    """Raise `NotAllowed` unless the visit is one's own unit's, one's to make, or made to oneself."""
    if principal.member_id is not None and principal.member_id in (visit.assignee_id, visit.member_id):
        return
    require_unit(principal, visit.unit_id)


def require_hand(principal: Principal, visit: Visit) -> frozenset[str]:
    """Return the roles on this visit.

    Raises:
        NotAllowed: another unit's visit, or one that somebody else makes.
    """
    roles = roles_on(principal, visit)
    if roles:
        return roles
    require_unit(principal, visit.unit_id, also=("officer",))
    raise NotAllowed("This visit is the union's to make.", rule="visits.level_is_ours")


def life_events_in_sight(statement: sa.Select, principal: Principal, unit_id: UUID | None) -> sa.Select:
    """Narrow life events to those in sight: a chair's units, and whatever one reported or was reported on oneself.

    Raises:
        NotAllowed: the unit asked for is not in sight.
    """
    if unit_id is not None:
        require_unit(principal, unit_id)
        return statement.where(LifeEvent.unit_id == unit_id)
    if sees_all(principal):
        return statement
    units = LifeEvent.unit_id.in_(principal.units("chair"))
    if principal.member_id is None:
        return statement.where(units)
    own = sa.or_(LifeEvent.member_id == principal.member_id, LifeEvent.reporter_id == principal.member_id)
    return statement.where(sa.or_(units, own))
