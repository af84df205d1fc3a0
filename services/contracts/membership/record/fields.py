"""The table of fields of a member's record: who sees and changes each, how it is masked, how long it is kept.

The visibility of fields is derived from this table, in the service and on the pages. The schemas define the allowed
values; the rulebook defines the months of a retention class, as `retention.<class>`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.chassis.schema import Vocabulary

LOOKERS = Vocabulary("looker", self="本人", officer="校工会干部", service="系统")
MEMBER_FIELDS = Vocabulary(
    "member_field", {
        "id_number": "身份证号", "phone": "手机号", "email": "电子邮箱", "political_status": "政治面貌",
        "address": "住址", "emergency_name": "紧急联系人", "emergency_phone": "紧急联系人电话", "documents": "材料",
        "hr_id": "工号", "education": "学历", "degree": "学位", "professional_title": "职称", "position": "职务",
        "ethnicity": "民族", "native_place": "籍贯", "marital_status": "婚姻状况", "office_phone": "办公电话",
        "emergency_relation": "与紧急联系人的关系", "skills": "特长", "hobbies": "爱好", "left_on": "离会日期",
        "honour": "荣誉", "family": "家庭成员", "consent": "同意", "own_copy": "本人下载全部数据",
        "approved_month": "批准退休月份", "retired_on": "退休日期", "name": "姓名", "pinyin": "拼音",
        "gender": "性别", "birth_date": "出生日期", "employment": "用工形式", "original_age": "原退休年龄",
        "group_id": "工会小组", "unit_id": "分工会", "hired_on": "入职日期", "joined_on": "入会日期",
        "standing": "会籍状态", "dues_base": "会费缴费基数", "dues_exempt_from": "会费免缴起始",
        "dues_exempt_until": "会费免缴截止", "number": "会员号", "occasion": "事由", "relation": "亲属关系",
        "note": "说明", "evidence": "走访凭证", "export": "导出名单", "photo": "照片", "card_serial": "会员卡版次",
        "file.labour_contract": "附件：劳动合同", "file.agency_contract": "附件：人事代理协议",
        "file.dispatch_letter": "附件：劳务派遣证明", "file.employment_proof": "附件：在职证明",
        "file.identity": "附件：身份证明", "file.decision": "附件：决定文书", "file.other": "附件：其他",
        "file.photo": "照片",
    },
)  # fmt: skip
MEMBER_LACKS = MEMBER_FIELDS.only("original_age")
"""Fields by which members are found that lack them."""

SELF, CHAIR, OFFICER, AUDITOR = "self", "chair", "officer", "auditor"
CAPACITIES = (SELF, CHAIR, OFFICER, AUDITOR)
"""Capacities of a reader of a record: the member, chair of the member's unit, officer, auditor."""

ERASED_CLASSES = Vocabulary(
    "data_class", identity="身份信息", birth="出生月日", re_joining="重新入会识别码", contact="联系方式",
    career="工作与学历", private="个人情况", family="家庭成员", papers="附件与申请材料", history="变更与查看记录",
)  # fmt: skip
RETENTION_CLASSES = ("statistics", *ERASED_CLASSES)
"""statistics is kept permanently; every other class is erased some months after the membership ended."""

_ALL = frozenset(CAPACITIES)
_OFFICE = frozenset({SELF, OFFICER, AUDITOR})
_WORK = frozenset({SELF, CHAIR, OFFICER})
_PRIVATE = frozenset({SELF, OFFICER})
_BY_OFFICER = frozenset({OFFICER})
_BY_SELF = frozenset({SELF, OFFICER})
_BY_UNIT = frozenset({SELF, CHAIR, OFFICER})
_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RecordField:
    """档案字段 One field of the record.

    Args:
        name: in the schemas and in the table.
        sees: capacities that see it, masked if the field is masked.
        changes: capacities that change it by correcting the record; empty when another operation does.
        mask: how it is masked (`id_number`, `phone`, `email`, `name`, `address`, `hidden`); None when it is not. A
            masked field is encrypted at rest and shown in plain only for a purpose, to an officer or the member.
        sensitive: sensitive personal information (个人信息保护法 Art. 28) or treated like it.
        retention: how long it is kept after the membership ended.
    """

    name: str
    sees: frozenset[str]
    changes: frozenset[str]
    mask: str | None
    sensitive: bool
    retention: str


FIELDS = (
    RecordField("number", _ALL, _NOBODY, None, False, "statistics"),
    RecordField("name", _ALL, _BY_OFFICER, None, False, "identity"),
    RecordField("pinyin", _ALL, _NOBODY, None, False, "identity"),
    RecordField("gender", _ALL, _BY_OFFICER, None, False, "statistics"),
    RecordField("birth_date", _ALL, _BY_OFFICER, None, False, "birth"),
    RecordField("id_number", _OFFICE, _BY_OFFICER, "id_number", True, "identity"),
    RecordField("phone", _ALL, _BY_UNIT, "phone", True, "contact"),
    RecordField("email", _ALL, _BY_UNIT, "email", True, "contact"),
    RecordField("unit_id", _ALL, _NOBODY, None, False, "statistics"),
    RecordField("group_id", _ALL, frozenset({CHAIR, OFFICER}), None, False, "statistics"),
    RecordField("employment", _ALL, _BY_OFFICER, None, False, "statistics"),
    RecordField("standing", _ALL, _NOBODY, None, False, "statistics"),
    RecordField("joined_on", _ALL, _NOBODY, None, False, "statistics"),
    RecordField("left_on", _ALL, _NOBODY, None, False, "statistics"),
    RecordField("hired_on", _ALL, _BY_OFFICER, None, False, "statistics"),
    RecordField("original_age", _ALL, _BY_OFFICER, None, False, "statistics"),
    RecordField("approved_month", _ALL, _NOBODY, None, False, "statistics"),
    RecordField("retired_on", _ALL, _NOBODY, None, False, "statistics"),
    RecordField("hr_id", _ALL, _BY_OFFICER, None, False, "career"),
    RecordField("education", _WORK, _BY_OFFICER, None, False, "career"),
    RecordField("degree", _WORK, _BY_OFFICER, None, False, "career"),
    RecordField("professional_title", _ALL, _BY_OFFICER, None, False, "career"),
    RecordField("position", _ALL, _BY_OFFICER, None, False, "career"),
    RecordField("political_status", _PRIVATE, _BY_OFFICER, "hidden", True, "private"),
    RecordField("ethnicity", _PRIVATE, _BY_OFFICER, None, True, "private"),
    RecordField("native_place", _PRIVATE, _BY_SELF, None, False, "private"),
    RecordField("marital_status", _PRIVATE, _BY_SELF, None, True, "private"),
    RecordField("office_phone", _WORK, _BY_UNIT, None, False, "contact"),
    RecordField("address", _PRIVATE, _BY_SELF, "address", True, "contact"),
    RecordField("emergency_name", _PRIVATE, _BY_SELF, "name", True, "contact"),
    RecordField("emergency_phone", _PRIVATE, _BY_SELF, "phone", True, "contact"),
    RecordField("emergency_relation", _PRIVATE, _BY_SELF, None, False, "contact"),
    RecordField("skills", _WORK, _BY_SELF, None, False, "private"),
    RecordField("hobbies", _WORK, _BY_SELF, None, False, "private"),
)  # fmt: skip
"""Least privilege (个人信息保护法 Art. 6, 51): a chair sees what groups, visits and activities need, an auditor who is
a member and how employed."""

BY_NAME = {field.name: field for field in FIELDS}
MASKED_FIELDS = MEMBER_FIELDS.only(*(field.name for field in FIELDS if field.mask is not None))
"""Encrypted at rest and shown masked; the plain value is shown for a purpose only, and each access is logged."""


def seen_by(capacities: Iterable[str]) -> frozenset[str]:
    """Return the fields visible in these capacities, some of them masked."""
    held = frozenset(capacities)
    return frozenset(field.name for field in FIELDS if field.sees & held)


def changed_by(capacities: Iterable[str]) -> frozenset[str]:
    """Return the fields that may be corrected in these capacities."""
    held = frozenset(capacities)
    return frozenset(field.name for field in FIELDS if field.changes & held)


def shown_plain_to(capacities: Iterable[str]) -> tuple[str, ...]:
    """Return the masked fields that may be seen in plain for a purpose in these capacities: officer, or the member."""
    held = frozenset(capacities) & {SELF, OFFICER}
    return tuple(name for name in MASKED_FIELDS if BY_NAME[name].sees & held)
