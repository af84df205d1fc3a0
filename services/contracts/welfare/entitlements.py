"""Entitlements (福利账户) of a member in a year: caps, used and remaining amounts, each with its rule."""

from marshmallow import fields

from services.chassis.schema import PUBLIC, SYSTEM, Event, Money, Schema, query
from services.contracts.welfare.vocabulary import RuleInForceExplained


class EntitlementItem(Schema):
    """One benefit of the year: its cap by the rule in force, used, remaining. `why_not` explains a missing rule.

    `used` includes what was given at visits, except for a chair: it would tell why a visit was made.
    """

    benefit_key = fields.String(required=True)
    cap = Money(allow_none=True, load_default=None)
    used = Money(required=True)
    remaining = Money(allow_none=True, load_default=None)
    rule = fields.Nested(RuleInForceExplained, allow_none=True, load_default=None)
    why_not = fields.String(allow_none=True, load_default=None)
    missing_rule = fields.String(allow_none=True)


class Entitlements(Schema):
    """福利账户 A member's account of one year as of a day; `account_id` is null if none was opened yet.

    `closed`: the membership has ended, so no more benefits are given.
    """

    member_id = fields.UUID(required=True)
    account_id = fields.UUID(allow_none=True, load_default=None)
    year = fields.Integer(required=True)
    as_of = fields.Date(required=True)
    opened_on = fields.Date(allow_none=True, load_default=None)
    closed = fields.Boolean(load_default=False)
    items = fields.List(fields.Nested(EntitlementItem), required=True)
    why_not = fields.String(allow_none=True, load_default=None)
    missing_rule = fields.String(allow_none=True)


class MyEntitlements(Schema):
    """One's own account as of a day, by default today."""

    as_of = fields.Date(load_default=None, allow_none=True)


class EntitlementsOf(MyEntitlements):
    """A member's account as of a day."""

    member_id = fields.UUID(required=True)


class BenefitsRequest(Schema):
    """On which day, today when left out."""

    on = fields.Date(load_default=None, allow_none=True)


class EmploymentBenefits(Schema):
    """A benefit of members of one form of employment, with its rule; `why_not` explains a missing rule."""

    employment = fields.String(required=True)
    benefits = fields.List(fields.Nested(EntitlementItem), required=True)
    rule = fields.Nested(RuleInForceExplained, allow_none=True, load_default=None)
    why_not = fields.String(allow_none=True, load_default=None)
    missing_rule = fields.String(allow_none=True)


class BenefitsByEmployment(Schema):
    """The benefits of each form of employment on a day."""

    on = fields.Date(required=True)
    items = fields.List(fields.Nested(EmploymentBenefits), required=True)


class EntitlementOpenedData(Schema):
    """Whose account of which year was opened."""

    member_id = fields.UUID(required=True)
    account_id = fields.UUID(required=True)
    year = fields.Integer(required=True)


class EntitlementOpened(Event, source="welfare"):
    """A member's entitlement account of a year was opened: on joining, or with the new year. Once for each year."""

    subject = "entitlement/{account_id}"
    data = EntitlementOpenedData
    example = {
        "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002", "account_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0121",
        "year": 2023}  # fmt: skip


my_entitlements = query(
    "welfare", "my_entitlements", request=MyEntitlements, reply=Entitlements, allow=("member",),
    doc="What one may have this year, used and remaining, and by which rule.", title="查看本年福利",
)  # fmt: skip
entitlements_of = query(
    "welfare", "entitlements_of", request=EntitlementsOf, reply=Entitlements,
    allow=("officer", "chair", "auditor", SYSTEM), doc="A member's account; a chair: own unit.", title="查看会员的福利",
)  # fmt: skip
benefits_by_employment = query(
    "welfare", "benefits_by_employment", request=BenefitsRequest, reply=BenefitsByEmployment, allow=(PUBLIC,),
    doc="What members of each form of employment may have, and by which rule.", title="查看各用工形式的福利",
)  # fmt: skip
