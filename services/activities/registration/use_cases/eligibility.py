"""Whether members are in the audience of an activity, for other ways of taking part than a registration."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from services.activities.calendar.use_cases.reading import Activity
from services.activities.facts.use_cases import keeping
from services.activities.participants.use_cases.reading import participants_of
from services.activities.registration import rules
from services.activities.registration.audience_rules import first_unmet, for_others
from services.activities.registration.use_cases.seating import applicant_of, offer_of
from services.chassis.database.transaction import Transaction
from services.chassis.rules.refusal import Refusal, first_refusal


def not_eligible(
    tx: Transaction, activity: Activity, member_ids: Collection[UUID], *, asked_by_other: bool
) -> dict[UUID, Refusal]:
    """Return why members may not take part, by member; nothing of those who may.

    Args:
        tx: the transaction; what the audience needs was asked before it (`facts.asking`).
        activity: to take part in.
        member_ids: who would.
        asked_by_other: whether somebody else is told, who learns no fact of the member.
    """
    members, told = participants_of(tx, member_ids), keeping.kept(tx, activity, member_ids)
    offer, found = offer_of(activity), {}
    for member_id in member_ids:
        applicant = applicant_of(members.get(member_id), told.get(member_id))
        asking = rules.Asking(offer, applicant, tx.now)
        refusal = first_refusal(
            [
                rules.applicant_is_a_member(asking), rules.member_is_active(asking),
                rules.member_is_in_audience(asking), first_unmet(offer.rule, applicant) if applicant else None,
            ]
        )  # fmt: skip
        if refusal is not None:
            found[member_id] = for_others(refusal) if asked_by_other else refusal
    return found
