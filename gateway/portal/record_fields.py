"""The fields of a record on pages: grouped as they are shown, and as the form that corrects them.

Which of them somebody sees, corrects or may see in plain comes with the record (`seen`, `changeable`, `unmaskable`).
"""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from gateway.portal.form_fields import vocabulary_of
from gateway.portal.forms import Field, Form
from services.chassis.vocabulary import Vocabulary
from services.contracts.membership.record.fields import MASKED_FIELDS
from services.contracts.membership.record.shapes import UpdateMember

MEMBERSHIP = (
    _l("会籍"),
    ("number", "standing", "unit_id", "group_id", "joined_on", "approved_month", "retired_on", "left_on"),
)
PERSON = (_l("基本信息"), (
    "name", "pinyin", "gender", "birth_date", "id_number", "ethnicity", "native_place", "marital_status",
    "political_status",
))  # fmt: skip
WORK = (_l("工作与学历"), (
    "hr_id", "employment", "hired_on", "position", "professional_title", "education", "degree", "original_age",
))  # fmt: skip
CONTACT = (_l("联系方式"), (
    "phone", "email", "office_phone", "address", "emergency_name", "emergency_relation", "emergency_phone",
))  # fmt: skip
INTERESTS = (_l("特长爱好"), ("skills", "hobbies"))
GROUPS = (MEMBERSHIP, PERSON, WORK, CONTACT, INTERESTS)
"""Every field of the record, as pages show it."""

_BLANK = _l("未登记")
_CONTROLS: dict[str, dict[str, Any]] = {
    "gender": {"control": "radios"}, "employment": {"control": "select"}, "phone": {"control": "tel"},
    "email": {"control": "email"},
    "office_phone": {"control": "tel"}, "emergency_phone": {"control": "tel"},
    "id_number": {"extra": {"autocomplete": "off"}}, "address": {"wide": True}, "skills": {"wide": True},
    "hobbies": {"wide": True}, "political_status": {"blank": _l("不修改")},
    **{name: {"blank": _BLANK} for name in ("original_age", "education", "degree", "marital_status",
                                            "emergency_relation")},
}  # fmt: skip
"""What the form says of a field beyond its contract."""
REASON = Field("reason", wide=True, required=True, hint=_l("会留在档案的变更记录里。"))


def choices_of(name: str) -> Vocabulary | None:
    """Return what a field is chosen from; None where it is typed."""
    return vocabulary_of(UpdateMember().fields[name])


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
    more = _CONTROLS.get(name, {})
    if name not in MASKED_FIELDS or not record[name]:
        return Field(name, required=name in ("name", "gender", "birth_date", "employment"), **more)
    hint = gettext("现为 %(value)s，不改就留空。", value=record[name])
    return Field(name, hint=hint, required=False, **more)
