"""Campaigns: for which body, until when, and with which steps proposals are called for."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import (
    Choice,
    Line,
    Page,
    PageRequest,
    Schema,
    Timestamp,
    command,
    invalid,
    label,
    labelled,
    query,
)
from services.contracts.days import Day
from services.contracts.governance.proposals.vocabulary import (
    CAMPAIGN_STATES,
    PROPOSAL_BODIES,
    PROPOSAL_FIELDS,
    SWITCHES,
)
from services.contracts.ids import ids_filter

_READERS = ("officer", "auditor", "chair", "handler", "member")
_OFFICES = ("officer", "chair")
_REACH: Any = {"handler": "union", "member": "union"}


@labelled(PROPOSAL_FIELDS)
class _Terms(Schema):
    name = Line(60, 2, required=True)
    session = Line(40, load_default=None, allow_none=True)
    opens_on = Day(required=True)
    deadline = Timestamp(required=True)
    switches = fields.List(Choice(SWITCHES), load_default=list, validate=validate.Length(max=len(SWITCHES)))
    inspector_id = fields.UUID(load_default=None, allow_none=True)

    @validates_schema
    def _inspected_by(self, data: dict[str, Any], **_: Any) -> None:
        if ("inspection" in data.get("switches", ())) != (data.get("inspector_id") is not None):
            raise invalid("proposals.inspector_is_named", "Name the inspecting office.", field="inspector_id")


@labelled(PROPOSAL_FIELDS)
class AddProposalCampaign(_Terms):
    """提案征集 A campaign: for a congress's delegates, or for one unit's members by its chair.

    `switches` are the steps it uses, `inspector_id` the department that inspects replies before they are published.
    """

    body = Choice(PROPOSAL_BODIES, required=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)

    @validates_schema
    def _of_unit(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("body") == "unit") != (data.get("unit_id") is not None):
            raise invalid("proposals.unit_is_named", "Name the unit of a unit's campaign.", field="unit_id")


class ProposalCampaignRef(Schema):
    """One campaign by id."""

    campaign_id = fields.UUID(required=True)


@labelled(PROPOSAL_FIELDS)
class ChangeProposalCampaign(_Terms, ProposalCampaignRef):
    """Change a campaign; its switches stay once a proposal was submitted."""

    version = fields.Integer(required=True, strict=True)


@labelled(PROPOSAL_FIELDS)
class ListProposalCampaigns(PageRequest):
    """Campaigns, the newest first. `mine`: those in which the caller may propose now."""

    body = Choice(PROPOSAL_BODIES, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    mine = fields.Boolean(load_default=False)
    ids = ids_filter()


@labelled(PROPOSAL_FIELDS)
class ProposalCampaign(Schema):
    """提案征集 A campaign; `proposals` counts what was submitted."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    session = fields.String(load_default=None, allow_none=True)
    body = Choice(PROPOSAL_BODIES, required=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    opens_on = fields.Date(required=True)
    deadline = Timestamp(required=True)
    switches = fields.List(Choice(SWITCHES), required=True)
    inspector_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(CAMPAIGN_STATES, required=True)
    proposals = fields.Integer(required=True, metadata=label("提案"))
    version = fields.Integer(required=True)


list_proposal_campaigns = query(
    "governance", "list_proposal_campaigns", request=ListProposalCampaigns, reply=Page(ProposalCampaign),
    allow=_READERS, doc="Campaigns for proposals, the newest first.", title="查看提案征集",
    reach={**_REACH, "chair": "union"},
)  # fmt: skip
get_proposal_campaign = query(
    "governance", "get_proposal_campaign", request=ProposalCampaignRef, reply=ProposalCampaign, allow=_READERS,
    doc="One campaign.", title="查看一次提案征集", reach={**_REACH, "chair": "union"},
)  # fmt: skip
add_proposal_campaign = command(
    "governance", "add_proposal_campaign", request=AddProposalCampaign, reply=ProposalCampaign, allow=_OFFICES,
    doc="Call for proposals; a chair for those of the own unit.", title="发起提案征集",
)  # fmt: skip
change_proposal_campaign = command(
    "governance", "change_proposal_campaign", request=ChangeProposalCampaign, reply=ProposalCampaign, allow=_OFFICES,
    doc="Change a campaign; its switches until the first proposal is submitted.", title="修改提案征集",
)  # fmt: skip
close_proposal_campaign = command(
    "governance", "close_proposal_campaign", request=ProposalCampaignRef, reply=ProposalCampaign, allow=_OFFICES,
    doc="Close a campaign: it takes nothing more, also no suggestions.", title="结束提案征集",
)  # fmt: skip
