"""What answers about care campaigns look like."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Money, Schema, Timestamp, label, labelled
from services.contracts.vocabulary import BENEFIT_FORMS
from services.contracts.welfare.care_campaigns.vocabulary import (
    CAMPAIGN_FIELDS,
    CAMPAIGN_KINDS,
    CARE_EVIDENCE,
    CARE_ITEM_STATES,
    CARE_MISSED,
    CARE_SOURCES,
    CARE_STATES,
)
from services.contracts.welfare.payments import FundingShown
from services.contracts.welfare.vocabulary import CLAIM_STATES, PEOPLE_SHOWN


@labelled(CAMPAIGN_FIELDS)
class CareCampaign(Schema):
    """慰问活动 A campaign with how far it is: how many people are on the list, had something, had nothing, are open."""

    id = fields.UUID(required=True)
    kind = Choice(CAMPAIGN_KINDS, required=True)
    title = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    amount = Money(required=True)
    form = Choice(BENEFIT_FORMS, required=True)
    evidence_needed = Choice(CARE_EVIDENCE, allow_none=True, load_default=None)
    plan_item_id = fields.UUID(allow_none=True, load_default=None)
    state = Choice(CARE_STATES, required=True)
    people = fields.Integer(required=True)
    given = fields.Integer(required=True)
    missed = fields.Integer(required=True)
    open = fields.Integer(required=True)
    version = fields.Integer(required=True)


class CareOfUnit(Schema):
    """How far a campaign is in a unit; it is done when nothing is open."""

    unit_id = fields.UUID(required=True)
    people = fields.Integer(required=True)
    given = fields.Integer(required=True)
    missed = fields.Integer(required=True)
    open = fields.Integer(required=True)


@labelled(CAMPAIGN_FIELDS)
class CareCampaignDetail(CareCampaign):
    """A campaign by unit, and its money: what was reserved and given (yuan), and the funds' answers."""

    by_unit = fields.List(fields.Nested(CareOfUnit), required=True)
    spent = Money(required=True)
    reserved = fields.Nested(FundingShown, allow_none=True, load_default=None)
    claim_state = Choice(CLAIM_STATES, required=True)
    refused_rule = fields.String(allow_none=True, load_default=None)
    refused_code = fields.String(allow_none=True, load_default=None)
    actions = fields.List(fields.String(), required=True)


@labelled(CAMPAIGN_FIELDS)
class CareItem(Schema):
    """名单 One person of a campaign. `source` is null except for officers and auditors: it tells of hardship."""

    id = fields.UUID(required=True)
    campaign_id = fields.UUID(required=True)
    campaign = fields.String(required=True, metadata=label("慰问活动"))
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    source = Choice(CARE_SOURCES, allow_none=True, load_default=None)
    visitor_id = fields.UUID(allow_none=True, load_default=None)
    state = Choice(CARE_ITEM_STATES, required=True)
    due_on = fields.Date(required=True, metadata=label("截止"))
    given_on = fields.Date(allow_none=True, load_default=None)
    value = Money(allow_none=True, load_default=None)
    form = Choice(BENEFIT_FORMS, required=True)
    signed = fields.Boolean(load_default=False)
    files = fields.Integer(load_default=0)
    missed_cause = Choice(CARE_MISSED, allow_none=True, load_default=None)
    actions = fields.List(fields.String(), load_default=list)
    version = fields.Integer(required=True)


@labelled(CAMPAIGN_FIELDS)
class CarePiece(Schema):
    """A photo or signed sheet of an item. `opens`: freely, for a stated purpose, or not (null)."""

    id = fields.UUID(required=True)
    kind = Choice(CARE_EVIDENCE, required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    people_shown = Choice(PEOPLE_SHOWN, allow_none=True, load_default=None)
    recorded_at = Timestamp(required=True)
    opens = fields.String(allow_none=True, load_default=None)


class CareItemDetail(CareItem):
    """One person of a campaign with the evidence; note and reason for those who act on it."""

    evidence = fields.List(fields.Nested(CarePiece), required=True)
    signed_by = fields.String(allow_none=True, load_default=None)
    note = fields.String(allow_none=True, load_default=None)
    reason = fields.String(allow_none=True, load_default=None)


class CareRefused(Schema):
    """Somebody who can't be on a list, and by which rule."""

    member_id = fields.UUID(required=True)
    rule = fields.String(required=True)
    params = fields.Dict(load_default=dict)


class CareListed(Schema):
    """What became, or would become, of names for a list: the duplicates first, who can't be on it, how many are new.

    `new_ids` are the first hundred of the new ones.
    """

    duplicates = fields.List(fields.UUID(), required=True)
    refused = fields.List(fields.Nested(CareRefused), required=True)
    new = fields.Integer(required=True)
    new_ids = fields.List(fields.UUID(), required=True)


class CareAssignment(Schema):
    """How many people were given to a visitor."""

    campaign_id = fields.UUID(required=True)
    visitor_id = fields.UUID(required=True)
    assigned = fields.Integer(required=True)


@labelled(CAMPAIGN_FIELDS)
class CampaignGift(Schema):
    """One's own part in a campaign: what was given, when."""

    id = fields.UUID(required=True)
    campaign = fields.String(required=True, metadata=label("慰问活动"))
    kind = Choice(CAMPAIGN_KINDS, required=True)
    state = Choice(CARE_ITEM_STATES, required=True)
    given_on = fields.Date(allow_none=True, load_default=None)
    value = Money(allow_none=True, load_default=None)
    form = Choice(BENEFIT_FORMS, required=True)
    signed_by = fields.String(allow_none=True, load_default=None)
    note = fields.String(allow_none=True, load_default=None)
    evidence = fields.List(fields.Nested(CarePiece), load_default=list)
