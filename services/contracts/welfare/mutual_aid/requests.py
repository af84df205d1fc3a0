"""What can be asked about mutual aid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import Choice, Line, Money, PageRequest, Schema, Text, invalid, label, labelled
from services.contracts.days import Day
from services.contracts.files import DOCUMENT_TYPES, LARGEST, Content, FileName, MediaType
from services.contracts.governance.funds.vocabulary import LineCode
from services.contracts.welfare.mutual_aid.shapes import PlanTerms
from services.contracts.welfare.mutual_aid.vocabulary import (
    CLAIM_DOCUMENTS,
    CLAIM_ORDERS,
    CLAIM_STATES,
    CLAIM_TEXTS,
    COVER_STATES,
    MUTUAL_AID_FIELDS,
    PAYERS,
    PERIOD_STATES,
    UNIT_COVER_ORDERS,
)

MOST_AT_ONCE = 1000
"""Members of one list."""
MOST_DOCUMENTS = 20
"""Of one claim."""
LARGEST_DOCUMENT = LARGEST
_Asked = validate.Range(min=0, max=100_000_000)
_Ids = validate.Length(min=1, max=MOST_AT_ONCE)


class AddPlan(PlanTerms):
    """A new plan."""

    @validates_schema(skip_on_field_errors=True)
    def ages_are_in_order(self, request: Mapping[str, Any], **_: Any) -> None:
        """Refuse a plan whose oldest age is below the youngest."""
        if request["age_to"] < request["age_from"]:
            raise invalid("mutual_aid.ages_are_in_order", "The oldest age is below the youngest.", field="age_to")


class PlanRef(Schema):
    """One plan by id."""

    plan_id = fields.UUID(required=True)


@labelled(MUTUAL_AID_FIELDS)
class ListPlans(PageRequest):
    """Plans, newest first."""

    offered = fields.Boolean(load_default=None, allow_none=True)


@labelled(MUTUAL_AID_FIELDS)
class OpenPeriod(PlanRef):
    """A new cover period of a plan: its days, when units enrol, and who pays the fee."""

    title = Line(60, 2, required=True)
    starts_on = Day(years_ahead=3, required=True)
    ends_on = Day(years_ahead=6, required=True)
    enrol_from = Day(years_ahead=3, required=True)
    enrol_until = Day(years_ahead=3, required=True)
    payer = Choice(PAYERS, required=True)


class PeriodRef(Schema):
    """One cover period by id."""

    period_id = fields.UUID(required=True)


@labelled(MUTUAL_AID_FIELDS)
class ListUnitCovers(PageRequest):
    """The coverage of a period by unit; a chair sees the own unit."""

    period_id = fields.UUID(required=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    sort = Choice(UNIT_COVER_ORDERS, load_default="percent")


@labelled(MUTUAL_AID_FIELDS)
class CloseList(PeriodRef):
    """Close the list of a period; `line_code` is the budget line that pays, where members do not pay themselves."""

    line_code = LineCode(load_default=None, allow_none=True)


@labelled(MUTUAL_AID_FIELDS)
class ListPeriods(PageRequest):
    """Cover periods, latest first."""

    plan_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(PERIOD_STATES, load_default=None, allow_none=True)


@labelled(MUTUAL_AID_FIELDS)
class ListCovers(PageRequest):
    """Who is covered in a period; a chair sees the own units."""

    period_id = fields.UUID(required=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(COVER_STATES, load_default=None, allow_none=True)


@labelled(MUTUAL_AID_FIELDS)
class ListCandidates(PageRequest):
    """The members of the asker's units, and how each stands in a period; `covered`: only those who are, or are not."""

    period_id = fields.UUID(required=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    covered = fields.Boolean(load_default=None, allow_none=True)
    with_total = fields.Boolean(load_default=False)


@labelled(MUTUAL_AID_FIELDS)
class EnrolmentList(PeriodRef):
    """Whom to enrol of a unit, said in one way: by id, everybody who is not covered yet, or who was in another period.

    `expected`: how many everybody was when it was asked; refused where there are others by now.
    """

    unit_id = fields.UUID(required=True)
    member_ids = fields.List(fields.UUID(), load_default=None, allow_none=True, validate=_Ids)
    everybody = fields.Boolean(load_default=False)
    from_period_id = fields.UUID(load_default=None, allow_none=True)
    expected = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0))

    @validates_schema(skip_on_field_errors=True)
    def members_are_named_one_way(self, request: Mapping[str, Any], **_: Any) -> None:
        """Refuse a list that is said in several ways or in none."""
        ways = (request["member_ids"] is not None, request["everybody"], request["from_period_id"] is not None)
        if sum(ways) != 1:
            raise invalid("mutual_aid.list_is_said_one_way", "Say in one way who is meant.", field="member_ids")


class CoverRef(Schema):
    """One cover by id."""

    cover_id = fields.UUID(required=True)


@labelled(MUTUAL_AID_FIELDS)
class NoteFees(PeriodRef):
    """Whose own fees were collected on a day: some covers, or all of the unit that are still due."""

    unit_id = fields.UUID(required=True)
    paid_on = Day(required=True, metadata=label("交费日期"))
    cover_ids = fields.List(fields.UUID(), load_default=None, allow_none=True, validate=_Ids)


@labelled(MUTUAL_AID_FIELDS)
class SubmitClaim(PlanRef):
    """File a claim for oneself; an officer files it for a member or the family. `details` is stored encrypted."""

    event_on = Day(required=True)
    asked = Money(load_default=None, allow_none=True, validate=_Asked)
    details = Text(2000, load_default=None, allow_none=True)
    member_id = fields.UUID(load_default=None, allow_none=True)


class ClaimRef(Schema):
    """One claim by id."""

    claim_id = fields.UUID(required=True)


@labelled(MUTUAL_AID_FIELDS)
class ListClaims(PageRequest):
    """Claims of the units one sees. `late`: only those whose deadline has passed before they reached the provider."""

    state = Choice(CLAIM_STATES, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    late = fields.Boolean(load_default=None, allow_none=True)
    sort = Choice(CLAIM_ORDERS, load_default="due_on", metadata=label("排序"))


@labelled(MUTUAL_AID_FIELDS)
class RecordPaid(ClaimRef):
    """What the provider paid, and when."""

    paid = Money(required=True, validate=validate.Range(min=0, min_inclusive=False, max=100_000_000))
    paid_on = Day(required=True)


@labelled(MUTUAL_AID_FIELDS)
class RecordRefused(ClaimRef):
    """Why the provider does not pay; stored encrypted, shown to the member and to officers."""

    reason = Text(500, 2, required=True)


@labelled(MUTUAL_AID_FIELDS)
class AttachClaimDocument(ClaimRef):
    """A document of a claim: JPEG, PNG or PDF up to 10 MB, recognised by its content. Its name is not kept."""

    kind = Choice(CLAIM_DOCUMENTS, required=True, metadata=label("种类"))
    name = FileName(required=True)
    media_type = MediaType(DOCUMENT_TYPES, required=True)
    content = Content(LARGEST_DOCUMENT, required=True, metadata=label("文件"))


class DocumentRef(ClaimRef):
    """One document of a claim."""

    document_id = fields.UUID(required=True)


@labelled(MUTUAL_AID_FIELDS)
class OpenClaimDocument(DocumentRef):
    """The content of a document; an officer states a purpose. The look is logged, and the member sees it."""

    purpose = Text(200, 2, load_default=None, allow_none=True)


@labelled(MUTUAL_AID_FIELDS)
class UnmaskClaim(ClaimRef):
    """What is written in a claim, for a purpose; the look is logged, and the member sees it."""

    field = Choice(CLAIM_TEXTS, required=True, metadata=label("内容"))
    purpose = Line(200, 2, required=True)


class ListClaimAccesses(PageRequest):
    """Who looked at the documents of a claim, newest first."""

    claim_id = fields.UUID(required=True)
