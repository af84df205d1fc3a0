"""Operations of hardship, its recurring work, and what it does when units change."""

from __future__ import annotations

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, every, on_event
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.files.attachments import examined_before, paper_of
from services.contracts.membership.organisation.unit_changes import UnitMerged, UnitSplit
from services.contracts.welfare.hardship import operations as contract
from services.welfare.hardship.use_cases import applying, deciding, ends, keeping, reading, records


@answers(
    (contract.open_hardship_record, records.open_hardship_record),
    (contract.list_hardship_records, records.list_hardship_records),
    (contract.get_hardship_record, records.get_hardship_record),
    (contract.review_hardship_record, records.review_hardship_record),
    (contract.my_hardship_records, records.my_hardship_records),
    (contract.draft_aid_application, applying.draft_aid_application),
    (contract.change_aid_draft, applying.change_aid_draft),
    (contract.submit_aid_application, applying.submit_aid_application),
    (contract.withdraw_aid_application, applying.withdraw_aid_application),
    (contract.remove_aid_paper, applying.remove_aid_paper),
    (contract.my_aid_applications, reading.my_aid_applications),
    (contract.list_aid_applications, reading.list_aid_applications),
    (contract.get_aid_application, reading.get_aid_application),
    (contract.list_aid_accesses, reading.list_aid_accesses),
    (contract.hardship_figures, reading.hardship_figures),
    (contract.forward_aid_application, deciding.forward_aid_application),
    (contract.take_up_aid_application, deciding.take_up_aid_application),
    (contract.return_aid_application, deciding.return_aid_application),
    (contract.decide_aid_application, deciding.decide_aid_application),
    (contract.pay_aid_again, deciding.pay_aid_again),
    (contract.close_aid_application, deciding.close_aid_application),
)
@answers((contract.attach_aid_paper, applying.attach_aid_paper), prepare=examined_before(applying.may_attach, paper_of))
# A reply stored with an idempotency key would contain what is shown for a purpose.
@answers(
    (contract.unmask_hardship_record, records.unmask_hardship_record),
    (contract.unmask_aid_application, deciding.unmask_aid_application),
    (contract.open_aid_paper, deciding.open_aid_paper),
    store_reply=False,
)
class HardshipEntrypoints:
    """Hardship over RPC."""

    watch_hardship_reviews = every(3600, "hardship-reviews", records.watch_reviews)
    erase_kept_aid_papers = every(3600, "aid-papers", keeping.erase_kept_papers)

    @on_event(UnitMerged)
    def hand_over_aid_of_merged_unit(self, tx: Transaction, event: ReceivedEvent) -> None:
        """Open applications of a merged unit go to the unit it was merged into."""
        ends.hand_over(tx, event.data["unit_id"], event.data["into_unit_id"])

    @on_event(UnitSplit)
    def hand_over_aid_of_split_unit(self, tx: Transaction, event: ReceivedEvent) -> None:
        """Open applications of a unit that was split up go to its first part."""
        if event.data["closed"]:
            ends.hand_over(tx, event.data["unit_id"], event.data["new_unit_ids"][0])
