"""Requests of visits. The operations are in `operations`."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import Choice, Money, PageRequest, Schema, Text, Vocabulary, invalid, label
from services.contracts.days import Day
from services.contracts.ids import ids_filter
from services.contracts.membership.record.fields import MEMBER_FIELDS
from services.contracts.vocabulary import BENEFIT_FORMS
from services.contracts.welfare.visits.shapes import VISIT_STATES
from services.contracts.welfare.vocabulary import EVIDENCE_KINDS, RELATIONS, VISIT_LEVELS, OccasionKey

VISIT_ORDERS = Vocabulary("visit_order", {"due_at": "期限早的在前", "-due_at": "期限晚的在前"})
_MOST_YUAN = 1_000_000


class ReportLifeEvent(Schema):
    """An event in a member's life that requires a visit. Without `member_id` the caller reports an own one.

    `relation`: who died, for a bereavement only. `another_relative`: it is another person than was reported already, as
    when both parents die on one day. `note` is stored encrypted.
    """

    member_id = fields.UUID(load_default=None, allow_none=True, metadata=label("会员"))
    occasion = OccasionKey(required=True, metadata=label("事由"))
    happened_on = Day(years_ahead=2, required=True, metadata=label("发生日期"))
    relation = Choice(RELATIONS, load_default=None, allow_none=True, metadata=label("去世亲属与会员的关系"))
    another_relative = fields.Boolean(load_default=False, metadata=label("与已报的不是同一位亲属（如父母同日去世）"))
    note = Text(500, load_default=None, allow_none=True, metadata=label("说明"))


class ListLifeEvents(PageRequest):
    """Life events, newest first: own unit for a chair, own reports and events for a member."""

    unit_id = fields.UUID(load_default=None, allow_none=True)
    member_id = fields.UUID(load_default=None, allow_none=True)


class UnmaskLifeEvent(Schema):
    """One protected field in plain, for a stated purpose; the access is logged and visible to the member."""

    life_event_id = fields.UUID(required=True)
    field = Choice(MEMBER_FIELDS.only("occasion", "relation", "note"), required=True)
    purpose = Text(200, 2, required=True)


class ListLifeEventAccesses(PageRequest):
    """Accesses to the protected fields of one life event and its evidence, newest first."""

    life_event_id = fields.UUID(required=True)


class ListVisits(PageRequest):
    """Visits by due time. `overdue` and `escalated` restrict it to open visits past their time."""

    state = Choice(VISIT_STATES, load_default=None, allow_none=True, metadata=label("状态"))
    open = fields.Boolean(load_default=None, allow_none=True)
    overdue = fields.Boolean(load_default=None, allow_none=True)
    escalated = fields.Boolean(load_default=None, allow_none=True)
    claim_refused = fields.Boolean(load_default=None, allow_none=True)
    level = Choice(VISIT_LEVELS, load_default=None, allow_none=True, metadata=label("走访层级"))
    unit_id = fields.UUID(load_default=None, allow_none=True, metadata=label("分工会"))
    member_id = fields.UUID(load_default=None, allow_none=True)
    assignee_id = fields.UUID(load_default=None, allow_none=True)
    due_from = fields.Date(load_default=None, allow_none=True)
    due_to = fields.Date(load_default=None, allow_none=True)
    ids = ids_filter()
    with_total = fields.Boolean(load_default=False)
    sort = Choice(VISIT_ORDERS, load_default="due_at", metadata=label("排序"))


class MyVisits(PageRequest):
    """Visits assigned to the caller; `open: false` shows those already made."""

    open = fields.Boolean(load_default=True, allow_none=True)
    ids = ids_filter()


class VisitRef(Schema):
    """One visit by id."""

    visit_id = fields.UUID(required=True)


class VisitFiguresRequest(Schema):
    """Figures of one unit, or of all the caller may see; `detailed` adds those by month and by unit."""

    unit_id = fields.UUID(load_default=None, allow_none=True)
    detailed = fields.Boolean(load_default=False)


class ListVisitStatistics(PageRequest):
    """Visits made in a year, this one by default, by unit and month; of one unit, or of all the caller may see."""

    year = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(min=2000, max=2100), metadata=label("年份")
    )
    unit_id = fields.UUID(load_default=None, allow_none=True, metadata=label("分工会"))


class AssignVisit(Schema):
    """The assignee of a visit: for a unit's visit one of its members, for the union's any; never the member visited."""

    visit_id = fields.UUID(required=True)
    assignee_id = fields.UUID(required=True)
    version = fields.Integer(load_default=None, allow_none=True, strict=True)


class NewEvidence(Schema):
    """One piece of evidence: its kind and text; the text is stored encrypted."""

    kind = Choice(EVIDENCE_KINDS, required=True)
    text = Text(1000, 2, required=True)


class CompleteVisit(Schema):
    """The visit was made. With an `amount` it becomes a claim on the union's funds; `form` is then needed.

    The amount may be left out or 0.00 where nothing was given.
    """

    visit_id = fields.UUID(required=True)
    visited_on = Day(required=True, metadata=label("走访日期"))
    evidence = fields.List(fields.Nested(NewEvidence), load_default=list, validate=validate.Length(max=10))
    amount = Money(
        load_default=None,
        allow_none=True,
        validate=validate.Range(min=0, max=_MOST_YUAN),
        metadata=label("慰问金额（元）"),
    )
    form = Choice(BENEFIT_FORMS, load_default=None, allow_none=True, metadata=label("发放形式"))
    version = fields.Integer(load_default=None, allow_none=True, strict=True)

    @validates_schema
    def _form_goes_with_amount(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("amount") and not data.get("form"):
            raise invalid("visits.form_missing", "Say in which form the amount was given.", field="form")


class AddVisitEvidence(Schema):
    """Evidence before the visit is completed, or later; the last missing piece closes a claimed visit."""

    visit_id = fields.UUID(required=True)
    kind = Choice(EVIDENCE_KINDS, required=True)
    text = Text(1000, 2, required=True)


class UnmaskEvidence(Schema):
    """The text of one piece of evidence, for a stated purpose that is logged."""

    visit_id = fields.UUID(required=True)
    evidence_id = fields.UUID(required=True)
    purpose = Text(200, 2, required=True)


class ClaimVisitAgain(Schema):
    """Claim again after a refusal or reversal, with another amount or form if that was the reason."""

    visit_id = fields.UUID(required=True)
    amount = Money(required=True, validate=validate.Range(min=0, max=_MOST_YUAN))
    form = Choice(BENEFIT_FORMS, load_default=None, allow_none=True)
    reason = Text(200, 2, required=True)

    @validates_schema
    def _form_goes_with_amount(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("amount") and not data.get("form"):
            raise invalid("visits.form_missing", "Say in which form the amount was given.", field="form")


class CancelVisit(Schema):
    """Why no visit is made. With `report_was_wrong` the life event is also withdrawn and can be reported again."""

    visit_id = fields.UUID(required=True)
    reason = Text(200, 2, required=True)
    report_was_wrong = fields.Boolean(load_default=False)
    version = fields.Integer(load_default=None, allow_none=True, strict=True)
