"""Looks at what welfare keeps protected about a member (谁看过我的福利信息), told to the member."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Page, PageRequest, Schema, Timestamp, Vocabulary, label, query

LOOKED_AT = Vocabulary(
    "looked_at", life_event="走访慰问", care_item="慰问活动", member_request="诉求办理", aid_application="帮扶申请",
    hardship_record="困难职工档案", mutual_aid_claim="互助保障申领", statement="福利明细",
)  # fmt: skip
"""What somebody looked at; the word is the first part of the subject under which the look was kept."""


class OwnLook(Schema):
    """That somebody else read a protected field or opened a paper: when, what it belongs to, for which purpose.

    `source_id` is the id of what it belongs to, or the member's own for a statement.
    """

    at = Timestamp(required=True, metadata=label("时间"))
    kind = Choice(LOOKED_AT, required=True, metadata=label("内容"))
    source_id = fields.UUID(required=True)
    purpose = fields.String(required=True, metadata=label("用途"))


my_welfare_looks = query(
    "welfare", "my_welfare_looks", request=PageRequest, reply=Page(OwnLook), allow=("member",),
    doc="Who looked at one's own protected welfare data, newest first; one's own looks are left out.",
    title="查看谁看过自己的福利信息",
)  # fmt: skip
