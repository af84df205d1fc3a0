"""Requests about suppliers and purchases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import Choice, Line, Money, PageRequest, Schema, Text, invalid, labelled
from services.contracts.credit_codes import CreditCode
from services.contracts.days import Day
from services.contracts.files import DOCUMENT_TYPES, LARGEST, Content, FileName, MediaType
from services.contracts.governance.funds.vocabulary import FUNDING_SOURCES, LineCode
from services.contracts.ids import ids_filter
from services.contracts.welfare.procurement.vocabulary import (
    PAPER_KINDS,
    PROCUREMENT_FIELDS,
    PURCHASE_KINDS,
    PURCHASE_ORDERS,
    PURCHASE_SOURCES,
    PURCHASE_STATES,
    TAX_RATES,
)

MOST_ITEMS = 30
MOST_QUOTES = 12
MOST_PRESENT = 30
MOST_PAPERS = 60
MOST_INVOICES = 20
MOST_QUANTITY = 1_000_000
LARGEST_PAPER = LARGEST
_AMOUNT = validate.Range(min=0, min_inclusive=False, max=100_000_000)
_COUNT = validate.Range(min=0, max=MOST_QUANTITY)


@labelled(PROCUREMENT_FIELDS)
class _SupplierTerms(Schema):
    name = Line(100, 2, required=True)
    contact = Line(40, load_default=None, allow_none=True)
    phone = Line(40, load_default=None, allow_none=True)
    note = Text(500, load_default=None, allow_none=True)


@labelled(PROCUREMENT_FIELDS)
class AddSupplier(_SupplierTerms):
    """A new supplier; contact and phone are stored encrypted."""

    credit_code = CreditCode(required=True)


class SupplierRef(Schema):
    """One supplier by id."""

    supplier_id = fields.UUID(required=True)


class ChangeSupplier(SupplierRef, _SupplierTerms):
    """Change what is known of a supplier; its code never changes."""

    version = fields.Integer(required=True, strict=True)


class BlockSupplier(SupplierRef):
    """Block a supplier, or admit it again, with the reason."""

    reason = Text(200, 2, required=True)


@labelled(PROCUREMENT_FIELDS)
class ListSuppliers(PageRequest):
    """Suppliers by name."""

    q = Line(50, load_default=None, allow_none=True)
    blocked = fields.Boolean(load_default=None, allow_none=True)


@labelled(PROCUREMENT_FIELDS)
class SetInvoiceTitle(Schema):
    """The name and tax number of the union on invoices."""

    name = Line(100, 2, required=True)
    tax_number = CreditCode(required=True)


@labelled(PROCUREMENT_FIELDS)
class NeededItem(Schema):
    """A line of a need, in whole units. `package_id` says for which package of a cycle it is."""

    name = Line(100, 1, required=True)
    specification = Line(200, load_default=None, allow_none=True)
    quantity = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=MOST_QUANTITY))
    unit = Line(10, 1, required=True)
    package_id = fields.UUID(load_default=None, allow_none=True)


@labelled(PROCUREMENT_FIELDS)
class RaiseNeed(Schema):
    """A need: what is to be bought, for what, for about how much. A chair raises needs of the own unit."""

    title = Line(100, 2, required=True)
    kind = Choice(PURCHASE_KINDS, required=True)
    source_type = Choice(PURCHASE_SOURCES, required=True)
    source_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    estimate = Money(required=True, validate=_AMOUNT)
    reason = Text(500, load_default=None, allow_none=True)
    funding = Choice(FUNDING_SOURCES, load_default="union")
    line_code = LineCode(load_default=None, allow_none=True)
    items = fields.List(fields.Nested(NeededItem), required=True, validate=validate.Length(1, MOST_ITEMS))


class PurchaseRef(Schema):
    """One purchase by id."""

    purchase_id = fields.UUID(required=True)


@labelled(PROCUREMENT_FIELDS)
class ListPurchases(PageRequest):
    """Purchases; a chair sees those of the own unit."""

    q = Line(50, load_default=None, allow_none=True)
    state = Choice(PURCHASE_STATES, load_default=None, allow_none=True)
    kind = Choice(PURCHASE_KINDS, load_default=None, allow_none=True)
    source_type = Choice(PURCHASE_SOURCES, load_default=None, allow_none=True)
    source_id = fields.UUID(load_default=None, allow_none=True)
    supplier_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    ids = ids_filter()
    sort = Choice(PURCHASE_ORDERS, load_default="-raised_on", metadata={"title": "排序"})


class StepBack(PurchaseRef):
    """Take a step back, or end the purchase, with the reason."""

    reason = Text(200, 2, required=True)


class Upload(Schema):
    """A file: JPEG, PNG or PDF up to 10 MB, recognised by its content; metadata is removed."""

    name = FileName(required=True)
    media_type = MediaType(DOCUMENT_TYPES, required=True)
    content = Content(LARGEST_PAPER, required=True)


@labelled(PROCUREMENT_FIELDS)
class QuotedItem(Schema):
    """The price of an item with tax, and whether it comes from a paired-aid region (消费帮扶)."""

    item_id = fields.UUID(required=True)
    unit_price = Money(required=True, validate=_AMOUNT)
    paired_aid = fields.Boolean(load_default=False)


@labelled(PROCUREMENT_FIELDS)
class AddQuote(PurchaseRef):
    """A supplier's quote for all items; a second one of the same supplier takes the place of the first."""

    supplier_id = fields.UUID(required=True)
    tax_rate = Choice(TAX_RATES, required=True)
    valid_until = Day(years_ahead=3, required=True)
    note = Line(200, load_default=None, allow_none=True)
    lines = fields.List(fields.Nested(QuotedItem), required=True, validate=validate.Length(1, MOST_ITEMS))
    file = fields.Nested(Upload, load_default=None, allow_none=True)


class WithdrawQuote(PurchaseRef):
    """Withdraw a quote before the decision."""

    quote_id = fields.UUID(required=True)


@labelled(PROCUREMENT_FIELDS)
class DecidePurchase(PurchaseRef):
    """Take a quote. `amount` is the total that was read, and must still be right.

    `present` are the names of those who decided together; the reason is needed for a quote that is not the cheapest.
    """

    quote_id = fields.UUID(required=True)
    amount = Money(required=True, validate=_AMOUNT)
    decided_on = Day(required=True)
    present = fields.List(Line(40, 1), load_default=list, validate=validate.Length(max=MOST_PRESENT))
    reason = Text(500, load_default=None, allow_none=True)
    tender_number = Line(60, load_default=None, allow_none=True)
    file = fields.Nested(Upload, load_default=None, allow_none=True)


@labelled(PROCUREMENT_FIELDS)
class RecordContract(PurchaseRef):
    """The contract with the supplier."""

    contract_number = Line(60, 2, required=True)
    signed_on = Day(required=True)
    file = fields.Nested(Upload, load_default=None, allow_none=True)


@labelled(PROCUREMENT_FIELDS)
class CountedItem(Schema):
    """What is accepted and rejected of an item; what is rejected has a reason."""

    item_id = fields.UUID(required=True)
    accepted = fields.Integer(required=True, strict=True, validate=_COUNT)
    rejected = fields.Integer(load_default=0, strict=True, validate=_COUNT)
    reason = Line(200, load_default=None, allow_none=True)


@labelled(PROCUREMENT_FIELDS)
class CountDelivery(PurchaseRef):
    """What the first person counted of a delivery, whole or in part."""

    received_on = Day(required=True)
    lines = fields.List(fields.Nested(CountedItem), required=True, validate=validate.Length(1, MOST_ITEMS))


class AcceptanceRef(PurchaseRef):
    """One delivery of a purchase."""

    acceptance_id = fields.UUID(required=True)


class WithdrawCount(AcceptanceRef):
    """Withdraw a count that nobody confirmed, with the reason."""

    reason = Text(200, 2, required=True)


_OLD_NUMBER, _OLD_CODE, _FULL_NUMBER = (re.compile(form, re.ASCII) for form in (r"\d{8}", r"\d{10}|\d{12}", r"\d{20}"))


@labelled(PROCUREMENT_FIELDS)
class RecordInvoice(PurchaseRef):
    """An invoice: 20 digits without a code (fully digital ones), or 8 digits with a code of 10 or 12."""

    invoice_code = Line(12, load_default=None, allow_none=True)
    invoice_number = Line(20, 8, required=True)
    amount = Money(required=True, validate=_AMOUNT)
    issued_on = Day(required=True)
    buyer_name = Line(100, 1, required=True)
    buyer_tax_number = Line(40, 1, required=True)
    file = fields.Nested(Upload, load_default=None, allow_none=True)

    @validates_schema(skip_on_field_errors=True)
    def number_has_its_form(self, request: Mapping[str, Any], **_: Any) -> None:
        """Refuse a number that no invoice has."""
        code, number = request["invoice_code"], request["invoice_number"]
        full = code is None and _FULL_NUMBER.fullmatch(number)
        old = code is not None and _OLD_NUMBER.fullmatch(number) and _OLD_CODE.fullmatch(code)
        if not full and not old:
            raise invalid(
                "procurement.invoice_number_has_its_form",
                "An invoice has 20 digits and no code, or 8 digits and a code of 10 or 12.",
                field="invoice_number",
            )


class ReverseInvoice(PurchaseRef):
    """Reverse an invoice (红冲), with the reason: it counts no more, and its number is free."""

    invoice_id = fields.UUID(required=True)
    reason = Text(200, 2, required=True)


@labelled(PROCUREMENT_FIELDS)
class RequestPayment(PurchaseRef):
    """Ask the funds for the payment; `amount` is the sum of the invoices that was read, and must still be right.

    `line_code` is the budget line it is paid from, where the purchase has none or another one.
    """

    amount = Money(required=True, validate=_AMOUNT)
    line_code = LineCode(load_default=None, allow_none=True)


class AttachPaper(PurchaseRef, Upload):
    """A file of a purchase; `about_id` is the quote, acceptance or invoice it belongs to."""

    kind = Choice(PAPER_KINDS, required=True)
    about_id = fields.UUID(load_default=None, allow_none=True)


class PaperRef(PurchaseRef):
    """One file of a purchase."""

    paper_id = fields.UUID(required=True)


class RemovePaper(PaperRef):
    """Remove a file before the payment is requested, with the reason."""

    reason = Text(200, 2, required=True)
