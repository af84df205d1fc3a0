"""The fields of a record on pages: grouped as they are shown, and as the form that corrects them.

Which of them somebody sees, corrects or may see in plain comes with the record (`seen`, `changeable`, `unmaskable`).
"""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from gateway.portal.forms import Field, Form
from gateway.portal.words import texts_of
from services.contracts.membership.person import GENDERS, ORIGINAL_AGES
from services.contracts.membership.record.fields import MASKED_FIELDS, MEMBER_FIELDS
from services.contracts.membership.record.particulars import (
    DEGREES,
    EDUCATIONS,
    EMERGENCY_RELATIONS,
    MARITAL_STATUSES,
    POLITICAL_STATUSES,
)
from services.contracts.membership.record.shapes import UpdateMember
from services.contracts.vocabulary import EMPLOYMENTS

GROUPS = (
    (_l("会籍"), ("number", "standing", "unit_id", "group_id", "joined_on", "approved_month", "retired_on", "left_on")),
    (_l("基本信息"), (
        "name", "pinyin", "gender", "birth_date", "id_number", "ethnicity", "native_place", "marital_status",
        "political_status",
    )),
    (_l("工作与学历"), (
        "hr_id", "employment", "hired_on", "position", "professional_title", "education", "degree", "original_age",
    )),
    (_l("联系方式"), (
        "phone", "email", "office_phone", "address", "emergency_name", "emergency_relation", "emergency_phone",
    )),
    (_l("特长爱好"), ("skills", "hobbies")),
)  # fmt: skip
"""Every field of the record, as pages show it."""

_BLANK = _l("未登记")
_CONTROLS = {
    "name": ("text", {}), "gender": ("radios", {"choices": texts_of(GENDERS)}), "birth_date": ("date", {}),
    "employment": ("select", {"choices": texts_of(EMPLOYMENTS)}),
    "original_age": ("select", {"choices": texts_of(ORIGINAL_AGES), "blank": _BLANK}), "hired_on": ("date", {}),
    "education": ("select", {"choices": texts_of(EDUCATIONS), "blank": _BLANK}),
    "degree": ("select", {"choices": texts_of(DEGREES), "blank": _BLANK}),
    "marital_status": ("select", {"choices": texts_of(MARITAL_STATUSES), "blank": _BLANK}),
    "emergency_relation": ("select", {"choices": texts_of(EMERGENCY_RELATIONS), "blank": _BLANK}),
    "id_number": ("text", {"extra": {"autocomplete": "off"}}),
    "phone": ("tel", {}), "email": ("email", {}), "office_phone": ("tel", {}), "emergency_phone": ("tel", {}),
    "address": ("text", {"wide": True}), "skills": ("text", {"wide": True}), "hobbies": ("text", {"wide": True}),
}  # fmt: skip
REASON = Field("reason", _l("修改原因"), "text", wide=True, required=True, hint=_l("会留在档案的变更记录里。"))


def choices_of(name: str) -> Any:
    """Return what a field is chosen from; None where it is typed."""
    return POLITICAL_STATUSES if name == "political_status" else _CONTROLS.get(name, ("", {}))[1].get("choices")


class RecordForm(Form):
    """The form that corrects what the asker may correct of a record; masked fields stay unless filled in anew."""

    def __init__(self, record: dict[str, Any], posted: MultiDict[str, str] | None, *, reason: bool) -> None:
        names = [name for _, group in GROUPS for name in group if name in record["changeable"] and name != "group_id"]
        fields = [_field(name, record) for name in names] + ([REASON] if reason else [])
        self.record = record
        shown = {name: record[name] for name in names if name not in MASKED_FIELDS}
        super().__init__(UpdateMember, fields, values=shown, posted=posted)

    def corrections(self) -> dict[str, Any]:
        """Return what was filled in and differs from the record."""
        return {
            name: value
            for name, value in self.payload().items()
            if name == "reason" or (value if name in MASKED_FIELDS else value != self.record.get(name))
        }


def _field(name: str, record: dict[str, Any]) -> Field:
    control, more = _CONTROLS.get(name, ("text", {}))
    label = texts_of(MEMBER_FIELDS)[name]
    if name == "political_status":
        control, more = "select", {"choices": texts_of(POLITICAL_STATUSES), "blank": _l("不修改")}
    if name not in MASKED_FIELDS or not record[name]:
        return Field(name, label, control, required=name in ("name", "gender", "birth_date", "employment"), **more)
    hint = gettext("现为 %(value)s，不改就留空。", value=record[name])
    return Field(name, label, control, hint=hint, required=False, **more)
