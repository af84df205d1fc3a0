"""Operations of transfers, and their recurring work."""

from services.chassis.entrypoints import answers, every
from services.contracts.membership import transfer as contract
from services.membership.transfer.use_cases import deciding, reading, requesting


@answers(
    (contract.request_transfer, requesting.request_transfer),
    (contract.record_transfer_in, requesting.record_transfer_in),
    (contract.decide_transfer, deciding.decide_transfer),
    (contract.withdraw_transfer, requesting.withdraw_transfer),
    (contract.list_transfers, reading.list_transfers),
    (contract.get_transfer, reading.get_transfer),
)
class TransferEntrypoints:
    """Transfers over RPC."""

    let_transfers_take_effect = every(60, "transfers-take-effect", deciding.take_due_effect)
