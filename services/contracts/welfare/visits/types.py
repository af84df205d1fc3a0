"""Visit types (走访类型): the occasions on which a union visits its members, shipped ones and the union's own."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import SYSTEM, Choice, Line, Schema, Text, Vocabulary, command, labelled, query
from services.contracts.days import Day
from services.contracts.eras import LIFETIME
from services.contracts.governance.rulebook.vocabulary import RULE_SETS
from services.contracts.membership.organisation.posts import POST_KINDS
from services.contracts.membership.record.shapes import STANDINGS
from services.contracts.welfare.vocabulary import EVIDENCE_KINDS, RELATIONS, VISIT_LEVELS, BenefitKey, OccasionKey

COVERED_STANDINGS = STANDINGS.only("active", "transferring", "retained", "deceased")
"""Standings of members that an occasion can include."""
VISIT_TYPE_FIELDS = Vocabulary(
    "visit_type_field", occasion="代码", name="名称", name_en="英文名称", level="走访层级",
    union_posts="担任这些职务的由校工会走访", due_within_hours="几小时内走访", remind_before_hours="到期前几小时提醒",
    escalate_after_hours="逾期几小时上报校工会", evidence_needed="走访时要有的凭证",
    evidence_to_close="办结前还要补的凭证", standings="适用的会籍状态", relations="须填与哪位亲属有关",
    told_as="走访人看到的事由", told_as_en="走访人看到的事由（英文）", benefit_key="慰问项目代码",
    ahead_days="最多提前几天登记", back_days="最迟几天内登记", apart_days="两次至少相隔几天", title="依据的文件",
    number="文件号", valid_from="施行日期", ruleset="来源",
)  # fmt: skip
MOST_HOURS = 24 * 90
MOST_DAYS = 3650


def _Hours() -> fields.Integer:  # noqa: N802
    return fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=MOST_HOURS))


def _Days(**kwargs: object) -> fields.Integer:  # noqa: N802
    return fields.Integer(strict=True, validate=validate.Range(min=0, max=MOST_DAYS), **kwargs)  # type: ignore[arg-type]


def _Words(words: Vocabulary, **kwargs: object) -> fields.List:  # noqa: N802
    check = [validate.Length(max=len(words)), *kwargs.pop("validate", [])]  # type: ignore[misc]
    return fields.List(Choice(words), validate=check, **kwargs)  # type: ignore[arg-type]


@labelled(VISIT_TYPE_FIELDS)
class VisitTypeTerms(Schema):
    """The content of a visit type: who visits (`level`), how soon, the required evidence, and the linked benefit.

    `evidence_to_close` may come after the visit. `relations`: which relatives it is about. `ahead_days`: how long
    before it happens it may be reported; `back_days`: how long after. `apart_days`: how far apart two of the same kind
    must be. `union_posts`: holders of these posts are visited by the union, also where the level is the unit's.
    `remind_before_hours`: how long before the due time a reminder goes out, 0 for none. `title` and `number` are those
    of its document. `told_as`: the occasion as the visitor reads it, as little as the visit needs (of an illness:
    hospital visit); null when the visitor is told nothing.
    """

    name = Line(60, 1, required=True)
    name_en = Line(100, 1, required=True)
    level = Choice(VISIT_LEVELS, required=True)
    union_posts = _Words(POST_KINDS, load_default=list, allow_none=True)
    due_within_hours = _Hours()
    remind_before_hours = fields.Integer(load_default=12, strict=True, validate=validate.Range(min=0, max=MOST_HOURS))
    escalate_after_hours = _Hours()
    evidence_needed = _Words(EVIDENCE_KINDS, required=True, validate=[validate.Length(min=1)])
    evidence_to_close = _Words(EVIDENCE_KINDS, load_default=list)
    benefit_key = BenefitKey(required=True)
    relations = _Words(RELATIONS, load_default=list)
    standings = _Words(COVERED_STANDINGS, required=True, validate=[validate.Length(min=1)])
    ahead_days = _Days(load_default=0)
    apart_days = _Days(load_default=1)
    back_days = _Days(load_default=365)
    told_as = Line(60, 1, load_default=None, allow_none=True)
    told_as_en = Line(100, 1, load_default=None, allow_none=True)
    title = Line(200, load_default=None, allow_none=True)
    number = Line(100, load_default=None, allow_none=True)


class ShippedVisitType(VisitTypeTerms):
    """A visit type in the file of a rule set."""

    occasion = OccasionKey(required=True)
    position = fields.Integer(required=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(load_default=None, allow_none=True)


@labelled(VISIT_TYPE_FIELDS)
class VisitType(ShippedVisitType):
    """A visit type with its days. `ruleset` is its source: `own` is the union's.

    `offered` is false if the union makes no such visits from `valid_from` on. A type that ends before it begins was
    replaced on the day it was set; visits that use it are not changed.
    """

    id = fields.UUID(required=True)
    ruleset = Choice(RULE_SETS, required=True)
    offered = fields.Boolean(required=True)


class ListVisitTypes(Schema):
    """The types offered on a day, by default today; with `occasion`, all versions of one, newest first."""

    on = fields.Date(load_default=None, allow_none=True)
    occasion = OccasionKey(load_default=None, allow_none=True)


class VisitTypeList(Schema):
    """Visit types, in the order they are offered."""

    items = fields.List(fields.Nested(VisitType), required=True)


@labelled(VISIT_TYPE_FIELDS)
class SetVisitType(VisitTypeTerms):
    """A visit type of the union's own, new or replacing a shipped one, from today or a later day on.

    Without an English name the Chinese one stands for both.
    """

    occasion = OccasionKey(required=True)
    name_en = Line(100, 1, load_default=None, allow_none=True)
    valid_from = Day(years_ahead=10, load_default=None, allow_none=True)


class EndVisitType(Schema):
    """The last day on which an occasion can be reported, yesterday at the earliest; open visits are not changed."""

    occasion = OccasionKey(required=True)
    last_day = Day(years_ahead=LIFETIME, required=True)
    reason = Text(200, 2, required=True)


list_visit_types = query(
    "welfare", "list_visit_types", request=ListVisitTypes, reply=VisitTypeList,
    allow=("officer", "chair", "member", "auditor", SYSTEM), doc="Occasions, who visits, how soon, with what evidence.",
    title="查看走访类型", reach={"chair": "union", "member": "union"},
)  # fmt: skip
set_visit_type = command(
    "welfare", "set_visit_type", request=SetVisitType, reply=VisitTypeList, allow=("officer",),
    doc="Put a visit type of the union's own in force; visits begun before keep theirs.", title="设定走访类型",
)  # fmt: skip
end_visit_type = command(
    "welfare", "end_visit_type", request=EndVisitType, reply=VisitTypeList, allow=("officer",),
    doc="Make no visits of an occasion after a day.", title="停用走访类型",
)  # fmt: skip
