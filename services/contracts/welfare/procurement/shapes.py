"""What suppliers and purchases look like in answers."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Money, Schema, Timestamp, labelled
from services.contracts.governance.funds.vocabulary import FUNDING_SOURCES
from services.contracts.welfare.payments import FundingShown, PaymentShown
from services.contracts.welfare.procurement.vocabulary import (
    ACCEPTANCE_STATES,
    PAPER_KINDS,
    PROCUREMENT_FIELDS,
    PURCHASE_KINDS,
    PURCHASE_SOURCES,
    PURCHASE_STATES,
    PURCHASE_STEPS,
    TAX_RATES,
    WAYS,
)
from services.contracts.welfare.vocabulary import RuleInForceExplained


@labelled(PROCUREMENT_FIELDS)
class Supplier(Schema):
    """供应商 Who sells; `blocked` suppliers get no new order, and `blocked_reason` says why."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    credit_code = fields.String(required=True)
    contact = fields.String(allow_none=True, load_default=None)
    phone = fields.String(allow_none=True, load_default=None)
    note = fields.String(allow_none=True, load_default=None)
    blocked = fields.Boolean(required=True)
    blocked_reason = fields.String(allow_none=True, load_default=None)
    version = fields.Integer(required=True)


class SupplierStep(Schema):
    """A change of a supplier: when, by which account, which fields, why."""

    at = Timestamp(required=True)
    account_id = fields.UUID(allow_none=True, load_default=None)
    fields_changed = fields.List(fields.String(), required=True)
    reason = fields.String(allow_none=True, load_default=None)


class SupplierDetail(Supplier):
    """A supplier with its latest changes, newest first, how many purchases it got and for how much."""

    steps = fields.List(fields.Nested(SupplierStep), required=True)
    purchases = fields.Integer(required=True)
    amount = Money(required=True)


@labelled(PROCUREMENT_FIELDS)
class InvoiceTitle(Schema):
    """开票信息 The name and tax number that invoices to the union bear; both null until they are set."""

    name = fields.String(allow_none=True, load_default=None)
    tax_number = fields.String(allow_none=True, load_default=None)
    set_at = Timestamp(allow_none=True, load_default=None)


@labelled(PROCUREMENT_FIELDS)
class Purchase(Schema):
    """采购 A purchase. `amount` is the estimate until it is decided, then what was decided."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    kind = Choice(PURCHASE_KINDS, required=True)
    source_type = Choice(PURCHASE_SOURCES, required=True)
    source_id = fields.UUID(allow_none=True, load_default=None)
    unit_id = fields.UUID(allow_none=True, load_default=None)
    state = Choice(PURCHASE_STATES, required=True)
    amount = Money(required=True)
    estimate = Money(required=True)
    supplier_id = fields.UUID(allow_none=True, load_default=None)
    supplier = fields.String(allow_none=True, load_default=None)
    way = Choice(WAYS, allow_none=True, load_default=None)
    funding = Choice(FUNDING_SOURCES, required=True)
    line_code = fields.String(allow_none=True, load_default=None)
    raised_on = fields.Date(required=True)
    decided_on = fields.Date(allow_none=True, load_default=None)
    version = fields.Integer(required=True)


@labelled(PROCUREMENT_FIELDS)
class PurchaseItem(Schema):
    """A line of the need, with what was accepted and rejected of it; `open` is still to be delivered."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    specification = fields.String(allow_none=True, load_default=None)
    quantity = fields.Integer(required=True)
    unit = fields.String(required=True)
    package_id = fields.UUID(allow_none=True, load_default=None)
    accepted = fields.Integer(required=True)
    rejected = fields.Integer(required=True)
    open = fields.Integer(required=True)
    unit_price = Money(allow_none=True, load_default=None)


@labelled(PROCUREMENT_FIELDS)
class QuoteLine(Schema):
    """The price of one item in a quote; `total` for the whole quantity."""

    item_id = fields.UUID(required=True)
    unit_price = Money(required=True)
    paired_aid = fields.Boolean(required=True)
    total = Money(required=True)


@labelled(PROCUREMENT_FIELDS)
class Quote(Schema):
    """报价 What a supplier asks for all items. `cheapest` marks the lowest total; `chosen` the decided one."""

    id = fields.UUID(required=True)
    supplier_id = fields.UUID(required=True)
    supplier = fields.String(required=True)
    tax_rate = Choice(TAX_RATES, required=True)
    valid_until = fields.Date(required=True)
    note = fields.String(allow_none=True, load_default=None)
    lines = fields.List(fields.Nested(QuoteLine), required=True)
    total = Money(required=True)
    paired_aid_percent = fields.Integer(required=True)
    cheapest = fields.Boolean(required=True)
    chosen = fields.Boolean(required=True)


@labelled(PROCUREMENT_FIELDS)
class PurchaseDecision(Schema):
    """采购决定 Which quote was taken, how, by whom, who was present, and why not the cheapest."""

    quote_id = fields.UUID(required=True)
    way = Choice(WAYS, required=True)
    decided_on = fields.Date(required=True)
    account_id = fields.UUID(allow_none=True, load_default=None)
    member_id = fields.UUID(allow_none=True, load_default=None)
    present = fields.List(fields.String(), required=True)
    reason = fields.String(allow_none=True, load_default=None)
    tender_number = fields.String(allow_none=True, load_default=None)


@labelled(PROCUREMENT_FIELDS)
class AcceptanceLine(Schema):
    """What was accepted and rejected of an item in one delivery."""

    item_id = fields.UUID(required=True)
    accepted = fields.Integer(required=True)
    rejected = fields.Integer(required=True)
    reason = fields.String(allow_none=True, load_default=None)


@labelled(PROCUREMENT_FIELDS)
class Acceptance(Schema):
    """验收 A delivery, counted by one person and confirmed by another."""

    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    state = Choice(ACCEPTANCE_STATES, required=True)
    received_on = fields.Date(required=True)
    lines = fields.List(fields.Nested(AcceptanceLine), required=True)
    first_by = fields.UUID(allow_none=True, load_default=None)
    first_member_id = fields.UUID(allow_none=True, load_default=None)
    first_at = Timestamp(required=True)
    second_by = fields.UUID(allow_none=True, load_default=None)
    second_member_id = fields.UUID(allow_none=True, load_default=None)
    second_at = Timestamp(allow_none=True, load_default=None)
    mine = fields.Boolean(required=True)


@labelled(PROCUREMENT_FIELDS)
class Invoice(Schema):
    """发票 An invoice of the purchase; one that was reversed does not count and frees its number."""

    id = fields.UUID(required=True)
    invoice_code = fields.String(allow_none=True, load_default=None)
    invoice_number = fields.String(required=True)
    amount = Money(required=True)
    issued_on = fields.Date(required=True)
    reversed_at = Timestamp(allow_none=True, load_default=None)
    reason = fields.String(allow_none=True, load_default=None)


class PurchasePaper(Schema):
    """A file of the purchase; `about_id` is the quote, acceptance or invoice it belongs to."""

    id = fields.UUID(required=True)
    kind = Choice(PAPER_KINDS, required=True)
    about_id = fields.UUID(allow_none=True, load_default=None)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    added_at = Timestamp(required=True)


class PurchaseStep(Schema):
    """A step of a purchase: what happened, when, by which account; null when the system did it."""

    at = Timestamp(required=True)
    step = Choice(PURCHASE_STEPS, required=True)
    account_id = fields.UUID(allow_none=True, load_default=None)
    reason = fields.String(allow_none=True, load_default=None)


class PurchaseWarning(Schema):
    """Something to look at that stops nothing: the rule, and its figures."""

    rule = fields.String(required=True)
    params = fields.Dict(required=True)


class PurchaseDetail(Purchase):
    """A purchase with everything of it. `expected_way` follows from the amount today; `missing_rule` is a rule to set.

    `reserved` is the money the budget keeps for it since the decision, `payment` the funds' answer to the last request.
    `actions` are what the caller may do now. To chairs, quotes and invoices are shown as little as their files.
    """

    source_title = fields.String(allow_none=True, load_default=None)
    reason = fields.String(allow_none=True, load_default=None)
    items = fields.List(fields.Nested(PurchaseItem), required=True)
    quotes = fields.List(fields.Nested(Quote), required=True)
    decision = fields.Nested(PurchaseDecision, allow_none=True, load_default=None)
    contract_number = fields.String(allow_none=True, load_default=None)
    signed_on = fields.Date(allow_none=True, load_default=None)
    acceptances = fields.List(fields.Nested(Acceptance), required=True)
    invoices = fields.List(fields.Nested(Invoice), required=True)
    papers = fields.List(fields.Nested(PurchasePaper), required=True)
    accepted_amount = Money(required=True)
    invoiced_amount = Money(required=True)
    paired_aid_percent = fields.Integer(allow_none=True, load_default=None)
    expected_way = Choice(WAYS, allow_none=True, load_default=None)
    missing_rule = fields.String(allow_none=True, load_default=None)
    rules = fields.List(fields.Nested(RuleInForceExplained), required=True)
    warnings = fields.List(fields.Nested(PurchaseWarning), required=True)
    reserved = fields.Nested(FundingShown, allow_none=True, load_default=None)
    payment = fields.Nested(PaymentShown, allow_none=True, load_default=None)
    steps = fields.List(fields.Nested(PurchaseStep), required=True)
    actions = fields.List(fields.String(), required=True)
