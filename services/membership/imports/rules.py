"""Rules of roster import: how words and days in a table are read, what may be done with its rows.

What a person may state at all stands in `person/rules.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache

from services.chassis.rules.refusal import Refusal
from services.membership.imports.heading_rules import key_of

_GENDERS = {
    "male": ("男", "男性", "m", "male", "1"), "female": ("女", "女性", "f", "female", "2"),
}  # fmt: skip
_EMPLOYMENTS = {
    "established": ("编制内", "在编", "事业编制", "事业编", "正式", "正式在编", "established"),
    "agency": ("人事代理", "代理", "agency"),
    "contract": ("合同制", "合同", "合同聘用", "聘用制", "劳动合同", "编外", "非编", "contract"),
    "dispatched": ("劳务派遣", "派遣", "派遣制", "dispatched"),
}
_ORIGINAL_AGES = {
    "M60": ("m60", "60", "60周岁", "60岁"), "F55": ("f55", "55", "55周岁", "55岁"),
    "F50": ("f50", "50", "50周岁", "50岁"),
}  # fmt: skip
_NULL_WORDS = frozenset({"", "-", "—", "/", "无", "n/a", "null", "none"})
_ROUNDED = re.compile(r"\d\.\d+E\+\d+", re.ASCII)
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?", re.ASCII
)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_BARE_NUMBER = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})\s*[-/年]\s*(\d{1,2})\s*月?|(\d{4})\.(\d{2}|[2-9])|(\d{4})(\d{2})", re.ASCII)
_TORN_MONTH = re.compile(r"(\d{4})\.1", re.ASCII)

_REMEMBERED = 4096
"""How many readings of a cell are remembered: a roster repeats its words, units and days."""

LIMITS = {"name": 50, "id_number": 30, "phone": 30, "email": 254, "unit": 100, "group": 100, "hr_id": 30}


_WORDS = {
    name: {key_of(word): value for value, words in table.items() for word in words}
    for name, table in (("gender", _GENDERS), ("employment", _EMPLOYMENTS), ("original_age", _ORIGINAL_AGES))
}


def is_empty(text: str) -> bool:
    """Tell whether a cell says nothing: empty, or a dash, a slash, 无 and the like."""
    return text.strip().lower() in _NULL_WORDS


@lru_cache(maxsize=_REMEMBERED)
def word_of(field: str, text: str) -> str | None:
    """Return the word of a fixed list a cell means: gender, employment or original_age; None when it is unknown."""
    return _WORDS[field].get(key_of(text))


@lru_cache(maxsize=_REMEMBERED)
def day_of(text: str) -> date | None:
    """Return the day a cell means: 2023-09-01, 2023/9/1, 2023.9.1, 2023年9月1日 or 20230901.

    A month alone, a day whose order is not plain (1/9/2023), or a spreadsheet's bare number of days is none.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _DAY.fullmatch(plain) or _COMPACT_DAY.fullmatch(plain)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return None


def months_of(text: str) -> frozenset[tuple[int, int]]:
    """Return (year, month) a cell without a day may mean: 1982-05, 1982.05, 1982年5月, 198205; empty for no month.

    1982.1 may be January, or October whose last digit a spreadsheet took for a zero behind the point.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if torn := _TORN_MONTH.fullmatch(plain):
        return frozenset({(int(torn[1]), 1), (int(torn[1]), 10)})
    found = _MONTH.fullmatch(plain)
    year, month = (int(part) for part in found.groups() if part) if found else (0, 0)
    return frozenset({(year, month)}) if year and 1 <= month <= 12 else frozenset()


@lru_cache(maxsize=_REMEMBERED)
def unit_key(text: str) -> str:
    """Return a unit's code or name as it is compared: without spaces, width and the ending 分工会."""
    return key_of(text).removesuffix("分工会") or key_of(text)


def field_is_filled(field: str, text: str) -> Refusal | None:
    """Name, identity number, unit and employment stand in every row."""
    if not is_empty(text):
        return None
    return Refusal("imports.field_is_filled", "This is missing.", field, {"field": field})


def staff_number_stands_once(row: int | None) -> Refusal | None:
    """A staff number is one person's; the first row that states it keeps it."""
    if row is None:
        return None
    detail = f"Row {row} states this staff number for somebody else."
    return Refusal("imports.staff_number_stands_once", detail, "hr_id", {"row": row})


def word_is_known(field: str, text: str) -> Refusal | None:
    """Sex, employment and class of retirement age are words the union knows."""
    if word_of(field, text) is not None:
        return None
    return Refusal(f"imports.{field}_is_known", "This word is not known here.", field)


def day_is_readable(field: str, text: str) -> Refusal | None:
    """A day is written in full, year first.

    A bare number may count from 1900 or from 1904, four years apart; a cell formatted as a date tells its day itself.
    """
    if day_of(text) is not None:
        return None
    if _BARE_NUMBER.fullmatch(text.strip()):
        detail = "This is a number, not a day; format the column as a date, or write 2023-09-01."
        return Refusal("imports.day_is_no_bare_number", detail, field)
    return Refusal("imports.day_is_readable", "This is not a day; write 2023-09-01.", field)


def month_is_of_birth(months: Collection[tuple[int, int]], birth_date: date) -> Refusal | None:
    """Where only a month of birth is stated, it is the one in the identity number."""
    if (birth_date.year, birth_date.month) in months:
        return None
    detail = "The month of birth is not the one in the identity number."
    return Refusal("imports.month_is_of_birth", detail, "birth_date")


def month_has_a_day(taken: date) -> Refusal:
    """A month alone is no day of joining; which day of it was taken is told."""
    detail = f"Only the month is stated; {taken} was taken."
    return Refusal("imports.month_has_a_day", detail, "joined_on", {"day": taken.isoformat()})


def text_is_short_enough(field: str, text: str) -> Refusal | None:
    """A text fits the record."""
    most = LIMITS.get(field)
    if most is None or len(text) <= most:
        return None
    return Refusal("imports.text_is_short_enough", f"At most {most} characters.", field, {"most": most})


def digits_are_whole(field: str, text: str) -> Refusal | None:
    """A spreadsheet keeps 15 digits of a number: an identity number must stand in it as text."""
    if field != "id_number" or not _ROUNDED.fullmatch(text):
        return None
    detail = "The spreadsheet has rounded the number; format the column as text and type it again."
    return Refusal("imports.digits_are_whole", detail, field)


def row_fits_the_headings(beyond: Mapping[str, str]) -> Refusal | None:
    """Every filled cell has a heading above it; one more may be a number that its comma has torn in two."""
    if not beyond:
        return None
    columns = ", ".join(beyond)
    detail = f"Filled cells stand beyond the headings: {columns}."
    return Refusal("imports.row_fits_the_headings", detail, None, {"columns": columns})


def unit_is_known(field: str, found: bool) -> Refusal | None:
    """Unit and group are named by code or name, as the organisation knows them."""
    if found:
        return None
    return Refusal("imports.unit_is_known", "No unit has this code or name.", field)


def row_can_be_read() -> Refusal:
    """A row on which reading breaks is set aside; no other row suffers for it."""
    return Refusal("imports.row_can_be_read", "This row could not be read; the others were.")


def row_can_be_stored() -> Refusal:
    """A row on which storing breaks is set aside; no other row suffers for it."""
    return Refusal("imports.row_can_be_stored", "This row could not be stored; the others were.")


def state_allows(action: str, state: str, allowed: Mapping[str, Sequence[str]]) -> Refusal | None:
    """An import takes its steps in order, and nothing changes under work that is going on."""
    if state in allowed[action]:
        return None
    detail = f"The import is {state}; this can be done while it is {' or '.join(allowed[action])}."
    return Refusal("imports.state_allows", detail, None, {"state": state})


def person_never_left(number: str | None) -> Refusal | None:
    """Who was a member before is not admitted by a roster: rejoining is decided one by one.

    Args:
        number: of the membership that has ended, None where there is none.
    """
    if number is None:
        return None
    detail = "This person was a member; rejoining is decided one by one."
    return Refusal("imports.person_never_left", detail, "id_number", {"number": number})


def person_stands_once(row: int | None) -> Refusal | None:
    """One member is corrected by one row of a file.

    Args:
        row: the number of the row that has corrected the member already, None when there is none.
    """
    if row is None:
        return None
    return Refusal("imports.person_stands_once", "This person stands in the file already.", None, {"row": row})
