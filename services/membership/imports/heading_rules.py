"""Which column a heading names: words compared, the best taken for each field, two rows of headings made one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from services.chassis.plain_text import without_unseen

ROSTER_HEADINGS = {
    "name": ("姓名", "名字", "会员姓名", "职工姓名", "教工姓名", "name", "full name", "xm"),
    "id_number": (
        "身份证号", "身份证号码", "身份证", "居民身份证号码", "公民身份号码", "证件号码", "证件号", "id number",
        "identity number", "id card", "sfzh",
    ),
    "gender": ("性别", "gender", "sex", "xb"),
    "birth_date": ("出生日期", "出生年月日", "出生年月", "生日", "birth date", "date of birth", "birthday", "csrq"),
    "unit": (
        "分工会", "所在分工会", "单位", "所在单位", "部门", "所在部门", "学院", "工作单位", "单位代码", "分工会代码",
        "unit", "unit code", "department", "school",
    ),
    "group": ("工会小组", "小组", "group"),
    "employment": ("用工形式", "用工性质", "编制", "编制类别", "聘用方式", "人员类别", "employment", "contract type"),
    "phone": ("手机", "手机号", "手机号码", "电话", "联系电话", "联系方式", "phone", "mobile", "telephone", "sjh"),
    "email": ("邮箱", "电子邮箱", "电子邮件", "email", "e-mail", "mail"),
    "original_age": ("原退休年龄", "原法定退休年龄", "退休类别", "original age", "retirement class"),
    # 参加工作时间 is the first day in any job: better than nothing, and never in place of a day of hiring.
    "hired_on": (
        "入职日期", "入职时间", "到校日期", "到校时间", "来校日期", "来校时间", "入校日期", "入校时间", "hired on",
        "hire date", "参加工作时间",
    ),
    "hr_id": (
        "工号", "职工号", "教工号", "教职工号", "人员编号", "职工编号", "hr id", "staff number",
        "employee number", "gh",
    ),
    "joined_on": ("入会日期", "入会时间", "joined on", "date joined"),
}  # fmt: skip
PARTS = " / "
"""Stands between the upper and the lower part of a heading in two rows."""

_LETTER = re.compile(r"\([A-Z]+\)")
_DIGIT = re.compile(r"\d")
_LONGEST_PART = 20


def key_of(text: str) -> str:
    """Return a heading or word as it is compared: without blanks, marks, width and case."""
    return re.sub("[_*:：()（）]+", "", unicodedata.normalize("NFKC", without_unseen(text))).lower()


def guessed_mapping(headings: Sequence[str]) -> dict[str, str | None]:
    """Return what each column of a roster probably holds by its heading; a field is guessed once."""
    return guess(headings, ROSTER_HEADINGS)


def guess(headings: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, str | None]:
    """Return what each column probably holds; each field is the column whose heading says it best.

    Args:
        headings: of the columns; of one in two rows the lower part is understood by itself where the whole is not.
        names: by field the headings that mean it, those that say it best first.
    """
    mapping: dict[str, str | None] = dict.fromkeys(headings)
    for field, known in names.items():
        ranks = {key_of(name): rank for rank, name in enumerate(known)}
        found = [(rank, place) for place, heading in enumerate(headings) if (rank := _rank(heading, ranks)) is not None]
        if found:
            mapping[headings[min(found)[1]]] = field
    return mapping


def _rank(heading: str, ranks: Mapping[str, int]) -> int | None:
    """Return how well a heading says a field; its lower part alone says it less well than any whole heading."""
    whole = ranks.get(key_of(heading))
    lower = ranks.get(key_of(heading.rpartition(PARTS)[2])) if PARTS in heading else None
    return whole if whole is not None or lower is None else len(ranks) + lower


def folded_headings(headings: Sequence[str], below: Mapping[str, str]) -> list[str] | None:
    """Return one row of headings for two, None when the row below the headings is none of them.

    Merged cells leave the second row empty under its first heading, and filled where the first row is empty. Headings
    have no digits.

    Args:
        headings: of the first row; a column without one is called by its letter, as (F).
        below: texts of the next row by heading, and those beyond the headings by letter.
    """
    said = {key: " ".join(text.split()) for key, text in below.items() if text}
    unnamed = [key for key in said if _LETTER.fullmatch(key)]
    if (
        headings[0] in said
        or not unnamed
        or any(_DIGIT.search(text) or len(text) > _LONGEST_PART for text in said.values())
    ):
        return None
    folded: list[str] = []
    above = ""
    for key in [*headings, *(key for key in below if key not in headings)]:
        above = above if _LETTER.fullmatch(key) else key
        whole = f"{above}{PARTS}{said[key]}" if key in said else key
        folded.append(whole if whole not in folded else f"{whole} {len(folded) + 1}")
    return folded
