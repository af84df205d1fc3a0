"""The roster to be filled in: the words that are read to choose from, notes on each column, examples beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal.people import unit_choices
from gateway.portal.words import texts_of
from services.chassis.files.spreadsheet_templates import TemplateColumn, TemplateWords, write_template
from services.contracts.membership.imports import REQUIRED, ROSTER_FIELDS
from services.contracts.membership.person import GENDERS, ORIGINAL_AGES
from services.contracts.vocabulary import EMPLOYMENTS

_DAY = _l("年-月-日，如 2015-09-01；只知道年月就写 2015-09。")
_NOTES: Mapping[str, Any] = {
    "id_number": _l("18 位，按文本填写；性别和出生日期可以不填，按身份证号读出。"),
    "birth_date": _l("年-月-日，须与身份证号一致；可以不填。"),
    "unit": _l("分工会的名称或代码，从列表选。"),
    "group": _l("工会小组的名称；没有就不填。"),
    "phone": _l("11 位手机号，按文本填写。"),
    "original_age": _l("人事给出的原退休年龄；不填就不在荣休名单上。"),
    "hired_on": _DAY,
    "joined_on": _l("年-月-日；从外单位工会转来的填原入会日期，可以早于入职日期。不填就是导入当天。"),
    "hr_id": _l("人事系统里的工号，每人一个。"),
}
_EXAMPLES: Mapping[str, Sequence[str]] = {
    "name": ("王小明", "李华"), "id_number": ("999999199003070020", "999999198505150018"), "gender": ("女", ""),
    "birth_date": ("1990-03-07", ""), "phone": ("13800000001", "13800000002"), "email": ("wang@example.edu.cn", ""),
    "hired_on": ("2015-09-01", "2010-07-15"), "joined_on": ("2015-10-20", "2008-03-01"),
    "hr_id": ("2015001", "2010016"),
}  # fmt: skip


def empty_workbook() -> bytes:
    """Return the empty roster as a workbook."""
    headings = {name: str(text) for name, text in texts_of(ROSTER_FIELDS).items()}
    words = TemplateWords(
        gettext("名册"), gettext("填写说明"), gettext("词表"), gettext("列"), gettext("说明"), gettext("例")
    )
    return write_template([_column(name, heading) for name, heading in headings.items()], words)


def _column(name: str, heading: str) -> TemplateColumn:
    choices = [str(text) for text in _choices(name)]
    note = str(_NOTES.get(name, ""))
    if name in REQUIRED:
        note = gettext("必填。") + note
    return TemplateColumn(heading, note, choices, _EXAMPLES.get(name) or tuple(choices[:1]) * 2)


def _choices(name: str) -> Sequence[Any]:
    if name == "unit":
        return list(unit_choices().values())
    known = {"gender": GENDERS, "employment": EMPLOYMENTS, "original_age": ORIGINAL_AGES}.get(name)
    return list(texts_of(known).values()) if known is not None else ()
