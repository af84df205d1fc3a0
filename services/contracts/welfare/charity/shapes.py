"""What answers about charity drives look like."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Money, Schema, Timestamp, label, labelled
from services.contracts.welfare.charity.vocabulary import (
    CHARITY_FIELDS,
    DRIVE_STATES,
    GIFT_STATES,
    GIFT_WAYS,
    RECEIPT_STATES,
)


@labelled(CHARITY_FIELDS)
class UnitTotal(Schema):
    """What came from a unit; `amount` is null where so few gave that it would tell of persons. No number of people."""

    unit_id = fields.UUID(required=True)
    amount = Money(required=True, allow_none=True)


@labelled(CHARITY_FIELDS)
class WayTotal(Schema):
    """What came in one way; `amount` is null where so few gave that it would tell of persons."""

    way = Choice(GIFT_WAYS, required=True)
    amount = Money(required=True, allow_none=True)


class GoodsTotal(Schema):
    """Goods that were given: what, and how many of them in words."""

    goods = fields.String(required=True)
    quantity = fields.String(required=True)


class DriveTotals(Schema):
    """The totals of a drive, fixed when it was closed, so that two looks do not show what came between them.

    Units stand in the order of their ids. `amount` is null where fewer than five gave in all.
    """

    amount = Money(required=True, allow_none=True)
    units = fields.List(fields.Nested(UnitTotal), required=True)
    ways = fields.List(fields.Nested(WayTotal), required=True)
    goods = fields.List(fields.Nested(GoodsTotal), required=True)


@labelled(CHARITY_FIELDS)
class Drive(Schema):
    """慈善捐赠活动 A drive for a qualified charity, whose books carry the money; the union's ledger never does.

    `wording` is what a member agrees to who gives by payroll. `has_receipt`: the charity's receipt is kept as a file.
    """

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    year = fields.Integer(required=True)
    purpose = fields.String(required=True)
    charity_name = fields.String(allow_none=True, load_default=None)
    credit_code = fields.String(allow_none=True, load_default=None)
    certificate = fields.String(allow_none=True, load_default=None)
    opens_on = fields.Date(required=True)
    closes_on = fields.Date(required=True)
    wording = fields.String(required=True)
    wording_version = fields.String(required=True)
    plan_item_id = fields.UUID(allow_none=True, load_default=None)
    state = Choice(DRIVE_STATES, required=True)
    closed_on = fields.Date(allow_none=True, load_default=None, metadata=label("结束于"))
    totals = fields.Nested(DriveTotals, allow_none=True, load_default=None)
    handed_on = fields.Date(allow_none=True, load_default=None)
    handed_amount = Money(allow_none=True, load_default=None)
    difference = fields.String(allow_none=True, load_default=None)
    charity_receipt = fields.String(allow_none=True, load_default=None)
    has_receipt = fields.Boolean(load_default=False)
    report = fields.String(allow_none=True, load_default=None)
    disclosed_on = fields.Date(allow_none=True, load_default=None, metadata=label("公开日期"))
    reason = fields.String(allow_none=True, load_default=None)


class Outstanding(Schema):
    """How many things keep a drive from being closed, and how many receipts are asked for; no sums, no names."""

    cash = fields.Integer(required=True, metadata=label("未点清的现金"))
    payroll = fields.Integer(required=True, metadata=label("未确认的工资代扣"))
    transfers = fields.Integer(required=True, metadata=label("未核对的转账"))
    goods = fields.Integer(required=True, metadata=label("未确认的物品"))
    receipts = fields.Integer(required=True, metadata=label("待开具的票据"))
    pledges = fields.Integer(required=True, metadata=label("认捐"))


class DriveForOffice(Drive):
    """A drive as officers and auditors see it: with what is outstanding, and the sum that is to be handed over."""

    outstanding = fields.Nested(Outstanding, required=True)
    to_hand_over = Money(required=True, metadata=label("应移交金额"))


@labelled(CHARITY_FIELDS)
class GiftRow(Schema):
    """捐赠 A gift as lists show it. `member_id` is null for an anonymous gift: no list can name its giver.

    `amount` is null for goods, which have no price.
    """

    id = fields.UUID(required=True)
    drive_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True, allow_none=True)
    anonymous = fields.Boolean(required=True)
    way = Choice(GIFT_WAYS, required=True)
    amount = Money(required=True, allow_none=True)
    goods = fields.String(required=True, allow_none=True)
    quantity = fields.String(required=True, allow_none=True)
    given_on = fields.Date(required=True)
    reference = fields.String(required=True, allow_none=True)
    state = Choice(GIFT_STATES, required=True)
    receipt = Choice(RECEIPT_STATES, required=True)
    receipt_number = fields.String(required=True, allow_none=True)
    receipt_on = fields.Date(required=True, allow_none=True)
    entered_at = Timestamp(required=True)


@labelled(CHARITY_FIELDS)
class MyGift(GiftRow):
    """One's own gift, anonymous ones too: only the own account leads to them."""

    title = fields.String(required=True)
    charity_name = fields.String(required=True)
    credit_code = fields.String(required=True)
    wording_version = fields.String(required=True, allow_none=True)
    consented_at = Timestamp(required=True, allow_none=True)
    receipt_title = fields.String(required=True, allow_none=True)
    certified = fields.Boolean(required=True, metadata=label("可打印证书"))


@labelled(CHARITY_FIELDS)
class MyPledge(Schema):
    """One's own pledge; nobody else sees it. Both are null when there is none."""

    way = Choice(GIFT_WAYS, required=True, allow_none=True)
    amount = Money(required=True, allow_none=True)


class OwnPledge(MyPledge):
    """One's own pledge with its drive."""

    drive_id = fields.UUID(required=True)
    title = fields.String(required=True, metadata=label("捐赠活动"))


@labelled(CHARITY_FIELDS)
class Entered(Schema):
    """What became of a list: `stored` is false while it has duplicates that were not confirmed.

    `duplicates` are gifts of the same members, or anonymous ones alike; `repeated` are members named twice.

    `codes` are shown once, one for each anonymous gift in the order of the list: the giver enters the code in the own
    account to have the certificate. Only a hash of it is kept.
    """

    stored = fields.Boolean(required=True)
    duplicates = fields.List(fields.Nested(GiftRow), required=True)
    repeated = fields.List(fields.UUID(), required=True, metadata=label("清单内重复"))
    gifts = fields.List(fields.Nested(GiftRow), required=True)
    codes = fields.List(fields.String(), required=True)


@labelled(CHARITY_FIELDS)
class CashCount(Schema):
    """点钞 A count of a unit's cash. It confirmed the gifts if `second_at` is set: two persons found the list's sum."""

    id = fields.UUID(required=True)
    drive_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    gifts = fields.Integer(required=True, metadata=label("笔数"))
    counted = Money(required=True, allow_none=True)
    first_at = Timestamp(required=True, metadata=label("初点时间"))
    second_at = Timestamp(required=True, allow_none=True, metadata=label("复点时间"))


@labelled(CHARITY_FIELDS)
class PayrollLine(Schema):
    """One line for the payroll office: whose consent, to which wording, for how much."""

    gift_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    amount = Money(required=True)
    wording_version = fields.String(required=True)
    consented_at = Timestamp(required=True, metadata=label("同意时间"))


class PayrollList(Schema):
    """The consents that stand, by unit, and those that were withdrawn after an earlier list was taken."""

    items = fields.List(fields.Nested(PayrollLine), required=True)
    withdrawn = fields.List(fields.Nested(PayrollLine), required=True)


@labelled(CHARITY_FIELDS)
class ReceiptLine(Schema):
    """A receipt that a giver asks of the charity, with the title it is to bear."""

    gift_id = fields.UUID(required=True)
    way = Choice(GIFT_WAYS, required=True)
    amount = Money(required=True, allow_none=True)
    goods = fields.String(required=True, allow_none=True)
    given_on = fields.Date(required=True)
    receipt_title = fields.String(required=True)


class ReceiptList(Schema):
    """Every receipt that is asked for and not given yet."""

    items = fields.List(fields.Nested(ReceiptLine), required=True)
