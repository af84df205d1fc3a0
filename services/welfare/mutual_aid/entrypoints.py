"""Operations of mutual aid, the ends of covers, and the deadlines of claims."""

from __future__ import annotations

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, every, on_event
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.files.attachments import examined_before, paper_of
from services.contracts.membership.organisation.unit_changes import UnitMerged, UnitSplit
from services.contracts.membership.retirement import MemberRetired, RetirementUndone
from services.contracts.welfare.mutual_aid import operations as contract
from services.welfare.mutual_aid.use_cases import (
    claims,
    deadlines,
    documents,
    ending,
    enrolling,
    figures,
    keeping,
    lists,
    planning,
    reading,
)

_SECONDS = 60


@answers(
    (contract.add_mutual_aid_plan, planning.add_mutual_aid_plan),
    (contract.end_mutual_aid_plan, planning.end_mutual_aid_plan),
    (contract.list_mutual_aid_plans, reading.list_mutual_aid_plans),
    (contract.get_mutual_aid_plan, reading.get_mutual_aid_plan),
    (contract.open_cover_period, planning.open_cover_period),
    (contract.list_cover_periods, reading.list_cover_periods),
    (contract.get_cover_period, reading.get_cover_period),
    (contract.cancel_cover_period, planning.cancel_cover_period),
    (contract.close_cover_list, lists.close_cover_list),
    (contract.ask_cover_payment_again, lists.ask_cover_payment_again),
    (contract.list_covers, reading.list_covers),
    (contract.list_cover_candidates, reading.list_cover_candidates),
    (contract.withdraw_cover, lists.withdraw_cover),
    (contract.note_cover_fees, lists.note_cover_fees),
    (contract.coverage_figures, figures.coverage_figures),
    (contract.list_unit_covers, figures.list_unit_covers),
    (contract.my_covers, reading.my_covers),
    (contract.my_mutual_aid_claims, claims.my_mutual_aid_claims),
    (contract.list_mutual_aid_claims, claims.list_mutual_aid_claims),
    (contract.get_mutual_aid_claim, claims.get_mutual_aid_claim),
    (contract.forward_mutual_aid_claim, claims.forward_mutual_aid_claim),
    (contract.list_claim_accesses, documents.list_claim_accesses),
)
# Membership is asked first; a refusal of a claim is stored as a decision.
@answers(
    (contract.check_cover_list, enrolling.check_cover_list),
    (contract.enrol_members, enrolling.enrol_members),
    (contract.submit_mutual_aid_claim, claims.submit_mutual_aid_claim),
    own_transaction=True,
)
# Replies tell what a claim is about, which must not be stored with a key; repeated, each changes nothing.
@answers(
    (contract.send_on_mutual_aid_claim, claims.send_on_mutual_aid_claim),
    (contract.record_claim_paid, claims.record_claim_paid),
    (contract.record_claim_refused, claims.record_claim_refused),
    (contract.withdraw_mutual_aid_claim, claims.withdraw_mutual_aid_claim),
    (contract.unmask_mutual_aid_claim, documents.unmask_mutual_aid_claim),
    (contract.open_claim_document, documents.open_claim_document),
    (contract.remove_claim_document, documents.remove_claim_document),
    store_reply=False,
)
@answers(
    (contract.attach_claim_document, documents.attach_claim_document),
    prepare=examined_before(documents.may_attach, paper_of),
    store_reply=False,
)
class MutualAidEntrypoints:
    """The operations of mutual aid."""

    watch_claim_deadlines = every(_SECONDS, "mutual-aid-deadlines", deadlines.watch_claim_deadlines)
    erase_kept_claim_documents = every(3600, "mutual-aid-documents", keeping.erase_kept_documents)
    end_covers_on_retirement = on_event(MemberRetired, ending.end_on_retirement)
    restore_covers_after_retirement = on_event(RetirementUndone, ending.run_on_after_retirement)

    @on_event(UnitMerged)
    def move_claims_of_merged_unit(self, tx: Transaction, event: ReceivedEvent) -> None:
        """The open claims of a merged unit go to the unit it was merged into."""
        ending.hand_over(tx, event.data["unit_id"], event.data["into_unit_id"])

    @on_event(UnitSplit)
    def move_claims_of_split_unit(self, tx: Transaction, event: ReceivedEvent) -> None:
        """The open claims of a unit that was split up go to its first part."""
        if event.data["closed"]:
            ending.hand_over(tx, event.data["unit_id"], event.data["new_unit_ids"][0])
