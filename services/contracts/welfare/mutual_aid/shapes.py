"""What answers about mutual aid look like."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, Money, Schema, Text, Timestamp, label, labelled
from services.contracts.welfare.mutual_aid.vocabulary import (
    CLAIM_DOCUMENTS,
    CLAIM_STATES,
    CLAIM_TEXTS,
    COVER_ENDS,
    COVER_STATES,
    ENROL_LINES,
    MUTUAL_AID_FIELDS,
    PAYERS,
    PAYMENT_STATES,
    PERIOD_STATES,
    PLAN_KINDS,
)

_Age = validate.Range(min=0, max=120)
_Days = validate.Range(min=1, max=1100)


@labelled(MUTUAL_AID_FIELDS)
class PlanTerms(Schema):
    """What a plan promises, by which document: fee and sum in yuan, ages in full years on the first day of cover.

    A claim must reach the provider within `claim_days` of the event; who has it in hand is reminded `remind_days`
    before.
    """

    name = Line(60, 2, required=True)
    kind = Choice(PLAN_KINDS, required=True)
    provider = Line(100, 2, required=True)
    document = Line(200, 2, required=True)
    fee = Money(required=True, validate=validate.Range(min=0, max=100_000))
    sum_insured = Money(required=True, validate=validate.Range(min=0, max=100_000_000))
    age_from = fields.Integer(load_default=16, strict=True, validate=_Age)
    age_to = fields.Integer(load_default=70, strict=True, validate=_Age)
    claim_days = fields.Integer(required=True, strict=True, validate=_Days)
    remind_days = fields.Integer(load_default=30, strict=True, validate=_Days)
    ends_with_retirement = fields.Boolean(load_default=False)
    ends_with_leaving = fields.Boolean(load_default=True)
    about = Text(1000, load_default=None, allow_none=True)


class Plan(PlanTerms):
    """保障计划 A plan. Its terms never change, because covers rest on them; `offered` is false once it was ended."""

    id = fields.UUID(required=True)
    offered = fields.Boolean(required=True, metadata=label("可用"))


@labelled(MUTUAL_AID_FIELDS)
class CoverPeriod(Schema):
    """保障期 The days for which members are covered by a plan, when units enrol them, and who pays.

    `members` and `amount` are those of the list as it was closed; until then those enrolled so far. `refused_rule` is
    why the funds did not pay.
    """

    id = fields.UUID(required=True)
    plan_id = fields.UUID(required=True)
    plan = fields.Nested(Plan, required=True)
    title = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    enrol_from = fields.Date(required=True)
    enrol_until = fields.Date(required=True)
    payer = Choice(PAYERS, required=True)
    state = Choice(PERIOD_STATES, required=True)
    members = fields.Integer(required=True)
    amount = Money(required=True)
    payment_state = Choice(PAYMENT_STATES, required=True)
    refused_rule = fields.String(allow_none=True, load_default=None)


@labelled(MUTUAL_AID_FIELDS)
class Cover(Schema):
    """参保 A member's cover in a period. `ends_on` is earlier than the period's where the cover `ended`.

    `fee_paid_on`: the day the member's own fee was collected; null where none is due, or it is still due.
    """

    id = fields.UUID(required=True)
    period_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    state = Choice(COVER_STATES, required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    end_reason = Choice(COVER_ENDS, allow_none=True, load_default=None, metadata=label("终止原因"))
    enrolled_at = Timestamp(required=True)
    fee_paid_on = fields.Date(allow_none=True, load_default=None)
    decision_id = fields.UUID(required=True)


class MyCover(Cover):
    """One's own cover, with the title of the period, who pays, and the plan."""

    title = fields.String(required=True, metadata=label("保障期名称"))
    payer = Choice(PAYERS, required=True, metadata=label("费用来源"))
    plan = fields.Nested(Plan, required=True)


@labelled(MUTUAL_AID_FIELDS)
class Candidate(Schema):
    """参保候选人 A member of a unit, and how the member stands in a period; `cover_id` where there is a cover."""

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    state = Choice(COVER_STATES, allow_none=True, load_default=None)
    cover_id = fields.UUID(allow_none=True, load_default=None)


@labelled(MUTUAL_AID_FIELDS)
class EnrolmentLine(Schema):
    """What becomes of one member of a list, with the rule that refuses."""

    member_id = fields.UUID(required=True)
    outcome = Choice(ENROL_LINES, required=True, metadata=label("结果"))
    rule = fields.String(allow_none=True, load_default=None)
    detail = fields.String(allow_none=True, load_default=None)
    params = fields.Dict(load_default=dict)


class Enrolment(Schema):
    """A list, line by line: who is covered already comes first, then who can't be, then who can.

    `left`: how many of the unit are beyond the most that are taken at once.
    """

    items = fields.List(fields.Nested(EnrolmentLine), required=True)
    new = fields.Integer(required=True)
    duplicates = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    left = fields.Integer(required=True)


class FeesNoted(Schema):
    """How many fees were noted as collected."""

    noted = fields.Integer(required=True)


class ClaimDocument(Schema):
    """申领材料 A document of a claim, without its content."""

    id = fields.UUID(required=True)
    kind = Choice(CLAIM_DOCUMENTS, required=True, metadata=label("种类"))
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    stored_at = Timestamp(required=True)


@labelled(MUTUAL_AID_FIELDS)
class MutualAidClaim(Schema):
    """互助保障申领 A claim on a plan after an event. It must reach the provider by `due_on`.

    A chair sees whose it is, its state and deadline; plan, period, event and sums are null then, because they tell what
    happened.
    """

    id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    state = Choice(CLAIM_STATES, required=True)
    due_on = fields.Date(required=True)
    submitted_at = Timestamp(required=True)
    forwarded_at = Timestamp(allow_none=True, load_default=None)
    sent_on_at = Timestamp(allow_none=True, load_default=None)
    plan_id = fields.UUID(allow_none=True, load_default=None)
    plan_name = fields.String(allow_none=True, load_default=None, metadata=label("保障计划"))
    event_on = fields.Date(allow_none=True, load_default=None)
    asked = Money(allow_none=True, load_default=None)
    paid = Money(allow_none=True, load_default=None)
    paid_on = fields.Date(allow_none=True, load_default=None)
    decision_id = fields.UUID(allow_none=True, load_default=None)


class ClaimDetail(MutualAidClaim):
    """A claim in whole, for the member and officers; for others as `MutualAidClaim`.

    `details` and `reason` are for the member; `texts` says which of them there are, and officers read them for a
    purpose. `documents_erased_on`: the day on which the documents' time of keeping was over.
    """

    details = fields.String(allow_none=True, load_default=None, metadata=label("情况说明"))
    reason = fields.String(allow_none=True, load_default=None, metadata=label("未获赔付的原因"))
    texts = fields.List(Choice(CLAIM_TEXTS), load_default=list)
    documents = fields.List(fields.Nested(ClaimDocument), load_default=list)
    documents_erased_on = fields.Date(allow_none=True, load_default=None)
    sealed = fields.Boolean(load_default=True)


class ClaimText(Schema):
    """What is written in a claim, in plain; the look was logged."""

    field = Choice(CLAIM_TEXTS, required=True)
    value = fields.String(allow_none=True, load_default=None)


class ClaimAccess(Schema):
    """A look at a claim's documents: when, by which account, for which purpose."""

    at = Timestamp(required=True)
    account_id = fields.UUID(allow_none=True, load_default=None)
    purpose = fields.String(required=True)


@labelled(MUTUAL_AID_FIELDS)
class CoverByUnit(Schema):
    """分工会参保率 How many members of a unit are covered in a period."""

    unit_id = fields.UUID(required=True)
    member_count = fields.Integer(required=True)
    covered_count = fields.Integer(required=True)
    percent = fields.Integer(required=True)


@labelled(MUTUAL_AID_FIELDS)
class YearOfClaims(Schema):
    """年度申领 Claims filed in a year; counts and the sum are null where few filed, so that nobody is recognised."""

    year = fields.Integer(required=True)
    claims = fields.Integer(allow_none=True, load_default=None)
    paid_claims = fields.Integer(allow_none=True, load_default=None)
    paid_sum = Money(allow_none=True, load_default=None)


class CoverageFigures(Schema):
    """Coverage of a period by unit, and claims by year, latest first."""

    period = fields.Nested(CoverPeriod, required=True)
    units = fields.List(fields.Nested(CoverByUnit), required=True)
    years = fields.List(fields.Nested(YearOfClaims), required=True)
    few = fields.Integer(required=True)
