"""Operations of procurement."""

from __future__ import annotations

from services.chassis.entrypoints import answers
from services.chassis.files.attachments import examined_before, paper_of
from services.contracts.welfare.procurement import operations as contract
from services.welfare.procurement.use_cases import (
    accepting,
    deciding,
    invoicing,
    needs,
    papers,
    paying,
    quoting,
    reading,
    suppliers,
)


@answers(
    (contract.add_supplier, suppliers.add_supplier),
    (contract.change_supplier, suppliers.change_supplier),
    (contract.block_supplier, suppliers.block_supplier),
    (contract.admit_supplier, suppliers.admit_supplier),
    (contract.list_suppliers, suppliers.list_suppliers),
    (contract.get_supplier, suppliers.get_supplier),
    (contract.get_invoice_title, suppliers.get_invoice_title),
    (contract.set_invoice_title, suppliers.set_invoice_title),
    (contract.raise_need, needs.raise_need),
    (contract.list_purchases, reading.list_purchases),
    (contract.get_purchase, reading.get_purchase),
    (contract.cancel_purchase, needs.cancel_purchase),
    (contract.withdraw_quote, quoting.withdraw_quote),
    (contract.undo_decision, deciding.undo_decision),
    (contract.undo_contract, deciding.undo_contract),
    (contract.count_delivery, accepting.count_delivery),
    (contract.confirm_delivery, accepting.confirm_delivery),
    (contract.withdraw_count, accepting.withdraw_count),
    (contract.finish_delivery, accepting.finish_delivery),
    (contract.reverse_invoice, invoicing.reverse_invoice),
    (contract.request_purchase_payment, paying.request_purchase_payment),
    (contract.open_purchase_paper, papers.open_purchase_paper),
    (contract.remove_purchase_paper, papers.remove_purchase_paper),
)
@answers(
    (contract.attach_purchase_paper, papers.attach_purchase_paper),
    prepare=examined_before(papers.may_attach, papers.as_kept),
)
@answers((contract.add_quote, quoting.add_quote), prepare=examined_before(quoting.may_quote, paper_of, "file"))
@answers(
    (contract.decide_purchase, deciding.decide_purchase),
    prepare=examined_before(deciding.may_decide, paper_of, "file"),
)
@answers(
    (contract.record_contract, deciding.record_contract),
    prepare=examined_before(deciding.may_sign, paper_of, "file"),
)
@answers(
    (contract.record_invoice, invoicing.record_invoice),
    prepare=examined_before(invoicing.may_invoice, paper_of, "file"),
)
class ProcurementEntrypoints:
    """The operations of procurement."""
