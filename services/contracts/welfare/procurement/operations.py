"""Operations on suppliers and purchases."""

from __future__ import annotations

from services.chassis.schema import Empty, Page, command, query
from services.contracts.files import FileContent
from services.contracts.welfare.procurement import requests, shapes

_OFFICE = ("officer", "auditor")
_SCOPED = ("officer", "auditor", "chair")
_HANDS = ("officer", "chair")

add_supplier = command(
    "welfare", "add_supplier", request=requests.AddSupplier, reply=shapes.SupplierDetail, allow=("officer",),
    doc="Enter a supplier in the register.", title="登记供应商",
)  # fmt: skip
change_supplier = command(
    "welfare", "change_supplier", request=requests.ChangeSupplier, reply=shapes.SupplierDetail, allow=("officer",),
    doc="Change what is known of a supplier.", title="修改供应商",
)  # fmt: skip
block_supplier = command(
    "welfare", "block_supplier", request=requests.BlockSupplier, reply=shapes.SupplierDetail, allow=("officer",),
    doc="Block a supplier: it gets no new order.", title="停用供应商",
)  # fmt: skip
admit_supplier = command(
    "welfare", "admit_supplier", request=requests.BlockSupplier, reply=shapes.SupplierDetail, allow=("officer",),
    doc="Admit a blocked supplier again.", title="恢复供应商",
)  # fmt: skip
list_suppliers = query(
    "welfare", "list_suppliers", request=requests.ListSuppliers, reply=Page(shapes.Supplier), allow=_OFFICE,
    doc="Suppliers by name.", title="查看供应商",
)  # fmt: skip
get_supplier = query(
    "welfare", "get_supplier", request=requests.SupplierRef, reply=shapes.SupplierDetail, allow=_OFFICE,
    doc="A supplier with its changes and the sum of its purchases.", title="查看一个供应商",
)  # fmt: skip
get_invoice_title = query(
    "welfare", "get_invoice_title", request=Empty, reply=shapes.InvoiceTitle, allow=_SCOPED,
    doc="The name and tax number that invoices to the union bear.", title="查看开票信息", reach={"chair": "union"},
)  # fmt: skip
set_invoice_title = command(
    "welfare", "set_invoice_title", request=requests.SetInvoiceTitle, reply=shapes.InvoiceTitle, allow=("officer",),
    doc="Set the name and tax number that invoices to the union bear.", title="设定开票信息",
)  # fmt: skip
raise_need = command(
    "welfare", "raise_need", request=requests.RaiseNeed, reply=shapes.PurchaseDetail, allow=_HANDS,
    doc="Raise a need: the beginning of a purchase.", title="提出采购需求",
)  # fmt: skip
list_purchases = query(
    "welfare", "list_purchases", request=requests.ListPurchases, reply=Page(shapes.Purchase), allow=_SCOPED,
    doc="Purchases, newest first; a chair sees those of the own unit.", title="查看采购",
)  # fmt: skip
get_purchase = query(
    "welfare", "get_purchase", request=requests.PurchaseRef, reply=shapes.PurchaseDetail, allow=_SCOPED,
    doc="A purchase with quotes, decision, deliveries, invoices, files and steps.", title="查看一项采购",
)  # fmt: skip
cancel_purchase = command(
    "welfare", "cancel_purchase", request=requests.StepBack, reply=shapes.PurchaseDetail, allow=_HANDS,
    doc="Cancel a purchase of which nothing was accepted; a chair a need of the own unit.", title="取消采购",
)  # fmt: skip
add_quote = command(
    "welfare", "add_quote", request=requests.AddQuote, reply=shapes.PurchaseDetail, allow=("officer",),
    doc="Enter a supplier's quote; again until the decision.", title="登记报价",
)  # fmt: skip
withdraw_quote = command(
    "welfare", "withdraw_quote", request=requests.WithdrawQuote, reply=shapes.PurchaseDetail, allow=("officer",),
    doc="Withdraw a quote before the decision.", title="撤回报价",
)  # fmt: skip
decide_purchase = command(
    "welfare", "decide_purchase", request=requests.DecidePurchase, reply=shapes.PurchaseDetail, allow=("officer",),
    doc="Take a quote, in the way the rules ask for its amount.", title="确定供应商", delegable=False,
)  # fmt: skip
undo_decision = command(
    "welfare", "undo_decision", request=requests.StepBack, reply=shapes.PurchaseDetail, allow=("officer",),
    doc="Undo a decision that nothing followed yet.", title="撤销采购决定", delegable=False,
)  # fmt: skip
record_contract = command(
    "welfare", "record_contract", request=requests.RecordContract, reply=shapes.PurchaseDetail, allow=("officer",),
    doc="Record the contract with the supplier.", title="登记采购合同",
)  # fmt: skip
undo_contract = command(
    "welfare", "undo_contract", request=requests.StepBack, reply=shapes.PurchaseDetail, allow=("officer",),
    doc="Undo a contract that nothing followed yet.", title="撤销采购合同",
)  # fmt: skip
count_delivery = command(
    "welfare", "count_delivery", request=requests.CountDelivery, reply=shapes.PurchaseDetail, allow=_HANDS,
    doc="Count a delivery, as the first of two persons.", title="验收到货",
)  # fmt: skip
confirm_delivery = command(
    "welfare", "confirm_delivery", request=requests.AcceptanceRef, reply=shapes.PurchaseDetail, allow=_HANDS,
    doc="Confirm what another person counted.", title="确认验收",
)  # fmt: skip
withdraw_count = command(
    "welfare", "withdraw_count", request=requests.WithdrawCount, reply=shapes.PurchaseDetail, allow=_HANDS,
    doc="Withdraw a count that nobody confirmed.", title="撤回验收",
)  # fmt: skip
finish_delivery = command(
    "welfare", "finish_delivery", request=requests.StepBack, reply=shapes.PurchaseDetail, allow=("officer",),
    doc="Expect no further delivery: what was accepted so far is all.", title="结束到货",
)  # fmt: skip
record_invoice = command(
    "welfare", "record_invoice", request=requests.RecordInvoice, reply=shapes.PurchaseDetail, allow=("officer",),
    doc="Record an invoice to the union, used once.", title="登记发票",
)  # fmt: skip
reverse_invoice = command(
    "welfare", "reverse_invoice", request=requests.ReverseInvoice, reply=shapes.PurchaseDetail, allow=("officer",),
    doc="Reverse an invoice before its payment; its number is free again.", title="发票冲红",
)  # fmt: skip
request_purchase_payment = command(
    "welfare", "request_purchase_payment", request=requests.RequestPayment, reply=shapes.PurchaseDetail,
    allow=("officer",), doc="Ask the funds to pay the invoices; again after a refusal.", title="申请付款",
    delegable=False,
)  # fmt: skip
attach_purchase_paper = command(
    "welfare", "attach_purchase_paper", request=requests.AttachPaper, reply=shapes.PurchaseDetail, allow=_HANDS,
    doc="Attach a file to a purchase.", title="上传采购文件",
)  # fmt: skip
open_purchase_paper = query(
    "welfare", "open_purchase_paper", request=requests.PaperRef, reply=FileContent, allow=_SCOPED,
    doc="A file of a purchase.", title="打开采购文件",
)  # fmt: skip
remove_purchase_paper = command(
    "welfare", "remove_purchase_paper", request=requests.RemovePaper, reply=shapes.PurchaseDetail, allow=("officer",),
    doc="Remove a file before the payment is requested.", title="删除采购文件",
)  # fmt: skip
