"""Shapes of visits in answers. The operations are in `operations`."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Money, Schema, Timestamp
from services.contracts.welfare.vocabulary import (
    EVIDENCE_KINDS,
    FORMS,
    LEVELS,
    RELATIONS,
    OccasionKey,
    RuleInForceExplained,
)

VISIT_STATES = ("required", "assigned", "visited", "claimed", "closed", "cancelled")
"""需走访, 已指派, 已走访, 已入账, 已办结, 已取消, in this order."""

CANCEL_CAUSES = ("member_died",)
"""Why the system cancelled a visit; a visit made before the death can still be recorded."""

CLAIM_STATES = ("none", "pending", "recorded", "refused", "reversed")
"""The answer of the funds: nothing was given, no answer yet, posted, refused with a rule, reversed."""


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
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    level = Choice(LEVELS, required=True)
    state = Choice(VISIT_STATES, required=True)
    due_at = Timestamp(required=True)
    overdue = fields.Boolean(required=True)
    escalated = fields.Boolean(required=True)
    assignee_id = fields.UUID(allow_none=True, load_default=None)
    visited_on = fields.Date(allow_none=True, load_default=None)
    visited_in_time = fields.Boolean(allow_none=True, load_default=None)
    amount = Money(allow_none=True, load_default=None)
    form = Choice(FORMS, allow_none=True, load_default=None)
    claim_state = Choice(CLAIM_STATES, required=True)
    refused_rule = fields.String(allow_none=True, load_default=None)
    refused_code = fields.String(allow_none=True, load_default=None)
    version = fields.Integer(required=True)


class Evidence(Schema):
    """A piece of evidence without its text; `late` if it was added after the visit was completed."""

    id = fields.UUID(required=True)
    kind = Choice(EVIDENCE_KINDS, required=True)
    late = fields.Boolean(required=True)
    recorded_at = Timestamp(required=True)
    recorded_by = fields.UUID(allow_none=True, load_default=None)


class Benefit(Schema):
    """What may be given at a visit and by which rules; `why_not` names a missing rule.

    Shown to officers, auditors and the assignee.
    """

    cap = Money(allow_none=True, load_default=None)
    forms = fields.List(Choice(FORMS), required=True)
    rules = fields.List(fields.Nested(RuleInForceExplained), required=True)
    why_not = fields.String(allow_none=True, load_default=None)


class VisitStep(Schema):
    """A step of a visit: what happened, when, by which account; null when the system did it."""

    at = Timestamp(required=True)
    state = fields.String(required=True)
    account_id = fields.UUID(allow_none=True, load_default=None)


class VisitDetail(Visit):
    """One visit with details: given and missing evidence, steps, possible actions, and what may be given."""

    reported_at = Timestamp(required=True)
    overdue_at = Timestamp(allow_none=True, load_default=None)
    escalated_at = Timestamp(allow_none=True, load_default=None)
    completed_at = Timestamp(allow_none=True, load_default=None)
    closed_at = Timestamp(allow_none=True, load_default=None)
    cancel_reason = fields.String(allow_none=True, load_default=None)
    cancel_cause = Choice(CANCEL_CAUSES, allow_none=True, load_default=None)
    entry_id = fields.UUID(allow_none=True, load_default=None)
    evidence = fields.List(fields.Nested(Evidence), required=True)
    evidence_needed = fields.List(Choice(EVIDENCE_KINDS), required=True)
    evidence_to_close = fields.List(Choice(EVIDENCE_KINDS), required=True)
    evidence_missing = fields.List(Choice(EVIDENCE_KINDS), required=True)
    benefit = fields.Nested(Benefit, allow_none=True, load_default=None)
    steps = fields.List(fields.Nested(VisitStep), required=True)
    actions = fields.List(fields.String(), required=True)


class VisitFigures(Schema):
    """Numbers of visits: to be made, of these overdue and escalated, claims waiting or refused, made and closed."""

    open = fields.Integer(required=True)
    due_today = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    escalated = fields.Integer(required=True)
    claims_pending = fields.Integer(required=True)
    claims_refused = fields.Integer(required=True)
    closed_this_year = fields.Integer(required=True)
    in_time_this_year = fields.Integer(required=True)
    made_this_year = fields.Integer(required=True)
