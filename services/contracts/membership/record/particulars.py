"""Further fields of a member's record: education, work, private life and contact; mixed into schemas.

`fields` defines who sees and who changes them.
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.chassis.schema import Choice, Schema, Text, Vocabulary
from services.contracts.membership.person import person_name, phone_text

EDUCATIONS = Vocabulary(
    "education", doctorate="博士研究生", master="硕士研究生", bachelor="本科", associate="专科",
    secondary="中专及高中", other="其他",
)  # fmt: skip

DEGREES = Vocabulary("degree", doctor="博士", master="硕士", bachelor="学士", none="无学位")

POLITICAL_STATUSES = Vocabulary(
    "political_status", party_member="中共党员", probationary_member="中共预备党员", league_member="共青团员",
    democratic_party="民主党派成员", independent="无党派人士", masses="群众",
)  # fmt: skip

MARITAL_STATUSES = Vocabulary("marital_status", single="未婚", married="已婚", divorced="离异", widowed="丧偶")
EMERGENCY_RELATIONS = Vocabulary(
    "emergency_relation", spouse="配偶", parent="父母", child="子女", sibling="兄弟姐妹", friend="朋友",
    colleague="同事", other="其他",
)  # fmt: skip


def hr_id_text(**kwargs: Any) -> fields.String:
    """工号 HR's number of a person: letters, digits and hyphens."""
    return Text(30, 1, **kwargs)


def _particulars(**kwargs: Any) -> dict[str, fields.Field[Any]]:
    return {
        "hr_id": hr_id_text(**kwargs),
        "education": Choice(EDUCATIONS, **kwargs),
        "degree": Choice(DEGREES, **kwargs),
        "professional_title": Text(40, **kwargs),
        "position": Text(60, **kwargs),
        "political_status": Choice(POLITICAL_STATUSES, **kwargs),
        "ethnicity": Text(20, **kwargs),
        "native_place": Text(60, **kwargs),
        "marital_status": Choice(MARITAL_STATUSES, **kwargs),
        "office_phone": Text(30, **kwargs),
        "address": Text(200, **kwargs),
        "emergency_name": person_name(**kwargs),
        "emergency_phone": phone_text(**kwargs),
        "emergency_relation": Choice(EMERGENCY_RELATIONS, **kwargs),
        "skills": Text(200, **kwargs),
        "hobbies": Text(200, **kwargs),
    }


PARTICULARS = tuple(_particulars())
"""工号, 学历, 学位, 职称, 职务, 政治面貌, 民族, 籍贯, 婚姻状况, 办公电话, 住址, 紧急联系人, 特长, 爱好."""

GivenParticulars: type[Schema] = type(
    "GivenParticulars", (Schema,), {**_particulars(allow_none=True), "__doc__": "Particulars to change; null empties."}
)
StatedParticulars: type[Schema] = type(
    "StatedParticulars",
    (Schema,),
    {**_particulars(allow_none=True, load_default=None), "__doc__": "Particulars known when a member is admitted."},
)
ShownParticulars: type[Schema] = type(
    "ShownParticulars",
    (Schema,),
    {
        **{name: fields.String(allow_none=True, load_default=None) for name in PARTICULARS},
        "__doc__": "Particulars as the asker may see them: masked, or null where they are not for him.",
    },
)
