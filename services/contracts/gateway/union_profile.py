"""The union's profile (工会形象): names, colour, emblem and contact, as the portal shows them. Answered by the gateway.

Everything has a default: without a profile the portal has the name of the organisation's root unit and a colour of its
own.
"""

from __future__ import annotations

import re

from marshmallow import fields, validate

from services.chassis.schema import PUBLIC, Empty, Line, Operation, Schema, label
from services.contracts.files import Content, FileName, MediaType

LARGEST_EMBLEM = 1024 * 1024
"""Bytes of an emblem's file."""
LONGEST_SHORT_NAME = 12
"""Characters; it stands in the head of pages on a phone."""
EMBLEM_TYPES = ("image/png", "image/jpeg")
IS_COLOUR = re.compile(r"\A#[0-9a-f]{6}\Z")


class _Texts(Schema):
    """What the profile says, each part optional."""

    name = Line(60, load_default=None, allow_none=True, metadata=label("工会全称"))
    name_en = Line(120, load_default=None, allow_none=True, metadata=label("英文全称"))
    short_name = Line(LONGEST_SHORT_NAME, load_default=None, allow_none=True, metadata=label("简称"))
    short_name_en = Line(24, load_default=None, allow_none=True, metadata=label("英文简称"))
    colour = fields.String(
        load_default=None, allow_none=True, validate=validate.Regexp(IS_COLOUR),
        metadata={**label("主色"), "description": "As #rrggbb; readable on white and under white text."},
    )  # fmt: skip
    office = Line(120, load_default=None, allow_none=True, metadata=label("办公地点"))
    hours = Line(120, load_default=None, allow_none=True, metadata=label("办公时间"))
    phone = Line(40, load_default=None, allow_none=True, metadata=label("联系电话"))
    email = fields.Email(
        load_default=None, allow_none=True, validate=validate.Length(max=120), metadata=label("联系邮箱")
    )


class UnionProfile(_Texts):
    """工会形象 The union as the portal shows it; `version` is 0 until something was set."""

    emblem = fields.String(
        required=True, allow_none=True, metadata={"description": "Address of the emblem, a PNG; null without one."}
    )
    version = fields.Integer(required=True)


class ChangeUnionProfile(_Texts):
    """All parts of the profile but the emblem; what is left out has the default again."""

    version = fields.Integer(required=True, strict=True, metadata={"description": "Version that was read."})


class SetUnionEmblem(Schema):
    """A picture; of any other size it is scaled, and keeps its transparency."""

    name = FileName(required=True, metadata=label("文件名"))
    media_type = MediaType(EMBLEM_TYPES, required=True)
    content = Content(LARGEST_EMBLEM, required=True, metadata=label("会徽"))


_DECIDES = frozenset({"officer"})

get_union_profile = Operation(
    "gateway", "get_union_profile", Empty, UnionProfile, frozenset({PUBLIC}), "query",
    "The union's names, colour, emblem and contact.",
    title="查看工会资料",
)  # fmt: skip
change_union_profile = Operation(
    "gateway", "change_union_profile", ChangeUnionProfile, UnionProfile, _DECIDES, "command",
    "Change the union's names, colour and contact.",
    title="修改工会资料",
)  # fmt: skip
set_union_emblem = Operation(
    "gateway", "set_union_emblem", SetUnionEmblem, UnionProfile, _DECIDES, "command",
    "Set the union's emblem.", title="更换工会徽标",
)  # fmt: skip
remove_union_emblem = Operation(
    "gateway", "remove_union_emblem", Empty, UnionProfile, _DECIDES, "command",
    "Remove the union's emblem.", title="恢复原来的徽标",
)  # fmt: skip
