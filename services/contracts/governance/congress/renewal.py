"""Renewal (换届): the checklist of a term that comes to its end, from `congress.renewal_months` before its last day."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import (
    Choice,
    Empty,
    Line,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    label,
    labelled,
    query,
)
from services.contracts.days import Day
from services.contracts.governance.congress.terms import CongressRef
from services.contracts.governance.congress.vocabulary import (
    RENEWAL_FIELDS,
    RENEWAL_ITEM_STATES,
    RENEWAL_SHOWN,
    RENEWAL_STEPS,
)

MOST_RENEWAL_ITEMS = 60
_LABELS = RENEWAL_FIELDS.texts


class RenewalItemRef(Schema):
    """One item of a checklist by id."""

    item_id = fields.UUID(required=True)


class ListRenewalItems(PageRequest, CongressRef):
    """The items of a term's checklist, those that are due first in front."""

    show = Choice(RENEWAL_SHOWN, load_default="all", metadata=label(_LABELS["show"]))


class ListRenewalSteps(PageRequest, CongressRef):
    """What was done with the items of a term's checklist, the latest first."""


@labelled(RENEWAL_FIELDS)
class RenewalItem(Schema):
    """换届事项 An item, its last day, and by whom and when it was ticked.

    `own`: the union added it, and `item` is its text. `done_by` is null where the account belongs to no member.
    """

    id = fields.UUID(required=True)
    congress_id = fields.UUID(required=True)
    item = fields.String(required=True)
    own = fields.Boolean(required=True)
    due_on = fields.Date(required=True)
    state = Choice(RENEWAL_ITEM_STATES, required=True)
    done_at = Timestamp(required=True, allow_none=True)
    done_by = fields.UUID(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)


@labelled(RENEWAL_FIELDS)
class RenewalStep(Schema):
    """What was done with an item, by whom, and why."""

    id = fields.UUID(required=True)
    step = Choice(RENEWAL_STEPS, required=True)
    item = fields.String(required=True)
    own = fields.Boolean(required=True)
    note = fields.String(required=True, allow_none=True)
    done_by = fields.UUID(required=True, allow_none=True)
    at = Timestamp(required=True)


class RenewalRule(Schema):
    """A figure the checklist was opened by, and where it is written."""

    key = fields.String(required=True)
    value = fields.Raw(required=True)
    document = fields.String(required=True)
    number = fields.String(required=True, allow_none=True)
    article = fields.String(required=True, allow_none=True)
    ruleset = fields.String(required=True)


class Renewal(Schema):
    """The renewal of a term: how much of its checklist is done.

    `opens_on`: the day from which there is a checklist; null where no rule says it. `opened_on` is null until then.
    `number`, `ends_on`: of the term. `rules`: those it was opened by. `missing_rules`: keys without a rule, which keep
    it from opening.
    """

    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    ends_on = fields.Date(required=True)
    opens_on = fields.Date(required=True, allow_none=True)
    opened_on = fields.Date(required=True, allow_none=True)
    items = fields.Integer(required=True)
    done = fields.Integer(required=True)
    late = fields.Integer(required=True)
    rules = fields.List(fields.Nested(RenewalRule), required=True)
    missing_rules = fields.List(fields.String(), required=True)
    actions = fields.List(fields.String(), required=True)


@labelled(RENEWAL_FIELDS)
class AddRenewalItem(CongressRef):
    """An item in the union's own words, with its last day."""

    item = Line(100, 2, required=True)
    due_on = Day(years_ahead=2, required=True)


class TickRenewalItem(RenewalItemRef):
    """That an item is done, with what there is to say about it."""

    note = Text(200, 1, load_default=None, allow_none=True, metadata=label(_LABELS["note"]))


class UntickRenewalItem(RenewalItemRef):
    """That an item is to be done after all, and why."""

    reason = Text(200, 2, required=True, metadata=label(_LABELS["reason"]))


class MoveRenewalItem(RenewalItemRef):
    """Another last day of an item, and why."""

    due_on = Day(years_ahead=2, required=True, metadata=label(_LABELS["due_on"]))
    reason = Text(200, 2, required=True, metadata=label(_LABELS["reason"]))


_OFFICER = ("officer",)
_READS = ("officer", "auditor")

get_renewal = query(
    "governance", "get_renewal", request=CongressRef, reply=Renewal, allow=_READS,
    doc="How far the renewal of a term is.", title="查看换届进度",
)  # fmt: skip
list_renewal_items = query(
    "governance", "list_renewal_items", request=ListRenewalItems, reply=Page(RenewalItem), allow=_READS,
    doc="The checklist of a term that comes to its end.", title="查看换届检查表",
)  # fmt: skip
list_renewal_steps = query(
    "governance", "list_renewal_steps", request=ListRenewalSteps, reply=Page(RenewalStep), allow=_READS,
    doc="What was done with the checklist of a term, by whom.", title="查看换届办理记录",
)  # fmt: skip
add_renewal_item = command(
    "governance", "add_renewal_item", request=AddRenewalItem, reply=RenewalItem, allow=_OFFICER,
    doc="Add an item to the checklist of a renewal.", title="增加换届事项",
)  # fmt: skip
remove_renewal_item = command(
    "governance", "remove_renewal_item", request=RenewalItemRef, reply=Empty, allow=_OFFICER,
    doc="Remove an item that the union added and has not done.", title="删除换届事项",
)  # fmt: skip
tick_renewal_item = command(
    "governance", "tick_renewal_item", request=TickRenewalItem, reply=RenewalItem, allow=_OFFICER,
    doc="Note that an item of the renewal is done.", title="办结换届事项",
)  # fmt: skip
untick_renewal_item = command(
    "governance", "untick_renewal_item", request=UntickRenewalItem, reply=RenewalItem, allow=_OFFICER,
    doc="Take back that an item of the renewal is done.", title="撤回办结换届事项",
)  # fmt: skip
move_renewal_item = command(
    "governance", "move_renewal_item", request=MoveRenewalItem, reply=RenewalItem, allow=_OFFICER,
    doc="Give an item of the renewal another last day.", title="调整换届事项期限",
)  # fmt: skip
