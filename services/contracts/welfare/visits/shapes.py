"""Shapes of visits in answers. The operations are in `operations`."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Money, Schema, Timestamp, Vocabulary, label
from services.contracts.vocabulary import BENEFIT_FORMS
from services.contracts.welfare.vocabulary import (
    CLAIM_STATES,
    EVIDENCE_KINDS,
    PEOPLE_SHOWN,
    RELATIONS,
    VISIT_LEVELS,
    OccasionKey,
    RuleInForceExplained,
)

VISIT_STATES = Vocabulary(
    "visit", required="待指派", assigned="待走访", visited="已走访", claimed="已入账", closed="已办结",
    cancelled="已取消",
)  # fmt: skip
VISIT_STAGES = Vocabulary(
    "visit_stage", required="需走访", assigned="已指派", **VISIT_STATES.only("visited", "claimed", "closed").texts,
)  # fmt: skip
"""States of a visit that is made, each called what was done last."""
VISIT_STEPS = Vocabulary(
    "visit_step", VISIT_STATES.texts, reassigned="改派走访人", evidence="已补充凭证", late_evidence="已后补凭证",
    evidence_removed="已删除凭证", reminded="已提醒",
    overdue="已逾期", escalated="已上报校工会", claim_refused="未予入账", claim_reversed="入账被冲销",
    claimed_again="重新申报",
)  # fmt: skip

CANCEL_CAUSES = Vocabulary("visit_cancel", member_died="会员去世")
"""Why the system cancelled a visit; a visit made before the death can still be recorded."""


EVIDENCE_OPENS = Vocabulary("evidence_opens", freely="可直接查看", for_purpose="须写明用途")


class LifeEvent(Schema):
    """生活事件 An event in a member's life that requires a visit; protected fields are null unless it is one's own."""

    id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    occasion = OccasionKey(allow_none=True, load_default=None)
    occasion_name = fields.String(allow_none=True, load_default=None)
    occasion_name_en = fields.String(allow_none=True, load_default=None)
    relation = Choice(RELATIONS, allow_none=True, load_default=None)
    happened_on = fields.Date(allow_none=True, load_default=None)
    masked = fields.Boolean(required=True)
    has_note = fields.Boolean(required=True)
    withdrawn = fields.Boolean(required=True)
    reported_at = Timestamp(required=True)
    reported_by_self = fields.Boolean(required=True)
    visit_id = fields.UUID(required=True)
    visit_state = Choice(VISIT_STATES, required=True)
    due_at = Timestamp(required=True)


class LifeEventAccess(Schema):
    """An access to a protected field: when, by which account, which field, for which purpose."""

    at = Timestamp(required=True)
    account_id = fields.UUID(allow_none=True, load_default=None)
    field = fields.String(required=True)
    purpose = fields.String(required=True)


class Plain(Schema):
    """A protected field in plain; null where it is empty."""

    field = fields.String(required=True)
    value = fields.String(allow_none=True, required=True)


class Visit(Schema):
    """走访 A visit in a list: the member, the due time, the assignee, the state. Never the reason."""

    id = fields.UUID(required=True)
    life_event_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True, metadata=label("会员"))
    unit_id = fields.UUID(required=True, metadata=label("分工会"))
    level = Choice(VISIT_LEVELS, required=True, metadata=label("走访层级"))
    state = Choice(VISIT_STATES, required=True, metadata=label("状态"))
    due_at = Timestamp(required=True, metadata=label("期限"))
    overdue = fields.Boolean(required=True)
    escalated = fields.Boolean(required=True)
    assignee_id = fields.UUID(allow_none=True, load_default=None, metadata=label("走访人"))
    visited_on = fields.Date(allow_none=True, load_default=None, metadata=label("走访日期"))
    visited_in_time = fields.Boolean(allow_none=True, load_default=None)
    amount = Money(allow_none=True, load_default=None, metadata=label("金额（元）"))
    form = Choice(BENEFIT_FORMS, allow_none=True, load_default=None)
    claim_state = Choice(CLAIM_STATES, required=True, metadata=label("入账"))
    refused_rule = fields.String(allow_none=True, load_default=None)
    refused_code = fields.String(allow_none=True, load_default=None)
    version = fields.Integer(required=True)


class Evidence(Schema):
    """A piece of evidence without its text and file; `late` if it was added after the visit was completed.

    `opens` says how the reader may open its file: freely, for a stated purpose, or not (null). `removable`: the reader
    may remove it.
    """

    id = fields.UUID(required=True)
    kind = Choice(EVIDENCE_KINDS, required=True)
    late = fields.Boolean(required=True)
    recorded_at = Timestamp(required=True)
    recorded_by = fields.UUID(allow_none=True, load_default=None)
    has_text = fields.Boolean(load_default=True)
    has_file = fields.Boolean(load_default=False)
    media_type = fields.String(allow_none=True, load_default=None)
    size = fields.Integer(allow_none=True, load_default=None)
    people_shown = Choice(PEOPLE_SHOWN, allow_none=True, load_default=None)
    opens = Choice(EVIDENCE_OPENS, allow_none=True, load_default=None)
    removable = fields.Boolean(load_default=False)


class RemovedEvidence(Schema):
    """A piece of evidence that was removed; the reason is null except for officers and auditors."""

    kind = Choice(EVIDENCE_KINDS, required=True)
    recorded_at = Timestamp(required=True)
    removed_at = Timestamp(required=True)
    removed_by = fields.UUID(allow_none=True, load_default=None)
    reason = fields.String(allow_none=True, load_default=None)


class Benefit(Schema):
    """What may be given at a visit and by which rules; `why_not` names a missing rule.

    Shown to officers, auditors and the visitor; to the visitor without the keys of the rules, which name the occasion,
    and without the rules where the type tells nothing of the occasion.
    """

    cap = Money(allow_none=True, load_default=None)
    forms = fields.List(Choice(BENEFIT_FORMS), required=True)
    rules = fields.List(fields.Nested(RuleInForceExplained), required=True)
    why_not = fields.String(allow_none=True, load_default=None)
    missing_rule = fields.String(allow_none=True)


class VisitStep(Schema):
    """A step of a visit: what happened, when, by which account; null when the system did it."""

    at = Timestamp(required=True)
    state = fields.String(required=True)
    account_id = fields.UUID(allow_none=True, load_default=None)


class VisitDetail(Visit):
    """One visit with details: given and missing evidence, steps, possible actions, and what may be given.

    `told_as`: the occasion as its type lets the visitor read it; null for everybody else.
    """

    reported_at = Timestamp(required=True)
    overdue_at = Timestamp(allow_none=True, load_default=None)
    escalated_at = Timestamp(allow_none=True, load_default=None)
    completed_at = Timestamp(allow_none=True, load_default=None)
    closed_at = Timestamp(allow_none=True, load_default=None)
    cancel_reason = fields.String(allow_none=True, load_default=None)
    cancel_cause = Choice(CANCEL_CAUSES, allow_none=True, load_default=None)
    entry_id = fields.UUID(allow_none=True, load_default=None)
    evidence = fields.List(fields.Nested(Evidence), required=True)
    removed_evidence = fields.List(fields.Nested(RemovedEvidence), load_default=list)
    evidence_needed = fields.List(Choice(EVIDENCE_KINDS), required=True)
    evidence_to_close = fields.List(Choice(EVIDENCE_KINDS), required=True)
    evidence_missing = fields.List(Choice(EVIDENCE_KINDS), required=True)
    told_as = fields.String(allow_none=True, load_default=None)
    told_as_en = fields.String(allow_none=True, load_default=None)
    benefit = fields.Nested(Benefit, allow_none=True, load_default=None)
    steps = fields.List(fields.Nested(VisitStep), required=True)
    actions = fields.List(fields.String(), required=True)


class VisitsOfMonth(Schema):
    """How many visits were made in a month, `2026-03`, and how many of them in time."""

    month = fields.String(required=True)
    made = fields.Integer(required=True)
    in_time = fields.Integer(required=True)


class VisitsOfUnit(Schema):
    """How many visits of this year a unit's members had, how many in time, and how many are overdue now."""

    unit_id = fields.UUID(required=True)
    made = fields.Integer(required=True)
    in_time = fields.Integer(required=True)
    overdue = fields.Integer(required=True)


class VisitsOfUnitAndMonth(Schema):
    """How many visits a unit's members had in a month, `2026-03`, and how many of them in time."""

    unit_id = fields.UUID(required=True, metadata=label("分工会"))
    month = fields.String(required=True, metadata=label("月份"))
    made = fields.Integer(required=True, metadata=label("走访次数"))
    in_time = fields.Integer(required=True, metadata=label("按期次数"))


class VisitFigures(Schema):
    """Numbers of visits: to be made, of these overdue and escalated, claims waiting or refused, made and closed.

    `by_month`, the last twelve, and `by_unit` only where they were asked for.
    """

    open = fields.Integer(required=True)
    due_today = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    escalated = fields.Integer(required=True)
    claims_pending = fields.Integer(required=True)
    claims_refused = fields.Integer(required=True)
    closed_this_year = fields.Integer(required=True)
    in_time_this_year = fields.Integer(required=True)
    made_this_year = fields.Integer(required=True)
    by_month = fields.List(fields.Nested(VisitsOfMonth), load_default=list)
    by_unit = fields.List(fields.Nested(VisitsOfUnit), load_default=list)
