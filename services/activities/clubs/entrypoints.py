"""Operations of clubs, what members' changes and the funds' answers mean for them, and recurring work."""

from __future__ import annotations

from services.activities.clubs.use_cases import clubs, deciding, ending, grants, holding, joining, officers, reviews
from services.chassis.entrypoints import answers, every, on_event
from services.chassis.files.attachments import examined_before, paper_of
from services.contracts.activities.clubs import clubs as clubs_contract
from services.contracts.activities.clubs import members as members_contract
from services.contracts.activities.clubs import work as work_contract
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused, ExpenseReversed
from services.contracts.membership.retention import MemberAnonymised

_TEN_MINUTES, _HOUR = 600, 3600


@answers(
    (clubs_contract.list_clubs, clubs.list_clubs),
    (clubs_contract.get_club, clubs.get_club),
    (clubs_contract.apply_club, clubs.apply_club),
    (clubs_contract.change_club, clubs.change_club),
    (clubs_contract.club_charter, clubs.club_charter),
    (clubs_contract.decide_club, deciding.decide_club),
    (clubs_contract.withdraw_club, deciding.withdraw_club),
    (clubs_contract.suspend_club, deciding.suspend_club),
    (clubs_contract.resume_club, deciding.resume_club),
    (clubs_contract.dissolve_club, deciding.dissolve_club),
    (members_contract.join_club, joining.join_club),
    (members_contract.leave_club, joining.leave_club),
    (members_contract.my_clubs, joining.my_clubs),
    (members_contract.list_club_members, joining.list_club_members),
    (members_contract.decide_club_member, joining.decide_club_member),
    (members_contract.remove_club_member, joining.remove_club_member),
    (members_contract.list_club_officers, officers.list_club_officers),
    (members_contract.appoint_club_officer, officers.appoint_club_officer),
    (members_contract.end_club_office, officers.end_club_office),
    (work_contract.list_club_activities, holding.list_club_activities),
    (work_contract.club_of_activity, holding.club_of_activity),
    (work_contract.draft_club_activity, holding.draft_club_activity),
    (work_contract.link_club_activity, holding.link_club_activity),
    (work_contract.unlink_club_activity, holding.unlink_club_activity),
    (work_contract.grant_club, grants.grant_club),
    (work_contract.ask_club_grant_again, grants.ask_club_grant_again),
    (work_contract.list_club_grants, grants.list_club_grants),
    (work_contract.hand_in_club_review, reviews.hand_in_club_review),
    (work_contract.decide_club_review, reviews.decide_club_review),
    (work_contract.list_club_reviews, reviews.list_club_reviews),
)
@answers((clubs_contract.set_club_charter, clubs.set_club_charter),
         prepare=examined_before(clubs.may_set_charter, paper_of))  # fmt: skip
class ClubEntrypoints:
    """Clubs over RPC."""

    ask_for_reviews = every(_HOUR, "club-reviews", ending.ask_for_reviews)
    remind_of_terms = every(_HOUR, "club-terms", ending.remind_of_terms)
    forget_old_memberships = every(_TEN_MINUTES, "club-memberships-forgotten", ending.forget_old_memberships)
    forget_club_memberships = on_event(MemberAnonymised, ending.forget_memberships)
    note_club_grant_paid = on_event(ExpenseRecorded, grants.note_paid)
    note_club_grant_refused = on_event(ExpenseRefused, grants.note_refused)
    note_club_grant_reversed = on_event(ExpenseReversed, grants.note_reversed)
