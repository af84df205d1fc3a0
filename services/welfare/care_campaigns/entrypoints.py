"""Operations of care campaigns, their reminders, and what they do when units change."""

from __future__ import annotations

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, every, on_event
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.files.attachments import examined_before
from services.contracts.membership.organisation.unit_changes import UnitMerged, UnitSplit
from services.contracts.welfare.care_campaigns import operations as contract
from services.welfare.care_campaigns.use_cases import ends, evidence, listing, planning, visiting


@answers(
    (contract.create_care_campaign, planning.create_care_campaign),
    (contract.list_care_campaigns, planning.list_care_campaigns),
    (contract.get_care_campaign, planning.get_care_campaign),
    (contract.open_care_campaign, planning.open_care_campaign),
    (contract.cancel_care_campaign, planning.cancel_care_campaign),
    (contract.close_care_campaign, planning.close_care_campaign),
    (contract.pay_care_again, planning.pay_care_again),
    (contract.check_care_list, listing.check_care_list),
    (contract.add_to_care_list, listing.add_to_care_list),
    (contract.remove_from_care_list, listing.remove_from_care_list),
    (contract.list_care_items, listing.list_care_items),
    (contract.my_care_items, listing.my_care_items),
    (contract.get_care_item, visiting.get_care_item),
    (contract.assign_care_items, visiting.assign_care_items),
    (contract.hand_over_care_items, visiting.hand_over_care_items),
    (contract.complete_care_item, visiting.complete_care_item),
    (contract.miss_care_item, visiting.miss_care_item),
    (contract.remove_care_evidence, evidence.remove_care_evidence),
    (contract.my_campaign_gifts, evidence.my_campaign_gifts),
)
@answers(
    (contract.attach_care_evidence, evidence.attach_care_evidence),
    prepare=examined_before(evidence.may_attach, evidence.as_kept),
)
# A reply stored with an idempotency key would contain a file that is shown for a purpose.
@answers((contract.open_care_evidence, evidence.open_care_evidence), store_reply=False)
class CareCampaignEntrypoints:
    """Care campaigns over RPC."""

    remind_care_visitors = every(3600, "care-reminders", planning.remind_visitors)

    @on_event(UnitMerged)
    def hand_over_care_of_merged_unit(self, tx: Transaction, event: ReceivedEvent) -> None:
        """Whom a merged unit was to visit goes to the unit it was merged into."""
        ends.hand_over(tx, event.data["unit_id"], event.data["into_unit_id"])

    @on_event(UnitSplit)
    def hand_over_care_of_split_unit(self, tx: Transaction, event: ReceivedEvent) -> None:
        """Whom a unit that was split up was to visit goes to its first part."""
        if event.data["closed"]:
            ends.hand_over(tx, event.data["unit_id"], event.data["new_unit_ids"][0])
