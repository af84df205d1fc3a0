"""What can be asked about charity drives. No field suggests or requires a sum."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, Money, PageRequest, Schema, Text, labelled
from services.contracts.days import Day
from services.contracts.files import DOCUMENT_TYPES, LARGEST, Content, FileName, MediaType
from services.contracts.ids import ids_filter
from services.contracts.welfare.charity.credit_code import CreditCode
from services.contracts.welfare.charity.vocabulary import (
    CHARITY_FIELDS,
    DRIVE_ORDERS,
    DRIVE_STATES,
    GIFT_ORDERS,
    GIFT_STATES,
    GIFT_WAYS,
    LISTED_WAYS,
    OWN_WAYS,
    RECEIPT_STATES,
)

MOST_GIFTS = 500
"""Gifts in one list that is entered."""
LONGEST_CODE = 40
_ABOVE_NOTHING = validate.Range(min=0, min_inclusive=False, max=10_000_000)


@labelled(CHARITY_FIELDS)
class DriveTerms(Schema):
    """What a drive is for, and the charity whose books carry the money; a draft may still lack the charity."""

    title = Line(60, 2, required=True)
    purpose = Text(500, 2, required=True)
    charity_name = Line(100, 2, load_default=None, allow_none=True)
    credit_code = CreditCode(load_default=None, allow_none=True)
    certificate = Line(60, 2, load_default=None, allow_none=True)
    opens_on = Day(required=True)
    closes_on = Day(required=True)
    wording = Text(1000, 10, required=True)
    wording_version = Line(20, 1, required=True)
    plan_item_id = fields.UUID(load_default=None, allow_none=True)


class DriveRef(Schema):
    """One drive by id."""

    drive_id = fields.UUID(required=True)


class PrepareDrive(DriveTerms):
    """A new drive as a draft."""


class ChangeDrive(DriveTerms):
    """Other terms of a draft."""

    drive_id = fields.UUID(required=True)


@labelled(CHARITY_FIELDS)
class ListDrives(PageRequest):
    """Drives; members see published ones."""

    state = Choice(DRIVE_STATES, load_default=None, allow_none=True)
    charity = Line(60, load_default=None, allow_none=True)
    ids = ids_filter()
    sort = Choice(DRIVE_ORDERS, load_default="-opens_on")


@labelled(CHARITY_FIELDS)
class CancelDrive(DriveRef):
    """Cancel a drive for which nothing was given."""

    reason = Text(300, 2, required=True)


@labelled(CHARITY_FIELDS)
class HandOver(DriveRef):
    """The money went to the charity: when, how much, its receipt as number and file; a difference is explained."""

    handed_on = Day(required=True)
    handed_amount = Money(required=True, validate=validate.Range(min=0, max=1_000_000_000))
    difference = Text(500, 2, load_default=None, allow_none=True)
    charity_receipt = Line(60, 1, required=True)
    name = FileName(required=True)
    media_type = MediaType(DOCUMENT_TYPES, required=True)
    content = Content(LARGEST, required=True, metadata={"title": "慈善组织的收据"})


@labelled(CHARITY_FIELDS)
class Disclose(DriveRef):
    """What the charity did with the money, for everybody to read."""

    report = Text(4000, 10, required=True)


@labelled(CHARITY_FIELDS)
class Pledge(DriveRef):
    """Say that one means to give, and how; again changes it. It binds to nothing and nobody else sees it."""

    way = Choice(GIFT_WAYS, load_default=None, allow_none=True)
    amount = Money(load_default=None, allow_none=True, validate=_ABOVE_NOTHING)


@labelled(CHARITY_FIELDS)
class Give(DriveRef):
    """Give by payroll, agreeing to the wording, or record one's own transfer to the charity with its receipt number."""

    way = Choice(OWN_WAYS, required=True)
    amount = Money(required=True, validate=_ABOVE_NOTHING)
    anonymous = fields.Boolean(load_default=False)
    given_on = Day(load_default=None, allow_none=True)
    reference = Line(60, 2, load_default=None, allow_none=True)
    wording_version = Line(20, 1, load_default=None, allow_none=True)


@labelled(CHARITY_FIELDS)
class ListedGift(Schema):
    """A gift in a list: money with its amount, or goods with what and how many. Without member it is anonymous."""

    member_id = fields.UUID(load_default=None, allow_none=True)
    amount = Money(load_default=None, allow_none=True, validate=_ABOVE_NOTHING)
    goods = Line(100, 1, load_default=None, allow_none=True)
    quantity = Line(40, 1, load_default=None, allow_none=True)


@labelled(CHARITY_FIELDS)
class EnterGifts(DriveRef):
    """A unit's list of cash or goods. Duplicates are shown first; `again` says that they are meant.

    `only_new` leaves out the lines whose gifts stand already, and enters the others.
    """

    unit_id = fields.UUID(required=True)
    way = Choice(LISTED_WAYS, required=True)
    given_on = Day(required=True)
    gifts = fields.List(fields.Nested(ListedGift), required=True, validate=validate.Length(min=1, max=MOST_GIFTS))
    again = fields.Boolean(load_default=False)
    only_new = fields.Boolean(load_default=False)


@labelled(CHARITY_FIELDS)
class ClaimGift(DriveRef):
    """Take an anonymous gift into one's own account by the code that was handed out with it."""

    code = Line(LONGEST_CODE, 4, required=True)


class GiftRef(Schema):
    """One gift by id."""

    gift_id = fields.UUID(required=True)


@labelled(CHARITY_FIELDS)
class WithdrawGift(GiftRef):
    """Take back a gift that is not confirmed yet: one's own without reason, a line of a list with one."""

    reason = Text(200, 2, load_default=None, allow_none=True)


@labelled(CHARITY_FIELDS)
class ListGifts(PageRequest):
    """Gifts of a drive; a chair sees cash and goods of the own unit. There is no order by amount."""

    drive_id = fields.UUID(required=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    way = Choice(GIFT_WAYS, load_default=None, allow_none=True)
    state = Choice(GIFT_STATES, load_default=None, allow_none=True)
    receipt = Choice(RECEIPT_STATES, load_default=None, allow_none=True)
    q = Line(60, load_default=None, allow_none=True)
    sort = Choice(GIFT_ORDERS, load_default="-given_on")


@labelled(CHARITY_FIELDS)
class CountCash(DriveRef):
    """What one person counted of a unit's cash that is not confirmed yet; another must find the same."""

    unit_id = fields.UUID(required=True)
    counted = Money(required=True, validate=_ABOVE_NOTHING)


@labelled(CHARITY_FIELDS)
class ListCashCounts(PageRequest):
    """Counts of cash of a drive, newest first; a chair sees the own unit."""

    drive_id = fields.UUID(required=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)


class ReadPayrollList(DriveRef):
    """The list for the payroll office; the look is logged with its purpose."""

    purpose = Text(200, 2, required=True)


@labelled(CHARITY_FIELDS)
class ConfirmPayroll(DriveRef):
    """The payroll office deducted what the last list said, except some gifts, which count as withdrawn."""

    deducted_on = Day(required=True)
    missing = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=10_000))


@labelled(CHARITY_FIELDS)
class AskReceipt(GiftRef):
    """Ask the charity for a receipt, with the title it is to bear; stored encrypted."""

    receipt_title = Line(60, 2, required=True)


class ReadReceiptList(DriveRef):
    """The receipts asked for, with their titles, for the charity; the look is logged with its purpose."""

    purpose = Text(200, 2, required=True)


@labelled(CHARITY_FIELDS)
class GiveReceipt(GiftRef):
    """The charity's receipt was passed on to the giver."""

    receipt_number = Line(60, 1, required=True)
    receipt_on = Day(required=True)
