"""The people of a proposal: who proposes, seconds, rates, handles, approves; the roles of the caller."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.governance.proposals import rules
from services.governance.proposals.tables import (
    Assignment,
    Campaign,
    Department,
    DepartmentContact,
    Proposal,
    Rating,
    Seconding,
)
from services.governance.proposals.use_cases.delegates import is_delegate
from services.governance.proposals.workflow import (
    ASSISTING,
    INSPECTOR,
    LEAD,
    LEADER,
    OFFICE,
    PROPOSER,
    RATER,
    SECONDABLE,
    SECONDER,
)


@dataclass(frozen=True)
class Person:
    """Somebody who proposes or seconds, of which proposal; `current` where it is the present text that was seconded."""

    proposal_id: UUID
    member_id: UUID
    proposes: bool
    current: bool
    seconding: Seconding | None = None


def joined_proposals(tx: Transaction, proposal: Proposal) -> list[Proposal]:
    """Return what was merged into a proposal, in the order of their numbers."""
    merged = sa.select(Proposal).where(Proposal.merged_into == proposal.id).order_by(Proposal.number)
    return list(tx.session.scalars(merged))


def people_of(tx: Transaction, proposals: Sequence[Proposal]) -> list[Person]:
    """Return who proposes and seconds a proposal and those merged into it, proposers first."""
    versions = {one.id: one.text_version for one in proposals}
    found = [Person(one.id, one.proposer_id, True, True) for one in proposals]
    those = sa.select(Seconding).where(Seconding.proposal_id.in_(versions)).order_by(Seconding.at, Seconding.member_id)
    return found + [
        Person(one.proposal_id, one.member_id, False, one.text_version == versions[one.proposal_id], one)
        for one in tx.session.scalars(those)
    ]


def all_people(tx: Transaction, proposal: Proposal) -> list[Person]:
    """Return the people of a proposal and of those merged into it."""
    return people_of(tx, [proposal, *joined_proposals(tx, proposal)])


def raters_of(people: Iterable[Person]) -> list[UUID]:
    """Return who rates: every proposer, and every seconder of the text as it was submitted; each once."""
    return list(dict.fromkeys(one.member_id for one in people if one.current))


def grades_of(tx: Transaction, proposal: Proposal) -> dict[UUID, Rating]:
    """Return the ratings of the present round by member."""
    of_round = Rating.proposal_id == proposal.id, Rating.round == proposal.round
    return {one.member_id: one for one in tx.session.scalars(sa.select(Rating).where(*of_round))}


def is_dissatisfied(tx: Transaction, proposal: Proposal, people: Iterable[Person]) -> bool:
    """Whether the reply of this round does not satisfy the raters together, or one who proposed it."""
    rated = grades_of(tx, proposal)
    proposers = {one.member_id for one in people if one.proposes}
    return rules.is_dissatisfied(proposal.satisfaction, [rated[one].grade for one in proposers if one in rated])


def count_seconders(tx: Transaction, proposal: Proposal) -> int:
    """Return how many second the present text."""
    current = Seconding.proposal_id == proposal.id, Seconding.text_version == proposal.text_version
    return tx.session.scalar(sa.select(sa.func.count()).select_from(Seconding).where(*current)) or 0


def assignments_of(tx: Transaction, proposal_id: UUID) -> list[tuple[Assignment, Department]]:
    """Return the departments of a proposal, the lead first."""
    joined = sa.select(Assignment, Department).join(Department, Department.id == Assignment.department_id)
    of_one = joined.where(Assignment.proposal_id == proposal_id).order_by(Assignment.part.desc(), Department.name)
    return [(row.Assignment, row.Department) for row in tx.session.execute(of_one)]


def contacts_of(tx: Transaction, department_ids: Collection[UUID | None]) -> dict[UUID, list[UUID]]:
    """Return the contacts of departments by department."""
    wanted = {one for one in department_ids if one is not None}
    found: dict[UUID, list[UUID]] = {one: [] for one in wanted}
    if wanted:
        those = sa.select(DepartmentContact).where(DepartmentContact.department_id.in_(wanted))
        for row in tx.session.scalars(those.order_by(DepartmentContact.member_id)):
            found[row.department_id].append(row.member_id)
    return found


def own_departments(tx: Transaction) -> set[UUID]:
    """Return the departments whose proposals the caller handles; none without the role."""
    member_id = tx.principal.member_id
    if member_id is None or not tx.principal.has("handler"):
        return set()
    own = sa.select(DepartmentContact.department_id).where(DepartmentContact.member_id == member_id)
    return set(tx.session.scalars(own))


def leader_of(tx: Transaction, proposal: Proposal) -> UUID | None:
    """Return who approves the replies: the school leader of a key proposal, else the lead department's leader."""
    if proposal.key_leader_id is not None or proposal.department_id is None:
        return proposal.key_leader_id
    return tx.session.get_one(Department, proposal.department_id).leader_id


def holds_office(tx: Transaction, campaign: Campaign) -> bool:
    """Whether the caller runs a campaign: officers all of them, a chair those of the own unit."""
    return tx.principal.has("officer") or (
        campaign.unit_id is not None and campaign.unit_id in tx.principal.units("chair")
    )


def roles_in(tx: Transaction, proposal: Proposal, campaign: Campaign) -> frozenset[str]:
    """Return in which roles the caller stands to a proposal; nobody runs the office for the own proposal."""
    roles: set[str] = set()
    member_id = tx.principal.member_id
    if holds_office(tx, campaign) and member_id != proposal.proposer_id:
        roles.add(OFFICE)
    if member_id is None:
        return frozenset(roles)
    if any(one.member_id == member_id for one in all_people(tx, proposal)):
        roles.add(RATER)
    if member_id == proposal.proposer_id:
        roles.add(PROPOSER)
    elif proposal.state in SECONDABLE and (RATER in roles or is_delegate(tx, campaign, member_id)):
        roles.add(SECONDER)
    return frozenset(roles | _handling_roles(tx, proposal, campaign, member_id))


def _handling_roles(tx: Transaction, proposal: Proposal, campaign: Campaign, member_id: UUID) -> set[str]:
    if proposal.department_id is None:
        return set()
    roles: set[str] = {LEADER} if leader_of(tx, proposal) == member_id else set()
    own = own_departments(tx)
    if not own:
        return roles
    for assignment, department in assignments_of(tx, proposal.id):
        if department.id in own:
            roles.add(LEAD if assignment.part == "lead" else ASSISTING)
    return roles | ({INSPECTOR} if campaign.inspector_id in own else set())
