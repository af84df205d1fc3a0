"""Which members a list shows: filters, what is typed into the search box, and what the asker may see at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.errors import InvalidInput
from services.chassis.input_errors import InputError
from services.chassis.names import HAN, canonical_name
from services.chassis.plain_text import is_digits
from services.chassis.security.principal import Principal, require_unit
from services.membership.base import begins, is_one_of
from services.membership.person.use_cases.persons import pinyin_beginning, pinyin_of_given_beginning, search_keys
from services.membership.record.rules import STANDS, member_number
from services.membership.record.tables import Member

_SAYS_NOTHING = InputError("record.search_says_nothing", "Type letters, digits or Chinese characters.")
_NUMBER = re.compile(r"[A-Za-z]{0,6}[0-9]{1,12}")
_MIXED = re.compile(f"([{HAN}]+) ?([A-Za-z]+)")
_ONE_SYLLABLE = re.compile(r"[^aeiouv]*[aeiouv]*(ng?|r)?")
_FILTERS = ("unit_id", "group_id", "standing", "employment")

SORT_KEYS = {"name": Member.pinyin, "number": Member.number, "joined_on": Member.joined_on}


def filtered(statement: sa.Select, request: Mapping[str, Any], principal: Principal) -> sa.Select:
    """Narrow a select of members to what was asked for and may be seen.

    Raises:
        NotAllowed: a chair asked for another unit.
    """
    if request["unit_id"] is not None:
        require_unit(principal, request["unit_id"])
    elif not (principal.kind == "service" or principal.has("officer", "auditor")):
        statement = statement.where(Member.unit_id.in_(principal.units("chair")))
    for field in _FILTERS:
        if request[field] is not None:
            statement = statement.where(getattr(Member, field) == request[field])
    if request.get("lacks") is not None:
        statement = statement.where(getattr(Member, request["lacks"]).is_(None))
    return statement.where(matching(request["q"])) if request["q"] else statement


def matching(q: str) -> sa.ColumnElement[bool]:
    """Return the condition for what was typed: beginning of a number, pinyin, initials or name, or a staff number.

    A name may be begun in Chinese and go on in pinyin or initials. A given name of two characters, or more than a
    syllable of its pinyin, is found without the family name; one syllable would be the given name of thousands.

    Raises:
        InvalidInput: nothing searchable was typed.
    """
    typed = canonical_name(q)
    found = _by_name_or_number(typed)
    # What can't be a name in pinyin may be a staff number of any form: B-2021/07, 2021.0017.
    may_be_staff_number = typed.isascii() and not typed.replace(" ", "").isalpha() and not _NUMBER.fullmatch(typed)
    return sa.or_(found, _staff_number(typed)) if may_be_staff_number else found


def _by_name_or_number(typed: str) -> sa.ColumnElement[bool]:
    if _NUMBER.fullmatch(typed):
        return sa.or_(_number(typed.upper()), _staff_number(typed))
    if typed.isascii():
        key = re.sub(r"[^a-z0-9]", "", typed.lower())
        if not key:
            raise InvalidInput(_SAYS_NOTHING, field="q")
        found = [begins(Member.pinyin, key)]
        if _may_be_initials(key):
            found.append(begins(Member.initials, key))
        if _may_be_given(key):
            found.append(begins(Member.given_pinyin, key))
        return sa.or_(*found)
    if mixed := _MIXED.fullmatch(typed):
        return _mixed(mixed[1], mixed[2].lower())
    by_name = _beginning_of_name(typed)
    return sa.or_(by_name, _given_name(typed)) if _may_be_given(typed) else by_name


def _mixed(chinese: str, latin: str) -> sa.ColumnElement[bool]:
    """Return the condition for a name that is begun in Chinese and goes on in pinyin or initials: 张wei, 张xm."""
    pinyin, initials = search_keys(chinese)
    reads_on = sa.or_(begins(Member.pinyin, pinyin + latin), begins(Member.initials, initials + latin))
    return sa.and_(begins(Member.name, chinese), reads_on)


def _given_name(typed: str) -> sa.ColumnElement[bool]:
    """Return the condition for a given name, found by its reading."""
    behind = sa.func.substr(Member.name, 2).contains(typed, autoescape=True)
    return sa.and_(begins(Member.given_pinyin, pinyin_of_given_beginning(typed)), behind)


def sort_keys(sort: str, q: str | None = None) -> list[Any]:
    """Return the keys of a page for a sort like `name` or `-joined_on`.

    Initials and given names lie scattered over the list: walking it in its order until a page is full would read most
    of it. Sorting by an expression, which no index offers, has the few that match found first and sorted then.
    """
    direction = "desc" if sort.startswith("-") else "asc"
    column: Any = SORT_KEYS[sort.removeprefix("-")]
    if q and column is Member.pinyin and _lie_scattered(q):
        column = sa.type_coerce(Member.pinyin.concat(""), Member.pinyin.type)
    return [(column, direction)] if column is Member.number else [(column, direction), (Member.id, direction)]


def _beginning_of_name(typed: str) -> sa.ColumnElement[bool]:
    """Return the condition, with a range of the index that sorts the list where the pinyin follows from the name.

    One character is a family name that thousands share: as a case, of which the database expects half the rows to
    fit, it has the range walked until the page is full instead of fetching them all.
    """
    key = pinyin_beginning(typed)
    if key is None:
        return begins(Member.name, typed)
    by_name = begins(Member.name, typed)
    if len(typed) == 1:
        by_name = sa.case((by_name, sa.true()), else_=sa.false())
    return sa.and_(begins(Member.pinyin, key), by_name)


def _lie_scattered(q: str) -> bool:
    typed = canonical_name(q)
    if not typed.isascii():
        return _MIXED.fullmatch(typed) is None and _may_be_given(typed)
    key = re.sub(r"[^a-z0-9]", "", typed.lower())
    return not any(mark.isdigit() for mark in typed) and (_may_be_initials(key) or _may_be_given(key))


def _may_be_given(typed: str) -> bool:
    """Whether it is more than one character of a name, or more than one syllable of its pinyin."""
    return not _ONE_SYLLABLE.fullmatch(typed) if typed.isascii() else len(typed) > 1


def _may_be_initials(key: str) -> bool:
    """No syllable of pinyin begins with i, u or v, a long word with a vowel inside is pinyin, one letter begins both.

    Leaving the initials out lets one index find, sort and cut the list, where two would have to be merged.
    """
    return len(key) > 1 and not set(key) & set("iuv") and (len(key) < 5 or not set(key[1:]) & set("aeo"))


def _staff_number(typed: str) -> sa.ColumnElement[bool]:
    """Return the condition for a whole staff number of a standing membership, in the words of its partial index."""
    return sa.and_(Member.hr_id.in_({typed, typed.upper()}), is_one_of(Member.standing, STANDS))


def _number(typed: str) -> sa.ColumnElement[bool]:
    if not is_digits(typed):
        return begins(Member.number, typed)
    # Digits alone: of the series everybody knows, or of one whose prefix is a year.
    known = sa.or_(Member.number == member_number(int(typed)), begins(Member.number, f"M{typed}"))
    return sa.or_(known, begins(Member.number, typed))
