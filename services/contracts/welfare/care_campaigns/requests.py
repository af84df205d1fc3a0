"""What can be asked about care campaigns."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, Money, PageRequest, Schema, Text, labelled
from services.contracts.days import Day
from services.contracts.files import DOCUMENT_TYPES, LARGEST, Content, FileName, MediaType
from services.contracts.vocabulary import BENEFIT_FORMS
from services.contracts.welfare.care_campaigns.vocabulary import (
    CAMPAIGN_FIELDS,
    CAMPAIGN_KINDS,
    CARE_EVIDENCE,
    CARE_ITEM_STATES,
    CARE_SOURCES,
    CARE_STATES,
)
from services.contracts.welfare.vocabulary import PEOPLE_SHOWN

MOST_AT_ONCE = 1000
"""Names that are added to a list at once."""
MOST_PIECES = 6
"""Files of one person of a campaign."""
LONGEST_SIDE = 2000


@labelled(CAMPAIGN_FIELDS)
class CreateCareCampaign(Schema):
    """A campaign in preparation: when, what each gets, with which evidence; `plan_item_id`: the plan's item it fulfils.

    `evidence_needed` null: a signature in words is enough.
    """

    kind = Choice(CAMPAIGN_KINDS, required=True)
    title = Line(60, 2, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    amount = Money(required=True, validate=validate.Range(min=0, max=100_000))
    form = Choice(BENEFIT_FORMS, load_default="goods")
    evidence_needed = Choice(CARE_EVIDENCE, load_default=None, allow_none=True)
    plan_item_id = fields.UUID(load_default=None, allow_none=True)


@labelled(CAMPAIGN_FIELDS)
class ListCareCampaigns(PageRequest):
    """Campaigns, newest first."""

    kind = Choice(CAMPAIGN_KINDS, load_default=None, allow_none=True)
    state = Choice(CARE_STATES, load_default=None, allow_none=True)


class CampaignRef(Schema):
    """One campaign by id."""

    campaign_id = fields.UUID(required=True)


@labelled(CAMPAIGN_FIELDS)
class CareNames(CampaignRef):
    """Names for a list: the registry, the members of units (`unit_ids`), or a given list (`member_ids`)."""

    source = Choice(CARE_SOURCES, required=True)
    unit_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=200))
    member_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_AT_ONCE))


class AddToCareList(CareNames):
    """Add names to a list, nobody twice. `expected`: how many new ones were seen; another number is refused."""

    expected = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0))


class ItemRef(Schema):
    """One person of a campaign."""

    item_id = fields.UUID(required=True)


@labelled(CAMPAIGN_FIELDS)
class ListCareItems(PageRequest):
    """People of campaigns; a chair sees the own unit."""

    campaign_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    visitor_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(CARE_ITEM_STATES, load_default=None, allow_none=True)


class MyCareItems(PageRequest):
    """Whom the caller is to visit, or has visited."""

    open = fields.Boolean(load_default=None, allow_none=True)
    campaign_id = fields.UUID(load_default=None, allow_none=True)


@labelled(CAMPAIGN_FIELDS)
class AssignCareItems(CampaignRef):
    """Give people to a visitor: those named, or all of a unit, or all whom nobody visits yet."""

    visitor_id = fields.UUID(required=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    item_ids = fields.List(fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(1, MOST_AT_ONCE))


@labelled(CAMPAIGN_FIELDS)
class HandOverCareItems(CampaignRef):
    """Hand over all open people of a visitor to another; without `visitor_id` one's own."""

    visitor_id = fields.UUID(load_default=None, allow_none=True)
    to_visitor_id = fields.UUID(required=True)


@labelled(CAMPAIGN_FIELDS)
class CompleteCareItem(ItemRef):
    """Something was given: when, how much, who signed for it. Name and note are stored encrypted."""

    given_on = Day(required=True)
    value = Money(load_default=None, allow_none=True, validate=validate.Range(min=0, max=100_000))
    signed_by = Text(40, 1, load_default=None, allow_none=True)
    note = Text(500, load_default=None, allow_none=True)
    version = fields.Integer(load_default=None, allow_none=True)


@labelled(CAMPAIGN_FIELDS)
class MissCareItem(ItemRef):
    """Nothing was given, and why; the reason is stored encrypted."""

    reason = Text(200, 2, required=True)


@labelled(CAMPAIGN_FIELDS)
class AttachCareEvidence(ItemRef):
    """A photo or signed sheet: JPEG, PNG or PDF up to 10 MB; the name is not kept, `people_shown` is for photos."""

    kind = Choice(CARE_EVIDENCE, required=True)
    people_shown = Choice(PEOPLE_SHOWN, load_default=None, allow_none=True)
    name = FileName(required=True)
    media_type = MediaType(DOCUMENT_TYPES, required=True)
    content = Content(LARGEST, required=True)


class CarePieceRef(ItemRef):
    """One file of a person of a campaign."""

    evidence_id = fields.UUID(required=True)


@labelled(CAMPAIGN_FIELDS)
class OpenCareEvidence(CarePieceRef):
    """The file; officers and auditors state a purpose. Each look is logged."""

    purpose = Line(200, 2, load_default=None, allow_none=True)
