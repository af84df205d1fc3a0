"""Finding in welfare (福利事项): what its lists show to the caller, over all subjects, by words. No protected texts."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Line, Page, PageRequest, Schema, Vocabulary, label, query

FOUND_KINDS = Vocabulary(
    "welfare_found", cycle="节日慰问品", round="疗休养批次", trip="疗休养团", examination="体检", drive="慈善捐赠",
    plan="互助保障计划", period="互助保障期", purchase="采购", supplier="供应商", campaign="慰问活动",
    request_type="诉求类型", request="诉求",
)  # fmt: skip
LONGEST_QUERY = 60


class FindInWelfare(PageRequest):
    """Words that what is found has all of, in its title or its text."""

    q = Line(LONGEST_QUERY, 1, required=True)


class FoundInWelfare(Schema):
    """One thing: what it is called, a text beside it (a trip's round, a plan's provider), its day and its state.

    `by_appointment`: a type of requests that has appointments instead.
    """

    id = fields.UUID(required=True)
    kind = Choice(FOUND_KINDS, required=True, metadata=label("类别"))
    title = fields.String(required=True)
    text = fields.String(allow_none=True, load_default=None)
    on = fields.Date(allow_none=True, load_default=None)
    state = fields.String(allow_none=True, load_default=None)
    by_appointment = fields.Boolean(required=True)


find_in_welfare = query(
    "welfare", "find_in_welfare", request=FindInWelfare, reply=Page(FoundInWelfare),
    allow=("officer", "auditor", "chair", "handler", "member"), reach={"member": "union"},
    doc="What welfare's lists show to the caller and has these words, newest first.", title="搜索福利事项",
)  # fmt: skip
