"""Operations of charity drives."""

from __future__ import annotations

from services.chassis.entrypoints import answers
from services.chassis.files.attachments import examined_before, paper_of
from services.contracts.welfare.charity import operations as contract
from services.welfare.charity.use_cases import counting, drives, ending, giving, listing, payroll, reading, receipts


@answers(
    (contract.prepare_drive, drives.prepare_drive),
    (contract.change_drive, drives.change_drive),
    (contract.open_drive, drives.open_drive),
    (contract.cancel_drive, drives.cancel_drive),
    (contract.close_drive, ending.close_drive),
    (contract.disclose_drive, ending.disclose_drive),
    (contract.list_drives, reading.list_drives),
    (contract.get_drive, reading.get_drive),
    (contract.drive_outstanding, reading.drive_outstanding),
    (contract.charity_receipt, reading.charity_receipt),
    (contract.pledge_to_drive, giving.pledge_to_drive),
    (contract.my_pledge, giving.my_pledge),
    (contract.my_pledges, reading.my_pledges),
    (contract.withdraw_pledge, giving.withdraw_pledge),
    (contract.my_gifts, reading.my_gifts),
    (contract.my_gift, reading.my_gift),
    (contract.list_gifts, reading.list_gifts),
    (contract.enter_gifts, listing.enter_gifts),
    (contract.confirm_gift, listing.confirm_gift),
    (contract.count_cash, counting.count_cash),
    (contract.list_cash_counts, counting.list_cash_counts),
    (contract.confirm_payroll, payroll.confirm_payroll),
    (contract.give_receipt, receipts.give_receipt),
)
@answers(
    (contract.hand_over_drive, ending.hand_over_drive),
    prepare=examined_before(ending.may_hand_over, paper_of),
)
# A stored reply would lead from an account to an anonymous gift, or contain titles of receipts: repeating changes
# nothing.
@answers(
    (contract.give_to_drive, giving.give_to_drive),
    (contract.claim_gift, giving.claim_gift),
    (contract.withdraw_gift, listing.withdraw_gift),
    (contract.ask_receipt, receipts.ask_receipt),
    (contract.read_payroll_list, payroll.read_payroll_list),
    (contract.read_receipt_list, receipts.read_receipt_list),
    store_reply=False,
)
class CharityEntrypoints:
    """Charity drives over RPC."""
